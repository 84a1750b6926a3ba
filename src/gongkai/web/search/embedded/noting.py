"""What the index has not taken in yet: noted in the transaction that changes a document, forgotten when it is done.

The outbox of releases (web/changes) would not do: a document also changes by the day (its validity) and when the search
is put right, which no release tells.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from gongkai.web.search.models import Embedded, Waiting


def _lock(how: str) -> None:
    # SQLite has one writer. On PostgreSQL who notes and who begins an index wait for one another: a change that does not
    # see the index must be seen by those who make it.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {how}(hashtext('gongkai.search.embedded'), 0)")


def note(positions: Iterable[int]) -> None:
    """Say that what stands at these positions changed; nothing is noted where no index is kept."""
    _lock("pg_advisory_xact_lock_shared")
    if Embedded.objects.exists():
        Waiting.objects.bulk_create([Waiting(position=position) for position in sorted(set(positions))])


def begin_anew() -> Embedded:
    """From the caller's commit on everything is noted, for an index that is not there yet."""
    _lock("pg_advisory_xact_lock")
    forget()
    return Embedded.objects.create()


def forget() -> None:
    """No index is kept; who has one throws it away."""
    Embedded.objects.all().delete()
    Waiting.objects.all().delete()
