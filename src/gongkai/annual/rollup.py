"""The county's tables as the sum of its organs' tables, cell by cell.

A blank is not a zero: an organ that has nothing in a cell is named there and adds nothing. What two organs both have in
their tables, a document issued jointly or a lawsuit with two defendants, counts once: it stays with one of them, and the
other is named. Nothing is put in for an organ that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from gongkai.annual.forms import form
from gongkai.annual.report import Cell, Note, Number, Report, Source
from gongkai.law.citations import OUR_RULE

SharedKind = Literal["document", "dispute"]
_BRACKETS = str.maketrans("［[【（(］]】）)", "〔〔〔〔〔〕〕〕〕〕")
_SPACE = re.compile(r"\s+")


def same_number(number: str) -> str:
    """A document's or a case's number as two organs would both have written it.

    >>> same_number("云政办发[2026] 3号") == same_number("云政办发〔2026〕3号")
    True
    """
    return _SPACE.sub("", number).translate(_BRACKETS).casefold()


class State(StrEnum):
    """What is the matter with the tables of one who reports."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    LATE = "late"
    CONFLICT = "conflict"
    DIFFERS = "differs"
    UNSURE = "unsure"
    BLANK = "blank"


STATES: dict[State, str] = {
    State.MISSING: "没有数据",
    State.UNREADABLE: "交来的文件读不了",
    State.LATE: "迟交",
    State.CONFLICT: "表内数据不一致",
    State.DIFFERS: "登记与交来或者定稿的报告不同",
    State.UNSURE: "有读不准的数",
    State.BLANK: "有空白",
}
"""In the order of gravity."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A record that another organ may have in its table too. `leads`: whether it is this organ's; None: nothing tells.

    `amount` is what it adds in the cell. A record that stands in several cells is named once for each. `record` is what
    the organ's own table calls it, where that has records.
    """

    kind: SharedKind
    number: str
    address: str
    title: str = ""
    leads: bool | None = None
    amount: int = 1
    record: str = ""

    @property
    def identity(self) -> tuple[SharedKind, str]:
        """What makes two of them one."""
        return self.kind, same_number(self.number)


@dataclass(frozen=True, slots=True)
class Member:
    """The figures of one organ. Of an address that is neither in `cells` nor in `blank` nothing is said at all."""

    key: str
    name: str
    cells: Mapping[str, Number]
    blank: Mapping[str, str] = field(default_factory=dict)
    shared: tuple[Shared, ...] = ()
    source: Literal["records", "file"] = "records"


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who answers for a report: an organ with those whose figures went to it, and what is the matter with them."""

    key: str
    name: str
    members: tuple[Member, ...] = ()
    states: tuple[State, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether there are figures to add."""
        return any(member.cells for member in self.members)


@dataclass(frozen=True, slots=True)
class Removed:
    """A record left out of an organ's figure because another's has it, and why it stays there."""

    shared: Shared
    member: str
    kept: str
    why: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one organ adds to a cell, as its own table has it. None: blank, and why."""

    reporter: str
    member: str
    name: str
    value: Number | None
    why: str = ""
    removed: int = 0


@dataclass(frozen=True, slots=True)
class CountyCell:
    """A cell of the county. `value` is None where no organ has one; `blank` names those that have none."""

    address: str
    value: Number | None
    parts: tuple[Part, ...]
    removed: tuple[Removed, ...] = ()

    @property
    def blank(self) -> tuple[Part, ...]:
        """The organs whose own table is blank here."""
        return tuple(part for part in self.parts if part.value is None)


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The county's tables of a year, with everyone who reports and everything that counts once."""

    name: str
    year: int
    edition: str
    cells: Mapping[str, CountyCell]
    reporters: tuple[Reporter, ...]
    removed: tuple[Removed, ...]
    notes: tuple[str, ...] = ()

    def those(self, state: State) -> tuple[Reporter, ...]:
        """Those in a state."""
        return tuple(reporter for reporter in self.reporters if state in reporter.states)

    @property
    def counted(self) -> tuple[Reporter, ...]:
        """Those whose figures are in the sum."""
        return tuple(reporter for reporter in self.reporters if reporter.counted)

    def report(self, records: Mapping[str, Sequence[str]] | None = None) -> Report:
        """The county's report of the three tables; its scope is consolidated. Who is blank stands in the notes."""
        found = {
            address: Cell(
                cell.value, format(cell.value, "f") if isinstance(cell.value, Decimal) else str(cell.value),
                records=tuple((records or {}).get(address, ())),
            )
            for address, cell in self.cells.items()
            if cell.value is not None
        }  # fmt: skip
        notes = [
            Note(address, f"{len(cell.blank)}个机关空白：{'、'.join(part.name for part in cell.blank)}")
            for address, cell in self.cells.items()
            if cell.value is not None and cell.blank
        ]
        return Report(
            source=Source(f"{self.name}{self.year}年度汇总", "register"),
            edition=self.edition,
            organ=self.name,
            scope="consolidated",
            year=self.year,
            cells=found,
            blank=tuple(address for address, cell in self.cells.items() if cell.value is None),
            notes=tuple(notes),
            tables={2: "whole", 3: "whole", 4: "whole"},
        )


