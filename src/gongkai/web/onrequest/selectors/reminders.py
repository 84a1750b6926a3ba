"""Who is to be reminded of what on a day: computed from the due days, never stored as overdue."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.errors import LawGap
from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.rulekeys import DEFAULT_REMINDERS, MAILBOX, REMINDERS, STAGES
from gongkai.web.organs.selectors import competent_department
from gongkai.web.rules.selectors import calendar_of, setting

LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Reminder:
    """A case of which someone is to be reminded. `to`: handler, head or competent; `organ`: whose mailbox it goes to."""

    to: str
    case: Case
    left: int
    organ: uuid.UUID

    @property
    def overdue(self) -> bool:
        """Whether the day has passed."""
        return self.left < 0


def reminder_days(county: uuid.UUID, on: date) -> dict[str, int]:
    """How many working days before the due day each is reminded, as set."""
    said = setting(county, REMINDERS, on=on) or {}
    return {stage: int(said.get(stage, DEFAULT_REMINDERS[stage])) for stage in STAGES}


def reminders(county: uuid.UUID, today: date) -> Iterator[Reminder]:
    """Every reminder that stands on a day: each stage from its number of working days on, until the answer is out."""
    calendar, days = calendar_of(county), reminder_days(county, today)
    try:
        horizon = calendar.add_workdays(today, max(*days.values(), 1))
    except LawGap:
        return
    competent = competent_department(county)
    rows = Case.objects.filter(county=county, open=1, due_on__lte=horizon).order_by("due_on", "pk")
    for case in rows.select_related("organ")[:LIMIT]:
        assert case.due_on is not None
        left = calendar.workdays_between(today, case.due_on)
        for stage in STAGES:
            if left > days[stage]:
                continue
            if stage == "competent":
                if competent is not None:
                    yield Reminder(stage, case, left, competent.pk)
            else:
                yield Reminder(stage, case, left, case.organ_id)


def mailbox_of(county: uuid.UUID, organ: uuid.UUID, on: date) -> str:
    """The office mailbox of an organ for reminders; empty when none was set: then nothing is mailed."""
    return str(setting(county, MAILBOX, organ=organ, on=on) or "")
