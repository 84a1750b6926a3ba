"""The three tables of the official form as grids: every merged cell worked out once, for all writers and the desk.

A `TableLayout` is what the form looks like before any figure is filled in: cells anchored at a row and a column of
a plain grid, each covering a rectangle, together covering every place of the grid exactly once. A cell either
prints words of the form or is the place of one address. Source: the forms of 国办公开办函〔2019〕60号 and
国办公开办函〔2021〕30号, read from `annual.forms`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, takewhile
from typing import Literal

from gongkai.annual.forms import Column, Form, FormBlock, Row, form

Role = Literal["block", "corner", "column_group", "column", "row_group", "row", "value"]
Scope = Literal["colgroup", "col", "rowgroup", "row"]

INFORMATION = "信息内容"
"""The head of the first column in every block of table 二."""

ONE_ROW_OTHER = Row("otherwise_closed", "（六）其他处理", "三(六)")
"""The row of a 2021 form that was printed without its three sub-rows, as offices do."""

_SCOPES: dict[Role, Scope] = {
    "block": "colgroup",
    "column_group": "colgroup",
    "column": "col",
    "row_group": "rowgroup",
    "row": "row",
}


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """A cell of a table: its rectangle in the grid (from 0), and either its words or the address it holds.

    `headers` are the ids of the cells that say what a value is, outermost first, rows before columns.
    """

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    text: str = ""
    address: str | None = None
    role: Role = "value"
    headers: tuple[str, ...] = ()

    @property
    def header(self) -> bool:
        """Whether the cell prints words of the form (true) or is the place of a figure (false)."""
        return self.address is None

    @property
    def id(self) -> str:
        """A name for the cell, unique in its table: `r4c0`."""
        return f"r{self.row}c{self.col}"

    @property
    def scope(self) -> Scope | None:
        """What HTML's `scope` says of the cell; None for the corner and for values."""
        return _SCOPES.get(self.role)

    def covers(self, row: int, col: int) -> bool:
        """Whether the cell covers this place of the grid."""
        return self.row <= row < self.row + self.rowspan and self.col <= col < self.col + self.colspan


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table of the form as a grid of `rows` × `columns`.

    `header_rows` are the rows at the top that are repeated when a page ends inside the table; `widths` says how
    the columns share the width of the page, in parts of 1000; `caption` is the heading of the chapter.
    """

    number: int
    caption: str
    rows: int
    columns: int
    header_rows: int
    widths: tuple[int, ...]
    cells: tuple[LayoutCell, ...]

    def row_cells(self, row: int) -> tuple[LayoutCell, ...]:
        """The cells anchored in a row, from left to right; places covered from above are left out."""
        return tuple(cell for cell in self.cells if cell.row == row)

    def at(self, row: int, col: int) -> LayoutCell:
        """The cell that covers a place. KeyError outside the grid."""
        for cell in self.cells:
            if cell.covers(row, col):
                return cell
        raise KeyError(f"表{self.number}没有第{row + 1}行第{col + 1}列")

    def cell_of(self, address: str) -> LayoutCell:
        """The cell that holds an address. KeyError when the table has no such place."""
        for cell in self.cells:
            if cell.address == address:
                return cell
        raise KeyError(f"表{self.number}没有这个单元格：{address}")

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address of the table, in the order of the form."""
        return tuple(cell.address for cell in self.cells if cell.address is not None)


def tables(form_: Form, one_row_other: bool = False) -> dict[int, TableLayout]:
    """The tables 二, 三 and 四 of an edition under the keys 2, 3 and 4.

    `one_row_other` gives the 2021 form with （六）其他处理 as one row, whose figures stand at
    `applications.otherwise_closed.COLUMN`; it changes nothing for 2019, which prints it so.
    """
    return _tables(form_.edition, one_row_other)


@cache
def _tables(edition: str, one_row_other: bool) -> dict[int, TableLayout]:
    found = form(edition)
    captions = {section.number: section.heading for section in found.sections}
    rows = _one_row(found.rows) if one_row_other else found.rows
    return {
        2: _finish(2, captions[2], list(_proactive(found.blocks)), 0, (250, 250, 250, 250)),
        3: _finish(3, captions[3], list(_applications(found, rows)), 3, (46, 87, 258, *(87,) * 7)),
        4: _finish(4, captions[4], list(_disputes(found)), 3, _equal(len(found.kinds) * len(found.results))),
    }