_WHY: dict[tuple[SharedKind, bool], str] = {
    ("document", True): f"联合发文，文号的机关代字属于{{kept}}，计在{{kept}}（{OUR_RULE}）",
    ("document", False): f"联合发文，从文号看不出牵头机关，按名录次序计在{{kept}}（{OUR_RULE}）",
    ("dispute", True): f"同一案件有几个被告，计在作出行为的{{kept}}（{OUR_RULE}）",
    ("dispute", False): f"同一案件有几个被告，看不出行为由谁作出，按名录次序计在{{kept}}（{OUR_RULE}）",
}


def counted_once(members: Sequence[Member]) -> tuple[Removed, ...]:
    """What several organs have and one of them keeps: the one that leads, else the first of the list."""
    found: dict[tuple[SharedKind, str], dict[str, list[Shared]]] = {}
    for member in members:
        for each in member.shared:
            if each.number:
                found.setdefault(each.identity, {}).setdefault(member.key, []).append(each)
    names = {member.key: member.name for member in members}
    removed: list[Removed] = []
    for holders in found.values():
        if len(holders) < 2:
            continue
        keeper, told = _keeper(holders)
        kept = {each.address for each in holders[keeper]}
        for key, theirs in holders.items():
            if key == keeper:
                continue
            differs = {each.address for each in theirs} != kept
            for each in theirs:
                removed.append(
                    Removed(
                        each, key, keeper, _WHY[each.kind, told].format(kept=names[keeper]),
                        f"{names[key]}和{names[keeper]}登记的情况不同，请核对。" if differs else "",
                    )
                )  # fmt: skip
    return tuple(removed)


def _keeper(holders: Mapping[str, Sequence[Shared]]) -> tuple[str, bool]:
    """Whose it stays, and whether something told so: who says it is theirs, else who does not say that it is not."""
    for key, theirs in holders.items():
        if any(each.leads for each in theirs):
            return key, True
    open_ones = [key for key, theirs in holders.items() if all(each.leads is None for each in theirs)]
    if len(open_ones) == 1:
        return open_ones[0], True
    return (open_ones or list(holders))[0], False


def roll_up(
    name: str, year: int, edition: str, reporters: Iterable[Reporter], *, notes: Iterable[str] = ()
) -> RolledUp:
    """The county's tables in an edition. A cell that an organ's own form does not have is a blank of that organ."""
    reporters = tuple(reporters)
    counted = [(reporter, member) for reporter in reporters for member in reporter.members if member.cells]
    removed = counted_once([member for _, member in counted])
    taken: dict[tuple[str, str], int] = {}
    at: dict[str, list[Removed]] = {}
    for each in removed:
        place = each.member, each.shared.address
        taken[place] = taken.get(place, 0) + each.shared.amount
        at.setdefault(each.shared.address, []).append(each)
    cells = {}
    for address in form(edition).addresses:
        parts, total, any_value = [], Decimal(0), False
        for reporter, member in counted:
            value = member.cells.get(address)
            out = taken.get((member.key, address), 0) if value is not None else 0
            why = "" if value is not None else member.blank.get(address, "这一格没有数")
            parts.append(Part(reporter.key, member.key, member.name, value, why, out))
            if value is not None:
                total, any_value = total + value - out, True
        cells[address] = CountyCell(
            address, _plain(total) if any_value else None, tuple(parts), tuple(at.get(address, ()))
        )
    return RolledUp(name, year, edition, cells, reporters, removed, tuple(notes))


def _plain(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else number
