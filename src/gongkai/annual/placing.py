"""Where one record was counted in a year, and why not elsewhere: what the tally decided, said in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.annual.forms import form
from gongkai.annual.tally import Carried, Case, Conclusion, CountingPolicy, Tally, concluded_in
from gongkai.calendar import in_chinese
from gongkai.onrequest.applicants import ApplicantKind
from gongkai.onrequest.decisions import decision
from gongkai.onrequest.disputes import OUTCOMES, RESULTS, Dispute, counted_in, result_on
from gongkai.onrequest.events import Event, Kind, in_order


@dataclass(frozen=True, slots=True)
class Placed:
    """A record in a year: the cells in which it stands (sums apart), why there, and why not elsewhere."""

    number: str
    cells: tuple[str, ...]
    sums: tuple[str, ...]
    why: tuple[str, ...]
    why_not: tuple[str, ...]


def row_words(edition: str, address: str) -> str:
    """A cell's row as the form prints it, with the heads it stands under."""
    of = form(edition).by_address[address].row
    return "·".join((*(g for g in of.groups if not g.startswith("三、")), of.label.split("（区分处理")[0]))


Where = Mapping[str, Sequence[str]]
"""The cells in which each record stands, by its number."""


def where(made: Tally) -> Where:
    """Every record of a tally with its cells, in the order of the form."""
    found: dict[str, list[str]] = {}
    for address, members in made.members.items():
        for number in members:
            found.setdefault(number, []).append(address)
    return found


def _cells(made: Tally, number: str, found: Where) -> tuple[tuple[str, ...], tuple[str, ...]]:
    of = form(made.edition).by_address
    cells: list[str] = []
    sums: list[str] = []
    for address in found.get(number, ()):
        (sums if of[address].row.sum_of or of[address].column.sum_of else cells).append(address)
    return tuple(cells), tuple(sums)


def _first(case: Case, kind: Kind) -> Event | None:
    return next((event for event in in_order(case.events) if event.kind is kind), None)


def place_case(
    made: Tally,
    number: str,
    cases: Mapping[str, Case],
    policy: CountingPolicy,
    carried: Carried | None = None,
    found: Where | None = None,
) -> Placed:
    """An application, or a paper that was taken apart, in a year that was tallied."""
    cells, sums = _cells(made, number, found or where(made))
    said = [each.why for each in made.unplaced if each.number == number]
    case = cases.get(number)
    if case is None or (policy.split == "paper" and case.paper):
        parts = sorted(c.number for c in cases.values() if c.paper and number in (c.paper, c.number))
        why = [f"申请书拆分为{'、'.join(parts)}，按原申请书计一件（本县设定的口径）。"] if parts else []
        if not cells and case is not None and case.paper:
            why.append(f"与原申请书{case.paper}一并计数。")
        return Placed(number, cells, sums, tuple(why), tuple(said))
    done = concluded_in(cases, case)
    told = _Case(made, case, done, carried, policy)
    if not cells:
        return Placed(number, (), (), (), (*said, *told.nowhere()))
    return Placed(number, cells, sums, tuple(told.here(cells)), (*said, *told.not_elsewhere(cells)))


