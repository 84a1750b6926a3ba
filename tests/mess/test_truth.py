"""The judge judged: the truth beside a mess is what is printed, every mess happens, and wrong readings are called so."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from gongkai.annual.forms import form
from gongkai.annual.relations import relations
from tests.corpus_score import Places
from tests.mess.files import FILE_PRINTERS
from tests.mess.invent import invent
from tests.mess.operators import MESS, apply, chosen
from tests.mess.render import readings
from tests.mess.reports import as_report, changed, sound
from tests.mess.run import TEXT_PRINTERS, file_case, text_case
from tests.mess.score import judge
from tests.mess.sheet import Sheet, cut_table, sheet
from tests.mess.twins import TWINS, copies, differing

HALF = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")


def _number(text: str) -> Decimal | None:
    """A plain understanding of a printed cell, apart from the reader's."""
    text = re.sub(r"[（(][^）)]*[）)]", "", text.translate(HALF)).replace(",", "")
    sign = -1 if "减" in text or "減" in text else 1
    match = re.search(r"-?\d+(\.\d+)?", text)
    return sign * Decimal(match[0]) if match else None


def _messed(seed: int, names: list[str]) -> Sheet:
    rng = Random(seed)
    clean = sheet(invent(rng, rng.choice(("2019", "2021")), faults=seed % 2 == 0))
    return apply(rng, clean, [o for o in MESS if o.name in names])


@pytest.mark.parametrize("operator", MESS, ids=lambda o: o.name)
def test_what_is_owed_stands_in_the_sheet(operator):
    happened = 0
    for seed in range(16):
        messed = _messed(seed, [operator.name])
        happened += operator.name in messed.log
        printed = {c.address: c.text for t in messed.tables() for c in t.values()}
        for address, truth in messed.truth.items():
            if truth.duty == "must" and address in printed:
                assert _number(printed[address]) == Decimal(str(truth.value)), (seed, address)
            if truth.duty == "must" and address not in printed:
                assert operator.name == "glued_row", (seed, address)
        owed = sum(t.duty == "must" for t in messed.truth.values())
        assert owed > 100 or operator.name in {"breaks_off", "blanks"}, (seed, owed)
    assert happened >= 2


@pytest.mark.parametrize("seed", range(25))
def test_a_sound_invention_keeps_every_relation_of_its_form(seed: int):
    rng = Random(seed)
    for edition in ("2019", "2021"):
        made = invent(rng, edition, faults=False)
        assert set(made.cells) == set(form(edition).addresses)
        values = {a: v for a, v in made.cells.items() if v is not None}
        assert {r.verdict(values) for r in relations(edition)} == {"holds"}


@pytest.mark.parametrize("seed", range(25))
def test_a_faulty_invention_breaks_a_relation(seed: int):
    made = invent(Random(seed), "2021", faults=True)
    values = {a: v for a, v in made.cells.items() if v is not None}
    assert made.faults
    assert "broken" in {r.verdict(values) for r in relations("2021")}


def test_all_sizes_and_both_signs_are_invented():
    lot = [invent(Random(seed), "2019", faults=False) for seed in range(60)]
    assert {r.size for r in lot} == {"zero", "small", "office", "county"}
    changes = [v for r in lot for a, v in r.cells.items() if a.endswith(".change")]
    assert min(changes) < 0 < max(changes)
    assert any(isinstance(v, Decimal) for r in lot for v in r.cells.values())
    assert max(len(str(v)) for r in lot for a, v in r.cells.items() if a.startswith("applications.")) >= 4


def test_the_judge_calls_a_wrong_value_wrong():
    report = as_report(sound(1))
    truth = sheet(sound(1)).truth
    assert judge(truth, report).wrong == []
    assert judge(truth, report).read == judge(truth, report).owed == len(report.cells)
    address = "applications.received.total"
    off = changed(report, address, int(report.cells[address].value) + 1)
    assert [w.partition(":")[0] for w in judge(truth, off).wrong] == [address]
    less = replace(report, cells={a: c for a, c in report.cells.items() if a != address})
    assert judge(truth, less).missed == [address]
    truth[address].duty = "may"
    assert judge(truth, less).missed == []
    assert judge(truth, off).wrong
    truth[address].duty = "none"
    assert judge(truth, report).wrong


def test_digits_are_taken_apart_in_as_many_ways_as_there_are():
    assert readings("000", 3) == 1
    assert readings("220000022", 7) == 4
    assert readings("0012", 3) == 1
    assert readings("00", 3) == 0
    assert readings("123", 1) == 1


@pytest.mark.parametrize("printer", TEXT_PRINTERS)
def test_each_printer_prints_every_number_it_owes(printer: str):
    for seed in range(5):
        made = sheet(sound(seed))
        text = TEXT_PRINTERS[printer](Random(seed), made)
        assert made.report.organ in text
        digits = re.sub(r"\D", "", text)
        assert all(re.sub(r"\D", "", str(t.value)) in digits for t in made.truth.values() if t.duty == "must")


def test_a_seed_gives_the_same_case_again():
    for number in range(20):
        assert text_case(11, number).data == text_case(11, number).data
    assert len({text_case(11, n).data for n in range(20)}) == 20
    assert len({text_case(seed, 0).data for seed in range(20)}) == 20


def test_no_operator_goes_with_a_printer_it_avoids():
    for printer in (*TEXT_PRINTERS, *FILE_PRINTERS):
        for seed in range(30):
            assert all(printer not in o.avoid for o in chosen(Random(seed), printer, 4))


@pytest.mark.parametrize("printer", FILE_PRINTERS)
def test_files_of_other_writers_are_files(printer: str):
    case = file_case(1, 1, printer)
    assert case.data[:2] == b"PK" or case.data.startswith(b"<html")


def test_a_table_cut_in_two_keeps_all_its_values():
    table = sheet(sound(2)).tables()[1]
    whole = [c.address for c in table.values()]
    for at in range(table.head + 1, len(table.rows)):
        upper, lower = cut_table(table, at, repeat_groups=False)
        assert [c.address for piece in (upper, lower) for c in piece.values()] == whole
        assert all(len(row) == table.columns for row in lower.matrix())


@pytest.mark.parametrize("name", TWINS)
def test_twins_are_two_reports_with_one_face(name: str):
    make, printers = TWINS[name]
    for seed in range(4):
        pair = make(Random(seed))
        assert differing(pair)
        for printer in printers:
            if printer in TEXT_PRINTERS:
                one, other = (TEXT_PRINTERS[printer](Random(seed), twin) for twin in copies(pair))
                assert one == other


def test_places_of_quotes_leave_white_space_out():
    places = Places("共收到 3\n件，答复3件。")
    assert places.of_quote("3件") == [(3, 5), (8, 10)]
    assert places.of_quote("没有") == []
