"""The facts of a case, now or as they were known at an earlier moment, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.calendar import Calendar
from gongkai.onrequest.clock import Clock, clock
from gongkai.onrequest.events import Event, Kind
from gongkai.onrequest.procedure import state_of
from gongkai.onrequest.progress import State
from gongkai.web.memo import once_a_page
from gongkai.web.onrequest.models import Applicant, Application, CaseEvent
from gongkai.web.onrequest.selectors.rows import told
from gongkai.web.rules.selectors import calendar_of


def event_rows(application: Application, known_at: datetime | None = None) -> list[CaseEvent]:
    """The rows that stand: those recorded by `known_at`, less what a later row (recorded by then) corrected or voided."""
    return standing(row for row in told(application) if known_at is None or row.recorded_at <= known_at)


def standing(rows: Iterable[CaseEvent]) -> list[CaseEvent]:
    """The rows of one case that stand, in the order of their days.

    A correction takes the place of what it corrects: events of one day keep the order in which they were first told.
    """
    every = list(rows)
    places = {row.pk: place for place, row in enumerate(every)}
    for row in every:
        if row.corrects_id in places:
            places[row.pk] = places[row.corrects_id]
    corrected = {row.corrects_id for row in every}
    left = [row for row in every if row.pk not in corrected and not row.void]
    return sorted(left, key=lambda row: (row.on, places[row.pk]))


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from the facts of one case."""

    events: tuple[Event, ...]
    state: State
    clock: Clock
    received_on: date
    decision: str
    decided_on: date | None
    delivered_on: date | None
    closed_on: date | None
    reopened: bool


def _last(events: Iterable[Event], kind: Kind) -> Event | None:
    found = [event for event in events if event.kind is kind]
    return found[-1] if found else None


def stands(calendar: Calendar, rows: Iterable[CaseEvent]) -> Standing:
    """State, clock and days that follow from the rows of one case. The first row is the receipt."""
    events = tuple(row.event() for row in rows)
    since = max((n for n, event in enumerate(events) if event.kind is Kind.REOPENED), default=0)
    current = events[since:]
    decided, delivered = _last(current, Kind.DECIDED), _last(current, Kind.DELIVERED)
    closed = _last(current, Kind.CLOSED)
    return Standing(
        events=events,
        state=state_of(events),
        clock=clock(events, calendar),
        received_on=next(event.on for event in events if event.kind is Kind.RECEIVED),
        decision=decided.decision if decided else "",
        decided_on=decided.on if decided else None,
        delivered_on=delivered.on if delivered else None,
        closed_on=closed.on if closed else None,
        reopened=since > 0,
    )


def standing_of(application: Application, known_at: datetime | None = None) -> Standing:
    """What follows from the facts of this case, as known at `known_at` (now when None)."""
    return stands(calendar_of(application.county), event_rows(application, known_at))


@once_a_page
def applicant_of(application: Application, known_at: datetime | None = None) -> Applicant:
    """The newest row on who applied, of those recorded by `known_at`."""
    rows = Applicant.objects.filter(application=application)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    return rows.order_by("-id")[0]
