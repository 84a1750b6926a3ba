"""Readers against spoiled files: whatever the bytes are, there is a report or one clear refusal, never a crash."""

from __future__ import annotations

import warnings
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual.report import Report
from gongkai.readers import read_bytes, read_text
from gongkai.readers.errors import Unreadable
from tests.mess.files import FILE_PRINTERS
from tests.mess.invent import invent
from tests.mess.markup import html
from tests.mess.render import PRINTERS
from tests.mess.reports import as_report, sound
from tests.mess.sheet import sheet

SEEDS = st.integers(0, 2**32)
TEXTS = {**PRINTERS, "html": html}
SPLINTERS = [
    "\t",
    "\n",
    "|",
    " ",
    "0",
    "0000000",
    "（七）总计",
    "总计",
    "一、",
    "</td>",
    "<table>",
    "&nbsp;",
    "\x00",
    "\ufeff",
    "𠮷",
    "１２",
    "-",
    "%",
    'colspan="99"',
    'rowspan="0"',
    "三、本年度办理结果",
    "\u202e",
]


def _text(seed: int, printer: str) -> str:
    rng = Random(seed)
    return TEXTS[printer](rng, sheet(invent(rng, rng.choice(("2019", "2021")), faults=True)))


@st.composite
def spoiled_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A printed report after some cuts, copies and splinters, and the ending of its file."""
    printer = draw(st.sampled_from(sorted(TEXTS)))
    text = _text(draw(st.integers(0, 40)), printer)
    for _ in range(draw(st.integers(1, 6))):
        spot, length = draw(st.integers(0, len(text))), draw(st.integers(0, 400))
        kind = draw(st.sampled_from(("cut", "copy", "splinter", "move")))
        piece = text[spot : spot + length]
        match kind:
            case "cut":
                text = text[:spot] + text[spot + length :]
            case "copy":
                text = text[:spot] + piece + text[spot:]
            case "splinter":
                text = text[:spot] + draw(st.sampled_from(SPLINTERS)) + text[spot:]
            case _:
                text = text[:spot] + text[spot + length :] + piece
    return text, "html" if printer == "html" else "txt"


def _survives(data: bytes, name: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            report = read_bytes(data, name)
    except Unreadable as refusal:
        assert refusal.code
        assert refusal.message
        assert refusal.advice
        return
    _is_whole(report)


def _is_whole(report: Report) -> None:
    """Each address in exactly one place, places inside the text, values in their domain."""
    placed = [*report.cells, *report.blank, *(u.address for u in report.unsure)]
    assert len(placed) == len(set(placed))
    for cell in report.cells.values():
        start, end = cell.at.chars or (0, 0)
        assert 0 <= start <= end <= len(report.text)
    Report.from_json(report.to_json())


@given(spoiled_texts())
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_spoiled_text_and_html(spoiled: tuple[str, str]):
    text, ending = spoiled
    _survives(text.encode("utf-8", "surrogatepass"), f"report.{ending}")


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text(text: str):
    try:
        _is_whole(read_text(text))
    except Unreadable as refusal:
        assert refusal.message


@given(
    st.binary(max_size=600),
    st.sampled_from(["txt", "html", "docx", "xlsx", "pdf", "json", "zip", "ofd", "doc", "wps", ""]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_under_any_ending(data: bytes, ending: str):
    _survives(data, f"report.{ending}")


def _files() -> dict[str, bytes]:
    from gongkai.documents import write

    made = sheet(sound(1))
    files = {ending: printer(Random(1), made) for ending, printer in FILE_PRINTERS.values() if ending != "html"}
    return {**files, "pdf": write(as_report(sound(1)), "pdf"), "json": write(as_report(sound(1)), "json")}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return _files()


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "json"])
def test_spoiled_files(ending: str, files: dict[str, bytes]):
    whole = files[ending]
    for number in range(25):
        rng = Random(f"{ending}:{number}")
        data = bytearray(whole)
        for _ in range(rng.randint(1, 4)):
            spot = rng.randrange(len(data))
            if number % 3 == 0:
                del data[spot:]
                data = data or bytearray(b"\0")
            elif number % 3 == 1:
                data[spot] ^= rng.randint(1, 255)
            else:
                data[spot : spot + rng.randint(1, 300)] = rng.randbytes(rng.randint(0, 200))
        _survives(bytes(data), f"report.{ending}")


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "json"])
def test_a_whole_file_of_each_kind_is_read(ending: str, files: dict[str, bytes]):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert len(read_bytes(files[ending], f"report.{ending}").cells) > 100
