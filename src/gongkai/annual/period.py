"""Tables 三 and 四 of any span of days: months, quarters, the year so far, counted as the yearly table counts.

What came in before the first day and was open then is brought forward, what is open after the last day is carried
forward; so the relation of the yearly table holds for every span, and spans that follow each other join without a gap.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gongkai.annual.forms import edition_for, form
from gongkai.annual.tally import Case, CountingPolicy, Tally, _Book, _Item, _items, _with_sums
from gongkai.law.citations import OUR_RULE
from gongkai.onrequest.decisions import decision
from gongkai.onrequest.disputes import Dispute, Result, result_on

Every = Literal["month", "quarter", "half", "year"]
_MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both counted, within one year. ValueError otherwise."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse days that no table can be made of."""
        if self.last < self.first:
            raise ValueError("起止日期颠倒了")
        if self.first.year != self.last.year:
            raise ValueError("起止日期应在同一年内")

    @property
    def year(self) -> int:
        """The year in which it lies."""
        return self.first.year

    @property
    def so_far(self) -> Span:
        """From the first day of its year to its own last day: the cumulative span."""
        return Span(date(self.year, 1, 1), self.last)

    @property
    def zh(self) -> str:
        """As a head says it: 2026年3月, 2026年第一季度, 2026年1月1日至3月20日."""
        for every, months in _MONTHS.items():
            for number in range(1, 12 // months + 1):
                if self == span(self.year, every, number):
                    return _words(self.year, every, number)
        return f"{self.year}年{self.first.month}月{self.first.day}日至{self.last.month}月{self.last.day}日"


def _words(year: int, every: Every, number: int) -> str:
    match every:
        case "month":
            return f"{year}年{number}月"
        case "quarter":
            return f"{year}年第{_QUARTERS[number - 1]}季度"
        case "half":
            return f"{year}年{'上' if number == 1 else '下'}半年"
        case _:
            return f"{year}年"


def span(year: int, every: Every, number: int = 1) -> Span:
    """The month, quarter, half or whole of a year. ValueError for a number that it does not have."""
    months = _MONTHS[every]
    if not 1 <= number <= 12 // months or not date.min.year <= year <= date.max.year:
        raise ValueError(f"没有这一期：{number}")
    last = number * months
    return Span(date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1]))


def _rows_in(item: _Item, days: Span, edition: str) -> tuple[str, ...]:
    done = item.concluded
    if item.received_on > days.last or (done and done.on < days.first and item.received_on < days.first):
        return ()
    came = "received" if item.received_on >= days.first else "brought_forward"
    if done is None or done.on > days.last:
        return (came, "carried_forward")
    return (came, decision(done.decision).row_in(edition))


def _stands(dispute: Dispute, days: Span) -> Result | None:
    """Where a dispute stands at the end of the span; None when it had ended before its first day, or in an earlier year."""
    ends = [date(year, 12, 31) for year in range(dispute.received_on.year, days.year)]
    for day in (*ends, days.first - timedelta(days=1)):
        if result_on(dispute, day) not in (None, Result.PENDING):
            return None
    return result_on(dispute, days.last)


def period_tally(
    cases: Iterable[Case],
    organ: str,
    days: Span,
    *,
    policy: CountingPolicy | None = None,
    disputes: Iterable[Dispute] = (),
) -> Tally:
    """The tables of an organ and span of days. KeyError for a year without a form."""
    edition = edition_for(days.year)
    if edition is None:
        raise KeyError(f"没有{days.year}年度的年度报告格式（{OUR_RULE}）")
    book = _Book({c.number: c for c in cases if c.organ == organ}, policy or CountingPolicy())
    found: dict[str, list[str]] = {}
    for item in sorted(_items(book), key=lambda i: i.number):
        for row in _rows_in(item, days, edition):
            found.setdefault(f"applications.{row}.{item.column}", []).append(item.number)
    for dispute in (*(d for c in book.cases.values() for d in c.disputes), *disputes):
        result = _stands(dispute, days)
        if result is not None:
            found.setdefault(f"disputes.{dispute.kind.value}.{result.value}", []).append(dispute.number)
    return Tally(organ, days.year, edition, _with_sums(form(edition), found), tuple(book.unplaced))
