"""The generation of a county, the rows under its numbers, and how far each reader has come."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact, new_key


class Generation(models.Model):
    """How many changes of what is public a county has seen, and the next moment at which time alone brings one.

    The row is locked while a number is taken, so that numbers are in the order of commits. `touched` counts what changed
    on public pages beside entries (an organ's telephone, a letter's answer): it has no row for readers to follow.
    """

    county = models.UUIDField(primary_key=True)
    value = models.PositiveBigIntegerField(default=0)
    touched = models.PositiveBigIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "changes_generation"

    def __str__(self) -> str:
        return str(self.value)


class Row(Fact):
    """One change: `begin` a version is public now, `end` it no longer is, `schedule` it will be from a moment on.

    `subject` is what changed (an entry), `version` which text of it, `release` the window, `because` why it ended.
    """

    KINDS = (("schedule", "定时发布"), ("begin", "公开"), ("end", "不再公开"))

    generation = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS)
    subject = models.UUIDField()
    version = models.UUIDField()
    release = models.UUIDField()
    because = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "changes_row"
        ordering = ("generation",)
        constraints = [models.UniqueConstraint(fields=["county", "generation"], name="changes_number_once")]


class Cursor(models.Model):
    """How far a reader (search, feed, export) has read in a county."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField()
    reader = models.CharField(max_length=40)
    generation = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "changes_cursor"
        constraints = [models.UniqueConstraint(fields=["county", "reader"], name="changes_one_cursor")]

    def __str__(self) -> str:
        return f"{self.reader} {self.generation}"


APPEND_ONLY = ("changes_row",)
"""The table whose rows the database itself lets nobody change or remove."""
