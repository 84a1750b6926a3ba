"""Periods for which an organ said that it had nothing to enter."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db.models import QuerySet

from gongkai.web.memo import once_a_page
from gongkai.web.registers.models import Nothing


def holding(organ: uuid.UUID, register: str, known_at: datetime | None = None) -> list[Nothing]:
    """What was said and not taken back, as it was known at a moment (now)."""
    return _standing(_known(Nothing.objects.filter(organ=organ, register=register), known_at))


@once_a_page
def holding_by_register(organs: tuple[uuid.UUID, ...], known_at: datetime | None = None) -> dict[str, list[Nothing]]:
    """The same of all registers of some organs, read at once."""
    found: dict[str, list[Nothing]] = {}
    for row in _standing(_known(Nothing.objects.filter(organ__in=organs), known_at)):
        found.setdefault(row.register, []).append(row)
    return found


def holding_by_organ(county: uuid.UUID, register: str) -> dict[uuid.UUID, list[Nothing]]:
    """What every organ of the county said of a register and did not take back."""
    found: dict[uuid.UUID, list[Nothing]] = {}
    for row in _standing(Nothing.objects.filter(county=county, register=register)):
        found.setdefault(row.organ_id, []).append(row)
    return found


def _known(rows: QuerySet[Nothing], known_at: datetime | None) -> QuerySet[Nothing]:
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)


def _standing(rows: QuerySet[Nothing]) -> list[Nothing]:
    told = list(rows.order_by("first", "id"))
    voided = {row.voids_id for row in told if row.voids_id}
    return [row for row in told if row.voids_id is None and row.pk not in voided]
