"""Paper that is filled in and signed: one ruled table under a title, as a Word file and as PDF.

A `Sheet` says what stands in each box; both writers draw it. A box for an opinion is empty on purpose, with a line for
signature and day at its foot. The code at the top right is a QR code of the case number, which any scanner reads back.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gongkai.documents import ooxml
from gongkai.documents.flow import clean
from gongkai.documents.glyphs import SUBSTITUTE, MissingGlyphs, missing_glyphs
from gongkai.documents.typesetting import Printed, typeset

A4 = (210.0, 297.0)
SIGNED = "签名：　　　　　　　　　年　　月　　日"
"""The foot of a box in which somebody signs."""

_MARGIN = 20.0
_SMALL_MARGIN = 6.0
_MM = 1440 / 25.4
_CODE = 20.0
"""Side of the QR code in millimetres."""
_SIDE, _PADDING = 100, 60
"""Twips between the rules of a box and its words: left and right, above and below."""
_THIN = ooxml.paragraph("", None, '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>')


@dataclass(frozen=True, slots=True)
class Cell:
    """A box: its words, how many columns it takes, whether it is a label, and what stands at its foot."""

    text: str = ""
    span: int = 1
    label: bool = False
    foot: str = ""
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of boxes, at least `height` millimetres high; heads are repeated on each page."""

    cells: tuple[Cell, ...]
    height: float = 10.0
    head: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of boxes. `widths` are parts of the whole; `above` stands at the left over the table, `notes` below it."""

    title: str
    widths: tuple[int, ...]
    lines: tuple[Line, ...]
    organ: str = ""
    above: tuple[str, ...] = ()
    code: str = ""
    notes: tuple[str, ...] = ()
    size: tuple[float, float] = A4
    points: float = 12.0
    ruled: bool = True

    @property
    def margin(self) -> float:
        """The margin on each side in millimetres."""
        return _MARGIN if min(self.size) > 150 else _SMALL_MARGIN


def labelled(label: str, text: str, span: int = 1) -> tuple[Cell, Cell]:
    """A label and the box beside it."""
    return Cell(label, label=True), Cell(text, span)


def opinion(label: str, columns: int, height: float = 26.0, text: str = "", foot: str = SIGNED) -> Line:
    """A row with a box in which somebody writes and signs; `columns` counts those of the whole sheet."""
    return Line((Cell(label, label=True), Cell(text, columns - 1, foot=foot)), height)


def of_rows(title: str, organ: str, number: str, rows: Iterable[tuple[str, str]]) -> Sheet:
    """A sheet of labels and boxes one under the other, as `onrequest.letters` composes it."""
    lines = tuple(Line(labelled(label, text), 12.0 if len(text) < 60 else 30.0) for label, text in rows)
    return Sheet(title, (25, 75), lines, organ, code=number)


def sheet_missing(sheet: Sheet) -> MissingGlyphs | None:
    """The characters of a sheet that no shipped font has; None when its PDF will have them all."""
    return missing_glyphs("".join(_words(sheet)))


def sheet_pdf(sheet: Sheet) -> Printed:
    """The sheet as PDF/A-2b with its fonts inside, and the characters that no shipped font has."""
    missing = sheet_missing(sheet)
    notes = [*sheet.notes]
    if missing:
        notes.append(f"注：所用字体没有以下编码的字符，以“{SUBSTITUTE}”代替：{missing.codes}。")
    content: dict[str, Any] = {
        "title": clean(sheet.title),
        "organ": clean(sheet.organ),
        "above": [clean(line) for line in sheet.above],
        "code": _svg(sheet.code) if sheet.code else "",
        "widths": sheet.widths,
        "notes": [clean(note) for note in notes],
        "size": sheet.size,
        "margin": sheet.margin,
        "points": sheet.points,
        "ruled": sheet.ruled,
        "lines": [
            {
                "height": line.height,
                "head": line.head,
                "cells": [
                    {
                        "text": clean(cell.text).split("\n"),
                        "span": cell.span,
                        "label": cell.label,
                        "foot": clean(cell.foot),
                        "centred": cell.label or cell.centred or line.head,
                    }
                    for cell in line.cells
                ],
            }
            for line in sheet.lines
        ],
    }
    return Printed(typeset("sheet.typ", content), missing)


def sheet_docx(sheet: Sheet) -> bytes:
    """The sheet as .docx. The same sheet gives the same bytes."""
    whole = round((sheet.size[0] - 2 * sheet.margin) * _MM)
    widths = [whole * part // sum(sheet.widths) for part in sheet.widths]
    widths[-1] += whole - sum(widths)
    half_points = round(2 * sheet.points)
    rows = [_row(line, widths, half_points) for line in sheet.lines]
    body = [
        *_head(sheet, whole),
        ooxml.table(rows, widths, _SIDE, sheet.ruled, _PADDING if min(sheet.size) > 150 else 16),
        *(ooxml.paragraph(ooxml.run(clean(note)), "Remark") for note in sheet.notes),
    ]
    # Word asks for a paragraph behind the last table; it must not open another page.
    body.append(_THIN)
    margin = round(sheet.margin * _MM)
    page = ooxml.PageSetup(round(sheet.size[0] * _MM), round(sheet.size[1] * _MM), (margin,) * 4)
    media = (_png(sheet.code),) if sheet.code else ()
    return ooxml.package("".join(body), clean(sheet.title), clean(sheet.organ), page=page, media=media)


def _words(sheet: Sheet) -> Iterable[str]:
    yield from (sheet.title, sheet.organ, *sheet.above, *sheet.notes)
    for line in sheet.lines:
        for cell in line.cells:
            yield from (cell.text, cell.foot)


def _head(sheet: Sheet, whole: int) -> Iterable[str]:
    """Organ and title, centred; over the table what is said at the left, with the code at the right."""
    size = 44 if min(sheet.size) > 150 else 28
    spacing = f'<w:spacing w:before="0" w:after="60" w:line="{size * 14}" w:lineRule="exact"/><w:jc w:val="center"/>'
    for text, points in ((sheet.organ, size * 3 // 4), (sheet.title, size)):
        if text:
            yield ooxml.paragraph(ooxml.run(clean(text), ooxml.TITLE, points), None, spacing)
    if not sheet.above and not sheet.code:
        return
    left = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="360" w:lineRule="exact"/><w:jc w:val="left"/>'
    said = "".join(
        ooxml.paragraph(ooxml.run(clean(t), half_points=24), "TableText", left) for t in sheet.above or ("",)
    )
    if not sheet.code:
        yield said
        return
    side = round(_CODE * _MM)
    code = ooxml.paragraph(ooxml.picture("rId10", clean(sheet.code), side), "TableText", '<w:jc w:val="right"/>')
    parts = [whole - side - 200, side + 200]
    cells = [ooxml.cell(said, parts[0], align="bottom"), ooxml.cell(code, parts[1], align="bottom")]
    # Two tables that touch are one; a line of a point keeps them apart.
    yield ooxml.table([ooxml.row(cells, 300)], parts, 40, ruled=False) + _THIN


def _row(line: Line, widths: list[int], half_points: int) -> str:
    cells, column = [], 0
    for cell in line.cells:
        width = sum(widths[column : column + cell.span])
        column += cell.span
        align = "center" if cell.label or cell.centred or line.head else "left"
        content = "".join(
            ooxml.paragraph(ooxml.run(text, half_points=half_points), "TableText", f'<w:jc w:val="{align}"/>')
            for text in clean(cell.text).split("\n")
        )
        if cell.foot:
            foot = ooxml.run(clean(cell.foot), half_points=half_points)
            above = round(line.height * _MM) - 2 * _PADDING - _tall(cell.text, width, half_points) - 15 * half_points
            apart = f'<w:spacing w:before="{max(above, 0)}" w:after="0"/><w:jc w:val="right"/>'
            content += ooxml.paragraph(foot, "TableText", apart)
        cells.append(ooxml.cell(content, width, cell.span, align="top" if cell.foot else "center"))
    return ooxml.row(cells, round(line.height * _MM), header=line.head)


def _tall(text: str, width: int, half_points: int) -> int:
    """About how many twips words take in a box: enough to leave the pen its room between them and the signature."""
    a_line = max((width - 2 * _SIDE) // (10 * half_points), 1)
    return sum(-(-max(len(part), 1) // a_line) for part in clean(text).split("\n")) * 15 * half_points


def _qr(code: str) -> Any:
    import segno

    return segno.make(code, error="m", micro=False)


def _svg(code: str) -> str:
    held = io.BytesIO()
    _qr(code).save(held, kind="svg", border=2, svgclass=None, lineclass=None, xmldecl=False)
    return held.getvalue().decode()


def _png(code: str) -> bytes:
    held = io.BytesIO()
    _qr(code).save(held, kind="png", border=2, scale=8)
    return held.getvalue()
