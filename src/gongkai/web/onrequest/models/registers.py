"""Registers beside the case: mail, disputes, complaints, corrections, fees, ledgers brought in."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.onrequest.models.cases import Application
from gongkai.web.organs.models import Organ


class MailItem(Fact):
    """A letter signed for at the guard room, the mail room, the petition office or found in a letter box.

    Its signature starts the clock (art. 31), not the desk's. Append-only; what became of it is in `MailStep`.
    """

    PLACES = (
        ("mail_room", "收发室"),
        ("guard_room", "门卫"),
        ("petition_office", "信访室"),
        ("letter_box", "信箱"),
        ("other", "其他"),
    )

    organ = models.ForeignKey(Organ, models.PROTECT)
    place = models.CharField(max_length=20, choices=PLACES)
    mail_number = models.BinaryField(default=bytes)
    mail_key = models.CharField(max_length=80, blank=True, db_index=True)
    sender = models.BinaryField(default=bytes)
    signed_on = models.DateField()
    signed_for = models.PositiveSmallIntegerField(default=1)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_mail_item"


class MailStep(Fact):
    """Handed over, registered as an application, or found to be something else. Append-only."""

    STEPS = (("handed_over", "已移交公开工作机构"), ("registered", "已登记为申请"), ("not_application", "不是公开申请"))

    item = models.ForeignKey(MailItem, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=STEPS)
    on = models.DateField()
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="mail")
    reason = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_mail_step"


class Dispute(Fact):
    """A reconsideration or a lawsuit about a case. `kind` is one of table four's three; first and second instance are one."""

    KINDS = (
        ("reconsideration", "行政复议"),
        ("direct_litigation", "未经复议直接起诉"),
        ("litigation_after_reconsideration", "复议后起诉"),
    )

    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="disputes")
    organ = models.ForeignKey(Organ, models.PROTECT)
    kind = models.CharField(max_length=40, choices=KINDS)
    case_number = models.CharField(max_length=80, blank=True)
    before = models.CharField(max_length=80)
    co_defendant = models.PositiveSmallIntegerField(default=0)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    received_on = models.DateField()
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_dispute"


class DisputeStep(Fact):
    """A dated step of a dispute; `outcome` is a code of `onrequest.disputes`. Append-only, the newest outcome counts."""

    STEPS = (
        ("notified", "收到通知或者起诉状副本"),
        ("replied", "提交答复或者答辩"),
        ("heard", "听取意见或者开庭"),
        ("suspended", "中止"),
        ("resumed", "恢复"),
        ("decided", "作出决定或者裁判"),
        ("appealed", "上诉"),
        ("performed", "履行完毕"),
        ("lesson", "经验教训"),
    )

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=STEPS)
    on = models.DateField()
    outcome = models.CharField(max_length=40, blank=True)
    instance = models.PositiveSmallIntegerField(default=1)
    words = models.BinaryField(default=bytes)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_dispute_step"
        ordering = ("on", "id")


class Complaint(Fact):
    """A complaint to the competent department under article 47, second paragraph; who complains is sealed."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="complaints")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="complaints")
    number = models.CharField(max_length=60)
    about = models.CharField(max_length=30)
    complainant = models.BinaryField(default=bytes)
    words = models.BinaryField()
    received_on = models.DateField()
    by = models.UUIDField(null=True)

    class Meta:
        db_table = "onrequest_complaint"
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="onrequest_complaint_number_once")]


class ComplaintStep(Fact):
    """What became of a complaint. Append-only."""

    STEPS = (
        ("forwarded", "转办"),
        ("replied", "被投诉机关说明"),
        ("unfounded", "查证不属实"),
        ("rectified", "查证属实，督促整改"),
        ("criticised", "查证属实，通报批评"),
        ("proposed", "提出处理建议"),
        ("answered", "答复投诉人"),
    )

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=STEPS)
    on = models.DateField()
    words = models.BinaryField(default=bytes)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_complaint_step"


class RecordCorrection(Fact):
    """A request to correct a record about oneself (art. 41). Its own register, not an application."""

    organ = models.ForeignKey(Organ, models.PROTECT)
    number = models.CharField(max_length=60)
    requester = models.BinaryField()
    words = models.BinaryField()
    received_on = models.DateField()
    by = models.UUIDField(null=True)

    class Meta:
        db_table = "onrequest_record_correction"
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="onrequest_correction_number_once")]


class RecordCorrectionStep(Fact):
    """What became of it. Append-only."""

    STEPS = (
        ("verified", "核实"),
        ("corrected", "已更正并告知"),
        ("not_corrected", "不予更正并告知"),
        ("forwarded", "转送有权更正的机关并告知"),
        ("told", "告知向有权更正的机关提出"),
    )

    correction = models.ForeignKey(RecordCorrection, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=15, choices=STEPS)
    on = models.DateField()
    words = models.BinaryField(default=bytes)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_record_correction_step"


class FeeNotice(Fact):
    """A fee notice under article 42, after the excess was found. Amount in yuan."""

    METHODS = (("per_application", "按件计收"), ("per_page", "按量计收"))

    application = models.ForeignKey(Application, models.PROTECT, related_name="fee_notices")
    method = models.CharField(max_length=15, choices=METHODS)
    quantity = models.PositiveIntegerField()
    already = models.PositiveIntegerField(default=0)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    finding = models.CharField(max_length=400)
    letter = models.UUIDField(null=True)
    notified_on = models.DateField()
    pay_by = models.DateField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_fee_notice"


class FeePayment(Fact):
    """A payment, with the number of its receipt."""

    notice = models.ForeignKey(FeeNotice, models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    paid_on = models.DateField()
    receipt_number = models.CharField(max_length=60, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_fee_payment"


class LedgerImport(Fact):
    """An existing ledger brought in: which file, how many rows came in and how many stayed out."""

    organ = models.ForeignKey(Organ, models.PROTECT)
    sha256 = models.CharField(max_length=64)
    taken = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_ledger_import"


class LedgerRow(Fact):
    """A row of a ledger that became an application; its fingerprint lets nothing in twice."""

    ledger = models.ForeignKey(LedgerImport, models.PROTECT, related_name="rows")
    application = models.OneToOneField(Application, models.PROTECT, related_name="ledger_row")
    organ = models.ForeignKey(Organ, models.PROTECT)
    fingerprint = models.CharField(max_length=80)
    place = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "onrequest_ledger_row"
        constraints = [models.UniqueConstraint(fields=["organ", "fingerprint"], name="onrequest_ledger_row_once")]