def _equal(columns: int) -> tuple[int, ...]:
    """Widths for columns of one size; what 1000 leaves over goes to the first ones."""
    return tuple(1000 // columns + (place < 1000 % columns) for place in range(columns))


def _one_row(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows of table 三 with the sub-rows of （六） drawn together."""
    done: list[Row] = []
    for row in rows:
        if not row.key.startswith("otherwise_closed."):
            done.append(row)
        elif done[-1].key != ONE_ROW_OTHER.key:
            done.append(replace(ONE_ROW_OTHER, groups=row.groups[:1]))
    return tuple(done)


def _finish(
    number: int, caption: str, cells: list[LayoutCell], header_rows: int, widths: tuple[int, ...]
) -> TableLayout:
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.col))
    return TableLayout(
        number=number,
        caption=caption,
        rows=max(cell.row + cell.rowspan for cell in ordered),
        columns=max(cell.col + cell.colspan for cell in ordered),
        header_rows=header_rows,
        widths=widths,
        cells=tuple(_named(cell, ordered) if cell.address else cell for cell in ordered),
    )


def _named(value: LayoutCell, cells: list[LayoutCell]) -> LayoutCell:
    """The value with the ids of its heads: those left of it in its row, and those above it in its own block."""
    above = [c for c in cells if c.row < value.row]
    block = max((c.row for c in above if c.role == "block"), default=0)
    left = [c for c in cells if c.role in ("row_group", "row") and c.row <= value.row < c.row + c.rowspan]
    top = [
        c
        for c in above
        if c.row >= block and c.role in ("block", "column_group", "column") and c.col <= value.col < c.col + c.colspan
    ]
    return replace(value, headers=tuple(c.id for c in (*left, *top)))


# ---- 表二 --------------------------------------------------------------------------------------------------


def _proactive(blocks: tuple[FormBlock, ...]) -> Iterator[LayoutCell]:
    """Table 二: a head over all four columns, the column heads, a row each. The last column takes what is left."""
    width = 1 + max(len(block.columns) for block in blocks)
    row = 0
    for block in blocks:
        yield LayoutCell(row, 0, colspan=width, text=block.head, role="block")
        yield LayoutCell(row + 1, 0, text=INFORMATION, role="column")
        for col, span, column in _spread(block.columns, width):
            yield LayoutCell(row + 1, col, colspan=span, text=column.label, role="column")
        for line, entry in enumerate(block.rows, start=row + 2):
            yield LayoutCell(line, 0, text=entry.label, role="row")
            for col, span, column in _spread(block.columns, width):
                yield LayoutCell(line, col, colspan=span, address=f"proactive.{entry.key}.{column.key}")
        row += 2 + len(block.rows)


def _spread(columns: tuple[Column, ...], width: int) -> Iterator[tuple[int, int, Column]]:
    for col, column in enumerate(columns, start=1):
        yield col, width - col if col == len(columns) else 1, column


# ---- 表三 --------------------------------------------------------------------------------------------------


def _applications(found: Form, rows: tuple[Row, ...]) -> Iterator[LayoutCell]:
    """Table 三: three rows of heads right of the corner, then labels of one to three levels and seven figures."""
    depth = 1 + max(len(row.groups) for row in rows)
    yield LayoutCell(0, 0, rowspan=3, colspan=depth, text=found.corner, role="corner")
    yield LayoutCell(0, depth, colspan=len(found.columns), text=found.applicants, role="column_group")
    col = depth
    for group, members in groupby(found.columns, key=lambda column: column.group):
        columns = list(members)
        if group is None:
            for column in columns:
                yield LayoutCell(1, col, rowspan=2, text=column.label, role="column")
                col += 1
            continue
        yield LayoutCell(1, col, colspan=len(columns), text=group, role="column_group")
        for column in columns:
            yield LayoutCell(2, col, text=column.label, role="column")
            col += 1
    for index, entry in enumerate(rows):
        yield from _labels(rows, index, depth)
        for place, column in enumerate(found.columns, start=depth):
            yield LayoutCell(index + 3, place, address=f"applications.{entry.key}.{column.key}")


def _labels(rows: tuple[Row, ...], index: int, depth: int) -> Iterator[LayoutCell]:
    """The labels anchored in a row: each group where it begins, over all its rows, then the row's own."""
    entry = rows[index]
    before = rows[index - 1].groups if index else ()
    for level, group in enumerate(entry.groups):
        path = entry.groups[: level + 1]
        if before[: level + 1] != path:
            span = sum(1 for _ in takewhile(lambda row: row.groups[: level + 1] == path, rows[index:]))  # noqa: B023
            yield LayoutCell(index + 3, level, rowspan=span, text=group, role="row_group")
    level = len(entry.groups)
    yield LayoutCell(index + 3, level, colspan=depth - level, text=entry.label, role="row")


# ---- 表四 --------------------------------------------------------------------------------------------------


def _disputes(found: Form) -> Iterator[LayoutCell]:
    """Table 四: 行政复议 over five columns, 行政诉讼 over its two kinds; one row of fifteen figures."""
    width = len(found.results)
    col = 0
    for group, members in groupby(found.kinds, key=lambda kind: kind.groups[:1]):
        kinds = list(members)
        if group:
            yield LayoutCell(0, col, colspan=width * len(kinds), text=group[0], role="column_group")
        for kind in kinds:
            # An ungrouped kind is the head itself; its results take both rows below it.
            head, leaf = (1, 2) if group else (0, 1)
            yield LayoutCell(head, col, colspan=width, text=kind.label, role="column_group")
            for place, result in enumerate(found.results, start=col):
                yield LayoutCell(leaf, place, rowspan=3 - leaf, text=result.label, role="column")
                yield LayoutCell(3, place, address=f"disputes.{kind.key}.{result.key}")
            col += width
