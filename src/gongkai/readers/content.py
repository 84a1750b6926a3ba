"""What every format becomes before anything is understood: lines and grids in reading order, over one flow text.

The flow text is the document as a person would copy it: a line of words a line, a row of a grid a line with tabs
between its cells. Every piece knows its characters in it, so that quotes and places can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from gongkai.annual.report import NOWHERE, At


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words (a paragraph, a line of a text file, a line of a page)."""

    text: str
    at: At = NOWHERE


@dataclass(slots=True)
class GridCell:
    """A cell of a grid: its text and the rectangle of grid places it covers (rows and columns from 0).

    Not frozen: the builder sets where it begins when it joins the flow text, and some hundred are made a report.
    """

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    at: At = NOWHERE
    """The place in the file; its characters are `start` and `end`."""
    start: int = 0
    """The character of the flow text it begins at."""

    @property
    def end(self) -> int:
        """The character of the flow text behind it."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose columns are known: cells do not overlap, empty cells are present with empty text."""

    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    at: At = NOWHERE


Block = Line | Grid

_BY_PLACE = attrgetter("row", "col")


@dataclass(frozen=True, slots=True)
class Content:
    """A document as blocks in reading order over its flow text."""

    blocks: tuple[Block, ...]
    text: str
    format: str


@dataclass(slots=True)
class ContentBuilder:
    """Collects blocks in reading order and keeps the flow text and its offsets."""

    format: str
    _blocks: list[Block] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    def _append(self, text: str) -> tuple[int, int]:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start, self._length

    def line(self, text: str, at: At = NOWHERE) -> None:
        """Add a line; `at` need not carry chars."""
        chars = self._append(text)
        self._append("\n")
        self._blocks.append(Line(text, At(at.page, at.line, at.bbox, at.dom, chars)))

    def grid(self, cells: Iterable[GridCell], at: At = NOWHERE) -> None:
        """Add a grid from its cells (any order, anchors only), which are told where they begin."""
        ordered = sorted(cells, key=_BY_PLACE)
        if not ordered:
            return
        start, row = self._length, ordered[0].row
        parts, end = self._parts, start - 1
        for cell in ordered:
            if end >= start:
                parts.append("\n" if cell.row != row else "\t")
            row, text = cell.row, cell.text
            parts.append(text)
            cell.start = end + 1
            end += 1 + len(text)
        rows = max([cell.row + cell.rowspan for cell in ordered])
        columns = max([cell.col + cell.colspan for cell in ordered])
        parts.append("\n")
        self._length = end + 1
        self._blocks.append(Grid(tuple(ordered), rows, columns, at._replace(chars=(start, end))))

    def build(self) -> Content:
        """The finished content."""
        return Content(tuple(self._blocks), "".join(self._parts), self.format)
