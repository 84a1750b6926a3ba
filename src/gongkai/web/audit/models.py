"""The audit row, its link in the chain, and the signed heads."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact, new_key


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


class Chained(models.Model):
    """The place of a row in its county's chain: `link` is the hash of the link before it and of the stored bytes.

    `entry` is a plain key and no foreign key: what was removed must still be missed. Append-only.
    """

    entry = models.UUIDField(primary_key=True)
    county = models.UUIDField()
    number = models.BigIntegerField()
    link = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_chained"
        ordering = ("county", "number")
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="audit_number_once")]

    def __str__(self) -> str:
        return str(self.number)


class Head(models.Model):
    """A signed head of the chain: after how many rows it stood where, when that was, and the signature. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField()
    number = models.BigIntegerField()
    link = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signature = models.CharField(max_length=128)

    class Meta:
        db_table = "audit_head"
        ordering = ("county", "number")
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="audit_head_once")]

    def __str__(self) -> str:
        return str(self.number)


APPEND_ONLY = ("audit_chained", "audit_head")
"""Besides `audit_entry`: the tables whose rows the database itself lets nobody change or remove."""
