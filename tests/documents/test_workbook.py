"""The workbooks: merged as the form, figures as numbers, and no word of a report ever a formula."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.findings import Finding
from gongkai.annual.report import Cell
from gongkai.documents import write
from gongkai.documents.findings import COLUMNS, findings_csv, findings_xlsx
from gongkai.documents.layout import TableLayout
from gongkai.documents.values import layouts
from tests.documents import samples

HOSTILE = ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x","点")']


def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def merged(sheet: Worksheet) -> set[tuple[int, int, int, int]]:
    return {(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sheet.merged_cells.ranges}


def expected(layout: TableLayout) -> set[tuple[int, int, int, int]]:
    return {
        (c.row, c.col, c.row + c.rowspan - 1, c.col + c.colspan - 1)
        for c in layout.cells
        if (c.rowspan, c.colspan) != (1, 1)
    }


@pytest.mark.parametrize(("edition", "one_row"), [("2021", False), ("2021", True), ("2019", False)])
def test_sheets_are_merged_as_the_form_and_figures_are_numbers(edition: str, one_row: bool) -> None:
    report = samples.report(edition, one_row)
    found = book(write(report, "xlsx"))
    assert found.sheetnames == ["说明", "表二", "表三", "表四"]
    for name, layout in zip(found.sheetnames[1:], layouts(report).values(), strict=True):
        sheet = found[name]
        assert merged(sheet) == expected(layout)
        for cell in layout.cells:
            met = sheet.cell(cell.row + 1, cell.col + 1).value
            if cell.header:
                assert met == cell.text
            elif cell.address in report.blank:
                assert met is None
            elif cell.address in report.cells and report.cells[cell.address].text.isdigit():
                assert isinstance(met, int | str)
                if report.cells[cell.address].unit is None:
                    assert met == report.cells[cell.address].value


def test_notes_and_units_are_kept_as_words() -> None:
    sheet = book(write(samples.report(), "xlsx"))["表二"]
    values = [value for row in sheet.iter_rows(values_only=True) for value in row]
    assert "22（其中修订16件）" in values and "16.31万元" in values and 11398889 in values


def test_a_number_that_excel_would_round_is_kept_as_words() -> None:
    report = samples.report()
    report.cells["proactive.penalties.decisions"] = Cell(12345678901234567, "12345678901234567")
    values = [v for row in book(write(report, "xlsx"))["表二"].iter_rows(values_only=True) for v in row]
    assert "12345678901234567" in values


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_of_a_report_is_a_formula(words: str) -> None:
    sheet = book(write(samples.with_words(words), "xlsx"))["说明"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == words]
    assert [cell.data_type for cell in cells] == ["s"]
    assert not any(cell.hyperlink for cell in cells)


def finding(message: str = "两处不一致，请核实。") -> Finding:
    return Finding(
        "T3-ROW",
        "relation",
        "conflict",
        message,
        cells=("applications.received.total", "no.such.cell"),
        quote="收到申请7件",
        where="表三第4行",
        met="7",
        expected="8",
        advice="请核实。",
    )


def test_the_list_of_findings_as_workbook() -> None:
    rows = [("甲镇.docx", "甲镇人民政府", 2023, finding()), ("乙.pdf", None, None, finding("=1+1"))]
    sheet = book(findings_xlsx(rows)).active
    assert sheet is not None
    values = list(sheet.iter_rows(values_only=True))
    assert values[0] == tuple(head for head, _ in COLUMNS)
    assert values[1][:5] == ("甲镇.docx", "甲镇人民政府", 2023, "不一致", "勾稽关系")
    assert values[1][11] == "一、本年新收政府信息公开申请数量·总计；no.such.cell"
    assert values[2][6] == "=1+1" and sheet.cell(3, 7).data_type == "s"


def test_the_list_of_findings_as_csv() -> None:
    data = findings_csv([(words, None, 2023, finding()) for words in HOSTILE])
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == [head for head, _ in COLUMNS]
    assert [row[0] for row in rows[1:]] == ["'" + words for words in HOSTILE]
    assert rows[1][2] == "2023"


@pytest.mark.parametrize("met", ["-4", "+3", "-4.5", "98%"])
def test_a_plain_number_needs_no_apostrophe(met: str) -> None:
    row = Finding("X", "relation", "doubt", "请核实", met=met)
    assert list(csv.reader(io.StringIO(findings_csv([("a", None, None, row)]).decode("utf-8-sig"))))[1][9] == met


def test_an_empty_list_still_has_its_head() -> None:
    assert book(findings_xlsx([])).active.max_row == 1  # type: ignore[union-attr]
    assert len(findings_csv([]).splitlines()) == 1


def test_every_row_is_as_high_as_what_it_says() -> None:
    """Programs measure rows with merged cells not at all, and LibreOffice no row of a file that it only prints."""
    found = book(write(samples.with_words("情况说明" * 100), "xlsx"))
    third = found["表三"]
    by_label = {third.cell(row, 3).value: third.row_dimensions[row].height for row in range(1, third.max_row + 1)}
    one, two = (
        by_label["1.属于国家秘密"],
        by_label["2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"],
    )
    assert 13 <= one < 24 <= 2 * one * 0.8 <= two < 4 * one
    words = found["说明"]
    [long] = [cell.row for [cell] in words.iter_rows() if cell.value == "情况说明" * 100]
    lines = 400 * 11 / (words.column_dimensions["A"].width * 7 * 0.75)
    assert lines * 11 < words.row_dimensions[long].height < lines * 11 * 2
