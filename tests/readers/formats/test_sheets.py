"""XLSX and XLS: values as printed, merges as spans, hidden parts left out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.readers import border
from gongkai.readers.content import Content, Grid
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import xlsx
from tests.readers.formats import samples


def made(fill: Callable[[Any, Any], None]) -> Content:
    book = openpyxl.Workbook()
    fill(book, book.active)
    stream = io.BytesIO()
    book.save(stream)
    return border.open_content(stream.getvalue(), "a.xlsx")


def put(sheet: Any, *rows: tuple[object, ...]) -> None:
    for row in rows:
        sheet.append(row)


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("3.0", "3"),
        ("3", "3"),
        ("0", "0"),
        ("-4", "-4"),
        ("24252.311082", "24252.311082"),
        ("16.309999999999999", "16.31"),
        ("1E3", "1000"),
        ("0.1", "0.1"),
        ("12345678901", "12345678901"),
        ("nan", "nan"),
        ("words", "words"),
    ],
)
def test_numbers_are_written_as_printed(stored: str, printed: str) -> None:
    assert xlsx.plain_number(stored) == printed


def test_percent_and_day_formats() -> None:
    def fill(_: Any, sheet: Any) -> None:
        put(sheet, ("办结率", 0.125), ("日期", 44951), ("金额", 16.31))
        sheet["B1"].number_format, sheet["B2"].number_format = "0.0%", "yyyy年m月d日"
        sheet["B3"].number_format = '#,##0.00"万元"'

    assert [c[0] for c in samples.grids(made(fill))[0]] == ["办结率", "12.5%", "日期", "2023年1月25日", "金额", "16.31"]


def test_hidden_sheets_rows_and_columns_are_left_out() -> None:
    def fill(book: Any, sheet: Any) -> None:
        put(sheet, ("甲", 7, 1), ("藏", 8, 2), ("乙", 9, 3))
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        other = book.create_sheet("草稿")
        put(other, ("丙", 4), ("丁", 5))
        other.sheet_state = "hidden"

    assert samples.grids(made(fill)) == [[("甲", 0, 0, 1, 1), ("1", 0, 1, 1, 1), ("乙", 1, 0, 1, 1), ("3", 1, 1, 1, 1)]]


def test_sheets_follow_in_order_and_blank_rows_part_tables() -> None:
    def fill(book: Any, sheet: Any) -> None:
        put(sheet, ("甲", 1), ("乙", 2), (), ("丙", 3), ("丁", 4))
        put(book.create_sheet("表四"), ("戊", 5), ("己", 6))

    assert [[c[0] for c in g] for g in samples.grids(made(fill))] == [
        ["甲", "1", "乙", "2"],
        ["丙", "3", "丁", "4"],
        ["戊", "5", "己", "6"],
    ]


def test_places_are_sheet_and_cell() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.title = "年报"
        sheet["B2"], sheet["C2"], sheet["C3"], sheet["B3"] = "规章", 4, 5, "文件"

    grid = next(b for b in made(fill).blocks if isinstance(b, Grid))
    assert {c.text: c.at.dom for c in grid.cells} == {
        "规章": "年报!B2",
        "4": "年报!C2",
        "文件": "年报!B3",
        "5": "年报!C3",
    }


def test_a_formula_gives_the_value_stored_with_it() -> None:
    cells = '<c r="A1" t="str"><f>B1</f><v>规章</v></c><c r="B1"><f>1+2</f><v>3</v></c>'
    more = '<c r="A2" t="inlineStr"><is><t>文件</t><rPh><t>wen</t></rPh></is></c><c r="B2" t="b"><v>1</v></c>'
    assert [c[0] for c in samples.grids(sheet_of(f'<row r="1">{cells}</row><row r="2">{more}</row>'))[0]] == [
        "规章",
        "3",
        "文件",
        "TRUE",
    ]


def sheet_of(rows: str, rest: str = "") -> Content:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    parts = {
        "xl/workbook.xml": f'<workbook {space} {relations}><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{rows}</sheetData>{rest}</worksheet>",
    }
    return border.open_content(samples.zipped(parts), "a.xlsx")


def test_a_merge_over_the_whole_sheet_costs_nothing() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="1048576"><c r="A1048576"><v>3</v></c></row>'
    content = sheet_of(rows, '<mergeCells><mergeCell ref="B1:XFD1048576"/></mergeCells>')
    assert {"1", "2", "3"} <= set(content.text.split())


def test_a_sheet_out_of_all_proportion_is_refused() -> None:
    wide = "".join(f'<c r="{xlsx.column_name(c)}1"><v>1</v></c>' for c in range(0, 16_000, 3))
    tall = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(2, 3_000))
    with pytest.raises(Unreadable) as refusal:
        sheet_of(f'<row r="1">{wide}</row>{tall}')
    assert refusal.value.code == "too_many_cells"


@pytest.mark.parametrize(("name", "place"), [("A1", (0, 0)), ("C5", (4, 2)), ("$AA$10", (9, 26)), ("XFD1", (0, 16383))])
def test_references(name: str, place: tuple[int, int]) -> None:
    assert xlsx.reference(name) == place
    assert name.replace("$", "") == f"{xlsx.column_name(place[1])}{place[0] + 1}"


@pytest.mark.parametrize("name", ["", "A", "5", "A0", "AAAA1", "XFE1", "a1"])
def test_no_references(name: str) -> None:
    assert xlsx.reference(name) is None


def test_an_old_workbook_is_read_without_an_office_program() -> None:
    """`data/small.xls`: a title, a merged heading, a head row, two rows of figures; a hidden sheet."""
    content = border.open_content((Path(__file__).parent / "data" / "small.xls").read_bytes(), "报告.et")
    assert content.format == "xls"
    assert samples.lines(content) == [samples.TITLE]
    assert samples.grids(content) == [
        [
            ("第二十条第（一）项", 0, 0, 1, 4),
            *((t, 1, n, 1, 1) for n, t in enumerate(("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"))),
            *((t, 2, n, 1, 1) for n, t in enumerate(("规章", "0", "1", "27"))),
            ("行政事业性收费", 3, 0, 1, 1),
            ("24252.311082", 3, 1, 1, 3),
        ]
    ]
