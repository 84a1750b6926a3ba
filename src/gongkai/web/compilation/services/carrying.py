"""What a frozen report hands on to next year's: written with the freezing, in its transaction."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from gongkai.annual.tally import Carried
from gongkai.web.audit.services import Audit
from gongkai.web.compilation.models import CarriedForward
from gongkai.web.compilation.selectors.working import worked
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ


def hand_on(*, audit: Audit, organ: Organ, year: int, version: uuid.UUID, known_at: datetime) -> CarriedForward:
    """Keep what the report of a year, frozen as known at a moment, carried forward; next year's is locked to it.

    A corrected report hands on again under its own version. Refused for an organ that does not report that year.
    """
    of = worked(organ, year, known_at)
    if of.tally is None:
        raise Refused("本机关本年度的数由承接职责的机关报告，不能单独定稿。")
    handed: Carried = of.tally.handed_on
    with transaction.atomic():
        row = CarriedForward.objects.create(
            county=organ.county,
            organ=organ,
            year=year,
            version=version,
            known_at=known_at,
            columns=dict(handed.columns),
            seen=sorted(handed.seen),
            by=audit.actor,
        )
        audit.record(
            "compilation.hand_on",
            row,
            {"organ": str(organ.pk), "year": year, "version": str(version), "carried": len(handed.columns)},
        )
    return row
