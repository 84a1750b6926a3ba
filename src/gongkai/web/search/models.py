"""What is known of a searched item besides its words. The words stand in tables of the index (`index/`)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Document(models.Model):
    """One release of an item. `position` grows with the day of publication, so that the newest are the last ones.

    It may be shown from `visible_from` on and before `visible_until` (None: without end); that is judged when read.
    """

    position = models.BigIntegerField(primary_key=True)
    release = models.UUIDField(unique=True)
    item = models.UUIDField(db_index=True)
    county = models.UUIDField(db_index=True)
    organ = models.UUIDField()
    kind = models.CharField(max_length=40)
    columns = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    number = models.CharField(max_length=100)
    index_number = models.CharField(max_length=100)
    issuer = models.CharField(max_length=200)
    published_on = models.DateField()
    validity = models.CharField(max_length=20)
    title = models.TextField()
    visible_from = models.DateTimeField(db_index=True)
    visible_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "search_document"
        indexes: ClassVar = [
            models.Index(
                fields=["visible_until"], name="search_visible", condition=models.Q(visible_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Embedded(models.Model):
    """The index of relevance, at most one: the name of its folder (none while it is made) and how far it was written.

    `writing` is true while it may be ahead of `stamp`.
    """

    id = models.BigAutoField(primary_key=True)
    folder = models.CharField(max_length=32, blank=True)
    stamp = models.BigIntegerField(default=0)
    writing = models.BooleanField(default=False)

    class Meta:
        db_table = "search_embedded"

    def __str__(self) -> str:
        return self.folder


class Waiting(models.Model):
    """A position at which something changed that the index of relevance has not taken in yet."""

    id = models.BigAutoField(primary_key=True)
    position = models.BigIntegerField()

    class Meta:
        db_table = "search_waiting"

    def __str__(self) -> str:
        return str(self.position)
