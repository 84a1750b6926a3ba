"""Tables 三 and 四 of one organ and year, counted from its cases, each cell with the records behind it.

What the Regulations and the form say: the day of receipt is that of art. 31, a disclosure in part counts in its own row
only, and what came in and was brought forward equals what was concluded and is carried forward. All else is the system's
own reading, declared once in `CountingPolicy` and used for every year alike:

- an application counts in the year in which it was received, even if supplemented later;
- it is concluded when its decision was delivered (posted, when by post), or withdrawn, or closed where no delivery is due;
- a reopened case is not counted again; last year's table stays as it was: what it carried forward is brought forward in
  the column in which it stood there, and what it knew is not counted as new, whatever was corrected afterwards;
- what no rule places is named (`unplaced`) and never put somewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Literal

from gongkai.annual.forms import Form, edition_for, form
from gongkai.annual.report import Cell, Report, Source
from gongkai.law.citations import OUR_RULE
from gongkai.onrequest.applicants import ApplicantKind
from gongkai.onrequest.decisions import Outcome, decision, decisions
from gongkai.onrequest.disputes import Dispute, DisputeKind, Result, counted_in
from gongkai.onrequest.events import Event, Kind, in_order


@dataclass(frozen=True, slots=True)
class CountingPolicy:
    """What the law leaves open, declared once for all years.

    `merged`: `each` counts every application answered together; `leading` counts only the leading one, of those merged
    in the year they came. `split`: `each` counts every part of a paper taken apart; `paper` counts the paper once.
    """

    merged: Literal["each", "leading"] = "each"
    split: Literal["each", "paper"] = "each"


@dataclass(frozen=True, slots=True)
class Case:
    """An application as the tally sees it. `paper` is the number of the paper of which it is a part, if it was split."""

    number: str
    organ: str
    applicant: ApplicantKind
    events: tuple[Event, ...]
    paper: str = ""
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class Conclusion:
    """When a case was concluded and in which row it counts."""

    on: date
    decision: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A record that could not be counted, and why."""

    number: str
    why: str
    cause: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Carried:
    """What the frozen table of a year handed on: what it carried forward, each in its column, and all that was counted.

    `seen` is everything that this table and those before it knew.
    """

    year: int
    columns: Mapping[str, str]
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tally:
    """The cells of a year with the record numbers behind each; totals hold the members of what they sum."""

    organ: str
    year: int
    edition: str
    members: Mapping[str, tuple[str, ...]]
    unplaced: tuple[Unplaced, ...] = ()

    @property
    def cells(self) -> dict[str, Cell]:
        """The cells as a report has them, with their records."""
        return {
            address: Cell(len(numbers), str(len(numbers)), records=numbers) for address, numbers in self.members.items()
        }

    @property
    def carried_forward(self) -> tuple[str, ...]:
        """The numbers of the applications carried forward."""
        return self.members["applications.carried_forward.total"]

    @property
    def seen(self) -> frozenset[str]:
        """Every application that the year's table knows."""
        rows = ("received", "brought_forward")
        return frozenset(n for row in rows for n in self.members[f"applications.{row}.total"])

    @property
    def handed_on(self) -> Carried:
        """What next year's table takes over."""
        prefix = "applications.carried_forward."
        columns = [c.key for c in form(self.edition).columns if not c.sum_of]
        return Carried(self.year, {n: key for key in columns for n in self.members[prefix + key]}, self.seen)

    def report(self, *, source: str = "登记台账") -> Report:
        """The report of these two tables; the others are left for their own registers."""
        return Report(
            source=Source(source, "register"),
            edition=self.edition,
            organ=self.organ,
            scope="own_body",
            year=self.year,
            cells=self.cells,
            tables={3: "whole", 4: "whole"},
        )


@dataclass(frozen=True, slots=True)
class _Item:
    """What counts as one: a case, or a paper with all its parts."""

    number: str
    column: str
    received_on: date
    concluded: Conclusion | None


@dataclass(slots=True)
class _Book:
    """The cases of one organ on their way into cells."""

    cases: dict[str, Case]
    policy: CountingPolicy
    unplaced: list[Unplaced] = field(default_factory=list)


