"""What a listing said stands on line, and what people decided about its lines."""

from __future__ import annotations

from django.db import models

from gongkai.readers.kinds import LISTINGS
from gongkai.web.cms.models.targets import Target
from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ


class Listing(Fact):
    """A listing as it was read: taken when, whether it holds everything there is. Append-only.

    With a `target` it is of that site: what is expected there is what was exported to it before.
    """

    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="listings")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=tuple(LISTINGS.items()))
    sha256 = models.CharField(max_length=64)
    taken_on = models.DateField()
    whole = models.BooleanField(default=False)
    said = models.JSONField(default=list)
    by = models.UUIDField()

    class Meta:
        db_table = "cms_listing"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class ListingLine(Fact):
    """One address of a listing. Append-only."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    url = models.CharField(max_length=1000)
    title = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True)
    index_number = models.CharField(max_length=60, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=10)

    class Meta:
        db_table = "cms_listing_line"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["listing", "number"], name="cms_line_once")]

    def __str__(self) -> str:
        return self.url


class Judgement(Fact):
    """What a person decided about an address on line, or (`url` empty) about an entry not found there. Append-only.

    The newest of an address, or of an entry, counts, also for listings that come later. One with a day is a task of
    `organ` until a newer one settles it.
    """

    VERDICTS = (
        ("same", "认定为同一篇"),
        ("not_same", "不是同一篇"),
        ("other", "不属于本县机关的信息"),
        ("no_item", "不是信息条目（栏目页、专题首页等）"),
        ("supplement", "需补办审查"),
        ("correct", "需在网上更正"),
        ("take_down", "需在网上撤下"),
        ("put_up", "需补发上线"),
        ("elsewhere", "另有去处，不必上线"),
        ("done", "已办结"),
    )
    TASKS = ("supplement", "correct", "take_down", "put_up")

    url = models.CharField(max_length=1000, blank=True)
    item = models.UUIDField(null=True)
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    reason = models.CharField(max_length=300, blank=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "cms_judgement"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(item__isnull=False) | ~models.Q(url=""), name="cms_judgement_about_something"
            )
        ]
        indexes = [models.Index(fields=["county", "url"], name="cms_judgement_url")]
