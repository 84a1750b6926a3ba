"""The application, its events and what hangs on them."""

from __future__ import annotations

from django.db import models

from gongkai.onrequest.events import Event, Kind
from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile
from gongkai.web.onrequest.words import CHANNELS, LINKS, MANNERS, OPEN, ORIGINS, PROVISIONS
from gongkai.web.organs.models import Organ


class Application(Fact):
    """An application as it came. Append-only: who applied is in `Applicant`, what happened in `CaseEvent`.

    `subject` is the matter in a line with patterns of personal data masked; `content`, `needs`, `query_code` are
    sealed. `once` makes a submission that is sent twice arrive once.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="applications")
    number = models.CharField(max_length=60)
    channel = models.CharField(max_length=20, choices=CHANNELS)
    origin = models.CharField(max_length=10, choices=ORIGINS, default="desk")
    subject = models.CharField(max_length=120)
    content = models.BinaryField()
    provision = models.CharField(max_length=10, choices=PROVISIONS, default="any")
    manner = models.CharField(max_length=10, choices=MANNERS, default="post")
    needs = models.BinaryField(default=bytes)
    query_code = models.BinaryField()
    query_key = models.CharField(max_length=80, unique=True)
    likeness = models.BinaryField(default=bytes)
    once = models.CharField(max_length=80)
    submitted_at = models.DateTimeField()

    class Meta:
        db_table = "onrequest_application"
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="onrequest_number_once"),
            models.UniqueConstraint(fields=["county", "once"], name="onrequest_submission_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Applicant(Fact):
    """Who applied, sealed; a correction is a newer row with its reason. `kind` is one of the form's six columns."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="applicants")
    kind = models.CharField(max_length=40)
    name = models.BinaryField()
    identity_kind = models.CharField(max_length=30)
    identity = models.BinaryField()
    identity_key = models.CharField(max_length=80, db_index=True)
    phone = models.BinaryField(default=bytes)
    email = models.BinaryField(default=bytes)
    address = models.BinaryField(default=bytes)
    agent = models.BinaryField(default=bytes)
    reason = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_applicant"


class CaseEvent(Fact):
    """One dated fact of a case. `corrects` names the row that this one takes the place of; `void` says it never was.

    Append-only. What was true as known on a day is the fold over the rows recorded by then.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in Kind])
    on = models.DateField()
    until = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    matter = models.CharField(max_length=80, blank=True)
    decision = models.CharField(max_length=10, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    void = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_event"
        ordering = ("on", "id")

    def event(self) -> Event:
        """The fact as the core knows it."""
        return Event(
            kind=Kind(self.kind),
            on=self.on,
            until=self.until,
            days=self.days,
            matter=self.matter,
            decision=self.decision,
        )


class Case(models.Model):
    """What follows from the facts of one application: a cache, written in the transaction of each act.

    `open` is 1 until the answer has reached the applicant, 2 until the file is closed, then 0.
    `revision` counts the acts: who acts says which one they saw, so that of two people one wins and the other is told.
    Overdue is never stored: it is computed when read.
    """

    application = models.OneToOneField(Application, models.PROTECT, primary_key=True, related_name="case")
    county = models.UUIDField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="cases")
    number = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    channel = models.CharField(max_length=20)
    applicant_kind = models.CharField(max_length=40)
    state = models.CharField(max_length=30)
    open = models.PositiveSmallIntegerField(default=1, choices=OPEN)
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, blank=True)
    decided_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    handler = models.UUIDField(null=True)
    waits_for = models.CharField(max_length=30, blank=True)
    to_confirm = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    identity_key = models.CharField(max_length=80)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "onrequest_case"
        indexes = [
            # State and confirmation stand in them so that what is open is counted without looking at the cases.
            models.Index(
                fields=["county", "open", "due_on", "application", "state", "to_confirm"], name="onrequest_case_open"
            ),
            models.Index(
                fields=["organ", "open", "due_on", "application", "state", "to_confirm"],
                name="onrequest_case_organ_open",
            ),
            # All that is asked of what fell due in a period, and of the answers of one.
            models.Index(
                fields=["county", "due_on", "application", "delivered_on", "open", "organ"],
                name="onrequest_case_fell_due",
            ),
            models.Index(
                fields=["county", "delivered_on", "organ", "received_on", "due_on", "decision"],
                name="onrequest_case_answered",
            ),
            models.Index(fields=["handler", "open", "due_on"], name="onrequest_case_handler"),
            models.Index(
                fields=["county", "-received_on", "-application", "organ", "channel"], name="onrequest_case_received"
            ),
            models.Index(fields=["organ", "-received_on", "-application"], name="onrequest_case_organ_new"),
            models.Index(fields=["county", "state", "received_on"], name="onrequest_case_state"),
            models.Index(fields=["county", "identity_key"], name="onrequest_case_person"),
            models.Index(fields=["county", "changed_at", "application"], name="onrequest_case_changed"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseRecord(Fact):
    """Work on a case that leaves evidence: a contact, a search, a check, a statement of grounds.

    `kind` is a key of `records.KINDS`, among them every kind of evidence of `onrequest.decisions`. What it says is
    sealed as a whole, since people write names anywhere.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="records")
    kind = models.CharField(max_length=40)
    on = models.DateField()
    words = models.BinaryField(default=bytes)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_record"
        ordering = ("on", "id")


