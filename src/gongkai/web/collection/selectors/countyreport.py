"""The county's yearly report: its figures are the county's table, and behind each cell stand the organs that are in it.

An organ stands there with what was counted of it: a fingerprint of its figures with their records, or the file that it
handed in with its hash. The records themselves stay with the organ: what was known at a moment gives them again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from gongkai.annual.opening import opening
from gongkai.annual.rollup import STATES, Reporter, RolledUp, State
from gongkai.web.collection.selectors.contributions import GOVERNMENT
from gongkai.web.collection.selectors.handed import unplaced
from gongkai.web.collection.selectors.pages import removed_of, to_json
from gongkai.web.collection.selectors.rollup import Line, government_with, lines, reporting, summed
from gongkai.web.compilation.selectors.covered import name_of
from gongkai.web.issuing.packing import Members
from gongkai.web.issuing.scopes import Figures
from gongkai.web.issuing.selectors.assembled import finding
from gongkai.web.memo import once_a_page
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import county_with

RECORDS, FILE = "organ", "file"
"""What stands behind a cell: an organ's records, or the file that it handed in."""
GRADES: dict[State, str] = {
    State.MISSING: "doubt",
    State.UNREADABLE: "doubt",
    State.CONFLICT: "conflict",
    State.DIFFERS: "doubt",
    State.UNSURE: "doubt",
    State.LATE: "note",
    State.BLANK: "note",
}
"""What the state of an organ means before signature: a contradiction keeps it back, a doubt is answered."""
DO: dict[State, str] = {
    State.MISSING: "请催交，或者在“全县汇总”中指定按哪里的数计入；确实没有的，写明理由。",
    State.UNREADABLE: "请退回重新报送；暂不计入的，写明理由。",
    State.CONFLICT: "请该机关更正；不能更正的，在“全县汇总”中写明理由，指定为“不计入”。",
    State.DIFFERS: "请与该机关核对；按现在的数计入的，写明理由。",
    State.UNSURE: "请对照原件更正；没有计入的格，写明理由。",
}


@once_a_page
def county_organ(county: uuid.UUID, year: int) -> Organ | None:
    """Whose the county's report is: the government's, or where there is none, of who reports for it.

    The government's own year need not be asked for: it may be off the list of those who report.
    """
    last = date(year, 12, 31)
    governments = Organ.objects.filter(county=county, form=GOVERNMENT).order_by("-listed", "position", "id")
    for organ in governments:
        if (organ.valid_from is None or organ.valid_from <= last) and (
            organ.valid_until is None or organ.valid_until > last
        ):
            return organ
    office = government_with(county, year)
    return next((organ for organ in reporting(county, year) if str(organ.pk) == office), None)


def why_not(organ: Organ, year: int) -> str:
    """Why an organ does not sign the county's report; empty when it does."""
    found = county_organ(organ.county, year)
    if found is not None and found.pk == organ.pk:
        return ""
    if found is None:
        return "名录中没有县级人民政府，也没有指定由哪个机关一并填报，不能送签全县汇总的报告。"
    return f"全县汇总的报告由{found.name}送签，{organ.name}只报送本机关的。"


def figures(organ: Organ, year: int, known_at: datetime | None) -> Figures:
    """The county's table with the organs behind each cell. KeyError for a year without a form."""
    county = county_with(organ.county)
    assert county is not None
    found = lines(county, year, known_at)
    rolled = summed(county, year, found, known_at)
    report, kept = to_json(rolled, {}, name_of(organ, year, known_at))
    _keep_parts(kept, rolled)
    told = {str(line.organ.pk): line for line in found}
    beside = {a: _beside(cell.value is None, [p.name for p in cell.blank]) for a, cell in rolled.cells.items()}
    asked = (*_asked(rolled, told), *_unplaced(organ, year))
    return Figures(replace(report, notes=()), kept, _members(rolled, told), beside, asked, opening(rolled))


def _members(rolled: RolledUp, told: Mapping[str, Line]) -> Members:
    rows = {key: _row(line) for key, line in told.items()}
    return {
        address: [rows[part.member] for part in cell.parts if part.value is not None]
        for address, cell in rolled.cells.items()
    }


def _row(line: Line) -> tuple[str, str, str, str]:
    of = line.told
    if of.source == "file":
        return FILE, of.file, of.version, of.name
    return RECORDS, str(line.organ.pk), of.version, of.name


def _keep_parts(kept: dict[str, Any], rolled: RolledUp) -> None:
    """Beside what each organ has in a cell, what of it counts with another."""
    for address, found in kept["cells"].items():
        found["once"] = {part.name: part.removed for part in rolled.cells[address].parts if part.removed}


def _beside(empty: bool, blank: list[str]) -> str:
    if empty:
        return "没有一个机关有这一格的数。"
    return f"{len(blank)}个机关空白" if blank else "各机关之和"


def _asked(rolled: RolledUp, told: Mapping[str, Line]) -> Iterator[dict[str, Any]]:
    """What is the matter with the organs, each named."""
    for reporter in rolled.reporters:
        line = told[reporter.key]
        for state in reporter.states:
            if state is not State.BLANK:
                yield _of_state(reporter, state, line)
    blank = [reporter.name for reporter in rolled.those(State.BLANK)]
    if blank:
        names = "、".join(blank[:10]) + (f"等{len(blank)}个机关" if len(blank) > 10 else "")
        yield finding("G-BLANK", "note", blank, f"{names}有空白的格，空白的没有计入。")
    for each, name, cells in removed_of(rolled):
        if each.doubt:
            about = [each.shared.number, each.member, each.kept, cells]
            yield finding("G-TWICE", "doubt", about, f"{each.doubt}（{name}：{each.shared.number}）")


def _of_state(reporter: Reporter, state: State, line: Line) -> dict[str, Any]:
    notes = "".join(note if note.endswith("。") else f"{note}。" for note in reporter.notes)
    chosen = state is State.MISSING and line.told.way == "out"
    grade = "note" if chosen else GRADES[state]
    message = f"{reporter.name}：{STATES[state]}。{notes}"
    return finding(f"G-{state.value.upper()}", grade, [reporter.key, state.value, notes], message, DO.get(state, ""))


def _unplaced(organ: Organ, year: int) -> Iterator[dict[str, Any]]:
    found = unplaced(organ.county, year)
    if found:
        names = "、".join(f"“{each.name}”" for each in found[:3]) + ("等" if len(found) > 3 else "")
        message = f"有{len(found)}份交来的文件没有认出机关或者年度，没有计入：{names}。"
        yield finding(
            "G-UNPLACED", "note", sorted(str(each.submission) for each in found), message, "请先指定机关和年度。"
        )
