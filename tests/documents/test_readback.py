"""What is written reads back to the same cells, in every format, for made-up reports and for real ones."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from gongkai.annual.report import Report, SectionText, Source
from gongkai.documents import FORMATS, MEDIA_TYPES, write
from gongkai.readers import read_bytes, read_file
from tests.documents import samples
from tests.mess.invent import invent
from tests.mess.reports import as_report

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
WHOLE = sorted(path for pattern in ("*.txt", "*.html") for path in CORPUS.glob(pattern))


def values(report: Report) -> dict[str, object]:
    return {address: cell.value for address, cell in report.cells.items()}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("edition", "one_row"), [("2021", False), ("2021", True), ("2019", False)])
def test_the_same_cells(form: str, edition: str, one_row: bool) -> None:
    report = samples.report(edition, one_row)
    again = read_bytes(write(report, form), f"年报.{form}")
    assert values(again) == values(report)
    assert (again.edition, again.organ, again.year) == (report.edition, report.organ, report.year)
    assert {n.text for n in again.notes} == {n.text for n in report.notes}
    amounts = [a for a in report.cells if report.cells[a].unit]
    assert [again.cells[a].unit for a in amounts] == [report.cells[a].unit for a in amounts]


@pytest.mark.parametrize("seed", range(6))
def test_invented_reports_of_every_size_keep_every_cell(seed: int) -> None:
    rng = Random(f"written:{seed}")
    report = as_report(invent(rng, rng.choice(("2019", "2021")), faults=bool(seed % 2)))
    for form in FORMATS:
        assert values(read_bytes(write(report, form), f"年报.{form}")) == values(report), form


@pytest.mark.parametrize("form", ["docx", "html", "json"])
def test_the_same_words(form: str) -> None:
    report = samples.report()
    again = read_bytes(write(report, form), f"年报.{form}")
    for number in (1, 4, 5, 6):
        assert again.sections[number].text.strip() == report.sections[number].text


@pytest.mark.parametrize("form", ["docx", "html", "xlsx"])
def test_a_blank_cell_is_blank_again_and_never_nought(form: str) -> None:
    again = read_bytes(write(samples.report(), form), f"年报.{form}")
    assert "applications.disclosed.enterprise" in again.blank
    assert "applications.disclosed.total" not in again.cells


@pytest.mark.needs("corpus")
@pytest.mark.parametrize("path", WHOLE, ids=[p.name[:3] for p in WHOLE])
def test_real_reports_keep_every_cell(path: Path) -> None:
    report = read_file(path)
    for form in ("docx", "html", "xlsx"):
        again = read_bytes(write(report, form), f"年报.{form}")
        assert values(again) == values(report), form


@pytest.mark.needs("corpus")
@pytest.mark.parametrize("path", WHOLE[:5], ids=[p.name[:3] for p in WHOLE[:5]])
def test_real_reports_keep_every_cell_as_pdf(path: Path) -> None:
    report = read_file(path)
    again = values(read_bytes(write(report, "pdf"), "年报.pdf"))
    # A page has no trace of a blank cell; what the reader makes of such a row is its own affair.
    assert {a: v for a, v in again.items() if a in report.cells} == values(report)


def test_paragraphs_of_a_page_are_put_together_again() -> None:
    words = (
        "本年度，本机关扎实推进政府信息公开各项工作，目录按季\n度更新，专人负责核对。\n（二）依申请公开情况\n"
        "— 3 —\n收到申请7件，均已在法定期限内作出答复并寄送申请\n人签收。"
    )
    report = Report(Source("年报.pdf", "pdf"), edition="2021", sections={1: SectionText(words)})
    again = read_bytes(write(report, "docx"), "年报.docx")
    assert again.sections[1].text.strip() == (
        "本年度，本机关扎实推进政府信息公开各项工作，目录按季度更新，专人负责核对。\n（二）依申请公开情况\n"
        "收到申请7件，均已在法定期限内作出答复并寄送申请人签收。"
    )


def test_lines_of_other_formats_are_left_as_they_are() -> None:
    words = "本年度，本机关扎实推进政府信息公开各项工作\n目录按季度更新"
    again = read_bytes(write(samples.with_words(words), "docx"), "年报.docx")
    assert again.sections[1].text.strip() == words


@pytest.mark.parametrize("form", ["odg", "", "exe"])
def test_an_unknown_format_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match="可以写成：docx、pdf"):
        write(samples.report(), form)


@pytest.mark.parametrize(("form", "same"), [(".DOCX", "docx"), ("htm", "html"), ("markdown", "md")])
def test_other_names_of_a_format(form: str, same: str) -> None:
    assert write(samples.report(), form) == write(samples.report(), same)


def test_every_format_has_a_media_type() -> None:
    assert FORMATS.keys() == MEDIA_TYPES.keys()
