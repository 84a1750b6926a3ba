"""A report as paragraphs and tables, before anyone prints it, with the truth of every address beside it.

Mess operators change a `Sheet`; renderers print it. Tables are rows of anchors with spans, as in HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Literal

from gongkai.annual.forms import Form, FormBlock, all_addresses, form
from tests.mess.invent import Invented, Number

Duty = Literal["must", "may", "none"]
Role = Literal["head", "label", "group", "value", "void"]


@dataclass
class Truth:
    """What a reader owes at an address: it must read the value, may read it (then it must be it), or must not read any."""

    duty: Duty
    value: Number | None = None
    unit: str | None = None


@dataclass
class Cell:
    """An anchor of a table."""

    text: str
    role: Role = "label"
    rowspan: int = 1
    colspan: int = 1
    address: str | None = None
    keys: tuple[str, ...] = ()
    """The prefixes of the addresses a label or head speaks for: a row key, `*.column`, a block."""


Row = list[Cell]


@dataclass
class Table:
    """One of the three tables of the form (or a piece of one)."""

    number: int
    rows: list[Row]
    columns: int
    head: int = 0
    """How many of the first rows are head."""

    def values(self) -> Iterator[Cell]:
        """Every cell that holds a number of the form."""
        return (cell for row in self.rows for cell in row if cell.role == "value")

    def placed(self) -> list[list[tuple[Cell, int]]]:
        """Each row's anchors with the column each begins in, spans from above taken into account."""
        taken: dict[tuple[int, int], bool] = {}
        result = []
        for y, row in enumerate(self.rows):
            line, x = [], 0
            for cell in row:
                while (y, x) in taken:
                    x += 1
                line.append((cell, x))
                for dy in range(cell.rowspan):
                    for dx in range(cell.colspan):
                        taken[(y + dy, x + dx)] = True
                x += cell.colspan
            result.append(line)
        return result

    def matrix(self, fill: Literal["blank", "repeat"] = "blank") -> list[list[str]]:
        """The table as a rectangle of texts; what a span covers is blank or repeats the text."""
        grid = [[""] * self.columns for _ in self.rows]
        for y, line in enumerate(self.placed()):
            for cell, x in line:
                for dy in range(cell.rowspan if fill == "repeat" else 1):
                    for dx in range(cell.colspan if fill == "repeat" else 1):
                        if y + dy < len(grid) and x + dx < self.columns:
                            grid[y + dy][x + dx] = cell.text
        return grid


@dataclass
class Words:
    """A paragraph. `chapter` is set on the heading of a chapter."""

    text: str
    chapter: int | None = None


Block = Words | Table


