"""The official tables as rows for a template: the layout of `documents`, each value with what a page shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.annual.report import Report
from gongkai.documents.layout import LayoutCell
from gongkai.documents.values import layouts


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the table: its rectangle and, where it holds a value, what is shown of it: a `CellView` or a `Filled`."""

    cell: LayoutCell
    view: Any
    table: int

    @property
    def id(self) -> str:
        """Unique on the page."""
        return f"t{self.table}{self.cell.id}"

    @property
    def headers(self) -> str:
        """The ids of its heads on the page."""
        return " ".join(f"t{self.table}{h}" for h in self.cell.headers)


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of the form with its state in the document."""

    number: int
    caption: str
    head: list[list[Place]]
    body: list[list[Place]]
    state: str


STATES = {
    "whole": "",
    "cut": "原文中这张表不完整，缺少的单元格没有当作0。",
    "missing": "原文中没有这张表。",
    "blank": "原文中这张表没有填写。",
    "unsure": "原文中这张表没有读准，请对照原件核实。",
}


def form_tables(report: Report, cells: Mapping[str, Any]) -> dict[int, FormTable]:
    """The three tables of the report's edition, by their chapter."""
    found = {}
    for number, layout in layouts(report).items():
        rows = [
            [Place(cell, cells.get(cell.address) if cell.address else None, number) for cell in layout.row_cells(row)]
            for row in range(layout.rows)
        ]
        state = STATES.get(report.tables.get(number, "whole"), "")
        found[number] = FormTable(number, layout.caption, rows[: layout.header_rows], rows[layout.header_rows :], state)
    return found
