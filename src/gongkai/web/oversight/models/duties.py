"""Work points of a year, and what organs are to do by a day: tasks split from points, problems to be put right."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact, new_key
from gongkai.web.files.models import StoredFile
from gongkai.web.organs.models import Organ


class Point(Fact):
    """A work point (要点) of a year. Append-only; a later row with the same `stem` takes the place of the earlier."""

    stem = models.UUIDField(db_index=True)
    year = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    """The paper it stands in, with its number."""
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_point"
        ordering = ("year", "position", "id")

    def __str__(self) -> str:
        return self.title


class Duty(models.Model):
    """What one organ is to do by a day. What it is stays; where it stands follows from its acts."""

    KINDS = (("task", "任务"), ("problem", "问题"))
    SOURCES = (
        ("point", "年度工作要点"),
        ("inspection", "检查"),
        ("patrol", "网站巡查"),
        ("complaint", "投诉举报"),
        ("report", "年度报告核对"),
        ("hand", "日常监督"),
    )
    STATES = (("open", "办理中"), ("answered", "待复核"), ("done", "已完成"), ("withdrawn", "已撤销"))

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=KINDS)
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    measure = models.TextField(blank=True)
    """For a task the measures, for a problem what is asked."""
    basis = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=12, choices=SOURCES)
    source_key = models.UUIDField(null=True)
    """The point, the judgement of an inspection, the task of the patrol, the complaint or the report behind it."""
    begun_on = models.DateField()
    by = models.UUIDField()
    # ---- caches of what follows from its acts
    state = models.CharField(max_length=10, choices=STATES, default="open")
    due_on = models.DateField()
    answered_on = models.DateField(null=True)
    answered_by = models.UUIDField(null=True)
    closed_on = models.DateField(null=True)
    late = models.BooleanField(default=False)
    """Whether the answer that was accepted came after the day."""
    returned = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "oversight_duty"
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="oversight_duty_number_once"),
            models.UniqueConstraint(
                fields=["source", "source_key", "organ"],
                condition=models.Q(source_key__isnull=False, kind="problem"),
                name="oversight_duty_source_once",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "kind", "state", "due_on"], name="oversight_duty_due"),
            models.Index(fields=["organ", "kind", "state", "due_on"], name="oversight_duty_of"),
        ]

    def __str__(self) -> str:
        return self.number


class DutyAct(Fact):
    """What was done about a duty. Append-only."""

    ACTS = (
        ("assign", "交办"),
        ("report", "报告进展"),
        ("answer", "报告结果"),
        ("return", "退回"),
        ("close", "确认"),
        ("change", "改期"),
        ("withdraw", "撤销"),
        ("reopen", "重新办理"),
    )

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="acts")
    act = models.CharField(max_length=10, choices=ACTS)
    on = models.DateField()
    due_on = models.DateField(null=True)
    words = models.CharField(max_length=1000, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_duty_act"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.act


class Evidence(Fact):
    """A file that bears out an act, a judgement, a reply or a training. Append-only.

    `stripped`: what a camera wrote into the picture (place, device, time) was taken out before it was kept.
    """

    KINDS = (("duty", "办理"), ("judgement", "检查"), ("notice", "通知"), ("training", "培训"))

    kind = models.CharField(max_length=10, choices=KINDS)
    of = models.UUIDField(db_index=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    stripped = models.BooleanField(default=False)
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_evidence"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.kind
