"""Once a day: the open cases are computed again, lest a change of the calendar was cut off, and the office is reminded."""

from __future__ import annotations

from datetime import date

from gongkai.web.audit.services import Audit
from gongkai.web.jobs.daily import every_day
from gongkai.web.onrequest.services.recompute import recompute
from gongkai.web.onrequest.services.reminders import remind
from gongkai.web.organs.selectors import home_county
from gongkai.web.people.selectors import local_operator


def _audit() -> Audit | None:
    county, operator = home_county(), local_operator()
    return Audit(actor=operator.pk, county=county.pk) if county and operator else None


@every_day("onrequest.recompute")
def recompute_open(day: date) -> None:
    """The due days of the open cases, by the calendar as it stands."""
    audit = _audit()
    if audit is not None:
        recompute(audit.county, audit=audit)


@every_day("onrequest.remind")
def remind_of(day: date) -> None:
    """The reminders of the day."""
    audit = _audit()
    if audit is not None:
        remind(audit=audit, today=day)
