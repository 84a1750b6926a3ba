"""Once a day: the due days of letters that wait by the calendar as it stands, and the reminders of the day."""

from __future__ import annotations

from datetime import date

from gongkai.web.audit.services import Audit
from gongkai.web.interaction.services.facts import renew_open
from gongkai.web.interaction.services.reminders import remind
from gongkai.web.jobs.daily import every_day
from gongkai.web.organs.selectors import home_county
from gongkai.web.people.selectors import local_operator


@every_day("interaction.remind")
def remind_of(day: date) -> None:
    """Count the open letters again, then remind."""
    county, operator = home_county(), local_operator()
    if county is None or operator is None:
        return
    renew_open(county.pk)
    remind(audit=Audit(actor=operator.pk, county=county.pk), today=day)
