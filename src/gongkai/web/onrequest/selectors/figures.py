"""Figures of the desk: received, answered, on time, by outcome, organ, channel, and how long it took.

Every rate comes with its numerator and denominator. Answered counts on the day of delivery; on time is said only of
answers that had a due day.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import TypeVar

from django.db.models import Count, F, Q, QuerySet, Sum

from gongkai.annual.shares import shares
from gongkai.calendar import Calendar
from gongkai.law.errors import LawGap
from gongkai.onrequest.applicants import CHANNELS
from gongkai.onrequest.decisions import OUTCOMES, Outcome, decisions
from gongkai.web.onrequest.models import Case, OfferTally
from gongkai.web.organs.selectors import Organs, names_of, of_organs
from gongkai.web.rules.selectors import calendar_of

K = TypeVar("K")
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
    """One part of a whole. `percent` is given where it stands among parts whose shares are to add up."""

    words: str
    n: int
    of: int
    percent: Decimal | None = None

    @property
    def rate(self) -> str:
        """In per cent, to one place; a dash of nothing."""
        if not self.of:
            return "—"
        return f"{100 * self.n / self.of:.1f}%" if self.percent is None else f"{self.percent}%"


def parts(counted: Sequence[tuple[str, int]]) -> tuple[Share, ...]:
    """All parts of a whole, whose shares add up to exactly 100."""
    counts = [n for _, n in counted]
    percents = shares(counts) or (None,) * len(counts)
    return tuple(Share(words, n, sum(counts), each) for (words, n), each in zip(counted, percents, strict=True))


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


@dataclass(frozen=True, slots=True)
class _Went:
    """Answers of one organ by one decision: how many, how many had a due day, and how many kept it."""

    organ: uuid.UUID
    decision: str
    n: int
    due: int
    kept: int


def _cases(county: uuid.UUID, organs: Organs, organ: uuid.UUID | None) -> QuerySet[Case]:
    rows = Case.objects.filter(county=county)
    rows = of_organs(rows, organs)
    return rows.filter(organ=organ) if organ else rows


class _Ordinals(dict[date, int | None]):
    """The place of a day among the working days, reckoned once each: of two days it tells how many lie between them."""

    def __init__(self, calendar: Calendar) -> None:
        super().__init__()
        self.calendar = calendar

    def __missing__(self, day: date) -> int | None:
        try:
            self[day] = self.calendar.workdays_between(self.calendar.first_on, day)
        except LawGap:
            self[day] = None
        return self[day]


def _taken(cases: QuerySet[Case], span: Span, calendar: Calendar) -> dict[uuid.UUID, list[int]]:
    """Working days from receipt to delivery of what was answered in the period, by organ."""
    place = _Ordinals(calendar)
    found: dict[uuid.UUID, list[int]] = {}
    rows = cases.filter(delivered_on__range=(span.first, span.last)).order_by()
    told = rows.values_list("organ_id", "received_on", "delivered_on").annotate(n=Count("*"))
    for organ, received, delivered, n in told:
        came, went = place[received], place[delivered]
        if came is not None and went is not None:
            found.setdefault(organ, []).extend([went - came] * n)
    return found


def _middle(days: Sequence[int]) -> float | None:
    return float(median(days)) if days else None


def _on_time(rows: Iterable[_Went]) -> Share:
    told = list(rows)
    return Share("按期答复", sum(row.kept for row in told), sum(row.due for row in told))


def _outcome(code: str) -> str:
    return OUTCOMES[decisions()[code].outcome] if code in decisions() else WITHDRAWN


def figures(
    county: uuid.UUID,
    organs: Organs,
    span: Span,
    today: date,
    organ: uuid.UUID | None = None,
) -> Figures:
    """The figures of a period, for what the person may see. One organ when it is asked for."""
    cases = _cases(county, organs, organ).order_by()
    came = cases.filter(received_on__range=(span.first, span.last))
    channels = Counter(dict(came.values_list("channel").annotate(n=Count("*"))))
    by_organ = Counter(dict(came.values_list("organ_id").annotate(n=Count("*"))))
    went = [
        _Went(*row)
        for row in cases.filter(delivered_on__range=(span.first, span.last))
        .values_list("organ_id", "decision")
        .annotate(
            n=Count("*"), due=Count("due_on"), kept=Count("delivered_on", filter=Q(delivered_on__lte=F("due_on")))
        )
    ]
    late = cases.filter(open=1, due_on__lt=today).values_list("organ_id").annotate(n=Count("*"))
    overdue: Counter[uuid.UUID] = Counter(dict(late))
    taken = _taken(cases, span, calendar_of(county))
    every = [day for days in taken.values() for day in days]
    received, answered = by_organ.total(), sum(row.n for row in went)
    outcomes = _sums((_outcome(row.decision), row.n) for row in went)
    return Figures(
        span=span,
        received=received,
        answered=answered,
        on_time=_on_time(went),
        no_due=sum(row.n - row.due for row in went),
        median=_middle(every),
        longest=max(every, default=None),
        open_now=cases.filter(open=1).count(),
        overdue_now=sum(overdue.values()),
        months=_months(cases, span),
        outcomes=by_outcome(outcomes),
        channels=parts([(rule.zh, channels[rule.channel.value]) for rule in CHANNELS.values()]),
        organs=_organs(by_organ, went, overdue, taken),
    )


def by_outcome(counted: Counter[str]) -> tuple[Share, ...]:
    """What answers came to, outcome by outcome; what was withdrawn or merged only where there is any."""
    words = [*(OUTCOMES[each] for each in Outcome), *([WITHDRAWN] if counted[WITHDRAWN] else [])]
    return parts([(each, counted[each]) for each in words])


def _sums(pairs: Iterable[tuple[K, int]]) -> Counter[K]:
    found: Counter[K] = Counter()
    for key, n in pairs:
        found[key] += n
    return found


def _months(cases: QuerySet[Case], span: Span) -> tuple[Month, ...]:
    year = (date(span.first.year, 1, 1), date(span.first.year, 12, 31))
    came = _by_month(cases.filter(received_on__range=year), "received_on")
    went = _by_month(cases.filter(delivered_on__range=year), "delivered_on")
    return tuple(Month(month, came[month], went[month]) for month in range(1, 13))


def _by_month(cases: QuerySet[Case], column: str) -> Counter[int]:
    """Counted by day in the database, which has an index of days, and by month here."""
    days = cases.order_by().values_list(column).annotate(n=Count("*"))
    return _sums((day.month, n) for day, n in days)


def _organs(
    came: Counter[uuid.UUID], went: list[_Went], overdue: Counter[uuid.UUID], taken: dict[uuid.UUID, list[int]]
) -> tuple[OrganFigures, ...]:
    own: dict[uuid.UUID, list[_Went]] = {}
    for row in went:
        own.setdefault(row.organ, []).append(row)
    names = names_of({*came, *own, *overdue})
    found = [
        OrganFigures(
            key=key,
            name=name,
            received=came[key],
            answered=sum(row.n for row in own.get(key, [])),
            on_time=_on_time(own.get(key, [])),
            median=_middle(taken.get(key, [])),
            overdue=overdue[key],
        )
        for key, name in names.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.received, each.name)))


def offered(county: uuid.UUID, organs: Organs, span: Span, organ: uuid.UUID | None = None) -> Share:
    """How often what was already public was enough for one about to apply, of the times that something was shown."""
    rows = OfferTally.objects.filter(county=county, on__range=(span.first, span.last))
    rows = of_organs(rows, organs)
    rows = rows.filter(organ=organ) if organ else rows
    told = rows.aggregate(shown=Sum("shown"), enough=Sum("enough"))
    return Share("不再申请", told["enough"] or 0, told["shown"] or 0)
