"""What was brought from an old site: the file, what was understood of each page, which entry it became."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile


class Migration(Fact):
    """A saved site, or a spreadsheet of metadata, that was handed in. Append-only. `file` is empty for a folder."""

    KINDS = (("site", "保存的网页"), ("sheet", "元数据表格"))

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=6, choices=KINDS)
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()

    class Meta:
        db_table = "cms_migration"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class MigrationStep(Fact):
    """Everything was looked through, or everything that may be was brought in. Append-only."""

    STEPS = (("looked", "已看完"), ("brought", "已迁入"))

    migration = models.ForeignKey(Migration, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=8, choices=STEPS)
    said = models.JSONField(default=list)
    by = models.UUIDField()

    class Meta:
        db_table = "cms_migration_step"
        ordering = ("id",)


class MigratedPage(Fact):
    """What was understood of one page or row. Append-only. `understood` holds elements by key, `said` what was not.

    `digest` covers what it says, so that the same page is brought once, under whatever name it comes again.
    """

    STATES = (
        ("ready", "可以迁入"),
        ("undated", "没有日期"),
        ("no_organ", "没有认出机关"),
        ("again", "内容重复"),
        ("known", "以前已迁入"),
        ("unread", "没有读出"),
    )

    migration = models.ForeignKey(Migration, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=400)
    state = models.CharField(max_length=10, choices=STATES)
    title = models.CharField(max_length=200, blank=True)
    organ = models.UUIDField(null=True)
    understood = models.JSONField(default=dict)
    said = models.JSONField(default=list)
    hints = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    characters = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "cms_migrated_page"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["migration", "number"], name="cms_page_once")]
        indexes = [models.Index(fields=["county", "digest"], name="cms_page_digest")]

    def __str__(self) -> str:
        return self.name


class Brought(Fact):
    """A page became a draft. Append-only."""

    page = models.OneToOneField(MigratedPage, models.PROTECT, related_name="brought")
    item = models.UUIDField()
    said = models.JSONField(default=list)
    by = models.UUIDField()

    class Meta:
        db_table = "cms_brought"
