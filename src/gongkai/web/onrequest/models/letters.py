"""Letters: drafts, steps of approval, numbers, seals and delivery."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact, new_key
from gongkai.web.files.models import StoredFile
from gongkai.web.onrequest.models.cases import Application
from gongkai.web.organs.models import Organ

STATUSES = (
    ("draft", "草拟"),
    ("for_review", "待审核"),
    ("for_approval", "待审批"),
    ("returned", "已退回"),
    ("approved", "已批准，待签发"),
    ("signed", "已签发，待用印"),
    ("sealed", "已用印，待送达"),
    ("sent", "送达中"),
    ("delivered", "已送达"),
    ("void", "已作废"),
)


class Letter(Fact):
    """A letter of a case. `status`, `number` and `revision` repeat the newest step; the steps are what counts.

    `kind` is a key of `onrequest.letters`, `decision` the decision type of a reply,
    `parts` the grounds of what a disclosure in part keeps back, `facts` what its event
    needs (`until`, `days`, `matter`); neither names anyone.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="letters")
    organ = models.ForeignKey(Organ, models.PROTECT)
    kind = models.CharField(max_length=40)
    decision = models.CharField(max_length=10, blank=True)
    about = models.UUIDField(null=True)
    parts = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    status = models.CharField(max_length=15, choices=STATUSES, default="draft")
    number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "onrequest_letter"
        indexes = [models.Index(fields=["county", "status", "organ", "id"], name="onrequest_letter_waits")]


class LetterVersion(Fact):
    """The text of a letter as someone left it: sealed JSON of title, addressee, paragraphs. Append-only."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="versions")
    text = models.BinaryField()
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_letter_version"


class LetterStep(Fact):
    """One step of a letter: who did what on which day, on screen or on paper (then with the scan). Append-only."""

    STEPS = (
        ("submitted", "提交审核"),
        ("reviewed", "审核通过"),
        ("returned", "退回"),
        ("approved", "批准"),
        ("signed", "签发"),
        ("sealed", "用印"),
        ("sent", "发出"),
        ("delivered", "送达"),
        ("voided", "作废"),
    )

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="steps")
    version = models.ForeignKey(LetterVersion, models.PROTECT, null=True)
    step = models.CharField(max_length=12, choices=STEPS)
    on = models.DateField()
    opinion = models.BinaryField(default=bytes)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    exception = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_letter_step"
        ordering = ("id",)


class Counter(models.Model):
    """The last number of a series; a row is locked while a number is taken."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT)
    series = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "onrequest_counter"
        constraints = [models.UniqueConstraint(fields=["organ", "series", "year"], name="onrequest_counter_once")]

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.last}"


class Number(Fact):
    """A number taken, by the system or by hand from the paper registry. Append-only: a void one stays."""

    organ = models.ForeignKey(Organ, models.PROTECT)
    series = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()
    text = models.CharField(max_length=60)
    letter = models.UUIDField(null=True)
    manual = models.PositiveSmallIntegerField(default=0)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_number"
        constraints = [
            models.UniqueConstraint(fields=["organ", "series", "year", "value"], name="onrequest_number_taken_once"),
            models.UniqueConstraint(fields=["county", "text"], name="onrequest_number_text_once"),
        ]


class NumberVoid(Fact):
    """A number that was taken and is not used; it is never given again."""

    number = models.OneToOneField(Number, models.PROTECT, related_name="void")
    reason = models.CharField(max_length=300)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_number_void"


class SealUse(Fact):
    """The seal register: which seal was put on which letter, when, by whom, with the stamped scan."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="seal_uses")
    organ = models.ForeignKey(Organ, models.PROTECT)
    seal = models.CharField(max_length=80)
    on = models.DateField()
    copies = models.PositiveSmallIntegerField(default=1)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_seal_use"


class Delivery(Fact):
    """A letter on its way. `post` counts from the day of posting, the others from the day of signing."""

    MANNERS = (
        ("in_person", "直接送达"),
        ("post", "邮寄送达"),
        ("other_organ", "委托其他行政机关代为送达"),
        ("online", "网上送达（申请人选择）"),
    )

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries")
    manner = models.CharField(max_length=12, choices=MANNERS)
    sent_on = models.DateField()
    mail_number = models.BinaryField(default=bytes)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_delivery"


class DeliveryStep(Fact):
    """What became of a delivery: signed for, returned, refused, left at the door. Append-only."""

    OUTCOMES = (("signed", "已签收"), ("returned", "退回"), ("refused", "拒收"), ("left", "留置"))

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="steps")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    on = models.DateField()
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    words = models.BinaryField(default=bytes)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_delivery_step"
