"""Putting a change into the outbox, in the transaction that makes it; and noting how far a reader has come."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from gongkai.web.changes.models import Cursor, Generation, Row


def _locked(county: uuid.UUID) -> Generation:
    if not connection.in_atomic_block:
        raise RuntimeError("a change goes into the outbox in the transaction that makes it")
    Generation.objects.get_or_create(county=county)
    return Generation.objects.select_for_update().get(pk=county)


def put(
    *,
    county: uuid.UUID,
    kind: str,
    subject: uuid.UUID,
    version: uuid.UUID,
    release: uuid.UUID,
    because: str = "",
) -> Row:
    """One change under the next number of the county; inside the caller's transaction, which then holds the county.

    It stands in for no audit row: the act that makes the change leaves its own.
    """
    told = Change(kind, subject, version, release, because)
    return put_many(county=county, changes=[told])[0]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of what is public, before it has its number."""

    kind: str
    subject: uuid.UUID
    version: uuid.UUID
    release: uuid.UUID
    because: str = ""


def put_many(*, county: uuid.UUID, changes: Sequence[Change]) -> list[Row]:
    """Several changes under the next numbers of the county, in their order; inside the caller's transaction."""
    if not changes:
        return []
    counted = _locked(county)
    before, counted.value = counted.value, counted.value + len(changes)
    counted.save(update_fields=["value"])
    rows = [
        Row(
            county=county,
            generation=number,
            kind=change.kind,
            subject=change.subject,
            version=change.version,
            release=change.release,
            because=change.because,
        )
        for number, change in enumerate(changes, start=before + 1)
    ]
    return Row.objects.bulk_create(rows)


def touch(*, county: uuid.UUID) -> None:
    """Something on public pages changed that is no entry: no page kept from before is shown from the commit on.

    To be called by every service that writes what the portal shows and that no release brings (an organ's address, an
    answered letter, a consultation's outcome, a topic, a published report), inside the transaction of the act; else
    RuntimeError. It holds the county's row until the commit, so call it last. It leaves no row for readers of the
    outbox, and no audit row: the act leaves its own.
    """
    counted = _locked(county)
    counted.touched += 1
    counted.save(update_fields=["touched"])


def await_moment(*, county: uuid.UUID, next_at: datetime | None) -> None:
    """Say when time alone will next change what is public; inside the caller's transaction."""
    counted = _locked(county)
    if counted.next_at != next_at:
        counted.next_at = next_at
        counted.save(update_fields=["next_at"])


def done(*, county: uuid.UUID, reader: str, generation: int) -> None:
    """A reader has dealt with everything up to a generation; it never goes back by this."""
    with transaction.atomic():
        row, _ = Cursor.objects.get_or_create(county=county, reader=reader)
        held = Cursor.objects.select_for_update().get(pk=row.pk)
        if generation > held.generation:
            held.generation, held.changed_at = generation, timezone.now()
            held.save(update_fields=["generation", "changed_at"])


def read_anew(*, county: uuid.UUID, reader: str) -> None:
    """A reader begins from the first row again: its own store is made anew."""
    Cursor.objects.filter(county=county, reader=reader).update(generation=0, changed_at=timezone.now())
