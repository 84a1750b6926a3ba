"""A month as a sheet: which days are worked, and what falls due on each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.calendar import Day
from gongkai.law.errors import LawGap
from gongkai.web.onrequest.models import Case
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.rules.selectors import calendar_of

SHOWN = 3
"""How many cases a day names; the rest is counted."""


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case that falls due on a day."""

    key: uuid.UUID
    number: str
    subject: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the sheet. `kind` None: a day that the calendar does not know."""

    day: date
    inside: bool
    kind: Day | None
    due: tuple[DueCase, ...]
    more: int
    today: bool

    @property
    def count(self) -> int:
        """How many fall due."""
        return len(self.due) + self.more


def sheet(county: uuid.UUID, organs: Organs, year: int, month: int, today: date) -> list[list[Cell]]:
    """The weeks of a month from Monday on, with the open cases by their due day."""
    calendar = calendar_of(county)
    first = date(year, month, 1)
    start = first - timedelta(days=first.weekday())
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    end = last + timedelta(days=6 - last.weekday())
    rows = Case.objects.filter(county=county, open=1, due_on__range=(first, last))
    rows = of_organs(rows, organs)
    due: dict[date, list[DueCase]] = {}
    for key, number, subject, on in rows.order_by("due_on", "pk").values_list("pk", "number", "subject", "due_on"):
        if on is not None:
            due.setdefault(on, []).append(DueCase(key, number, subject))
    weeks = []
    for week in range(((end - start).days + 1) // 7):
        cells = []
        for n in range(7):
            day = start + timedelta(days=7 * week + n)
            try:
                kind = calendar.day(day)
            except LawGap:
                kind = None
            found = due.get(day, [])
            more = max(len(found) - SHOWN, 0)
            cells.append(Cell(day, day.month == month, kind, tuple(found[:SHOWN]), more, day == today))
        weeks.append(cells)
    return weeks
