"""Where entries are exported to, what went there, and what stands on line because of it."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact

KINDS = (("folder", "文件夹"), ("http", "HTTP接口"))


class Target(Fact):
    """A site of a vendor: a folder that somebody carries there, or an interface that we call.

    `settings` hold what is not secret (`services.settings` says which); `secret` is sealed. `taken_at` is until when
    an exporter holds it, `next_at` when the next attempt may be made after `failures` in a row.
    """

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=KINDS)
    settings = models.JSONField(default=dict)
    secret = models.BinaryField(default=bytes)
    taken_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "cms_target"
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"], condition=models.Q(ended_at__isnull=True), name="cms_target_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reader(self) -> str:
        """Under which name it reads what changed."""
        return f"cms:{self.pk.hex}"


class Exported(Fact):
    """One entry's page went to a target, was taken away there, or was refused for good. Append-only.

    `key` says what made it go (a change by its number, a person's wish): the same is done once. `place` is where it
    lies there, `digest` what of.
    """

    ACTS = (("put", "已导出"), ("remove", "已通知撤下"), ("refused", "对方拒收"), ("refused_removal", "对方拒绝撤下"))

    target = models.ForeignKey(Target, models.PROTECT, related_name="exported")
    key = models.CharField(max_length=60)
    act = models.CharField(max_length=16, choices=ACTS)
    item = models.UUIDField()
    organ = models.UUIDField()
    release = models.UUIDField(null=True)
    version = models.UUIDField(null=True)
    index_number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    because = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "cms_exported"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["target", "key", "item"], name="cms_exported_once")]
        indexes = [models.Index(fields=["target", "item"], name="cms_exported_item")]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.title}"


class Attempt(Fact):
    """An attempt that failed, in a word and with the number of the answer. Append-only."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="attempts")
    item = models.UUIDField()
    failure = models.CharField(max_length=200)

    class Meta:
        db_table = "cms_attempt"
        ordering = ("id",)


class OnLine(Fact):
    """That an entry stands on line at an address since a day, or is gone from there. Append-only, the newest counts."""

    STATES = (("on", "已上线"), ("gone", "已撤下"))
    WAYS = (("answer", "接口返回"), ("table", "导入登记表"), ("typed", "手工登记"), ("listing", "核对时认定"))

    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="on_line")
    item = models.UUIDField()
    state = models.CharField(max_length=4, choices=STATES)
    address = models.CharField(max_length=1000)
    on = models.DateField(null=True)
    how = models.CharField(max_length=8, choices=WAYS)
    by = models.UUIDField()

    class Meta:
        db_table = "cms_on_line"
        ordering = ("id",)
        indexes = [models.Index(fields=["county", "item"], name="cms_on_line_item")]

    def __str__(self) -> str:
        return self.address
