"""Periods of a register that is kept by the week, month, quarter, half-year or year, and those that lack a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
EVERY = ("week", *MONTHS)


@dataclass(frozen=True, slots=True)
class Span:
    """One period, both days within it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def span_of(every: str, day: date) -> Span:
    """The period in which a day lies. A week begins on Monday. KeyError for a rhythm that there is not."""
    if every == "week":
        first = day - timedelta(days=day.weekday())
        return Span(first, first + timedelta(days=6))
    months = MONTHS[every]
    month = (day.month - 1) // months * months + 1
    over = month + months
    following = date(day.year + (over > 12), over - 12 if over > 12 else over, 1)
    return Span(date(day.year, month, 1), following - timedelta(days=1))


def words(every: str, span: Span) -> str:
    """A period in words: 2026年3月, 2026年第1季度, 2026年上半年, 2026年, or both days of a week."""
    year, month = span.first.year, span.first.month
    if every == "month":
        return f"{year}年{month}月"
    if every == "quarter":
        return f"{year}年第{(month + 2) // 3}季度"
    if every == "half_year":
        return f"{year}年{'上' if month == 1 else '下'}半年"
    if every == "year":
        return f"{year}年"
    return f"{span.first:%Y-%m-%d}至{span.last:%Y-%m-%d}"


def spans(every: str, first: date, last: date) -> tuple[Span, ...]:
    """The periods that were over by `last`, from the one in which `first` lies."""
    found = []
    span = span_of(every, first)
    while span.last <= last:
        found.append(span)
        span = span_of(every, span.last + timedelta(days=1))
    return tuple(found)


def lacking(every: str, first: date, today: date, days: Iterable[date], grace: int = 0) -> tuple[Span, ...]:
    """The periods without a day among `days` that ended more than `grace` days before today, newest last."""
    kept = {span_of(every, day) for day in days}
    return tuple(span for span in spans(every, first, today - timedelta(days=grace + 1)) if span not in kept)


def next_due(every: str, begun: date, last: date | None, today: date) -> tuple[Span, bool]:
    """The period that waits for a row of something followed up, and whether it is over already.

    A row is due in each period after the one in which it began; the first that lacks one is named.
    """
    span = span_of(every, (span_of(every, last or begun).last) + timedelta(days=1))
    return span, span.last < today