def conclusion_of(case: Case) -> Conclusion | None:
    """When a case was first concluded by what happened to itself; None while it is open or waits for its leading one."""
    decided = ""
    for event in in_order(case.events):
        match event.kind:
            case Kind.DECIDED:
                decided = event.decision
            case Kind.DELIVERED if decided:
                return Conclusion(event.on, decided)
            case Kind.CLOSED if decided and decision(decided).undelivered:
                return Conclusion(event.on, decided)
            case Kind.WITHDRAWN:
                return Conclusion(event.on, "O3b")
            case Kind.MERGED:
                return None
            case _:
                continue
    return None


def _received(case: Case) -> date | None:
    return min([e.on for e in case.events if e.kind is Kind.RECEIVED], default=None)


def _merger(case: Case) -> Event | None:
    return min([e for e in case.events if e.kind is Kind.MERGED], key=attrgetter("on"), default=None)


def _concluded(book: _Book, case: Case) -> Conclusion | None:
    """A merged case is concluded when and as its leading one is; never before it was merged."""
    seen: set[str] = set()
    here, since = case, date.min
    while (own := conclusion_of(here)) is None and (merger := _merger(here)) is not None:
        seen.add(here.number)
        since = max(since, merger.on)
        leading = book.cases.get(merger.matter)
        if leading is None or leading.number in seen:
            why = f"并入的{merger.matter or '一件'}不在登记台账中" if leading is None else "并案互相指向，找不到主案"
            book.unplaced.append(Unplaced(case.number, f"{why}，暂按未办结计。", "lost_leading"))
            return None
        here = leading
    return own and Conclusion(max(own.on, since), own.decision)


def concluded_in(cases: Mapping[str, Case], case: Case) -> Conclusion | None:
    """When a case was concluded and how, also as its leading one among `cases`."""
    return _concluded(_Book(dict(cases), CountingPolicy()), case)


def _left_out(book: _Book, case: Case, received_on: date) -> bool:
    if book.policy.merged != "leading":
        return False
    merger = _merger(case)
    return merger is not None and conclusion_of(case) is None and merger.on.year == received_on.year


def _items(book: _Book) -> Iterator[_Item]:
    papers: dict[str, list[tuple[Case, _Item]]] = {}
    for case in book.cases.values():
        received_on = _received(case)
        if received_on is None:
            book.unplaced.append(Unplaced(case.number, "没有收到申请的日期，未计入。", "no_receipt"))
            continue
        done = _concluded(book, case)
        if done is None and any(e.kind is Kind.DELIVERED for e in case.events) and not _merger(case):
            why = "有送达而没有处理决定，暂按未办结计。"
            book.unplaced.append(Unplaced(case.number, why, "no_decision"))
        if _left_out(book, case, received_on):
            continue
        item = _Item(case.number, case.applicant.value, received_on, done)
        if book.policy.split == "paper" and case.paper:
            papers.setdefault(case.paper, []).append((case, item))
        else:
            yield item
    for paper, parts in papers.items():
        yield _as_one(paper, [item for _, item in parts])


def _as_one(paper: str, parts: list[_Item]) -> _Item:
    """A paper taken apart counted once: received with its first part, concluded with its last.

    Parts with one decision have that; where some disclose and others do not, the whole is disclosed in part; else the
    first part's decision stands.
    """
    parts = sorted(parts, key=lambda item: (item.received_on, item.number))
    ends = [item.concluded for item in parts if item.concluded]
    whole: Conclusion | None = None
    if len(ends) == len(parts):
        codes = [end.decision for end in ends]
        outcomes = {decision(code).outcome for code in codes}
        gives = outcomes & {Outcome.DISCLOSED, Outcome.DISCLOSED_IN_PART}
        code = "P1" if gives and len(outcomes) > 1 else codes[0]
        whole = Conclusion(max(end.on for end in ends), code)
    return _Item(paper, parts[0].column, parts[0].received_on, whole)


def _rows_of(item: _Item, year: int, edition: str, carried: Carried | None) -> tuple[str, ...]:
    """The rows of table 三 in which an item stands, sums left out; none where another year's table has it.

    `carried`: what last year's frozen table handed on, None where there is none.
    """
    done = item.concluded
    if carried is not None and item.number in carried.columns:
        came = "brought_forward"
    elif item.received_on.year == year and not (carried and item.number in carried.seen):
        came = "received"
    elif carried is None and item.received_on.year < year and not (done and done.on.year < year):
        came = "brought_forward"
    else:
        return ()
    if done is None or done.on.year > year:
        return (came, "carried_forward")
    return (came, decision(done.decision).row_in(edition))