@dataclass(frozen=True, slots=True)
class _Case:
    """One application on its way into words."""

    made: Tally
    case: Case
    done: Conclusion | None
    carried: Carried | None
    policy: CountingPolicy

    @property
    def received_on(self) -> date | None:
        """The day of its receipt."""
        found = _first(self.case, Kind.RECEIVED)
        return found.on if found else None

    def here(self, cells: tuple[str, ...]) -> Iterator[str]:
        """Why it stands where it stands."""
        year, day = self.made.year, self.received_on
        assert day is not None
        column = cells[0].rpartition(".")[2]
        zh = next(c.label for c in form(self.made.edition).columns if c.key == column)
        if any(cell.startswith("applications.received.") for cell in cells):
            yield f"{in_chinese(day)}收到，计入{year}年度“本年新收”。"
        elif self.carried:
            yield f"{self.carried.year}年度报告已结转这一件，计入“上年结转”。"
        else:
            yield f"{in_chinese(day)}收到，到{year - 1}年底没有办结，计入“上年结转”。"
        if column != self.case.applicant.value:
            yield f"{year - 1}年度报告按“{zh}”结转，本年仍计入这一列；申请人类型后来更正为“{_kind(self.case.applicant)}”。"
        else:
            yield f"申请人类型为“{zh}”，计入这一列。"
        merger = _first(self.case, Kind.MERGED)
        if merger is not None:
            yield f"{in_chinese(merger.on)}并入{merger.matter}一并答复，按其结果计。"
        if self.done is not None and self.done.on.year <= year:
            row = next(cell for cell in cells if not _came(cell))
            yield f"{in_chinese(self.done.on)}办结，处理决定为“{decision(self.done.decision).zh}”，计入“{row_words(self.made.edition, row)}”。"
        else:
            yield f"到{year}年底没有办结，计入“结转下年度继续办理”。"

    def not_elsewhere(self, cells: tuple[str, ...]) -> Iterator[str]:
        """Why it does not stand in rows where one might look for it."""
        year, day = self.made.year, self.received_on
        assert day is not None
        if any(cell.startswith("applications.brought_forward.") for cell in cells):
            yield f"收到的当年已计入“本年新收”，{year}年度不再计新收。"
        if self.done is None or self.done.on.year > year:
            if self.done is not None:
                yield f"{in_chinese(self.done.on)}才办结，办理结果属于{self.done.on.year}年度。"
            elif _first(self.case, Kind.DECIDED) is not None:
                yield "已有处理决定而没有送达，还没有办结，不计入办理结果。"
            else:
                yield "还没有处理决定，不计入办理结果。"
        else:
            yield "一件申请只计一个办理结果，不再计入其他各行，也不结转。"
            if self.done.decision == "P1":
                yield "区分处理的，只计“部分公开”，不计其他情形。"
            if self.done.on.year < year:
                yield f"办结日期后来更正为{self.done.on.year}年，{year - 1}年度报告已按结转计，办结计入本年度。"
        again = _first(self.case, Kind.REOPENED)
        if again is not None:
            yield f"{in_chinese(again.on)}依复议决定或者判决重新处理的，不另计一件，首次办结的结果不变。"

    def nowhere(self) -> Iterator[str]:
        """Why it stands in no row of the year."""
        year, day = self.made.year, self.received_on
        if day is None:
            return
        if self.carried and self.case.number in self.carried.seen:
            yield f"以前年度的报告已计入这一件，且没有结转到{year}年度。"
        elif day.year > year:
            yield f"{in_chinese(day)}收到，属于{day.year}年度。"
        elif self.done is not None and self.done.on.year < year:
            yield f"{in_chinese(self.done.on)}已经办结，计入{self.done.on.year}年度。"
        elif self.policy.merged == "leading" and _first(self.case, Kind.MERGED) is not None:
            yield "收到的当年并入另一件一并答复，只计主件（本县设定的口径）。"


def _kind(kind: ApplicantKind) -> str:
    return next(c.label for c in form("2021").columns if c.key == kind.value)


def _came(address: str) -> bool:
    return address.startswith(("applications.received.", "applications.brought_forward."))


def place_dispute(made: Tally, dispute: Dispute, found: Where | None = None) -> Placed:
    """A reconsideration or a lawsuit in a year that was tallied."""
    cells, sums = _cells(made, dispute.number, found or where(made))
    year = made.year
    if not cells:
        return Placed(dispute.number, (), (), (), tuple(_dispute_nowhere(dispute, year)))
    result = counted_in(dispute, year)
    assert result is not None
    why = [f"{in_chinese(dispute.received_on)}收到；到{year}年底的情况为“{RESULTS[result]}”，计入这一列。"]
    last = max((r for r in dispute.rulings if r.on.year <= year), key=lambda r: r.on, default=None)
    if last is not None:
        why.append(f"{in_chinese(last.on)}的结果为“{OUTCOMES[last.outcome].zh}”。")
    not_elsewhere = (
        ["一审、二审作为一件计，只计一列。"] if dispute.kind.value != "reconsideration" else ["一件只计一列。"]
    )
    return Placed(dispute.number, cells, sums, tuple(why), tuple(not_elsewhere))


def _dispute_nowhere(dispute: Dispute, year: int) -> Iterator[str]:
    if dispute.received_on.year > year:
        yield f"{in_chinese(dispute.received_on)}收到，属于{dispute.received_on.year}年度。"
    for earlier in range(dispute.received_on.year, year):
        result = result_on(dispute, date(earlier, 12, 31))
        if result is not None and result.value != "pending":
            yield f"{earlier}年度已按“{RESULTS[result]}”计入，不重复计。"
            return
