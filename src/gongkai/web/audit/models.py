"""The audit row."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact


class Entry(Fact):
    """One act of one person. `payload` is the whole row as canonical JSON, `digest` the SHA-256 of those bytes.

    The other columns repeat parts of the payload so that they can be searched; the payload is what counts.
    """

    actor = models.UUIDField(db_index=True)
    act = models.CharField(max_length=80, db_index=True)
    object_kind = models.CharField(max_length=60)
    object_id = models.UUIDField(db_index=True)
    payload = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_entry"
        ordering = ("id",)
