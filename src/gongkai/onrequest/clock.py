"""By when an application must be answered: a fold over its dated events, with the steps that led to the day.

The day of receipt does not count. Only consultations of third parties and other organs leave days out; a supplement or
a payment starts the count anew. What was done too late or beyond the law stays a fact, without effect on the day, and
is named among the refused. Nothing here asks what day it is: whether a day has passed is for who knows today.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gongkai.calendar import Calendar, DayKind
from gongkai.law.errors import LawGap
from gongkai.law.parameters import PARAMETERS, Parameters
from gongkai.onrequest.acts import rank, take
from gongkai.onrequest.counting import Count
from gongkai.onrequest.events import Event, in_order
from gongkai.onrequest.standing import Clock, Refused, Standing, Step

__all__ = ["Clock", "Refused", "Standing", "Step", "StripDay", "clock", "strip"]


def clock(events: Iterable[Event], calendar: Calendar, parameters: Parameters = PARAMETERS) -> Clock:
    """The clock of one application. Any history gives one: what cannot be reckoned is told in `gap`."""
    count = Count(calendar, parameters)
    try:
        for event in sorted(in_order(events), key=lambda event: (event.on, rank(event))):
            take(count, event)
        return count.clock()
    except LawGap as gap:
        return replace(count.without_day(Standing.UNSETTLED), gap=gap)


# ── a drawing of it ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the strip: what it is, its number in the count (None: it does not count), and what happened on it."""

    day: date
    kind: DayKind
    name: str
    number: int | None
    left_out: bool
    provisional: bool
    due: bool
    says: tuple[str, ...]


def strip(of: Clock, calendar: Calendar, through: date | None = None) -> tuple[StripDay, ...]:
    """The days of a clock one by one, from receipt to the due day (or to its last step), or `through` a later day."""
    if of.received_on is None:
        return ()
    end = max([step.on for step in of.steps] + [day for day in (of.due_on, through) if day])
    left_out = frozenset(of.left_out)
    number, found = 0, []
    for day in calendar.days(of.received_on, min(end, calendar.last_on)):
        counts = (
            day.works
            and of.counted_from is not None
            and day.day > of.counted_from
            and day.day not in left_out
            and of.total is not None
            and number < of.total
        )
        number += counts
        found.append(
            StripDay(
                day.day,
                day.kind,
                day.name,
                number if counts else None,
                day.day in left_out,
                day.provisional,
                day.day == of.due_on,
                tuple(step.says for step in of.steps if step.on == day.day),
            )
        )
    return tuple(found)