class Typed(Fact):
    """What was typed in full where the open words of a row (`about`, `column`) had people written over. Append-only."""

    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="typed")
    about = models.UUIDField(db_index=True)
    column = models.CharField(max_length=20)
    words = models.BinaryField()

    class Meta:
        db_table = "onrequest_typed"


class Assignment(Fact):
    """Who handles a case; append-only, the newest counts."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments")
    handler = models.UUIDField()
    reason = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_assignment"


class Passing(Fact):
    """A case shown to another organ or person for an opinion or a search: no transfer, the organ of the case stays.

    Ended by a row with `ends` set to it.
    """

    PURPOSES = (("assistance", "协助检索"), ("opinion", "征求意见"), ("counsel", "法律意见"), ("secrecy", "保密审查"))

    application = models.ForeignKey(Application, models.PROTECT, related_name="passings")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True)
    person = models.UUIDField(null=True)
    purpose = models.CharField(max_length=20, choices=PURPOSES)
    on = models.DateField()
    until = models.DateField(null=True)
    asks = models.BinaryField(default=bytes)
    ends = models.OneToOneField("self", models.PROTECT, null=True, related_name="ended_by")
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_passing"


class Attachment(Fact):
    """A file of a case: what the applicant sent, a scan of paper, what is released; its name is sealed with the file.

    `about` names the letter, consultation or dispute that it belongs to.
    """

    ROLES = (
        ("identity_proof", "身份证明"),
        ("attachment", "申请附件"),
        ("application_scan", "申请书扫描件"),
        ("supplement", "补正材料"),
        ("paper_decision", "纸质审批件"),
        ("stamped_scan", "盖章件"),
        ("delivery_proof", "送达凭证"),
        ("opinion", "意见回函"),
        ("source", "拟提供的原件"),
        ("released", "提供给申请人的文件"),
        ("dispute", "复议诉讼材料"),
        ("letter", "受理机关发出的文书"),
        ("archive", "归档包"),
        ("other", "其他"),
    )

    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="attachments")
    about = models.UUIDField(null=True)
    role = models.CharField(max_length=20, choices=ROLES)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    by = models.UUIDField(null=True)

    class Meta:
        db_table = "onrequest_attachment"


class Consultation(Fact):
    """A third party or another organ asked for its opinion. `matter` links it to the events of the clock.

    Opened when its letter is drafted; that the letter was sent, and when, is the event of the same `matter`.
    """

    KINDS = (("third_party", "第三方"), ("organ", "其他机关"))

    application = models.ForeignKey(Application, models.PROTECT, related_name="consultations")
    kind = models.CharField(max_length=12, choices=KINDS)
    matter = models.CharField(max_length=80)
    party = models.BinaryField()
    contact = models.BinaryField(default=bytes)
    letter = models.UUIDField(null=True)
    opened_on = models.DateField()
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_consultation"


class ConsultationStep(Fact):
    """What became of a consultation; append-only, the newest counts."""

    STEPS = (
        ("received", "已收到征求意见书"),
        ("agreed", "同意公开"),
        ("objected", "不同意公开并说明理由"),
        ("silent", "逾期未提出意见"),
        ("undeliverable", "无法送达"),
        ("resolved", "人工决定处理方式"),
    )

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=15, choices=STEPS)
    on = models.DateField()
    words = models.BinaryField(default=bytes)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_consultation_step"


class Link(Fact):
    """Two applications that belong together, as a person decided."""

    KINDS = LINKS

    application = models.ForeignKey(Application, models.PROTECT, related_name="links")
    other = models.ForeignKey(Application, models.PROTECT, related_name="linked_by")
    kind = models.CharField(max_length=10, choices=KINDS)
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "onrequest_link"


class SavedView(Fact):
    """A list with its filters that a person keeps under a name."""

    person = models.UUIDField(db_index=True)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "onrequest_saved_view"
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="onrequest_view_name_once")]
