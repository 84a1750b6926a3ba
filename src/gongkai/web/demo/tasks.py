"""The greater part of the demonstration's entries, brought in by the worker while the desk is open already."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from gongkai.web.audit.services import Audit
from gongkai.web.demo import publishing
from gongkai.web.demo.entries import AT_ONCE
from gongkai.web.demo.reports import COUNTY
from gongkai.web.jobs.services import enqueue
from gongkai.web.organs.selectors import home_county
from gongkai.web.people.selectors import local_operator

STEP = 60
"""So many entries go in with one writing: whoever works at the desk waits no longer than for that."""


@task()
def more_entries(done: int) -> None:
    """Bring in the entries before number `done`, the oldest first, and ask for the next."""
    county, operator = home_county(), local_operator()
    count = settings.GONGKAI_DEMO_ENTRIES
    last = count - done
    if county is None or operator is None or county.name != COUNTY or last <= AT_ONCE:
        return
    audit = Audit(actor=operator.pk, county=county.pk)
    publishing.publish(county, audit, max(last - STEP, AT_ONCE), last, count=count)
    ask_for_more(done + STEP)


def ask_for_more(done: int = 0) -> None:
    """Let the worker bring in the next entries."""
    enqueue(more_entries, done, key="demo.entries")
