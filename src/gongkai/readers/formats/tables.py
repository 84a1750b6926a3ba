"""What every format with tables shares: laying out spans, joining paragraphs of a cell, telling tables from layout."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gongkai.annual.report import NOWHERE, At
from gongkai.readers.content import ContentBuilder, GridCell
from gongkai.readers.formats import limits

APART = "\u2060"
"""Stands on both sides of raised text (a note's sign), so that no digit of it joins the number before."""

STRUCK = "~~"
"""Stands on both sides of struck-out text, as in Markdown: what is struck out is nobody's figure."""

PROSE = 80
"""A cell that stands alone in its row and is longer than this is a paragraph, not a label. The longest label has 40."""

LAYOUT_PROSE = 400
"""A table with a cell longer than this beside others is there to arrange a page."""

PLAIN_COLUMNS = 64
"""Tables up to this width keep their columns as they are; in wider ones columns where nothing starts are dropped."""

_HEADING = re.compile(r"^[一二三四五六七八九十]+\s*[、.．]|年度报告|工作报告")
_DIGITS = re.compile(r"[0-9０-９]")
_NUMBER = re.compile(r"[-+－]?[0-9０-９][0-9０-９,，.．]*$")


@dataclass(slots=True)
class Words:
    """A paragraph in a document or in a cell."""

    text: str
    at: At = NOWHERE


@dataclass(slots=True)
class RawCell:
    """A cell as written: its span, what is in it, its place."""

    items: list[Words | RawTable] = field(default_factory=list)
    rowspan: int = 1
    colspan: int = 1
    at: At = NOWHERE
    col: int | None = None
    """The column where the format says it; None where it follows from the cells before."""
    row: int = 0
    """The row where it begins, for formats that write a vertical merge cell by cell."""

    @property
    def text(self) -> str:
        """The paragraphs of the cell joined, tables within left out."""
        items = self.items
        if not items:
            return ""
        if len(items) == 1 and isinstance(items[0], Words):
            return _one(items[0].text)
        return join_paragraphs(item.text for item in items if isinstance(item, Words))

    @property
    def tables(self) -> Sequence[RawTable]:
        """The tables within."""
        items = self.items
        if not items or (len(items) == 1 and isinstance(items[0], Words)):
            return ()
        return [item for item in items if isinstance(item, RawTable)]


@dataclass(slots=True)
class RawTable:
    """A table as written, a list of cells a row."""

    rows: list[list[RawCell]] = field(default_factory=list)
    at: At = NOWHERE
    ready: list[GridCell] | None = None
    """The cells in their places, where the format could lay them out at once."""


Item = Words | RawTable


def join_paragraphs(pieces: Iterable[str]) -> str:
    """Paragraphs of one cell as one text: joined without a space, since labels are broken anywhere, but never so that
    two figures become one, nor a figure is hung on a word (`规章` above `3`).
    """
    joined = ""
    for raw in pieces:
        for line in raw.split("\n"):
            piece = line.strip()
            if not piece:
                continue
            if joined and _keeps_apart(joined, piece):
                joined += "\n"
            joined += piece
    return joined


def cell_text(paragraphs: Sequence[str]) -> str:
    """The paragraphs of a cell as its one text."""
    return _one(paragraphs[0]) if len(paragraphs) == 1 else join_paragraphs(paragraphs)


def _one(text: str) -> str:
    """A paragraph of a cell, its line breaks treated as ends of paragraphs."""
    return join_paragraphs(text.split("\n")) if "\n" in text else text


def _keeps_apart(before: str, after: str) -> bool:
    if _DIGITS.match(before[-1]) and _DIGITS.match(after[0]):
        return True
    if before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha():
        return True
    return bool(_NUMBER.fullmatch(after)) and before[-1] not in "（(第共约计：:.．，,、-－减增"


class Emitter:
    """Turns raw items into lines and grids of a `ContentBuilder`, counting cells, lines and steps over the document."""

    def __init__(self, builder: ContentBuilder) -> None:
        self._builder = builder
        self._steps = limits.MAX_GRID_STEPS
        self._lines = limits.MAX_LINES

    def items(self, items: Sequence[Item], depth: int = 0) -> None:
        """Emit paragraphs and tables in order."""
        for item in items:
            if isinstance(item, Words):
                self.words(item)
            else:
                self.table(item, depth)

    def words(self, words: Words) -> None:
        """Emit a paragraph: its lines that hold something."""
        for line in words.text.split("\n"):
            text = line.strip()
            if text:
                self._lines -= 1
                if self._lines < 0:
                    raise limits.too_large("文件内容")
                self._builder.line(text, words.at)

    def table(self, table: RawTable, depth: int = 0) -> None:
        """Emit a table as grids, or as lines where it only arranges a page."""
        if depth > limits.MAX_TABLE_DEPTH:
            raise limits.too_deep()
        if table.ready is not None:
            self._spend(2 * len(table.ready))
            self._grid(table.ready, table.at)
            return
        nested = holds_tables(table)
        if nested:
            _see_through(table)
        if is_layout(table, nested=nested):
            for row in table.rows:
                for cell in row:
                    self.items(cell.items, depth + 1)
            return
        if nested:
            _open_fitting(table)
        self._pieces(self._lay_out(table), table.at, depth, nested=nested)

    def _spend(self, steps: int) -> None:
        self._steps -= steps
        if self._steps < 0:
            raise limits.too_many_cells()

    def _lay_out(self, table: RawTable) -> list[tuple[GridCell, RawCell]]:
        """Places for all cells, by the rule of HTML: a cell takes the first free column of its row."""
        placed: list[tuple[GridCell, RawCell]] = []
        busy: list[int] = []
        height = len(table.rows)
        for index, row in enumerate(table.rows):
            column = 0
            for raw in row:
                if raw.col is not None:
                    column = max(column, raw.col)
                while column < len(busy) and busy[column] > index:
                    self._spend(1)
                    column += 1
                rowspan = min(max(raw.rowspan, 1), height - index)
                colspan = raw.colspan
                if colspan > 1:
                    colspan = self._free_width(busy, column, index, min(colspan, limits.MAX_SPAN))
                self._spend(colspan + 1)
                end = column + colspan
                if end > len(busy):
                    busy.extend([0] * (end - len(busy)))
                busy[column:end] = [index + rowspan] * colspan
                placed.append((GridCell(raw.text, index, column, rowspan, colspan, raw.at), raw))
                column = end
        return _narrowed(placed)

    def _free_width(self, busy: list[int], column: int, row: int, colspan: int) -> int:
        """How far a cell may reach before it would overlap one that hangs down from above."""
        for place in range(column + 1, min(column + colspan, len(busy))):
            self._spend(1)
            if busy[place] > row:
                return place - column
        return colspan

    def _pieces(self, placed: list[tuple[GridCell, RawCell]], at: At, depth: int, *, nested: bool) -> None:
        """Emit the grid; paragraphs that stand alone across its whole width and inner tables cut it where no cell
        hangs over the cut.
        """
        by_row: dict[int, list[tuple[GridCell, RawCell]]] = {}
        for grid_cell, raw in placed:
            by_row.setdefault(grid_cell.row, []).append((grid_cell, raw))
        width = max((cell.col + cell.colspan for cell, _ in placed), default=0)
        piece: list[GridCell] = []
        later: list[RawTable] = []
        reach = 0
        for row in sorted(by_row):
            cells = by_row[row]
            open_above = reach > row
            if not open_above and later:
                self._grid(piece, at)
                piece = []
                self.items(later, depth + 1)
                later = []
            alone = cells[0] if len(cells) == 1 and not open_above else None
            if alone is not None and _is_paragraph(alone[0], width) and not alone[1].tables:
                self._grid(piece, at)
                piece = []
                self.items(alone[1].items, depth + 1)
                continue
            for grid_cell, raw in cells:
                reach = max(reach, row + grid_cell.rowspan)
                piece.append(grid_cell)
                if nested:
                    later.extend(raw.tables)
        self._grid(piece, at)
        self.items(later, depth + 1)

    def _grid(self, cells: list[GridCell], at: At) -> None:
        """Emit cells that come row by row as a grid whose first row is 0."""
        if not any(cell.text for cell in cells):
            return
        self._spend(len(cells))
        first = cells[0].row
        self._builder.grid(cells if not first else [replace(cell, row=cell.row - first) for cell in cells], at)


def _is_paragraph(cell: GridCell, width: int) -> bool:
    return cell.rowspan == 1 and cell.colspan == width and len(cell.text) > PROSE


def holds_tables(table: RawTable) -> bool:
    """Whether a table stands in a cell of this one. Asked once: most tables are plain, and every cell would be asked."""
    return any(isinstance(item, RawTable) for row in table.rows for cell in row for item in cell.items)


def is_layout(table: RawTable, *, nested: bool = True) -> bool:
    """Whether a table only arranges a page: one column, one cell with words, a long text beside others, or little
    beside the tables within it.
    """
    filled = [cell for row in table.rows for cell in row if cell.items]
    if len(filled) <= 1 or max((len(row) for row in table.rows), default=0) <= 1:
        return True
    lone = {id(row[0]) for row in table.rows if len(row) == 1}
    if any(len(cell.text) > LAYOUT_PROSE and id(cell) not in lone for cell in filled):
        return True
    if not nested:
        return False
    with_tables = sum(1 for cell in filled if cell.tables)
    return bool(with_tables) and len(filled) - with_tables < 4


def _see_through(table: RawTable) -> None:
    """A table of one cell within a cell is a box around words: its words belong to the cell."""
    for row in table.rows:
        for cell in row:
            if not cell.tables:
                continue
            items: list[Item] = []
            for item in cell.items:
                if isinstance(item, RawTable):
                    _see_through(item)
                    inner = [c for r in item.rows for c in r]
                    if len(inner) == 1:
                        items.extend(inner[0].items)
                        continue
                items.append(item)
            cell.items = items


def _open_fitting(table: RawTable) -> None:
    """A cell that is cut up by a table of its own, exactly as many columns wide as the cell spans and one row high,
    becomes these cells.
    """
    for row in table.rows:
        for index in range(len(row) - 1, -1, -1):
            cell = row[index]
            inner = cell.tables
            if len(inner) != 1 or len(cell.items) != 1 or cell.rowspan != 1 or len(inner[0].rows) != 1:
                continue
            parts = inner[0].rows[0]
            if sum(part.colspan for part in parts) == cell.colspan and not any(part.tables for part in parts):
                row[index : index + 1] = [replace(part, rowspan=1, col=None) for part in parts]


def _narrowed(placed: list[tuple[GridCell, RawCell]]) -> list[tuple[GridCell, RawCell]]:
    """Drop the columns in which no cell starts, in tables too wide to be meant: `colspan=1000` on a title."""
    width = max((cell.col + cell.colspan for cell, _ in placed), default=0)
    if width <= PLAIN_COLUMNS:
        return placed
    starts = sorted({cell.col for cell, _ in placed})
    place = {column: index for index, column in enumerate(starts)}
    narrow: list[tuple[GridCell, RawCell]] = []
    for cell, raw in placed:
        end = bisect_left(starts, cell.col + cell.colspan)
        col = place[cell.col]
        narrow.append((replace(cell, col=col, colspan=max(1, end - col)), raw))
    return narrow


def stands_alone(text: str) -> bool:
    """Whether the only text of a row of a sheet is a heading, title or sentence rather than a part of a table."""
    return len(text) > PROSE or "。" in text or bool(_HEADING.search(text))
