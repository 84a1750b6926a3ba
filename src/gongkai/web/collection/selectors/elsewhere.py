"""Which reports are public outside of the system, as people stated."""

from __future__ import annotations

import uuid
from datetime import datetime

from gongkai.calendar import in_chinese
from gongkai.web.collection.models import Elsewhere


def stated(county: uuid.UUID, year: int, known_at: datetime | None = None) -> dict[uuid.UUID, Elsewhere]:
    """The statement that stands of each organ's report of a year, as it was known at a moment."""
    rows = Elsewhere.objects.filter(county=county, year=year)
    rows = rows if known_at is None else rows.filter(recorded_at__lte=known_at)
    return {organ: row for organ, row in {row.organ_id: row for row in rows}.items() if row.on}


def said(row: Elsewhere) -> str:
    """The statement in words."""
    assert row.on is not None
    return f"{in_chinese(row.on)}在{row.place}公布（主管部门登记）"
