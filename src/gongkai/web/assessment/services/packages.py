"""That an evidence package was taken out is on record."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.assessment.models import Assessed
from gongkai.web.audit.services import Audit


def taken(*, audit: Audit, assessed: Assessed) -> None:
    """Record that somebody took the package of an organ."""
    with transaction.atomic():
        audit.record("assessment.take_package", assessed, {"round": str(assessed.round_id)})
