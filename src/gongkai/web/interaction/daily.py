"""Once a day: due days of letters that wait by the calendar as it stands, reminders, ledgers that nobody brought in."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.web.interaction.services.facts import renew_open
from gongkai.web.interaction.services.hotline import forget_previews
from gongkai.web.interaction.services.reminders import remind
from gongkai.web.jobs.daily import every_day
from gongkai.web.people.actors import desk_audit


@every_day("interaction.remind")
def remind_of(day: date) -> None:
    """Count the open letters again, then remind."""
    audit = desk_audit()
    if audit is not None:
        renew_open(audit.county)
        remind(audit=audit, today=day)


@every_day("interaction.previews")
def forget_ledgers(day: date) -> None:
    """Wipe what was looked at of the hotline's ledgers and never brought in."""
    audit = desk_audit()
    if audit is not None:
        forget_previews(audit=audit, now=timezone.now())
