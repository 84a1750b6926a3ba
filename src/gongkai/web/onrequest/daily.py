"""Once a day: the open cases are computed again, lest a change of the calendar was cut off, and the office is reminded."""

from __future__ import annotations

from datetime import date

from gongkai.web.jobs.daily import every_day
from gongkai.web.onrequest.services.recompute import recompute
from gongkai.web.onrequest.services.reminders import remind
from gongkai.web.people.actors import desk_audit


@every_day("onrequest.recompute")
def recompute_open(day: date) -> None:
    """The due days of the open cases, by the calendar as it stands."""
    audit = desk_audit()
    if audit is not None:
        recompute(audit.county, audit=audit)


@every_day("onrequest.remind")
def remind_of(day: date) -> None:
    """The reminders of the day."""
    audit = desk_audit()
    if audit is not None:
        remind(audit=audit, today=day)
