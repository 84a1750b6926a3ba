"""Periods for which an organ said that it had nothing to enter."""

from __future__ import annotations

import uuid
from datetime import datetime

from gongkai.web.registers.models import Nothing


def holding(organ: uuid.UUID, register: str, known_at: datetime | None = None) -> list[Nothing]:
    """What was said and not taken back, as it was known at a moment (now)."""
    rows = Nothing.objects.filter(organ=organ, register=register).order_by("first", "id")
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    voided = {row.voids_id for row in rows if row.voids_id}
    return [row for row in rows if row.voids_id is None and row.pk not in voided]
