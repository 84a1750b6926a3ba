"""The county's table as its pages show it: the official tables, one cell with who adds what, who reports how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from gongkai.annual.forms import form
from gongkai.annual.report import Number, Report
from gongkai.annual.rollup import STATES, CountyCell, Removed, RolledUp, State
from gongkai.web.annual.selectors.formtable import FormTable, form_tables
from gongkai.web.collection.selectors.rollup import Line
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.memo import page_memory
from gongkai.web.organs.models import Organ

GRAVE = (State.MISSING, State.UNREADABLE, State.CONFLICT, State.DIFFERS, State.LATE, State.UNSURE, State.BLANK)


def shown(value: Number | None) -> str:
    """A figure as it is printed; empty for none."""
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of the county's table on the page."""

    address: str
    label: str
    shown: str
    sign: str
    words: str
    mark: str


def tables_of(rolled: RolledUp) -> list[tuple[Any, FormTable]]:
    """The three official tables with their headings."""
    of = form(rolled.edition)
    views = {a: _view(of.by_address[a].label, cell) for a, cell in rolled.cells.items()}
    found = form_tables(rolled.report(), views)
    return [(section, found[section.number]) for section in of.sections if section.number in found]


def _view(label: str, cell: CountyCell) -> Shown:
    said, words = [], []
    if cell.value is not None and cell.blank:
        said.append(f"空{len(cell.blank)}")
        words.append(f"{len(cell.blank)}个机关空白")
    if cell.removed:
        said.append("去重")
        words.append(f"去掉重复的{sum(each.shared.amount for each in cell.removed)}件")
    mark = "blank" if cell.value is None else "quiet"
    return Shown(cell.address, label, shown(cell.value), " ".join(said), "，".join(words), mark)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are in a state, for the head of the page."""

    state: State
    words: str
    names: tuple[str, ...]


def states_of(rolled: RolledUp) -> list[Counted]:
    """The states that occur, the gravest first, with who is in them."""
    found = [Counted(state, STATES[state], tuple(r.name for r in rolled.those(state))) for state in GRAVE]
    return [each for each in found if each.names]


@dataclass(frozen=True, slots=True)
class Row:
    """One who reports, in the list."""

    line: Line
    states: tuple[str, ...]
    grave: bool


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Everyone who reports, with the words of their states."""
    light = {State.BLANK, State.UNSURE}
    return [
        Row(line, tuple(STATES[s] for s in line.told.states), bool(set(line.told.states) - light)) for line in lines
    ]


def removed_of(rolled: RolledUp) -> list[tuple[Removed, str, str]]:
    """What counts once: each record with whose it was left out of, and in which cells."""
    names = {m.key: m.name for r in rolled.reporters for m in r.members}
    by_address = form(rolled.edition).by_address
    found: dict[tuple[str, str], tuple[Removed, list[str]]] = {}
    for each in rolled.removed:
        key = (each.member, each.shared.identity[1])
        cells = found.setdefault(key, (each, []))[1]
        if not by_address[each.shared.address].column.sum_of:
            cells.append(by_address[each.shared.address].label)
    return [(each, names.get(each.member, ""), "、".join(cells)) for each, cells in found.values()]


def records_behind(rolled: RolledUp, organs: Sequence[Organ], known_at: datetime | None) -> dict[str, list[str]]:
    """The numbers of the records behind every cell of the county, those that count elsewhere left out."""
    out = {(each.member, each.shared.address, each.shared.record) for each in rolled.removed}
    from_records = {m.key for r in rolled.reporters for m in r.members if m.source == "records"}
    found: dict[str, list[str]] = {}
    for organ in organs:
        key = str(organ.pk)
        if key not in from_records:
            continue
        with page_memory():
            figures = compiled(organ, rolled.year, known_at).figures
        for address, figure in figures.items():
            found.setdefault(address, []).extend(n for n in figure.records if (key, address, n) not in out)
    return found


def to_json(rolled: RolledUp, records: dict[str, list[str]], organ: str) -> tuple[Report, dict[str, Any]]:
    """The county's report and its object: the report's own, with the organs of each cell and who is not in it."""
    report = replace(rolled.report(records), organ=organ)
    data = report.to_json()
    for address, found in data["cells"].items():
        cell = rolled.cells[address]
        found["records"] = records.get(address, [])
        found["organs"] = {part.name: shown(part.value) for part in cell.parts if part.value is not None}
        found["blank_at"] = {part.name: part.why for part in cell.blank}
    data["organs"] = [
        {
            "name": r.name,
            "states": [state.value for state in r.states],
            "source": [m.source for m in r.members if m.cells],
            "notes": list(r.notes),
        }
        for r in rolled.reporters
    ]
    data["removed"] = [
        {"number": each.shared.number, "cell": each.shared.address, "why": each.why, "doubt": each.doubt}
        for each in rolled.removed
    ]
    data["remarks"] = list(rolled.notes)
    data["left_out"] = [
        {
            "number": r.name,
            "why": f"{STATES[State.MISSING]}，没有计入。",
            "do": "请催交，或者在“全县汇总”中指定按哪里的数计入。",
        }
        for r in rolled.reporters
        if not r.counted
    ]
    return report, data
