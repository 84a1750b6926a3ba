"""Inspections: checklists in versions, visits to an organ, what was judged of each line, the end of a visit."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ


class Checklist(Fact):
    """A version of a checklist (检查清单). Append-only. `lines` are [key, group, words, how] in their order."""

    name = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_checklist"
        ordering = ("name", "-version")
        constraints = [
            models.UniqueConstraint(fields=["county", "name", "version"], name="oversight_checklist_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Inspection(Fact):
    """A visit to one organ with one version of a checklist. Append-only."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="inspections")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_inspection"
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return self.title


class Judgement(Fact):
    """What was judged of one line of the list; the newest of a line holds. Append-only."""

    VERDICTS = (("good", "符合"), ("problem", "有问题"), ("unseen", "没有看到"), ("none", "不涉及"))

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="judgements")
    line = models.CharField(max_length=20)
    verdict = models.CharField(max_length=8, choices=VERDICTS)
    words = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_judgement"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.verdict


class InspectionEnd(Fact):
    """That a visit ended: from then on nothing is judged, its problems are the organ's to put right. Append-only."""

    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="end")
    on = models.DateField()
    words = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_inspection_end"

    def __str__(self) -> str:
        return str(self.on)
