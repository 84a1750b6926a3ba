"""A consultation of the public over an entry, the opinions that came, and how each group of them was dealt with."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile
from gongkai.web.organs.models import Organ


class Consultation(Fact):
    """The period in which an entry takes opinions; a further row for the entry takes the place of the one before.

    `shorter` is why the period is shorter than what a major decision usually asks for.
    """

    item = models.UUIDField(db_index=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    major = models.BooleanField(default=False)
    opens_on = models.DateField()
    closes_on = models.DateField()
    shorter = models.CharField(max_length=300, blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_consultation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="interaction_period_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Opinion(Fact):
    """One opinion on an entry, from the portal or on paper. Who gave it and what it says is sealed."""

    ORIGINS = (("portal", "网上"), ("post", "信函"), ("visit", "当面"), ("meeting", "座谈会、听证会"))

    item = models.UUIDField(db_index=True)
    number = models.CharField(max_length=60)
    origin = models.CharField(max_length=8, choices=ORIGINS, default="portal")
    received_on = models.DateField()
    words = models.BinaryField()
    name = models.BinaryField(default=bytes)
    contact = models.BinaryField(default=bytes)
    likeness = models.BinaryField(default=bytes)
    once = models.CharField(max_length=80)
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_opinion"
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="interaction_opinion_number"),
            models.UniqueConstraint(fields=["county", "once"], name="interaction_opinion_once"),
        ]

    def __str__(self) -> str:
        return self.number


class OpinionCode(Fact):
    """The code by which who gave an opinion on line sees what became of it; sealed, and found again by its key."""

    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="code")
    query_code = models.BinaryField()
    query_key = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "interaction_opinion_code"


class OpinionFile(Fact):
    """A file that came with an opinion."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        db_table = "interaction_opinion_file"


class OpinionGroup(Fact):
    """Opinions that say the same, in the office's words, and what became of them. A further row with `follows` corrects."""

    OUTCOMES = (("adopted", "采纳"), ("partly", "部分采纳"), ("not_adopted", "未采纳"), ("aside", "与征集事项无关"))

    item = models.UUIDField(db_index=True)
    summary = models.CharField(max_length=500)
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    reason = models.CharField(max_length=500, blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_opinion_group"
        ordering = ("id",)


class Placed(Fact):
    """An opinion in a group; the newest row of an opinion counts. `group` is the first row of its chain."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="places")
    group = models.ForeignKey(OpinionGroup, models.PROTECT, related_name="+")
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_placed"
        ordering = ("id",)


class Feedback(Fact):
    """The entry in which the office says what became of the opinions on another entry."""

    item = models.UUIDField(db_index=True)
    entry = models.UUIDField(unique=True)
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_feedback"
