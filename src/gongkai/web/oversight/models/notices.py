"""Notices: what is urged, to be put right or made known; their text in versions; to whom, and what these answered."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact, new_key
from gongkai.web.organs.models import Organ
from gongkai.web.organs.succession import succession


class Notice(models.Model):
    """A notice to organs. Its text stands in versions; where it stands follows from its acts."""

    KINDS = (("urge", "督办通知"), ("rectify", "整改通知"), ("circular", "通报"))
    STATES = (("draft", "拟稿"), ("sent", "已发出"), ("dropped", "不再发出"))

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    by = models.UUIDField()
    # ---- caches
    state = models.CharField(max_length=8, choices=STATES, default="draft")
    title = models.CharField(max_length=200)
    reply_by = models.DateField(null=True)
    number = models.CharField(max_length=60, blank=True)
    sent_on = models.DateField(null=True)

    class Meta:
        db_table = "oversight_notice"
        ordering = ("-id",)
        indexes = [models.Index(fields=["county", "state", "sent_on"], name="oversight_notice_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "number"], condition=~models.Q(number=""), name="oversight_notice_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class NoticeSubject(Fact):
    """What a notice is about. Append-only."""

    KINDS = (
        ("duty", "任务或者问题"),
        ("complaint", "投诉举报"),
        ("report", "年度报告"),
        ("yearly", "年度报告的报送"),
        ("assessment", "考核"),
        ("other", "其他"),
    )

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=10, choices=KINDS)
    key = models.UUIDField(null=True, db_index=True)
    words = models.CharField(max_length=500)

    class Meta:
        db_table = "oversight_notice_subject"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.kind


class NoticeText(Fact):
    """A version of the text of a notice. Append-only; a version is written once, so that two people lose nothing."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="texts")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    reply_by = models.DateField(null=True)
    organs = models.JSONField()
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_notice_text"
        ordering = ("version",)
        constraints = [models.UniqueConstraint(fields=["notice", "version"], name="oversight_notice_text_once")]

    def __str__(self) -> str:
        return self.title


class Recipient(models.Model):
    """One organ to which a notice went. Caches of its acts."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="recipients")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    received_on = models.DateField(null=True)
    replied_on = models.DateField(null=True)

    class Meta:
        db_table = "oversight_recipient"
        constraints = [models.UniqueConstraint(fields=["notice", "organ"], name="oversight_recipient_once")]

    def __str__(self) -> str:
        return str(self.organ_id)

    @property
    def passed_on(self) -> str:
        """What became of the organ, in a sentence; empty while it is there."""
        return succession(self.notice.county).note(self.organ_id)


class NoticeAct(Fact):
    """What was done with a notice; `organ` is the one that received or replied. Append-only."""

    ACTS = (("send", "发出"), ("drop", "不再发出"), ("receive", "签收"), ("reply", "回复"))

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="acts")
    act = models.CharField(max_length=8, choices=ACTS)
    organ = models.UUIDField(null=True)
    on = models.DateField()
    version = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=2000, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "oversight_notice_act"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.act
