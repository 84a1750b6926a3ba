"""Which figures of an organ count for the county, templates, who was reminded, and a cache of what each organ adds."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact, new_key
from gongkai.web.files.models import StoredFile
from gongkai.web.organs.models import Organ

APPEND_ONLY = (
    "collection_choice",
    "collection_template",
    "collection_template_version",
    "collection_reminding",
    "collection_reminded",
    "collection_elsewhere",
)


class Choice(Fact):
    """Which figures of an organ count in a year's roll-up, as a person decided; the newest counts. Append-only.

    `usual` takes a decision back: records where the organ keeps them here, else the file that it handed in.
    """

    WAYS = (
        ("usual", "按通常口径"),
        ("records", "系统内的登记"),
        ("file", "交来的文件"),
        ("out", "不计入"),
    )

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=10, choices=WAYS)
    reason = models.CharField(max_length=300)
    by = models.UUIDField()

    class Meta:
        db_table = "collection_choice"
        indexes = [models.Index(fields=["organ", "year"], name="collection_choice_of")]


class Template(Fact):
    """A workbook of the city's that the county's figures are to be written into. What it is stands in its versions."""

    name = models.CharField(max_length=80)
    by = models.UUIDField()

    class Meta:
        db_table = "collection_template"
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="collection_template_once")]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(Fact):
    """A template from now on: its file, and which figure goes into which cell with the labels around it. Append-only.

    `ended` says that it is used no more. `gone` are the figures whose cells moved in a newer file and still wait for a
    person to say where they are.
    """

    template = models.ForeignKey(Template, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    places = models.JSONField(default=dict)
    gone = models.JSONField(default=dict)
    ended = models.BooleanField(default=False)
    by = models.UUIDField()

    class Meta:
        db_table = "collection_template_version"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="collection_version_once")]


class Reminding(Fact):
    """That organs were reminded of their yearly reports: in which words, by whom, by which way. Append-only.

    `group`: somebody put the words into a chat and said so; `message`: the system wrote to the organs' people. `once`
    is the key of the form, so that a second press is no second reminder.
    """

    WAYS = (("group", "群里发送"), ("message", "系统消息"))

    year = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=WAYS)
    words = models.TextField(blank=True)
    once = models.UUIDField(unique=True)
    by = models.UUIDField()

    class Meta:
        db_table = "collection_reminding"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.year} {self.way}"


class Reminded(Fact):
    """One organ that was reminded, and where its report stood then. Append-only."""

    reminding = models.ForeignKey(Reminding, models.PROTECT, related_name="organs")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12)

    class Meta:
        db_table = "collection_reminded"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["reminding", "organ"], name="collection_reminded_once")]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.state}"


class Elsewhere(Fact):
    """That a report is public at a place outside of the system since a day, as a person stated; the newest counts.

    Without a day it takes a statement back. Append-only.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    on = models.DateField(null=True)
    place = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "collection_elsewhere"
        ordering = ("id",)
        indexes = [models.Index(fields=["county", "year"], name="collection_elsewhere_of")]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year} {self.place}"


class Contribution(models.Model):
    """What an organ adds to the county's table of a year: a cache, made again from the facts when one of them changed.

    `span`: of a part of the year, as its first and last day; empty: the yearly report.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    span = models.CharField(max_length=24, default="")
    told = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "collection_contribution"
        constraints = [models.UniqueConstraint(fields=["organ", "year", "span"], name="collection_contribution_once")]
        indexes = [models.Index(fields=["county", "year"], name="collection_contribution_of")]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year}"


class Watch(models.Model):
    """How far the acts of a county have been looked at for what they change in the cache.

    `turn` rises with each look that threw something away; `mark` is the newest act seen, `seen` those of the last
    minutes, since an act is on record before its transaction is.
    """

    county = models.UUIDField(primary_key=True)
    turn = models.PositiveBigIntegerField(default=0)
    mark = models.UUIDField(null=True)
    seen = models.JSONField(default=list)

    class Meta:
        db_table = "collection_watch"

    def __str__(self) -> str:
        return str(self.turn)
