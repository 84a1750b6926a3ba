"""Once a day: due days of letters that wait by the calendar as it stands, reminders, ledgers that nobody brought in."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.interaction.services.facts import renew_open
from gongkai.web.interaction.services.hotline import forget_previews
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


@every_day("interaction.previews")
def forget_ledgers(day: date) -> None:
    """Wipe what was looked at of the hotline's ledgers and never brought in."""
    county, operator = home_county(), local_operator()
    if county is not None and operator is not None:
        forget_previews(audit=Audit(actor=operator.pk, county=county.pk), now=timezone.now())
