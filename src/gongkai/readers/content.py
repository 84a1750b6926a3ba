"""What every format becomes before anything is understood: lines and grids in reading order, over one flow text.

The flow text is the document as a person would copy it: a line of words a line, a row of a grid a line with tabs
between its cells. Every piece knows its characters in it, so that quotes and places can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.annual.report import NOWHERE, At


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words (a paragraph, a line of a text file, a line of a page)."""

    text: str
    at: At = NOWHERE


@dataclass(slots=True)
class GridCell:
    """A cell of a grid: its text and the rectangle of grid places it covers (rows and columns from 0).

    Not frozen: the builder sets its characters when it joins the flow text, and some hundred are made a report.
    """

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose columns are known: cells do not overlap, empty cells are present with empty text."""

    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    at: At = NOWHERE


Block = Line | Grid


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
        """Add a grid from its cells (any order, anchors only). Rows and columns are counted from them."""
        ordered = sorted(cells, key=lambda c: (c.row, c.col))
        if not ordered:
            return
        start, row, placed = self._length, ordered[0].row, list[GridCell]()
        for index, cell in enumerate(ordered):
            if index:
                self._append("\n" if cell.row != row else "\t")
            row = cell.row
            chars, at_cell = self._append(cell.text), cell.at
            here = At(at_cell.page, at_cell.line, at_cell.bbox, at_cell.dom, chars)
            placed.append(GridCell(cell.text, cell.row, cell.col, cell.rowspan, cell.colspan, here))
        end = self._length
        self._append("\n")
        self._blocks.append(
            Grid(
                tuple(placed),
                rows=max(c.row + c.rowspan for c in placed),
                columns=max(c.col + c.colspan for c in placed),
                at=at._replace(chars=(start, end)),
            )
        )

    def build(self) -> Content:
        """The finished content."""
        return Content(tuple(self._blocks), "".join(self._parts), self.format)
