"""Counting how often published entries were shown before an application, and how often they were enough.

No act of a case and no decision: nothing of it is on the audit, as with the other counters of the public side.
"""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.web.limits.services import claim, counted
from gongkai.web.onrequest.models import OfferTally

SHOWN, ENOUGH = "offer_shown", "offer_enough"


def count(*, county: uuid.UUID, organ: uuid.UUID, kind: str, once: str) -> bool:
    """Count one more, each form once; whether it was counted. Enough is counted only for who was shown something."""
    with transaction.atomic():
        if kind == ENOUGH and not counted(county, SHOWN, once):
            return False
        if not claim(county=county, kind=kind, what=once):
            return False
        row, _ = OfferTally.objects.get_or_create(county=county, organ_id=organ, on=timezone.localdate())
        column = "shown" if kind == SHOWN else "enough"
        OfferTally.objects.filter(pk=row.pk).update(**{column: F(column) + 1})
    return True
