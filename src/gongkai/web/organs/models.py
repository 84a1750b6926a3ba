"""County and organ."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.web.facts import Fact

FORMS = (
    ("county_government", "县级人民政府"),
    ("department", "县级部门"),
    ("township", "乡镇人民政府"),
    ("subdistrict", "街道办事处"),
    ("vertical", "垂直管理部门"),
    ("other", "其他"),
)
"""What an organ is in law: the kinds that decide who reviews it and which remedies its letters name."""


class County(Fact):
    """A county whose work is done here. Its `county` is its own key."""

    name = models.CharField(max_length=60)

    class Meta:
        db_table = "organs_county"

    def __str__(self) -> str:
        return self.name


class Settled(models.Model):
    """What may change in the life of an organ: the same columns in the organ and in each of its versions."""

    name = models.CharField(max_length=120)
    form = models.CharField(max_length=20, choices=FORMS, blank=True)
    competent = models.BooleanField(default=False)
    word = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    hours = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


class Organ(Settled, Fact):
    """An administrative organ of the county, as it is now; as it was on a day stand its versions.

    `kind` is the free word of the list for the yearly reports, `form` what the organ is in law (empty: not yet said).
    `listed` is false when it was struck from that list; the row stays because reports hang on it. `word` is the
    organ's word in document numbers (机关代字). `valid_until` is the first day on which the organ is no more.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)
    listed = models.BooleanField(default=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        db_table = "organs_organ"
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"], condition=Q(valid_until__isnull=True), name="organs_name_once"
            ),
            models.UniqueConstraint(
                fields=["county"], condition=Q(competent=True, valid_until__isnull=True), name="organs_competent_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganVersion(Settled, Fact):
    """What an organ was from a day on. Append-only; a later row for the same day takes the place of the earlier."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="versions")
    parent = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "organs_version"
        ordering = ("from_on", "id")

    def __str__(self) -> str:
        return f"{self.name} {self.from_on}"


class Answering(Fact):
    """Who answers in whose name for an organ, and who is defendant: asked once, changed by a newer row. Append-only.

    `in_name_of` and `defendant` empty mean the organ itself. `reconsideration` names the organ of reconsideration,
    `court` the court; both are settings of the organ and never computed.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="answerings")
    from_on = models.DateField()
    in_name_of = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    defendant = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    reconsideration = models.CharField(max_length=120, blank=True)
    court = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "organs_answering"
        ordering = ("from_on", "id")

    def __str__(self) -> str:
        return str(self.from_on)


APPEND_ONLY = ("organs_version", "organs_answering")
"""The tables whose rows the database itself lets nobody change or remove."""
