"""What is done to many entries by the worker, some at a time."""

from __future__ import annotations

import uuid

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from gongkai.web.audit.services import Audit
from gongkai.web.jobs.services import enqueue
from gongkai.web.organs.selectors import home_county
from gongkai.web.proactive.models import Item, Release
from gongkai.web.proactive.services.batches import withdraw_many

STEP = 100
DEMONSTRATION = "demo:"
"""How the mark begins under which an invented entry came."""


@task()
def withdraw_demonstration(actor: str) -> None:
    """Take the invented entries back, in the name of who ended the demonstration, and go on until none is left."""
    county = home_county()
    if county is None:
        return
    open_ones = Q(until_at__isnull=True) | Q(until_at__gt=timezone.now())
    shown = Release.objects.filter(open_ones, withdrawn_at__isnull=True, county=county.pk)
    items = list(Item.objects.filter(once__startswith=DEMONSTRATION, releases__in=shown).distinct()[:STEP])
    audit = Audit(actor=uuid.UUID(actor), county=county.pk)
    if items and withdraw_many(audit=audit, items=items, reason="演示结束"):
        ask_to_end(audit)


def ask_to_end(audit: Audit) -> None:
    """Let the worker take the invented entries back."""
    enqueue(withdraw_demonstration, audit.actor, key="proactive.end_demonstration")
