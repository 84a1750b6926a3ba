"""A second way of counting: what the test knows of each thing, and pots of open cases carried from year to year.

Nothing here is derived from events, and nothing of the product is asked but which row of the form a decision feeds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gongkai.onrequest.decisions import decisions

Number = int | Decimal
KINDS = ("natural_person", "enterprise", "legal_service_provider")
ENDS = {
    "reconsideration": {"upheld": "upheld", "revoked": "corrected", "terminated": "other"},
    "direct_litigation": {"suit_claims_rejected": "upheld", "suit_revoked": "corrected", "suit_withdrawn": "other"},
}
"""How the disputes of the test end, and the column of table 四 that counts it."""


@dataclass
class Life:
    """An application. `went` and `code` are empty while nobody knows its answer; `again`: it was dealt with anew."""

    number: str
    organ: str
    column: str
    came: date
    went: date | None = None
    code: str = ""
    again: bool = False


@dataclass
class Quarrel:
    """A reconsideration or a lawsuit."""

    number: str
    organ: str
    kind: str
    came: date
    went: date | None = None
    end: str = ""


@dataclass
class Line:
    """A row of a register that adds to a cell of table 二 in the year of its day."""

    organ: str
    address: str
    on: date
    adds: Number
    void: bool = False


@dataclass
class Paper:
    """A normative document; `joint`: another organ has it too, and the county counts it there."""

    organ: str
    on: date
    gone: date | None = None
    joint: bool = False


@dataclass
class Books:
    """Everything that happened in a county, and what its frozen tables knew."""

    lives: dict[str, Life] = field(default_factory=dict)
    quarrels: list[Quarrel] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    into: dict[str, tuple[str, int]] = field(default_factory=dict)
    pots: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    closed: dict[int, set[str]] = field(default_factory=dict)

    def theirs(self, organ: str, year: int) -> set[str]:
        """The organs whose figures are in the report of one: itself, and who ended in it by then."""
        found = {organ}
        while more := {gone for gone, (to, on) in self.into.items() if to in found and on <= year} - found:
            found |= more
        return found

    def table(self, organ: str, year: int) -> dict[str, Number]:
        """The figures of an organ's year as things are known now, over what last year's frozen tables handed on."""
        theirs = self.theirs(organ, year)
        cells: Counter[str] = Counter()
        for row, column, _ in self._applications(theirs, year):
            cells[f"applications.{row}.{column}"] += 1
            cells[f"applications.{row}.total"] += 1
        for quarrel in self.quarrels:
            if quarrel.organ in theirs and (column := _standing(quarrel, year)):
                cells[f"disputes.{quarrel.kind}.{column}"] += 1
                cells[f"disputes.{quarrel.kind}.total"] += 1
        found: dict[str, Number] = dict(cells)
        for line in self.lines:
            if line.organ in theirs and line.on.year == year and not line.void:
                found[line.address] = found.get(line.address, 0) + line.adds
        return found | self._papers([each for each in self.papers if each.organ in theirs], year)

    def county(self, year: int) -> dict[str, Number]:
        """The county's figures: those of all who report, a joint document once."""
        found: dict[str, Number] = {}
        for organ in sorted({life.organ for life in self.lives.values()}):
            if not (organ in self.into and self.into[organ][1] <= year):
                for address, value in self.table(organ, year).items():
                    found[address] = found.get(address, 0) + value
        twice = self._papers([each for each in self.papers if each.joint], year)
        return found | {address: found[address] - value for address, value in twice.items()}

    def close(self, organ: str, year: int) -> None:
        """The year's table is frozen: what it leaves open is handed on, and what it knew is nobody's any more."""
        told = list(self._applications(self.theirs(organ, year), year))
        self.pots[organ, year] = {number: column for row, column, number in told if row == "carried_forward"}
        self.closed.setdefault(year, set()).update(number for *_, number in told)

    def _applications(self, theirs: set[str], year: int) -> Iterator[tuple[str, str, str]]:
        """Each row and column in which an application stands, with its number; sums are added up by who asks.

        Before the first year nothing was frozen: what came then (a day put right may lie there) and was open is brought on.
        """
        before = {n: c for each in theirs for n, c in self.pots.get((each, year - 1), {}).items()}
        first = not any((each, year - 1) in self.pots for each in theirs)
        closed = set().union(*(numbers for then, numbers in self.closed.items() if then < year))
        for life in self.lives.values():
            if life.organ not in theirs:
                continue
            if life.number in before:
                came, column = "brought_forward", before[life.number]
            elif first and life.came.year < year and not (life.went and life.went.year < year):
                came, column = "brought_forward", life.column
            elif life.came.year == year and life.number not in closed:
                came, column = "received", life.column
            else:
                continue
            over = life.went is not None and life.went.year <= year
            ends = (decisions()[life.code].row, "concluded") if over else ("carried_forward",)
            yield from ((row, column, life.number) for row in (came, *ends))

    @staticmethod
    def _papers(papers: list[Paper], year: int) -> dict[str, Number]:
        there = [each for each in papers if each.on.year <= year]
        head = "proactive.normative_documents"
        return {
            f"{head}.issued": sum(each.on.year == year for each in there),
            f"{head}.repealed": sum(each.gone is not None and each.gone.year == year for each in there),
            f"{head}.in_force": sum(each.gone is None or each.gone.year > year for each in there),
        }


def _standing(quarrel: Quarrel, year: int) -> str:
    if quarrel.came.year > year:
        return ""
    if quarrel.went is None or quarrel.went.year > year:
        return "pending"
    return ENDS[quarrel.kind][quarrel.end] if quarrel.went.year == year else ""
