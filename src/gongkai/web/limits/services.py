"""Counting tries: before they are judged, so that many at once are no more than many."""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.web import sealed
from gongkai.web.limits.models import Tally

DAY = 24 * 3600
KEPT_DAYS = 3
_LONGEST_PAUSE = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """How many tries are free, how many there may be within `seconds`, and how long nothing is taken afterwards.

    Between the two each try is followed by a pause that doubles.
    """

    free: int
    most: int
    seconds: int
    rest: int


def _key(kind: str, what: str) -> str:
    return sealed.lookup(f"limits:{kind}", what)


def _held(county: uuid.UUID, kind: str, what: str) -> Tally:
    """The counter, locked until the transaction ends."""
    key = _key(kind, what)
    Tally.objects.get_or_create(county=county, kind=kind, key=key)
    return Tally.objects.select_for_update().get(county=county, kind=kind, key=key)


def _keep(row: Tally, now: datetime) -> None:
    row.changed_at = now
    row.save(update_fields=["count", "since", "until", "changed_at"])


def add(*, county: uuid.UUID, kind: str, what: str, seconds: int = DAY) -> int:
    """Count one more; how many there are now within the last `seconds`."""
    now = timezone.now()
    with transaction.atomic():
        row = _held(county, kind, what)
        if row.since + timedelta(seconds=seconds) <= now:
            row.count, row.since = 0, now
        row.count += 1
        _keep(row, now)
    return row.count


def counted(county: uuid.UUID, kind: str, what: str, seconds: int = DAY) -> int:
    """How many there were within the last `seconds`; nothing is written."""
    since = timezone.now() - timedelta(seconds=seconds)
    found = Tally.objects.filter(county=county, kind=kind, key=_key(kind, what), since__gt=since).first()
    return found.count if found else 0


def knock(*, county: uuid.UUID, kind: str, what: str, rule: Rule) -> int:
    """Count a try before it is judged. 0: it may be judged; else the seconds for which nothing is taken."""
    now = timezone.now()
    with transaction.atomic():
        row = _held(county, kind, what)
        if row.until and row.until > now:
            return math.ceil((row.until - now).total_seconds())
        if row.count >= rule.most or row.since + timedelta(seconds=rule.seconds) <= now:
            row.count, row.since = 0, now
        row.count, row.until = row.count + 1, None
        if row.count >= rule.most:
            row.until = now + timedelta(seconds=rule.rest)
        elif row.count > rule.free:
            row.until = now + timedelta(seconds=min(2 ** (row.count - rule.free), _LONGEST_PAUSE))
        _keep(row, now)
    return 0


def take_back(*, county: uuid.UUID, kind: str, what: str) -> None:
    """The try was a right one: it does not count. Wrong ones before it do."""
    with transaction.atomic():
        row = _held(county, kind, what)
        row.count, row.until = max(row.count - 1, 0), None
        _keep(row, timezone.now())


def claim(*, county: uuid.UUID, kind: str, what: str) -> bool:
    """Whether this is the first time; inside the caller's transaction, and forgotten when that fails."""
    return Tally.objects.get_or_create(county=county, kind=kind, key=_key(kind, what), defaults={"count": 1})[1]


def sweep() -> int:
    """Remove the counters that nobody has touched for days; how many they were."""
    old = timezone.now() - timedelta(days=KEPT_DAYS)
    return Tally.objects.filter(changed_at__lt=old).delete()[0]
