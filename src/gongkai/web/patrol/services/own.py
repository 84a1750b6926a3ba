"""Having a worker walk our own pages."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.jobs.services import enqueue
from gongkai.web.organs.selectors import county_with
from gongkai.web.patrol.tasks import walk_own


def begin(*, audit: Audit) -> bool:
    """Ask for a walk; False when one is waiting already."""
    county = county_with(audit.county)
    assert county is not None
    with transaction.atomic():
        asked = enqueue(walk_own, audit.county, audit.actor, key=f"patrol:{audit.county}")
        if asked is not None:
            audit.record("patrol.begin_own", county)
    return asked is not None
