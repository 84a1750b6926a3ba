"""A report as PDF/A-2b with its fonts inside, set by typst in the layout of GB/T 9704-2012.

Fonts come with the program (see `glyphs`); system fonts are off. The text layer reads back.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from gongkai.annual.report import Report
from gongkai.documents.flow import ChapterHeading, FormTable, Paragraph, Piece, Remark, Title, flow, title_of
from gongkai.documents.glyphs import SUBSTITUTE, MissingGlyphs, missing_glyphs
from gongkai.documents.typesetting import Printed, typeset
from gongkai.documents.values import fitting

_SIZES = {2: 10.5, 3: 9.0, 4: 9.0}
_INSETS = {2: 5.0, 3: 2.9, 4: 5.0}
_MARGINS = {2: 4.0, 3: 1.0, 4: 3.0}
_TYPE_AREA = 442.2
"""Width of the type area in points: 156 mm."""


def to_pdf(report: Report) -> bytes:
    """The report as PDF/A-2b. A character without a glyph is printed as 〓 and named in a note at the end."""
    return printed_pdf(report).data


def printed_pdf(report: Report) -> Printed:
    """The report as PDF/A-2b together with the characters that no shipped font has."""
    pieces = flow(report)
    missing = missing_in(report)
    if missing:
        pieces.append(Remark(f"注：本文件所用字体没有以下编码的字符，均以“{SUBSTITUTE}”代替：{missing.codes}。"))
    content = {"title": title_of(report), "pieces": [_data(p, after) for p, after in zip_longest(pieces, pieces[1:])]}
    return Printed(typeset("report.typ", content), missing)


def missing_in(report: Report) -> MissingGlyphs | None:
    """The characters of a report that no shipped font has; None when the PDF will have them all."""
    return missing_glyphs("".join(_words(piece) for piece in flow(report)) + title_of(report))


def _words(piece: Piece) -> str:
    match piece:
        case Title(lines):
            return "".join(lines)
        case FormTable():
            return "".join(piece.text(address) for address in piece.layout.addresses)
        case _:
            return piece.text


def _data(piece: Piece, after: Piece | None) -> dict[str, Any]:
    match piece:
        case Title(lines):
            return {"kind": "title", "lines": lines}
        case ChapterHeading(_, text):
            return {"kind": "heading", "text": text}
        case Paragraph(text, level, lead):
            return {"kind": "paragraph", "level": level, "lead": text[:lead], "rest": text[lead:]}
        case Remark(text):
            return {"kind": "remark", "text": text}
        case _:
            return {**_table(piece), "remarked": isinstance(after, Remark)}


def _table(piece: FormTable) -> dict[str, Any]:
    layout, size = piece.layout, _SIZES[piece.layout.number]
    cells = []
    for cell in layout.cells:
        text = cell.text if cell.header else piece.text(cell.address or "")
        parts = sum(layout.widths[cell.col : cell.col + cell.colspan])
        width = _TYPE_AREA * parts / 1000 - 2 * _MARGINS[layout.number] - 1
        cells.append(
            {
                "row": cell.row,
                "col": cell.col,
                "rowspan": cell.rowspan,
                "colspan": cell.colspan,
                "text": text,
                "size": fitting(text, width, size),
                "left": cell.role == "row" and text[:1].isdigit(),
            }
        )
    return {
        "kind": "table",
        "rows": layout.rows,
        "header": layout.header_rows,
        "widths": layout.widths,
        "size": size,
        "inset": _INSETS[layout.number],
        "margin": _MARGINS[layout.number],
        "cells": cells,
    }
