"""What every stored fact has in common: a key that sorts by time, its county, and when we came to know it."""

from __future__ import annotations

import uuid

import uuid6
from django.db import models
from django.utils import timezone


def new_key() -> uuid.UUID:
    """A UUIDv7: unique without asking anyone, and in the order of its making."""
    return uuid.UUID(bytes=uuid6.uuid7().bytes)


class Fact(models.Model):
    """A row that says something. Its own day (`…_on`) stands in the row; `recorded_at` is when we knew it.

    `county` is a plain key, so that counties can share a database or hand rows over in a package.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField(db_index=True)
    recorded_at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)

    class Meta:
        abstract = True


class Refused(ValueError):
    """What a person asked for cannot be done as given. The message is a Chinese sentence for that person."""
