"""Figures of the desk: received, answered, on time, by outcome, organ, channel, and how long it took.

Every rate comes with its numerator and denominator. Answered counts on the day of delivery; on time is said only of
answers that had a due day.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth

from gongkai.calendar import Calendar
from gongkai.law.errors import LawGap
from gongkai.onrequest.applicants import CHANNELS
from gongkai.onrequest.decisions import OUTCOMES, Outcome, decisions
from gongkai.web.onrequest.models import Case
from gongkai.web.organs.selectors import names_of
from gongkai.web.rules.selectors import calendar_of

PERIODS = {"year": "全年", "quarter": "季度", "month": "月份"}
WITHDRAWN = "撤回、并案"


@dataclass(frozen=True, slots=True)
class Span:
    """A period: first and last day, and its words."""

    first: date
    last: date
    words: str


def span_of(year: int, part: str) -> Span:
    """A year, or a quarter (`q1`) or month (`m01`) of it; what is said wrongly is the year."""
    kind, number = part[:1], part[1:]
    n = int(number) if number.isdecimal() and len(number) <= 2 else 0
    if kind == "q" and 1 <= n <= 4:
        return Span(date(year, 3 * n - 2, 1), _end(year, 3 * n), f"{year}年第{'一二三四'[n - 1]}季度")
    if kind == "m" and 1 <= n <= 12:
        return Span(date(year, n, 1), _end(year, n), f"{year}年{n}月")
    return Span(date(year, 1, 1), date(year, 12, 31), f"{year}年")


def _end(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole."""

    words: str
    n: int
    of: int

    @property
    def rate(self) -> str:
        """In per cent, to one place; a dash of nothing."""
        return f"{100 * self.n / self.of:.1f}%" if self.of else "—"


@dataclass(frozen=True, slots=True)
class OrganFigures:
    """One organ in the period. `median`: working days from receipt to delivery."""

    key: uuid.UUID
    name: str
    received: int
    answered: int
    on_time: Share
    median: float | None
    overdue: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year's course."""

    month: int
    received: int
    answered: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page of figures shows."""

    span: Span
    received: int
    answered: int
    on_time: Share
    no_due: int
    median: float | None
    longest: int | None
    open_now: int
    overdue_now: int
    months: tuple[Month, ...]
    outcomes: tuple[Share, ...]
    channels: tuple[Share, ...]
    organs: tuple[OrganFigures, ...]


_Row = tuple[uuid.UUID, date, date, date | None, str]


def _cases(county: uuid.UUID, organs: tuple[uuid.UUID, ...] | None, organ: uuid.UUID | None) -> QuerySet[Case]:
    rows = Case.objects.filter(county=county)
    rows = rows if organs is None else rows.filter(organ__in=organs)
    return rows.filter(organ=organ) if organ else rows


class _Taken:
    """Working days taken, each pair of days reckoned once."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.known: dict[tuple[date, date], int | None] = {}

    def days(self, received: date, delivered: date) -> int | None:
        pair = (received, delivered)
        if pair not in self.known:
            try:
                self.known[pair] = self.calendar.workdays_between(received, delivered)
            except LawGap:
                self.known[pair] = None
        return self.known[pair]


def _middle(days: Iterable[int | None]) -> float | None:
    known = [day for day in days if day is not None]
    return float(median(known)) if known else None


def _on_time(rows: Iterable[_Row]) -> Share:
    told = [delivered <= due for _, _, delivered, due, _ in rows if due is not None]
    return Share("按期答复", sum(told), len(told))


def _outcome(code: str) -> str:
    return OUTCOMES[decisions()[code].outcome] if code in decisions() else WITHDRAWN


def figures(
    county: uuid.UUID,
    organs: tuple[uuid.UUID, ...] | None,
    span: Span,
    today: date,
    organ: uuid.UUID | None = None,
) -> Figures:
    """The figures of a period, for what the person may see. One organ when it is asked for."""
    cases = _cases(county, organs, organ)
    received = list(
        cases.filter(received_on__range=(span.first, span.last)).values_list("organ_id", "received_on", "channel")
    )
    went = cases.filter(delivered_on__range=(span.first, span.last)).values_list(
        "organ_id", "received_on", "delivered_on", "due_on", "decision"
    )
    answered: list[_Row] = [(key, came, on, due, code) for key, came, on, due, code in went if on is not None]
    overdue = Counter(cases.filter(open=1, due_on__lt=today).values_list("organ_id", flat=True))
    taken = _Taken(calendar_of(county))
    days = [taken.days(row[1], row[2]) for row in answered]
    outcomes = Counter(_outcome(row[4]) for row in answered)
    channels = Counter(row[2] for row in received)
    return Figures(
        span=span,
        received=len(received),
        answered=len(answered),
        on_time=_on_time(answered),
        no_due=sum(row[3] is None for row in answered),
        median=_middle(days),
        longest=max((day for day in days if day is not None), default=None),
        open_now=cases.filter(open=1).count(),
        overdue_now=sum(overdue.values()),
        months=_months(cases, span),
        outcomes=tuple(Share(OUTCOMES[each], outcomes[OUTCOMES[each]], len(answered)) for each in Outcome)
        + ((Share(WITHDRAWN, outcomes[WITHDRAWN], len(answered)),) if outcomes[WITHDRAWN] else ()),
        channels=tuple(Share(rule.zh, channels[rule.channel.value], len(received)) for rule in CHANNELS.values()),
        organs=_organs(received, answered, overdue, taken),
    )


def _months(cases: QuerySet[Case], span: Span) -> tuple[Month, ...]:
    year = (date(span.first.year, 1, 1), date(span.first.year, 12, 31))
    came = _by_month(cases.filter(received_on__range=year), "received_on")
    went = _by_month(cases.filter(delivered_on__range=year), "delivered_on")
    return tuple(Month(month, came[month], went[month]) for month in range(1, 13))


def _by_month(cases: QuerySet[Case], column: str) -> Counter[int]:
    rows = cases.order_by().annotate(month=ExtractMonth(column)).values_list("month").annotate(n=Count("pk"))
    return Counter(dict(rows))


def _organs(
    received: list[tuple[uuid.UUID, date, str]],
    answered: list[_Row],
    overdue: Counter[uuid.UUID],
    taken: _Taken,
) -> tuple[OrganFigures, ...]:
    came = Counter(row[0] for row in received)
    went: dict[uuid.UUID, list[_Row]] = {}
    for row in answered:
        went.setdefault(row[0], []).append(row)
    names = names_of({*came, *went, *overdue})
    found = [
        OrganFigures(
            key=key,
            name=name,
            received=came[key],
            answered=len(went.get(key, [])),
            on_time=_on_time(went.get(key, [])),
            median=_middle(taken.days(row[1], row[2]) for row in went.get(key, [])),
            overdue=overdue[key],
        )
        for key, name in names.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.received, each.name)))
