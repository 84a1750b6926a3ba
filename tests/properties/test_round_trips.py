"""What is written reads back: in the JSON of the format, and in every format of our writers."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.report import Note, Report, Unsure
from gongkai.documents import FORMATS, write
from gongkai.readers import read_bytes
from tests.mess.reports import as_report, sound
from tests.mess.sheet import printed

SEEDS = st.integers(0, 2**32)
TIMES = {"pdf": 4, "docx": 8}


def _with_gaps(seed: int) -> Report:
    """A report in which some cells are blank and some were refused."""
    rng, report = Random(f"gaps:{seed}"), as_report(sound(seed))
    addresses = list(report.cells)
    blank, refused = rng.sample(addresses, 6), rng.sample(addresses, 3)
    return replace(
        report,
        cells={a: c for a, c in report.cells.items() if a not in blank and a not in refused},
        blank=tuple(blank),
        unsure=tuple(Unsure(a, "3 0", "两个数在一格内") for a in refused if a not in blank),
        notes=(Note(addresses[0], "其中修订2件"),),
    )


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_json_keeps_everything(seed: int):
    report = _with_gaps(seed)
    data = json.loads(json.dumps(report.to_json(), ensure_ascii=False))
    again = Report.from_json(data)
    assert again.to_json() == report.to_json()
    assert {a: c.value for a, c in again.cells.items()} == {a: c.value for a, c in report.cells.items()}


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_each_address_stands_in_exactly_one_of_four_places(seed: int):
    data = _with_gaps(seed).to_json()
    places = [*data["cells"], *data["blank"], *data["absent"], *(u["address"] for u in data["unsure"])]
    assert sorted(places) == sorted(set(places))
    assert set(places) == set(as_report(sound(seed)).addresses)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("gaps", [False, True], ids=["whole", "with gaps"])
def test_what_is_written_reads_back_to_the_same_cells(format_name: str, gaps: bool):
    for seed in range(TIMES.get(format_name, 12)):
        report = _with_gaps(seed) if gaps else as_report(sound(seed))
        again = read_bytes(write(report, format_name), f"report.{format_name}")
        met = {a: printed(c.value) for a, c in again.cells.items()}
        owed = {a: printed(c.value) for a, c in report.cells.items()}
        assert met == owed, f"seed {seed}"
        assert set(report.blank).isdisjoint(again.cells)
        assert (again.edition, again.year) == (report.edition, report.year)


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_words_of_the_chapters_read_back(format_name: str):
    report = as_report(sound(7))
    again = read_bytes(write(report, format_name), f"report.{format_name}")
    for number in (1, 5, 6):
        met = "".join(again.sections[number].text.split())
        for paragraph in report.sections[number].text.split("\n"):
            assert "".join(paragraph.split()) in met
