"""The table that most pages hold, laid out in one pass: rows of cells, each a text in at most a few wrappers.

Anything else (a table within, a break in a cell, hidden or raised text, spans out of bounds) is None, and the table goes
the long way; both give the same grid.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.annual.report import At
from gongkai.readers.content import GridCell

if TYPE_CHECKING:
    from lxml import etree

_LOOKS = re.compile(
    r"\s*(?:(?:width|height|line-height|text-align|text-indent|font-family|font-weight|(?:margin|padding|border)[a-z-]*"
    r"|mso-(?!hide)[a-z-]+)\s*:[^:]*|font-size\s*:\s*[1-9][^:]*|vertical-align\s*:\s*(?:middle|top|bottom|baseline)\s*)?",
    re.IGNORECASE,
)
"""A part of a style that leaves a text where it is and as plain to see as it was."""

_PARTS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_WRAPS = frozenset(("p", "span", "font", "b", "strong"))
_SPANS = 32
"""A plain table spans no more columns or rows in one cell; the official form spans 22."""
_DEPTH = 3
LONGEST = 80
"""Characters of a cell of a table; longer ones are paragraphs, and where they stand alone they part the table."""
_LONGEST_STYLE = 300

_new = tuple.__new__
"""Some hundred places are made a report: this is what the constructor of a named tuple comes to."""

Blocks = dict[str, int]
"""How many blocks of each name stand in a table."""

_Items = tuple[tuple[str | bytes, str | bytes], ...]


class _Attributes(dict[_Items, tuple[int, int, bool]]):
    """What the attributes of an element come to: rows, columns, whether it is shown. A table repeats a handful."""

    def __missing__(self, items: _Items) -> tuple[int, int, bool]:
        named = {str(name): str(value) for name, value in items}
        found = _count(named.get("rowspan")), _count(named.get("colspan")), _is_shown(named)
        self[items] = found
        return found

    def shown(self, element: etree._Element) -> bool:
        """Whether nothing about an element can hide, strike out, raise or pale what it holds."""
        return self[tuple(element.items())][2]


def plain_table(table: etree._Element, path: str, clean: Callable[[str], str]) -> tuple[list[GridCell], Blocks] | None:
    """The cells of a plain table and the blocks it is made of; None when the table is not plain."""
    blocks: Blocks = {"table": 1}
    attributes = _Attributes()
    rows = _rows(table, blocks, attributes)
    if rows is None or len(rows) < 2:
        return None
    cells: list[GridCell] = []
    busy: list[int] = []
    """By column, the row from which it is free again."""
    wraps = widest = filled = heads = 0
    for index, row in enumerate(rows):
        column = number = 0
        place = f"{path}/tr[{index + 1}]/"
        for element in row:
            tag, tail = element.tag, element.tail
            if tag not in _CELLS or (tail is not None and not tail.isspace()):
                return None
            number += 1
            heads += tag == "th"
            text: str | None
            if len(element):
                found = _text(element, attributes)
                if found is None:
                    return None
                text = found[0]
                wraps += found[1]
            else:
                text = element.text
            if text:
                if not text.isalnum():  # most cells hold a number, and nothing in it is to be cleaned
                    text = clean(text)
                if len(text) > LONGEST:
                    return None
                filled += text != ""
            rowspan, colspan, shown = attributes[tuple(element.items())]
            if not shown or not rowspan or not colspan:
                return None
            while column < len(busy) and busy[column] > index:
                column += 1
            end = column + colspan
            if end > len(busy):
                busy.extend([0] * (end - len(busy)))
            if rowspan != 1 or colspan != 1:
                if any(until > index for until in busy[column:end]):
                    return None
                rowspan = min(rowspan, len(rows) - index)
                busy[column:end] = [index + rowspan] * colspan
            at = _new(At, (None, None, None, f"{place}{tag}[{number}]", None))
            cells.append(GridCell(text or "", index, column, rowspan, colspan, at))
            column = end
        widest = max(widest, number)
    if widest < 2 or filled < 2 or len(busy) > 2 * _SPANS:
        return None
    return cells, blocks | {"tr": len(rows), "th": heads, "td": len(cells) - heads, "p": wraps}


def _rows(table: etree._Element, blocks: Blocks, attributes: _Attributes) -> list[etree._Element] | None:
    rows: list[etree._Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in _PARTS and attributes.shown(child) and not _is_text(child.text) and not _is_text(child.tail):
            rows.extend(child)
            blocks[str(child.tag)] = blocks.get(str(child.tag), 0) + 1
        else:
            return None
    for row in rows:
        if row.tag != "tr" or not len(row) or not attributes.shown(row) or _is_text(row.text) or _is_text(row.tail):
            return None
    return None if _is_text(table.text) else rows


def _is_text(between: str | None) -> bool:
    """Whether what stands between the parts of a table, where no text belongs, is a text all the same."""
    return between is not None and not between.isspace()


def _text(cell: etree._Element, attributes: _Attributes) -> tuple[str, int] | None:
    """The one text of a cell that holds elements, and how many paragraphs it is wrapped in."""
    inner, parts, paragraphs = cell, len(cell), 0
    for _ in range(_DEPTH):
        outside = inner.text
        if parts > 1 or (outside is not None and not outside.isspace()):
            return None
        inner = inner[0]
        tag, outside = inner.tag, inner.tail
        if tag not in _WRAPS or (outside is not None and not outside.isspace()):
            return None
        if not attributes[tuple(inner.items())][2]:
            return None
        paragraphs += tag == "p"
        parts = len(inner)
        if not parts:
            return inner.text or "", paragraphs
    return None


def _is_shown(attributes: dict[str, str]) -> bool:
    if "color" in attributes or "hidden" in attributes:
        return False
    style = attributes.get("style")
    return style is None or (len(style) <= _LONGEST_STYLE and _is_of_looks(style))


@lru_cache(maxsize=512)
def _is_of_looks(style: str) -> bool:
    """Whether a style is one of looks only: most are, and a page repeats a handful of them in every cell."""
    return all(_LOOKS.fullmatch(part) for part in style.split(";"))


def _count(value: str | None) -> int:
    """A small span; 0 for what the long way must judge."""
    if value is None:
        return 1
    return int(value) if value.isdecimal() and len(value) <= 2 and 0 < int(value) <= _SPANS else 0
