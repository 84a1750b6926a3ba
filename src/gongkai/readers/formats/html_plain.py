"""The table that most pages hold, laid out in one pass: rows of cells, each a text in at most a few wrappers.

Anything else (a table within, a break in a cell, hidden or raised text, spans out of bounds) is None, and the table goes
the long way; both give the same grid.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gongkai.annual.report import At
from gongkai.readers.content import GridCell

if TYPE_CHECKING:
    from lxml import etree

_PARTS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_WRAPS = frozenset(("p", "span", "font", "b", "strong"))
_SPANS = 32
"""A plain table spans no more columns or rows in one cell; the official form spans 22."""
_DEPTH = 4
LONGEST = 80
"""Characters of a cell of a table; longer ones are paragraphs, and where they stand alone they part the table."""


def plain_table(table: etree._Element, path: str, clean: Callable[[str], str]) -> tuple[list[GridCell], int] | None:
    """The cells of a plain table and how many paragraphs wrap their texts; None when the table is not plain."""
    rows = _rows(table)
    if rows is None or len(rows) < 2:
        return None
    cells: list[GridCell] = []
    busy: list[int] = []
    wraps = widest = 0
    for index, row in enumerate(rows):
        column = 0
        widest = max(widest, len(row))
        for number, element in enumerate(row, 1):
            tag = element.tag
            if tag not in _CELLS or (element.tail and not element.tail.isspace()):
                return None
            found = _text(element)
            if found is None:
                return None
            text = clean(found[0]) if found[0] else ""
            wraps += found[1]
            if len(text) > LONGEST:
                return None
            rowspan = colspan = 1
            if element.attrib:
                if element.get("style") is not None or element.get("hidden") is not None:
                    return None
                rowspan, colspan = _count(element.get("rowspan")), _count(element.get("colspan"))
                if not rowspan or not colspan:
                    return None
            while column < len(busy) and busy[column] > index:
                column += 1
            end = column + colspan
            if any(until > index for until in busy[column:end]):
                return None
            if end > len(busy):
                busy.extend([0] * (end - len(busy)))
            rowspan = min(rowspan, len(rows) - index)
            busy[column:end] = [index + rowspan] * colspan
            at = At(None, None, None, f"{path}/tr[{index + 1}]/{tag}[{number}]", None)
            cells.append(GridCell(text, index, column, rowspan, colspan, at))
            column = end
    filled = sum(1 for cell in cells if cell.text)
    return (cells, wraps) if widest > 1 and filled > 1 and len(busy) <= 2 * _SPANS else None


def _rows(table: etree._Element) -> list[etree._Element] | None:
    rows: list[etree._Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in _PARTS and not child.attrib:
            rows.extend(child)
        else:
            return None
    plain = all(r.tag == "tr" and len(r) and r.get("style") is None and r.get("hidden") is None for r in rows)
    return rows if plain and not any(_words(r) for r in (table, *rows)) else None


def _words(element: etree._Element) -> bool:
    """Whether text stands between the parts of a table, where none belongs."""
    text, tail = element.text, element[-1].tail if len(element) else None
    return bool((text and not text.isspace()) or (tail and not tail.isspace()))


def _text(cell: etree._Element) -> tuple[str, int] | None:
    """The one text of a cell, and how many paragraphs it is wrapped in."""
    inner, paragraphs = cell, 0
    for _ in range(_DEPTH):
        if not len(inner):
            return inner.text or "", paragraphs
        child = inner[0]
        outside = (inner.text and not inner.text.isspace()) or (child.tail and not child.tail.isspace())
        if outside or len(inner) > 1 or child.tag not in _WRAPS:
            return None
        if child.attrib and (child.get("style") is not None or child.get("hidden") is not None):
            return None
        paragraphs += child.tag == "p"
        inner = child
    return None


def _count(value: str | None) -> int:
    """A small span; 0 for what the long way must judge."""
    if value is None:
        return 1
    return int(value) if value.isdecimal() and len(value) <= 2 and 0 < int(value) <= _SPANS else 0
