"""Periods of natural days and of months, as the laws of procedure count them.

The first day does not count, and a last day that is a holiday gives way to the first working day after it. Where a
month has no such day, its last day stands (no provision that we read says so: a rule of this system).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.calendar.days import Calendar


@dataclass(frozen=True, slots=True)
class Period:
    """The end of a period: `last_on` after rolling, `counted_on` before; `shortened` where the month had no such day."""

    last_on: date
    counted_on: date
    provisional: bool
    shortened: bool = False

    @property
    def rolled(self) -> bool:
        """Whether the last day was a holiday and gave way."""
        return self.last_on != self.counted_on


def after_days(start: date, number: int, calendar: Calendar) -> Period:
    """The last day of `number` natural days after `start`."""
    counted = start + timedelta(days=number)
    return _rolled(counted, calendar)


def after_months(start: date, number: int, calendar: Calendar) -> Period:
    """The last day of `number` months after `start`: the day of the same number, or the month's last."""
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    last = monthrange(year, month + 1)[1]
    return _rolled(date(year, month + 1, min(start.day, last)), calendar, shortened=start.day > last)


def _rolled(counted: date, calendar: Calendar, *, shortened: bool = False) -> Period:
    last = calendar.roll(counted)
    return Period(last, counted, calendar.provisional(last), shortened)
