"""A report as a Word file in the layout of GB/T 9704-2012 (numbers: see `ooxml`)."""

from __future__ import annotations

from itertools import zip_longest

from gongkai.annual.report import Report
from gongkai.documents import ooxml
from gongkai.documents.flow import ChapterHeading, FormTable, Paragraph, Piece, Remark, Title, flow, title_of
from gongkai.documents.layout import LayoutCell, TableLayout
from gongkai.documents.values import fitting

_SIZES = {2: 21, 3: 18, 4: 18}
"""Half points of the words in each table: 五号 where there is room, 小五 where there are ten and fifteen columns."""

_HEIGHTS = {2: 454, 3: 315, 4: 454}
"""Least height of a row in twips (table 三 must fit on one page)."""

_MARGINS = {2: 40, 3: 20, 4: 60}
"""Left and right of the words in a cell, in twips: four characters fit a column of table 三, two one of table 四."""


def to_docx(report: Report) -> bytes:
    """The report as .docx: title, preface, six chapters, three tables merged as in the official form."""
    pieces = flow(report)
    body = "".join(_xml(piece, after) for piece, after in zip_longest(pieces, pieces[1:]))
    return ooxml.package(body, title_of(report), "政府信息公开工作年度报告")


def _xml(piece: Piece, after: Piece | None = None) -> str:
    match piece:
        case Title(lines):
            return ooxml.paragraph(ooxml.run("\n".join(lines)), "Title") + ooxml.paragraph("")
        case ChapterHeading(_, text):
            return ooxml.paragraph(ooxml.run(text), "Heading1")
        case Paragraph():
            return words(piece, keep=isinstance(after, FormTable))
        case Remark(text):
            return ooxml.paragraph(ooxml.run(text), "Remark")
        case _:
            return _table(piece)


def words(piece: Paragraph, keep: bool = False) -> str:
    """A paragraph of running text; its head in 黑体 or 楷体, a head alone on its line as a heading of level two.

    `keep` holds it on the page of what follows.
    """
    lead, rest = piece.text[: piece.lead], piece.text[piece.lead :]
    if lead and not rest and piece.level == 2:
        return ooxml.paragraph(ooxml.run(lead), "Heading2")
    runs = ooxml.run(lead, ooxml.FIRST if piece.level == 1 else ooxml.SECOND) if lead else ""
    return ooxml.paragraph(runs + (ooxml.run(rest) if rest else ""), "BodyText", "<w:keepNext/>" if keep else "")


def _table(piece: FormTable) -> str:
    layout = piece.layout
    widths = column_widths(layout)
    rows = []
    for row in range(layout.rows):
        cells, col = [], 0
        while col < layout.columns:
            found = layout.at(row, col)
            cells.append(_cell(piece, found, row, sum(widths[col : col + found.colspan])))
            col += found.colspan
        rows.append(ooxml.row(cells, _HEIGHTS[layout.number], header=row < layout.header_rows))
    return ooxml.table(rows, widths, _MARGINS[layout.number])


def column_widths(layout: TableLayout) -> list[int]:
    """The widths of a table's columns in twips; they fill the type area exactly."""
    widths = [ooxml.WIDTH * part // 1000 for part in layout.widths]
    widths[-1] += ooxml.WIDTH - sum(widths)
    return widths


def _cell(piece: FormTable, found: LayoutCell, row: int, width: int) -> str:
    first = row == found.row
    merge = None if found.rowspan == 1 else "restart" if first else "continue"
    text = (found.text if found.header else piece.text(found.address or "")) if first else ""
    size = fitting(text, (width - 2 * _MARGINS[piece.layout.number]) / 20, _SIZES[piece.layout.number] / 2)
    runs = ooxml.run(text, half_points=int(size * 2)) if text else ""
    # A table is kept on one page where it fits: every row but the last holds on to the next.
    properties = "<w:keepNext/>" if row + 1 < piece.layout.rows else ""
    # Fonts differ in how high a line they ask for; table 三 fits its page with any of them.
    properties += f'<w:spacing w:line="{round(_SIZES[piece.layout.number] * 12.3)}" w:lineRule="exact"/>'
    if found.role == "row" and found.text[:1].isdigit():
        properties += '<w:jc w:val="left"/>'
    return ooxml.cell(ooxml.paragraph(runs, "TableText", properties), width, found.colspan, merge)
