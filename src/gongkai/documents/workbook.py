"""A report as an Excel workbook: the words on one sheet, each table on its own, merged as in the official form.

Figures are numbers, so that an office can calculate with them; words are always written as words, never as
formulas, whatever they begin with.
"""

from __future__ import annotations

import io
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gongkai.annual.report import Report
from gongkai.documents.flow import ChapterHeading, FormTable, Paragraph, Piece, Remark, Title, flow, title_of
from gongkai.documents.layout import TableLayout
from gongkai.documents.values import Filled

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEETS = {1: "说明", 2: "表二", 3: "表三", 4: "表四"}
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_000
"""A cell of Excel holds 32,767 characters; longer paragraphs are continued in the next row."""

_EXACT = 10**15
"""Excel keeps fifteen digits; longer whole numbers are written as words, so that none is lost."""

_UNITS = {2: 80.0, 3: 110.0, 4: 120.0}
"""How many characters wide each table is."""

_WORDS_WIDE = 68
"""How many characters wide the words are: what an upright A4 sheet takes, also where a wider font stands in."""

_TALLEST = 409.0
"""No row of Excel is higher (points)."""


def to_xlsx(report: Report) -> bytes:
    """The report as .xlsx with the sheets 说明, 表二, 表三 and 表四."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, OPTIONS)
    book.set_properties({"title": title_of(report), "subject": "政府信息公开工作年度报告"})
    words = book.add_worksheet(SHEETS[1])
    pieces = flow(report)
    _write_words(book, words, pieces)
    for piece in pieces:
        if isinstance(piece, FormTable):
            _write_table(book, piece)
    book.close()
    return held.getvalue()


def _write_words(book: Workbook, sheet: Worksheet, pieces: list[Piece]) -> None:
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True})
    head = book.add_format({"bold": True, "font_size": 12, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"font_size": 11, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, _WORDS_WIDE)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    row = 0
    for piece in pieces:
        match piece:
            case Title(lines):
                row = _lines(sheet, row, "".join(lines), title, 16)
            case ChapterHeading(_, text):
                row = _lines(sheet, row, text, head, 12)
            case Paragraph(text) | Remark(text):
                row = _lines(sheet, row, text, plain, 11)
            case _:
                continue


def _lines(sheet: Worksheet, row: int, text: str, style: Format, size: int) -> int:
    for start in range(0, len(text), _LONGEST):
        piece = text[start : start + _LONGEST]
        sheet.write_string(row, 0, piece, style)
        sheet.set_row(row, min(_tall(piece, _WORDS_WIDE, size), _TALLEST))
        row += 1
    return row


def _tall(text: str, width: float, size: int) -> float:
    """How high (points) words are in a cell `width` characters wide. Programs measure no row of merged cells themselves.

    A column is seven pixels a character and five beside it; a Chinese character is as wide as its size.
    """
    room = max((7 * width - 3) * 0.75 // size, 1)
    lines = sum(max(math.ceil(sum(1 if c > "\u2e7f" else 0.6 for c in line) / room), 1) for line in text.split("\n"))
    return lines * size * 1.35 + 4


def _heights(layout: TableLayout, size: int) -> list[float]:
    """How high each row must be for what its cells say; what a cell over several rows lacks, its last row gets."""
    widths = [_UNITS[layout.number] * width / 1000 for width in layout.widths]
    heights = [_tall("", 1, size)] * layout.rows
    for cell in sorted(layout.cells, key=lambda cell: cell.rowspan):
        own = slice(cell.row, cell.row + cell.rowspan)
        lacks = _tall(cell.text, sum(widths[cell.col : cell.col + cell.colspan]), size) - sum(heights[own])
        heights[own.stop - 1] += max(lacks, 0)
    return heights


def _write_table(book: Workbook, piece: FormTable) -> None:
    layout = piece.layout
    sheet = book.add_worksheet(SHEETS[layout.number])
    size = 10
    base: dict[str, Any] = {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "font_size": size}
    head, item = book.add_format({**base, "bg_color": "#F4F6F9"}), book.add_format({**base, "bg_color": "#F4F6F9"})
    item.set_align("left")
    figure = book.add_format(base)
    for col, width in enumerate(layout.widths):
        sheet.set_column(col, col, _UNITS[layout.number] * width / 1000)
    for row, height in enumerate(_heights(layout, size)):
        sheet.set_row(row, height)
    for cell in layout.cells:
        last = (cell.row + cell.rowspan - 1, cell.col + cell.colspan - 1)
        label = item if cell.role == "row" and cell.text[:1].isdigit() else head
        style = label if cell.header else figure
        if last != (cell.row, cell.col):
            sheet.merge_range(cell.row, cell.col, *last, "", style)
        if cell.header:
            sheet.write_string(cell.row, cell.col, cell.text, style)
        else:
            _write_figure(sheet, cell.row, cell.col, piece.values.get(cell.address or "", Filled()), style)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    if layout.header_rows:
        sheet.freeze_panes(layout.header_rows, 0)
        sheet.repeat_rows(0, layout.header_rows - 1)


def _write_figure(sheet: Worksheet, row: int, col: int, found: Filled, style: Format) -> None:
    value = found.value
    if not found.text:
        sheet.write_blank(row, col, None, style)
    elif found.plain and value is not None and -_EXACT < value < _EXACT:
        sheet.write_number(row, col, float(value) if isinstance(value, Decimal) else value, style)
    else:
        sheet.write_string(row, col, found.text, style)
