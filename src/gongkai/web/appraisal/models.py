"""The facts of the public's appraisal: questionnaires in versions, answers that name nobody, what was set aside, results."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ


class Questionnaire(Fact):
    """A questionnaire as somebody drew it up. Append-only.

    Rows of one `stem` follow each other: while nobody opened a version each change is its next `revision`; after that
    a change is the next `version`, with answers of its own. `subjects` are the organs that are appraised, each by
    sheets of its own; `invited`: only with a code that was sent out.
    """

    stem = models.UUIDField(db_index=True)
    version = models.PositiveSmallIntegerField(default=1)
    revision = models.PositiveSmallIntegerField(default=1)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    intro = models.CharField(max_length=500, blank=True)
    questions = models.JSONField()
    subjects = models.JSONField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    invited = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "appraisal_questionnaire"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["stem", "version", "revision"], name="appraisal_revision_once"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="appraisal_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    @property
    def code(self) -> str:
        """What a printed sheet bears, so that it is entered under the version from which it was printed."""
        return f"PY-{self.pk.hex[-8:].upper()}"


class Opening(Fact):
    """A person let the public answer a version, from its first day on: its questions are fixed. Append-only."""

    questionnaire = models.OneToOneField(Questionnaire, models.PROTECT, related_name="opening")
    by = models.UUIDField()

    class Meta:
        db_table = "appraisal_opening"


class Ending(Fact):
    """A version takes no more answers before its last day: stopped, or a next version took its place. Append-only."""

    questionnaire = models.OneToOneField(Questionnaire, models.PROTECT, related_name="ending")
    on = models.DateField()
    why = models.CharField(max_length=300)
    by = models.UUIDField()

    class Meta:
        db_table = "appraisal_ending"


class Invitation(Fact):
    """A code that was printed on a letter or sent in a message; only its keyed hash is kept. Append-only."""

    stem = models.UUIDField(db_index=True)
    key = models.CharField(max_length=64, unique=True)
    words = models.CharField(max_length=60)
    by = models.UUIDField()

    class Meta:
        db_table = "appraisal_invitation"


class InvitationUse(Fact):
    """A code was used for an organ of a version; which answer came with it is nowhere written. Append-only."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="uses")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")

    class Meta:
        db_table = "appraisal_invitation_use"
        constraints = [
            models.UniqueConstraint(fields=["invitation", "questionnaire", "organ"], name="appraisal_code_once")
        ]


class Batch(Fact):
    """Sheets of paper that came from one place on one day: so many of them. Append-only."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="batches")
    number = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120)
    collected_on = models.DateField()
    sheets = models.PositiveSmallIntegerField()
    by = models.UUIDField()

    class Meta:
        db_table = "appraisal_batch"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="appraisal_batch_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Answer(Fact):
    """The answers of one sheet about one organ. Append-only; nobody is named, and no address kept.

    `choices` are counted; `words` hold what was written, with numbers that look personal written over, and sealed.
    `alike` is the same for the same answers. A sheet of paper stands in its batch by number; entered again after a
    mistake it is the next `entry`. `once` makes a form that is sent twice arrive once.
    """

    ORIGINS = (("portal", "网上"), ("paper", "纸质"))

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="answers")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=6, choices=ORIGINS)
    received_at = models.DateTimeField()
    choices = models.JSONField()
    words = models.BinaryField(default=bytes)
    written = models.JSONField(default=list)
    alike = models.CharField(max_length=64)
    once = models.CharField(max_length=80)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="answers")
    sheet = models.PositiveSmallIntegerField(null=True)
    entry = models.PositiveSmallIntegerField(default=1)
    by = models.UUIDField()

    class Meta:
        db_table = "appraisal_answer"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["county", "once"], name="appraisal_answer_once"),
            models.UniqueConstraint(fields=["batch", "sheet", "entry"], name="appraisal_sheet_once"),
        ]


class Sifting(Fact):
    """A person set an answer aside, took it back, or struck a sheet that was entered wrongly. The newest counts."""

    KINDS = (("aside", "剔除"), ("back", "恢复计入"), ("struck", "冲销"))
    REASONS = (
        ("burst", "短时间内集中提交"),
        ("same", "答案雷同"),
        ("void", "废卷（无法辨认、多选、空白）"),
        ("other", "其他"),
    )

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="siftings")
    kind = models.CharField(max_length=6, choices=KINDS)
    reason = models.CharField(max_length=6, choices=REASONS, blank=True)
    words = models.CharField(max_length=200)
    by = models.UUIDField()

    class Meta:
        db_table = "appraisal_sifting"
        ordering = ("id",)


class Publication(Fact):
    """A result as it was published: the frozen figures as text with their hash. Append-only.

    A further edition takes the place of the one before and says why; both stay to be read.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="publications")
    edition = models.PositiveSmallIntegerField()
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)
    why = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "appraisal_publication"
        ordering = ("edition",)
        constraints = [models.UniqueConstraint(fields=["questionnaire", "edition"], name="appraisal_edition_once")]

    def __str__(self) -> str:
        return f"{self.edition}"


APPEND_ONLY = (
    "appraisal_questionnaire",
    "appraisal_opening",
    "appraisal_ending",
    "appraisal_invitation",
    "appraisal_invitation_use",
    "appraisal_batch",
    "appraisal_answer",
    "appraisal_sifting",
    "appraisal_publication",
)
"""The tables whose rows the database itself lets nobody change or remove."""
