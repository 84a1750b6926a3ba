"""Where an item stands in the order of publication: its day, then a number within the day."""

from __future__ import annotations

from datetime import date

from django.db import connection

from gongkai.web.search.models import Document

BITS = 20
"""Below the number of the day."""
_WITHIN = (1 << BITS) - 1
LAST = (1 << 62) - 1


def first_of(day: date) -> int:
    """The lowest position of a day."""
    return day.toordinal() << BITS


def last_of(day: date) -> int:
    """The highest position of a day."""
    return first_of(day) | _WITHIN


def next_of(day: date) -> int:
    """A free position of a day, after those taken.

    On SQLite there is one writer. On PostgreSQL a lock per day makes writers of the same day wait for one another.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('gongkai.search'), %s)", [day.toordinal()])
    taken = (
        Document.objects.filter(position__range=(first_of(day), last_of(day)))
        .order_by("-position")
        .values_list("position", flat=True)
        .first()
    )
    return checked(first_of(day) if taken is None else taken + 1, day)


def checked(position: int, day: date) -> int:
    """The position, if it is one of the day. ValueError when the day is full."""
    if position > last_of(day):
        raise ValueError("同一天发布的条目超过一百万件，检索放不下。")
    return position
