"""Reading what was done."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.audit.models import Chained, Entry
from gongkai.web.facts import Fact


@dataclass(frozen=True, slots=True)
class Act:
    """One act as it was written."""

    key: uuid.UUID
    at: datetime
    actor: uuid.UUID
    act: str
    object_id: uuid.UUID
    object_kind: str
    facts: dict[str, Any]
    intact: bool


def _act(entry: Entry) -> Act:
    payload = bytes(entry.payload)
    return Act(
        key=entry.pk,
        at=entry.recorded_at,
        actor=entry.actor,
        act=entry.act,
        object_id=entry.object_id,
        object_kind=entry.object_kind,
        facts=json.loads(payload)["facts"],
        intact=hashlib.sha256(payload).hexdigest() == entry.digest,
    )


def acts_on(object_id: uuid.UUID) -> list[Act]:
    """Every act on one row, oldest first."""
    return [_act(entry) for entry in Entry.objects.filter(object_id=object_id).order_by("id")]


def acts_named(county: uuid.UUID, acts: Iterable[str]) -> list[Act]:
    """Every act of these kinds in a county, oldest first."""
    return [
        _act(entry) for entry in Entry.objects.filter(county=county, act__in=list(acts)).order_by("recorded_at", "id")
    ]


def latest(county: uuid.UUID, count: int = 50) -> list[Act]:
    """The county's newest acts, newest first."""
    return [_act(entry) for entry in Entry.objects.filter(county=county).order_by("-id")[:count]]


def _between(first: date, last: date) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    start = datetime.combine(first, time.min, zone)
    return start, datetime.combine(last + timedelta(days=1), time.min, zone)


def found(
    county: uuid.UUID,
    *,
    first: date | None = None,
    last: date | None = None,
    actor: uuid.UUID | None = None,
    act: str = "",
) -> QuerySet[Entry]:
    """The rows of some days, of a person, of an act or of all acts of an app (`onrequest.`), newest first."""
    rows = Entry.objects.filter(county=county)
    if first or last:
        start, end = _between(first or date(2000, 1, 1), last or timezone.localdate())
        rows = rows.filter(recorded_at__gte=start, recorded_at__lt=end)
    if actor:
        rows = rows.filter(actor=actor)
    if act:
        rows = rows.filter(act__startswith=act) if act.endswith(".") else rows.filter(act=act)
    return rows.order_by("-id")


def as_acts(rows: list[Entry]) -> list[Act]:
    """Rows as acts."""
    return [_act(row) for row in rows]


def acts_known(county: uuid.UUID) -> list[str]:
    """Every act that was ever recorded in the county."""
    return sorted(Entry.objects.filter(county=county).order_by().values_list("act", flat=True).distinct())


def numbers_of(ids: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The places of rows in the chain; those that wait have none."""
    return dict(Chained.objects.filter(entry__in=ids).values_list("entry", "number"))


def first_recorded(act: str, about: Fact) -> datetime | None:
    """When an act on a row was first recorded; None when it never was."""
    rows = Entry.objects.filter(act=act, object_id=about.pk).order_by("recorded_at")
    return rows.values_list("recorded_at", flat=True).first()
