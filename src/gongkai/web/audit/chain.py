"""The sealer: chains committed audit rows of each county afterwards, over their stored bytes, and signs how far it came."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from gongkai.web.audit import heads
from gongkai.web.audit.models import Chained, Entry, Head

BATCH = 5000
AT_ONCE = 200
"""Rows chained in one transaction. Registrations wait for it on SQLite, so it is short: what is chained was committed
before and never changes, and that a number of the chain is given once lets of two sealers only one go on.
"""

LATE = timedelta(hours=1)
"""How long after a row's own moment it may still come to be committed. One that comes later was put in."""


def first_link(county: uuid.UUID) -> str:
    """What the first row of a county is chained to."""
    return hashlib.sha256(b"gongkai audit " + county.bytes).hexdigest()


def link_of(before: str, number: int, entry: uuid.UUID, payload: bytes) -> str:
    """The link of a row: over the link before it, its number, its key and its stored bytes."""
    parts = (bytes.fromhex(before), number.to_bytes(8, "big"), entry.bytes, hashlib.sha256(payload).digest())
    return hashlib.sha256(b"".join(parts)).hexdigest()


def counties() -> list[uuid.UUID]:
    """Every county that has an audit row."""
    return list(Entry.objects.order_by().values_list("county", flat=True).distinct())


def _last(county: uuid.UUID) -> Chained | None:
    return Chained.objects.filter(county=county).order_by("-number").first()


def _waiting(county: uuid.UUID, last: Chained | None) -> list[Entry]:
    """Rows that are committed and not chained, oldest first; none that come later than a row may."""
    found = Entry.objects.filter(county=county).filter(~Exists(Chained.objects.filter(entry=OuterRef("pk"))))
    if last is not None:
        newest = Entry.objects.filter(pk=last.entry).values_list("recorded_at", flat=True).first()
        found = found.filter(recorded_at__gt=(newest or timezone.now()) - LATE)
    return list(found.order_by("id")[:BATCH])


def seal(county: uuid.UUID) -> int:
    """Chain what waits, and sign the head. How many rows were chained; none when another sealer was quicker."""
    count = 0
    while True:
        last = _last(county)
        rows = _waiting(county, last)
        if not rows:
            return count
        number, link = (last.number, last.link) if last else (0, first_link(county))
        for first in range(0, len(rows), AT_ONCE):
            chained = []
            for row in rows[first : first + AT_ONCE]:
                number += 1
                link = link_of(link, number, row.pk, bytes(row.payload))
                chained.append(Chained(entry=row.pk, county=county, number=number, link=link))
            try:
                with transaction.atomic():
                    Chained.objects.bulk_create(chained)
            except IntegrityError:
                return count
            count += len(chained)
        _sign(county, number, link)


def _sign(county: uuid.UUID, number: int, link: str) -> None:
    now = timezone.localtime()
    head = heads.sign(county, number, link, now.isoformat())
    heads.keep_outside(head)
    if not Head.objects.filter(county=county, signed_at__date=now.date()).exists():
        _keep_inside(head)


def _keep_inside(head: heads.Signed) -> None:
    with transaction.atomic():
        if not Head.objects.filter(county=head.county, number=head.number).exists():
            Head.objects.create(
                county=head.county, number=head.number, link=head.link, signed_at=head.at, signature=head.signature
            )


def seal_all() -> int:
    """Chain what waits of every county."""
    return sum(seal(county) for county in counties())


def sign_today(county: uuid.UUID) -> heads.Signed | None:
    """Chain what waits and sign a head of this moment, also when nothing new came; None when there is nothing at all."""
    seal(county)
    last = _last(county)
    if last is None:
        return None
    head = heads.sign(county, last.number, last.link, timezone.localtime().isoformat())
    heads.keep_outside(head)
    _keep_inside(head)
    return head
