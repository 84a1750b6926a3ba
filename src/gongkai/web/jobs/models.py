"""What the library's queue row does not say: that a job is wanted once, who does it, and that they are still alive."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import new_key

STATES = (("waiting", "等待"), ("running", "正在办"), ("done", "已办完"), ("failed", "没有办成"))


class Ticket(models.Model):
    """One job of the queue: `task` is the library's row, `key` says what it is about.

    Of all waiting jobs a key is there once. `worker` holds a running job as long as `beat_at` is fresh.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    task = models.UUIDField(unique=True)
    key = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=STATES, default="waiting")
    worker = models.CharField(max_length=64, blank=True)
    beat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "jobs_ticket"
        indexes = [models.Index(fields=["state", "beat_at"], name="jobs_by_beat")]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=models.Q(state="waiting"), name="jobs_waiting_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"


class DailyRun(models.Model):
    """A daily hook on one day: begun when the row is there, done when it says so."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    name = models.CharField(max_length=80)
    day = models.DateField()
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "jobs_daily_run"
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="jobs_daily_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"
