"""What no register tells of a year: figures of other systems, that there was nothing, and what frozen reports hand on."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ

APPEND_ONLY = ("compilation_entered", "compilation_none", "compilation_carried")


class Entered(Fact):
    """A figure that a person entered into a cell; the newest of a cell counts. Append-only.

    `note` says where it is from, or why it departs from last year's report; `value` empty takes back what was entered.
    `follows` is the entry that the person saw: of two people one wins and the other is told.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    address = models.CharField(max_length=100)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    note = models.CharField(max_length=300)
    reason = models.CharField(max_length=300, blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    by = models.UUIDField()

    class Meta:
        db_table = "compilation_entered"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year", "address"],
                condition=models.Q(follows__isnull=True),
                name="compilation_entered_first_once",
            )
        ]
        indexes = [models.Index(fields=["organ", "year"], name="compilation_entered_of")]


class NoneThisYear(Fact):
    """That an organ had no application (table 3) or no dispute (table 4) in a year. Taken back by a row that `voids` it."""

    TABLES = ((3, "没有收到政府信息公开申请，也没有上年结转的申请"), (4, "没有政府信息公开行政复议、行政诉讼"))

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField(choices=TABLES)
    reason = models.CharField(max_length=300, blank=True)
    voids = models.OneToOneField("self", models.PROTECT, null=True, related_name="voided_by")
    by = models.UUIDField()

    class Meta:
        db_table = "compilation_none"
        indexes = [models.Index(fields=["organ", "year"], name="compilation_none_of")]


class CarriedForward(Fact):
    """What the frozen report of a year hands on to the next; a corrected report hands on anew. Append-only.

    `columns`: the column of each application carried forward, by its number; `seen`: every application counted.
    `version` is the frozen version, `known_at` the moment up to which its facts were known.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.UUIDField()
    known_at = models.DateTimeField()
    columns = models.JSONField(default=dict)
    seen = models.JSONField(default=list)
    by = models.UUIDField()

    class Meta:
        db_table = "compilation_carried"
        indexes = [models.Index(fields=["organ", "year"], name="compilation_carried_of")]
