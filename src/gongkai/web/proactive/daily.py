"""What the worker does by itself: every minute it notes what time began and ended, once a day it counts again."""

from __future__ import annotations

from datetime import date

from gongkai.web.jobs.daily import every_day, every_minute
from gongkai.web.people.actors import desk_audit
from gongkai.web.proactive.models import Item, Standing
from gongkai.web.proactive.services.facts import count_again
from gongkai.web.proactive.services.release import note_what_time_did
from gongkai.web.proactive.services.searching import find_lapsed


@every_minute("proactive.time")
def note_time() -> None:
    """Tell of releases that began and ended by themselves."""
    audit = desk_audit()
    if audit is not None:
        note_what_time_did(audit=audit)


@every_day("proactive.recount")
def recount(day: date) -> None:
    """The due days of what is not yet public, by the calendar as it stands today."""
    for key in list(Standing.objects.filter(first_public_at=None).values_list("pk", flat=True)):
        count_again(Item.objects.get(pk=key))


@every_day("proactive.lapsed")
def lapsed(day: date) -> None:
    """What the search says of documents that came into force or lapsed with the day."""
    find_lapsed()