def _open_in(item: _Item, year: int) -> bool:
    """Whether the table of a year should have known an item."""
    return item.received_on.year <= year and not (item.concluded and item.concluded.on.year < year)


def tally(
    cases: Iterable[Case],
    organ: str,
    year: int,
    *,
    policy: CountingPolicy | None = None,
    previous: Tally | Carried | None = None,
    disputes: Iterable[Dispute] = (),
) -> Tally:
    """The tables of an organ and year.

    With last year's table as it was frozen, what is brought forward is exactly what that carried forward, whatever was
    entered afterwards; an application of last year or before that it does not know is named in `unplaced`, and so is one
    that it counted and that was corrected into this year. `disputes` are those about no application that is here.
    """
    edition = edition_for(year)
    if edition is None:
        raise KeyError(f"没有{year}年度的年度报告格式（{OUR_RULE}）")
    book = _Book({c.number: c for c in cases if c.organ == organ}, policy or CountingPolicy())
    found: dict[str, list[str]] = {}
    carried = previous.handed_on if isinstance(previous, Tally) else previous
    items = sorted(_items(book), key=attrgetter("number"))
    for item in items:
        column = carried.columns.get(item.number, item.column) if carried else item.column
        for row in _rows_of(item, year, edition, carried):
            found.setdefault(f"applications.{row}.{column}", []).append(item.number)
    if carried:
        book.unplaced += _against(carried, items, year)
    for dispute in (*(d for c in book.cases.values() for d in sorted(c.disputes, key=lambda d: d.number)), *disputes):
        result = counted_in(dispute, year)
        if result is not None:
            found.setdefault(f"disputes.{dispute.kind.value}.{result.value}", []).append(dispute.number)
    return Tally(organ, year, edition, _with_sums(form(edition), found), tuple(book.unplaced))


def _against(carried: Carried, items: Iterable[_Item], year: int) -> Iterator[Unplaced]:
    """What does not agree with what last year's frozen table handed on."""
    there = set()
    for item in items:
        there.add(item.number)
        if item.number in carried.columns:
            continue
        known = item.number in carried.seen
        if not known and _open_in(item, carried.year):
            why = f"{carried.year}年度的表中没有这一件，未计入。"
            yield Unplaced(item.number, why, "unknown_last_year")
        elif known and item.received_on.year == year:
            why = f"以前年度的报告已经计入这一件，收到日期后来更正为{year}年，不重复计。"
            yield Unplaced(item.number, why, "counted_before")
    for number in (each for each in carried.columns if each not in there):
        yield Unplaced(number, f"{carried.year}年度的表结转了这一件，现在的登记中没有它。", "lost_carried")


def _with_sums(of: Form, found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Every cell of tables 三 and 四, the form's sums filled from what they sum."""
    members: dict[str, tuple[str, ...]] = {}
    columns = [c for c in of.columns if not c.sum_of]
    for row in of.rows:
        for column in columns:
            sources = row.sum_of or (row.key,)
            members[f"applications.{row.key}.{column.key}"] = tuple(
                n for key in sources for n in found.get(f"applications.{key}.{column.key}", ())
            )
        for column in of.columns:
            if column.sum_of:
                members[f"applications.{row.key}.{column.key}"] = tuple(
                    n for key in column.sum_of for n in members[f"applications.{row.key}.{key}"]
                )
    for kind in DisputeKind:
        for result in Result:
            members[f"disputes.{kind.value}.{result.value}"] = tuple(
                found.get(f"disputes.{kind.value}.{result.value}", ())
            )
        members[f"disputes.{kind.value}.total"] = tuple(
            n for result in Result for n in members[f"disputes.{kind.value}.{result.value}"]
        )
    return {cell.address: members[cell.address] for cell in of.cells if cell.table != 2}


def rows_fed(edition: str) -> dict[str, tuple[str, ...]]:
    """Which decisions feed each result row of an edition: every row by some decision, every decision one row."""
    fed: dict[str, tuple[str, ...]] = {}
    for code, of in decisions().items():
        fed[of.row_in(edition)] = (*fed.get(of.row_in(edition), ()), code)
    return fed
