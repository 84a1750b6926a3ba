"""Trainings with who attended and a short test; and the register of accountability."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ


class Training(Fact):
    """A training that was or will be held. Append-only; a later row with the same `stem` takes the place."""

    stem = models.UUIDField(db_index=True)
    host = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    topics = models.CharField(max_length=500, blank=True)
    for_all = models.BooleanField(default=False)
    """Whether it is for every organ's people, not for the host's own alone."""
    cancelled = models.BooleanField(default=False)
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_training"
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return self.title


class Attendance(Fact):
    """Who attended: a person of the system, or a name from the sheet that went round, sealed. Append-only."""

    training = models.UUIDField(db_index=True)
    """The training's `stem`."""
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    person = models.UUIDField(null=True)
    name = models.BinaryField(default=bytes)
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_attendance"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["training", "person"], condition=models.Q(person__isnull=False), name="oversight_attended_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organ_id)


class Paper(Fact):
    """A version of the questions of a training's test. Append-only. `questions` are [words, choices, right ones]."""

    training = models.UUIDField(db_index=True)
    version = models.PositiveSmallIntegerField()
    questions = models.JSONField()
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_paper"
        ordering = ("version",)
        constraints = [models.UniqueConstraint(fields=["training", "version"], name="oversight_paper_once")]

    def __str__(self) -> str:
        return str(self.version)


class Sitting(Fact):
    """One person's answers to a paper, with the mark that had to be reached that day. Append-only."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="sittings")
    training = models.UUIDField(db_index=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField()
    right = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    mark = models.PositiveSmallIntegerField()
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_sitting"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.right}/{self.asked}"

    @property
    def passed(self) -> bool:
        """Whether the mark was reached, in whole numbers."""
        return self.right * 100 >= self.mark * self.asked


class Accountability(Fact):
    """A line of the register of accountability (责任追究). Append-only; a later row with the same `stem` takes the place.

    People are counted, never named. That there was none is nowhere written: what is not entered is not known.
    """

    KINDS = (
        ("ordered", "责令改正"),
        ("criticised", "通报批评"),
        ("talk", "约谈、谈话提醒"),
        ("discipline", "处分"),
        ("other", "其他"),
    )

    stem = models.UUIDField(db_index=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=KINDS)
    decided_by = models.CharField(max_length=120)
    document = models.CharField(max_length=120, blank=True)
    people = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=1000)
    complaint = models.UUIDField(null=True, db_index=True)
    void = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_accountability"
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return self.kind