@dataclass
class Sheet:
    """A document about to be printed, and the truth."""

    report: Invented
    blocks: list[Block]
    truth: dict[str, Truth]
    log: list[str] = field(default_factory=list)

    def tables(self) -> list[Table]:
        """Every table in order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    def copy(self) -> Sheet:
        """A sheet that can be changed freely."""
        return Sheet(self.report, deepcopy(self.blocks), deepcopy(self.truth), list(self.log))

    def owe(self, address: str | None, duty: Duty) -> None:
        """Lower what is owed at an address; a duty is never raised."""
        order = ("must", "may", "none")
        if address in self.truth and order.index(duty) > order.index(self.truth[address].duty):
            self.truth[address].duty = duty

    def owe_row(self, row: Row, duty: Duty) -> None:
        """Lower what is owed for every value of a row."""
        for cell in row:
            self.owe(cell.address, duty)


def printed(value: Number | None) -> str:
    """A number as an office prints it; nothing for None."""
    return "" if value is None else format(value, "f") if not isinstance(value, int) else str(value)


def _value(report: Invented, address: str, colspan: int = 1) -> Cell:
    return Cell(printed(report.cells[address]), "value", colspan=colspan, address=address)


def _block_rows(report: Invented, block: FormBlock) -> list[Row]:
    spans = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[len(block.columns)]
    rows: list[Row] = [[Cell(block.head, "head", colspan=4)]]
    rows.append(
        [Cell("信息内容", "head")]
        + [Cell(c.label, "head", colspan=s) for c, s in zip(block.columns, spans, strict=True)]
    )
    for row in block.rows:
        key = f"proactive.{row.key}"
        rows.append(
            [Cell(row.label, "label", keys=(key,))]
            + [_value(report, f"{key}.{c.key}", s) for c, s in zip(block.columns, spans, strict=True)]
        )
    return rows


def table_two(report: Invented) -> Table:
    """Table 二 as the form prints it: one table of four columns, block under block."""
    return Table(2, [row for block in form(report.edition).blocks for row in _block_rows(report, block)], 4)


def _head_three(f: Form) -> list[Row]:
    persons = [c for c in f.columns if c.group]
    first, last = f.columns[0], f.columns[-1]
    return [
        [Cell(f.corner, "head", rowspan=3, colspan=3), Cell(f.applicants, "head", colspan=7)],
        [
            Cell(first.label, "head", rowspan=2, keys=(first.key,)),
            Cell(f.organisations, "head", colspan=5),
            Cell(last.label, "head", rowspan=2, keys=(last.key,)),
        ],
        [Cell(c.label, "head", keys=(c.key,)) for c in persons],
    ]


def table_three(report: Invented) -> Table:
    """Table 三: a head of three rows, labels in three columns, seven values a row."""
    f = form(report.edition)
    rows, open_groups = _head_three(f), list[str]()
    for entry in f.rows:
        key = f"applications.{entry.key}"
        row: Row = []
        for depth, group in enumerate(entry.groups):
            if depth >= len(open_groups) or open_groups[depth] != group:
                size = sum(r.groups[: depth + 1] == entry.groups[: depth + 1] for r in f.rows)
                row.append(Cell(group, "group", rowspan=size))
        open_groups = list(entry.groups)
        row.append(Cell(entry.label, "label", colspan=3 - len(entry.groups), keys=(key,)))
        row += [_value(report, f"{key}.{c.key}") for c in f.columns]
        rows.append(row)
    return Table(3, rows, 10, head=3)


def table_four(report: Invented) -> Table:
    """Table 四: fifteen values in one row under a head of three rows."""
    f = form(report.edition)
    first, *suits = f.kinds
    leaves = [r.label for r in f.results]
    head: list[Row] = [
        [Cell(first.label, "head", colspan=5), Cell(suits[0].groups[0], "head", colspan=10)],
        [Cell(leaf, "head", rowspan=2) for leaf in leaves] + [Cell(k.label, "head", colspan=5) for k in suits],
        [Cell(leaf, "head") for _ in suits for leaf in leaves],
    ]
    values = [_value(report, f"disputes.{k.key}.{r.key}") for k in f.kinds for r in f.results]
    return Table(4, [*head, values], 15, head=3)


def sheet(report: Invented) -> Sheet:
    """The report as its office would print it, and the truth: every number must be read, no blank may be."""
    f = form(report.edition)
    blocks: list[Block] = [Words(report.title)]
    if report.preface:
        blocks.append(Words(report.preface))
    tables = {2: table_two(report), 3: table_three(report), 4: table_four(report)}
    for section in f.sections:
        blocks.append(Words(section.heading, section.number))
        blocks += [Words(text) for text in report.chapters.get(section.number, ())]
        if section.number in tables:
            blocks.append(tables[section.number])
    truth = {address: Truth("none") for address in all_addresses()}
    for address, value in report.cells.items():
        truth[address] = Truth("none" if value is None else "must", value, report.units.get(address))
    return Sheet(report, blocks, truth)


def cut_table(table: Table, at: int, *, repeat_groups: bool) -> tuple[Table, Table]:
    """A table in two pieces before row `at`; what spans the cut goes on below as a blank or repeated cell."""
    going_on: list[tuple[int, Cell]] = []
    upper = [[deepcopy(cell) for cell in row] for row in table.rows[:at]]
    for y, line in enumerate(table.placed()[:at]):
        for index, (cell, x) in enumerate(line):
            over = y + cell.rowspan - at
            if over > 0:
                upper[y][index].rowspan = at - y
                text = cell.text if repeat_groups else ""
                going_on.append((x, Cell(text, cell.role, rowspan=over, colspan=cell.colspan)))
    lower = [[deepcopy(cell) for cell in row] for row in table.rows[at:]]
    if lower:
        lower[0] = [cell for _, cell in sorted(going_on, key=lambda pair: pair[0])] + lower[0]
    return Table(table.number, upper, table.columns, min(table.head, at)), Table(table.number, lower, table.columns)
