"""Ledgers as files: workbooks, CSV in any encoding, tables of documents; the large, the broken and the hostile."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.ledger import read_ledger, read_ledger_file, read_pasted, sheets

HEAD = ["登记编号", "申请人", "收到日期", "申请内容", "答复日期", "处理决定"]
ROW = ["甲1", "张三", date(2026, 3, 2), "征地批文", "2026.3.20", "予以公开"]


def workbook(*tables: list[list[object]], merge: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in table:
            sheet.append(row)
        for span in merge:
            sheet.merge_cells(span)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_workbook_with_a_merged_title_and_a_day_as_a_serial() -> None:
    data = workbook([["2026年台账"], HEAD, ROW, ["甲2", "李四", 46083, "规划图", None, None]], merge=("A1:F1",))
    found = read_ledger(data, "台账.xlsx")
    assert [(r.number, r.received_on, r.line) for r in found.rows] == [
        ("甲1", date(2026, 3, 2), 3),
        ("甲2", date(2026, 3, 2), 4),
    ]
    assert found.doubts == () and found.years == (2026,)


def test_heads_merged_over_two_rows_and_a_cell_merged_down_the_rows() -> None:
    table = [
        ["登记编号", "申请人", "补正", None, "收到日期"],
        [None, None, "告知日期", "收到日期", None],
        ["甲1", "张三", None, None, date(2026, 3, 2)],
        ["甲2", None, "2026-3-4", "2026-3-6", None],
        ["甲3", None, None, None, None],
    ]
    spans = ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "B3:B5", "E3:E5")
    found = read_ledger(workbook(table, merge=spans), "x.xlsx")
    assert [(r.number, r.applicant, r.received_on) for r in found.rows] == [
        (f"甲{i}", "张三", date(2026, 3, 2)) for i in (1, 2, 3)
    ]
    assert found.rows[1].supplemented_on == date(2026, 3, 6)


def test_every_sheet_is_read_and_one_without_a_head_or_hidden_is_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([HEAD, ROW], [["随手记", "一句话"]], [[None]], [HEAD, ROW])))
    book.worksheets[3].sheet_state = "hidden"
    held = io.BytesIO()
    book.save(held)
    found = read_ledger(held.getvalue(), "x.xlsx")
    assert len(found.rows) == 1
    assert found.remarks == ("隐藏的工作表没有读取：表4。", "工作表“表2”没有找到表头，没有读取。")


def test_the_day_of_a_weak_column_names_its_sheet() -> None:
    found = read_ledger(workbook([["申请人", "登记日期"], ["张三", date(2026, 3, 2)]]), "x.xlsx")
    assert found.remarks == ("工作表“表1”没有“收到日期”一列，以“登记日期”代替，请核实。",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "|", "   "])
def test_text_in_any_encoding_and_separator(encoding: str, separator: str) -> None:
    lines = [separator.join(line) for line in (HEAD[:4], ["甲1", "张三", "2026-3-2", "征地批文"])]
    found = read_ledger("\n".join(lines).encode(encoding), "台账.csv")
    assert [(r.number, r.content) for r in found.rows] == [("甲1", "征地批文")]


def test_a_quoted_cell_keeps_its_line_breaks() -> None:
    found = read_pasted('申请人\t收到日期\t申请内容\n张三\t2026-3-2\t"一、征地\n二、补偿"\n')
    assert found.rows[0].content == "一、征地\n二、补偿"


def test_the_year_of_the_file_name_helps_days_without_one() -> None:
    found = read_ledger("申请人,收到日期\n张三,3月2日\n".encode(), "2025年台账.csv")
    assert found.rows[0].received_on == date(2025, 3, 2)


def test_a_table_of_a_word_file_and_of_a_web_page(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("申请台账")
    table = document.add_table(rows=2, cols=3)
    for row, words in zip(table.rows, (["申请人", "收到日期", "申请内容"], ["张三", "2026-3-2", "征地"]), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    document.save(str(tmp_path / "台账.docx"))
    found = read_ledger_file(tmp_path / "台账.docx", today=date(2026, 4, 1))
    assert [(r.sheet, r.line, r.applicant) for r in found.rows] == [("第1个表格", 2, "张三")]
    page = (
        "<table><tr><th rowspan=2>申请人<th colspan=2>补正<th rowspan=2>收到日期</tr><tr><th>告知日期<th>收到日期</tr>"
    )
    page += "<tr><td>张三<td>2026-3-3<td>2026-3-4<td>2026-3-2</tr></table>"
    row = read_ledger(f"<html><body>{page}</body></html>".encode(), "台账.xls").rows[0]
    assert (row.received_on, row.supplemented_on) == (date(2026, 3, 2), date(2026, 3, 4))


def test_a_pdf_without_ruled_tables_is_looked_at_by_its_geometry() -> None:
    from gongkai.documents.letters import Letter, letter_pdf

    data = letter_pdf(Letter("清溪县自然资源局", "告知书", "张三", ("没有表格。",))).data
    with pytest.raises(Unreadable, match="没有找到台账的表头"):
        read_ledger(data, "x.pdf")


def test_old_workbooks_are_read(tmp_path: Path) -> None:
    # An .ods is converted where LibreOffice is installed, and refused in words where it is not.
    with pytest.raises(Unreadable):
        read_ledger(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 40, "x.xls")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    (
        (b"", "x.xlsx", "empty"),
        (b"   ", "x.csv", "empty"),
        (b"PK\x03\x04broken", "x.xlsx", "archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "x.png", "no_text_layer"),
        ("没有表".encode(), "x.txt", "no_ledger"),
        (b'a,"b\n' * 3 + b'"' + b"x" * 140_000, "x.csv", "damaged"),
        ("申请人,收到日期\n".encode() + b"\x01\x02\x03" * 3000, "x.csv", "unknown_format"),
    ),
    ids=["empty", "blank", "zip", "picture", "words", "quotes", "noise"],
)
def test_what_is_no_ledger_is_refused_in_words(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_ledger(data, name)
    assert caught.value.code == code and not caught.value.message.isascii()


def test_pasting_nothing_is_refused() -> None:
    with pytest.raises(Unreadable, match="没有任何文字"):
        read_pasted(" \n ")


# ---- hostile workbooks -----------------------------------------------------------------------------------------


def altered(part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with one part changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([HEAD, ROW]))) as before, zipfile.ZipFile(held, "w", 8) as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new, 1) if name == part else content)
    return held.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "code"),
    (
        (altered(SHEET, b'r="F2"', b'r="XFD1048576"'), "too_many_cells"),
        (altered(SHEET, b'<row r="2"', b'<row r="1048576"'), "too_many_cells"),
        (altered(SHEET, b"</sheetData>", b""), "damaged"),
        (altered(SHEET, b"</worksheet>", b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'), "no_ledger"),
    ),
    ids=["far cell", "far row", "broken", "merge of everything"],
)  # fmt: skip
def test_a_workbook_out_of_proportion(data: bytes, code: str) -> None:
    began = time.process_time()  # counted out, it takes hours; measured at the border, it takes nothing
    with pytest.raises(Unreadable) as caught:
        read_ledger(data, "x.xlsx")
    assert caught.value.code == code
    assert time.process_time() - began < 30


def test_cells_and_rows_without_places_are_counted() -> None:
    data = altered(SHEET, b'<row r="2"', b'<row r="x"').replace(b"", b"")
    sheets.measure(altered(SHEET, b'r="F2"', b'r=""'))
    sheets.measure(data)


def test_more_than_one_sheet_holds_is_refused_while_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_SHEET_BYTES", 500)
    with pytest.raises(Unreadable, match="过大"):
        read_ledger(workbook([HEAD, ROW]), "x.xlsx")


@pytest.mark.parametrize(
    ("place", "name", "value"),
    (
        (limits, "MAX_FILE_BYTES", 10),
        (limits, "MAX_PACKAGE_PARTS", 2),
        (limits, "MAX_SHEETS", 0),
        (limits, "MAX_GRID_STEPS", 3),
        (sheets, "MAX_ROWS", 1),
    ),
)
def test_each_bound_refuses(monkeypatch: pytest.MonkeyPatch, place: object, name: str, value: int) -> None:
    data = workbook([["题"], HEAD, ROW], merge=("A1:F1",))
    monkeypatch.setattr(place, name, value)
    with pytest.raises(Unreadable, match="过大|过多|数量"):
        read_ledger(data, "x.xlsx")


def test_bounds_of_text_and_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "申请人,收到日期\n张三,2026-3-2\n"
    with monkeypatch.context() as patch:
        patch.setattr(limits, "MAX_TEXT_BYTES", 10)
        with pytest.raises(Unreadable, match="过大"):
            read_ledger(text.encode(), "x.csv")
    with monkeypatch.context() as patch:
        patch.setattr(sheets, "MAX_ROWS", 1)
        with pytest.raises(Unreadable, match="数量"):
            read_pasted(text)
        patch.setattr(sheets, "measure", lambda data: None)
        with pytest.raises(Unreadable, match="数量"):
            read_ledger(workbook([HEAD, ROW]), "x.xlsx")


def test_a_locked_part_is_said_to_be_locked() -> None:
    data = bytearray(workbook([HEAD, ROW]))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    with pytest.raises(Unreadable) as caught:
        read_ledger(bytes(data), "x.xlsx")
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize(("raised", "code"), (("PasswordError", "encrypted"), ("CalamineError", "damaged")))
def test_what_the_library_refuses_is_said(monkeypatch: pytest.MonkeyPatch, raised: str, code: str) -> None:
    import python_calamine

    def refuse(_: object) -> None:
        raise getattr(python_calamine, raised)("no")

    class Refusing:
        from_filelike = staticmethod(refuse)

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Refusing)
    with pytest.raises(Unreadable) as caught:
        read_ledger(workbook([HEAD, ROW]), "x.xlsx")
    assert caught.value.code == code


WHOLE = workbook([HEAD, ROW])


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_bytes_flipped_anywhere_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_ledger(bytes(whole), "x.xlsx")
    except Unreadable as refusal:
        assert not refusal.message.isascii()


cells = st.one_of(st.none(), st.text(max_size=12), st.integers(), st.dates(), st.floats(), st.sampled_from(HEAD))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(cells, max_size=7), max_size=6))
def test_whatever_stands_below_the_head_is_read_doubted_or_skipped(table: list[list[object]]) -> None:
    text = "\n".join(
        "\t".join("" if v is None else " ".join(str(v).splitlines()) for v in row) for row in [HEAD, *table]
    )
    try:
        found = read_pasted(text)
    except Unreadable:
        return
    met = {(r.sheet, r.line) for r in (*found.rows, *found.doubts, *found.skipped)}
    assert len(found.rows) + found.doubtful <= len(table)
    assert all(line > 1 for _, line in met)


@pytest.mark.slow
def test_twenty_thousand_rows_are_read() -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-m-d"})
    sheet.write_row(0, 0, HEAD)
    for row in range(1, 20_001):
        sheet.write_row(row, 0, [f"甲{row}", f"张{row}"])
        sheet.write_datetime(row, 2, datetime.fromisoformat("2026-01-01") + timedelta(days=row % 300), day)
        sheet.write_row(row, 3, [f"申请内容{row}", "2026年12月1日", "予以公开"])
    book.close()
    found = read_ledger(held.getvalue(), "x.xlsx")
    assert len(found.rows) == 20_000 and found.doubts == ()
