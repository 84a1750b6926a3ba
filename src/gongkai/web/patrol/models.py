"""The facts of the patrol: walks, what each met, and what was done about it. A task is a cache that follows them."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact, new_key
from gongkai.web.organs.models import Organ


class Walk(Fact):
    """A result file that was brought in, or a walk through our own pages. Append-only.

    `counts` and `columns` are what the summary says; `missed` are addresses that could not be fetched, as
    [address, word], at most some hundred. `site` is what walks are compared by.
    """

    site = models.CharField(max_length=100)
    root = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    ended = models.CharField(max_length=20)
    version = models.CharField(max_length=40)
    own = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    settings = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    missed = models.JSONField(default=list)
    compared = models.JSONField(default=dict)
    """How many were new, still there, gone, not looked at again, came back."""
    unreviewed_from = models.DateField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "patrol_walk"
        ordering = ("-started_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["county", "root", "started_at"], name="patrol_walk_once"),
        ]

    def __str__(self) -> str:
        return self.site


class Task(models.Model):
    """One thing that was met on a site, whenever it was met. What it is stays; the rest follows from its facts."""

    STATES = (("open", "待处理"), ("answered", "待复查"), ("done", "已办结"), ("dismissed", "不作为问题"))

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField(db_index=True)
    root = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    url = models.CharField(max_length=2000)
    target = models.CharField(max_length=2000, blank=True)
    first_on = models.DateField()
    # ---- caches of what follows from its facts
    place = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="open")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    met_on = models.DateField()
    closed_on = models.DateField(null=True)
    times = models.PositiveIntegerField(default=1)
    """How often it was opened: once, and again whenever it came back."""
    late = models.BooleanField(default=False)
    """Whether it was closed after its day."""

    class Meta:
        db_table = "patrol_task"
        constraints = [
            models.UniqueConstraint(fields=["county", "root", "fingerprint"], name="patrol_task_once"),
        ]
        indexes = [
            models.Index(fields=["county", "state", "due_on"], name="patrol_task_due"),
            models.Index(fields=["organ", "state", "due_on"], name="patrol_task_of"),
        ]

    def __str__(self) -> str:
        return self.kind


class Sighting(Fact):
    """What one walk says of one task. Append-only."""

    OUTCOMES = (("met", "仍有"), ("gone", "已没有"), ("unknown", "没有复查到"))

    walk = models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="sightings")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="sightings")
    outcome = models.CharField(max_length=8, choices=OUTCOMES)
    due_on = models.DateField(null=True)
    """The day set when it was met for the first time, or came back."""
    organ = models.UUIDField(null=True)
    """The organ to which it fell then."""
    place = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "patrol_sighting"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.outcome


class Deed(Fact):
    """What a person did about a task. Append-only."""

    ACTS = (
        ("assign", "分办"),
        ("answer", "反馈"),
        ("verify", "复查确认办结"),
        ("dismiss", "不作为问题"),
        ("reopen", "重新办理"),
    )

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="deeds")
    act = models.CharField(max_length=10, choices=ACTS)
    organ = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    words = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "patrol_deed"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.act


APPEND_ONLY = ("patrol_walk", "patrol_sighting", "patrol_deed")
"""The tables whose rows the database itself lets nobody change or remove."""
