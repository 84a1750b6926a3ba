"""What an organ says of itself: the parts of its guide, the entry that publishes them, what leads a topic in."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.models import Item, Version


class Guide(Fact):
    """The parts of an organ's guide as somebody left them; the newest counts. Append-only.

    `values` holds the parts of `proactive.guide` by key, `channels` the open ways of applying with how to use each.
    Nothing of it is public: that is the version of an entry which was made from it and passed every stage.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="guides")
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    channels = models.JSONField(default=dict)
    by = models.UUIDField()

    class Meta:
        db_table = "guide_guide"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["organ", "number"], name="guide_number_once")]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.number}"


class GuideText(Fact):
    """Which version of which entry was made from a guide. Append-only."""

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="texts")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    version = models.OneToOneField(Version, models.PROTECT, related_name="+")
    by = models.UUIDField()

    class Meta:
        db_table = "guide_text"
        ordering = ("id",)


class TopicLead(Fact):
    """The entry that leads a topic in; none when `item` is empty. The newest of a topic counts. Append-only."""

    topic = models.CharField(max_length=60)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()

    class Meta:
        db_table = "guide_topic_lead"
        ordering = ("id",)
        indexes = [models.Index(fields=["county", "topic", "-id"], name="guide_lead_of")]


APPEND_ONLY = ("guide_guide", "guide_text", "guide_topic_lead")
"""The tables whose rows the database itself lets nobody change or remove."""
