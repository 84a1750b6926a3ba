"""Reports nobody has seen: invented, half of them with true faults, messed one to four deep, another lot each run.

GONGKAI_SEED=SEED repeats a run, GONGKAI_SEED=SEED:NUMBER a single case of the text lot.
"""

from __future__ import annotations

import os

import pytest

from gongkai.annual.report import Report, Source
from gongkai.readers import read_bytes
from gongkai.readers.errors import Unreadable
from tests.mess.files import FILE_PRINTERS, by_libreoffice, chromium, chromium_printer, soffice
from tests.mess.run import Case, Tally, base_seed, file_case, one_number, run, text_case

SEED = base_seed()
LOTS, LOT = 4, 550 if os.environ.get("GONGKAI_SEED") else 220
"""`make test` reads the same ones each time; who asks for others (`make unseen`) gets more of them."""
FILES = {"docx": 24, "xlsx": 30, "pandas_html": 40, "pandas_xlsx": 30}


def _read(data: bytes, name: str) -> Report:
    try:
        return read_bytes(data, name)
    except Unreadable:
        return Report(Source(name, "none"))


def _holds(tally: Tally) -> None:
    assert not tally.wrong, f"{len(tally.wrong)} wrong\n" + "\n".join(tally.wrong[:12])
    most = "\n".join(f"{count} {what}" for what, count in tally.missed_in.most_common(12))
    assert tally.share >= 0.97, f"read {tally.read} of {tally.owed}\n{tally.table()}\nmissed most in:\n{most}"


@pytest.mark.parametrize("lot", range(LOTS))
def test_text_and_html(lot: int, capsys: pytest.CaptureFixture[str]):
    only = one_number()
    numbers = range(lot * LOT, (lot + 1) * LOT) if only is None else [only] * (lot == 0)
    tally = run((text_case(SEED, number) for number in numbers), _read)
    with capsys.disabled():
        print(f"\nGONGKAI_SEED={SEED}, lot {lot}\n{tally.table()}")
    _holds(tally)


@pytest.mark.parametrize("printer", FILE_PRINTERS)
def test_files_of_other_writers(printer: str):
    _holds(run((file_case(SEED, number, printer) for number in range(FILES[printer])), _read))


@pytest.mark.skipif(chromium() is None, reason="Chromium is not installed: no PDF printed by it is read")
def test_pdf_printed_by_chromium():
    with chromium_printer() as pdf:
        cases = [file_case(SEED, number, "pdf", pdf, "pdf") for number in range(10)]
    _holds(run(cases, _read))


@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed: no file saved by it is read")
@pytest.mark.parametrize(
    ("printer", "ending", "target"),
    [("docx", "docx", "pdf"), ("docx", "docx", "html"), ("pandas_html", "html", "docx"), ("xlsx", "xlsx", "html")],
)
def test_files_saved_by_libreoffice(printer: str, ending: str, target: str):
    printed = [file_case(SEED, number, printer) for number in range(4)]
    saved = by_libreoffice([case.data for case in printed], ending, target)
    cases = [
        Case(case.seed, f"{printer} → {target}", f"report.{target}", data, case.sheet)
        for case, data in zip(printed, saved, strict=True)
    ]
    _holds(run(cases, _read))
