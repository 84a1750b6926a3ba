"""What follows from the acts: where each entry stands, which version is public when, and where it is listed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.web.facts import Fact, new_key
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.models.entries import Item, Version


class Standing(models.Model):
    """What follows from the facts of one entry: a cache, written in the transaction of each act.

    `version` is the newest text, `index_number` is empty before the first release. `revision` counts the acts: who
    acts says which one they saw. The state is that of the last act or of the last look; a page asks the fold.
    """

    item = models.OneToOneField(Item, models.PROTECT, primary_key=True, related_name="standing")
    county = models.UUIDField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    mode = models.CharField(max_length=15, blank=True)
    state = models.CharField(max_length=20)
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    public = models.BooleanField(default=False)
    index_number = models.CharField(max_length=60, blank=True)
    urgent = models.BooleanField(default=False)
    formed_on = models.DateField()
    first_public_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    own_due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    evaluate_on = models.DateField(null=True)
    drafter = models.UUIDField()
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "proactive_standing"
        indexes = [
            models.Index(fields=["county", "state", "-changed_at"], name="proactive_by_state"),
            models.Index(fields=["organ", "state", "-changed_at"], name="proactive_organ_state"),
            models.Index(fields=["county", "first_public_at", "due_on"], name="proactive_by_due"),
            models.Index(fields=["county", "-changed_at"], name="proactive_newest"),
            models.Index(fields=["organ", "-changed_at"], name="proactive_organ_newest"),
            models.Index(fields=["county", "evaluate_on"], name="proactive_by_evaluation"),
        ]

    def __str__(self) -> str:
        return self.title


PHASES = (("waiting", "未到时间"), ("on", "公开"), ("off", "不再公开"))


class Release(models.Model):
    """Which version of an entry is public from when until when. Made from the acts, and made anew from them.

    Its key is that of the act that released it, so that making it anew changes nothing for who remembers it.
    Only `selectors.public` reads it for anyone outside. `phase` is what was last told to the outbox, and decides over
    nothing. `because` says why it ended.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    county = models.UUIDField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="releases")
    version = models.ForeignKey(Version, models.PROTECT, related_name="releases")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField()
    index_number = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=20, blank=True)
    phase = models.CharField(max_length=8, choices=PHASES, blank=True)

    class Meta:
        db_table = "proactive_release"
        ordering = ("edition",)
        constraints = [
            models.UniqueConstraint(fields=["item", "edition"], name="proactive_edition_once"),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="proactive_window_in_order"
            ),
        ]
        indexes = [
            models.Index(
                fields=["county", "-from_at", "-id"],
                condition=Q(withdrawn_at__isnull=True),
                name="proactive_public_newest",
            ),
            models.Index(
                fields=["county", "until_at"], condition=Q(until_at__isnull=False), name="proactive_public_until"
            ),
            models.Index(fields=["phase", "from_at"], condition=Q(phase="waiting"), name="proactive_to_begin"),
            models.Index(fields=["phase", "until_at"], condition=Q(phase="on"), name="proactive_to_end"),
            models.Index(fields=["county", "index_number"], name="proactive_by_index_number"),
        ]

    def __str__(self) -> str:
        return self.title


class Shelf(models.Model):
    """Where a release is listed: under which organ, column, item of the law, theme or kind. Made with the release."""

    FACETS = (
        ("organ", "发布机构"),
        ("column", "栏目"),
        ("item", "法定事项"),
        ("theme", "主题"),
        ("kind", "种类"),
        ("topic", "专题"),
    )

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField()
    release = models.ForeignKey(Release, models.CASCADE, related_name="shelves")
    facet = models.CharField(max_length=8, choices=FACETS)
    key = models.CharField(max_length=60)
    from_at = models.DateTimeField()

    class Meta:
        db_table = "proactive_shelf"
        constraints = [models.UniqueConstraint(fields=["release", "facet", "key"], name="proactive_shelf_once")]
        indexes = [models.Index(fields=["county", "facet", "key", "-from_at"], name="proactive_on_shelf")]

    def __str__(self) -> str:
        return f"{self.facet}:{self.key}"


class IndexCounter(models.Model):
    """The last serial of an issuer's code in a year; the row is locked while a number is taken."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField()
    code = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "proactive_index_counter"
        constraints = [models.UniqueConstraint(fields=["county", "code", "year"], name="proactive_counter_once")]

    def __str__(self) -> str:
        return f"{self.code}/{self.year} {self.last}"


class IndexNumber(Fact):
    """An index number as it was given to an entry, for good: never changed, never given again. Append-only.

    `given` is `system`, or `brought` for a number that an entry already had elsewhere.
    """

    GIVEN = (("system", "系统编号"), ("brought", "沿用原编号"))

    item = models.OneToOneField(Item, models.PROTECT, related_name="index")
    code = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    text = models.CharField(max_length=60)
    given = models.CharField(max_length=8, choices=GIVEN, default="system")
    by = models.UUIDField()

    class Meta:
        db_table = "proactive_index_number"
        constraints = [
            models.UniqueConstraint(fields=["county", "text"], name="proactive_index_number_once"),
            models.UniqueConstraint(fields=["county", "code", "year", "serial"], name="proactive_serial_once"),
        ]

    def __str__(self) -> str:
        return self.text
