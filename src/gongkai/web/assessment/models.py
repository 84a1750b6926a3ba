"""The facts of assessment: versions of schemes, rounds, what was said of each indicator, results, mock applications.

All of it is append-only. A round names the version of the scheme by which it is scored; a result keeps its own values.
"""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile
from gongkai.web.organs.models import FORMS, Organ


class SchemeVersion(Fact):
    """A scheme as its text stood when it was saved. Append-only; a changed scheme is the next number."""

    key = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    ready = models.BooleanField()
    """Whether something can be scored by it: nothing is left unsaid."""
    by = models.UUIDField()

    class Meta:
        db_table = "assessment_scheme"
        ordering = ("key", "-number")
        constraints = [models.UniqueConstraint(fields=["county", "key", "number"], name="assessment_scheme_once")]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"


class Round(Fact):
    """One assessment: a period, its cut-off, and the version of the scheme that every organ in it is scored by."""

    title = models.CharField(max_length=120)
    scheme = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="rounds")
    first_on = models.DateField()
    last_on = models.DateField()
    cutoff_at = models.DateTimeField()
    self_due_on = models.DateField(null=True)
    appeal_due_on = models.DateField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "assessment_round"
        ordering = ("-last_on", "-id")

    def __str__(self) -> str:
        return self.title


class Assessed(Fact):
    """An organ in a round, as what it was when the round was opened."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="assessed")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    form = models.CharField(max_length=20, choices=FORMS, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "assessment_assessed"
        ordering = ("organ__position", "id")
        constraints = [models.UniqueConstraint(fields=["round", "organ"], name="assessment_assessed_once")]

    def __str__(self) -> str:
        return self.name


class Mark(Fact):
    """What was said of one indicator of one organ, by whom: the records, the organ itself, an assessor, a reviewer.

    `members` are the records behind what was computed, as they were known at `known_at`.
    """

    SAID_BY = (
        ("computed", "系统计算"),
        ("self", "自评"),
        ("scored", "评分"),
        ("reviewed", "复核"),
        ("appeal", "申诉后调整"),
    )

    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="marks")
    indicator = models.CharField(max_length=40)
    said_by = models.CharField(max_length=10, choices=SAID_BY)
    value = models.JSONField()
    words = models.CharField(max_length=500, blank=True)
    members = models.JSONField(default=list)
    known_at = models.DateTimeField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "assessment_mark"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.indicator


class Proof(Fact):
    """A file that an organ hands in for one indicator. A row that `ends` another takes it back."""

    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="proofs")
    indicator = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)
    ends = models.OneToOneField("self", models.PROTECT, null=True, related_name="ended_by")
    by = models.UUIDField()

    class Meta:
        db_table = "assessment_proof"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Deed(Fact):
    """One step in the assessment of an organ. `seq` is its place, given under the lock of the organ's row."""

    KINDS = (
        ("handed_in", "提交自评"),
        ("returned", "退回自评"),
        ("scored", "评分完毕"),
        ("sent_back", "退回重新评分"),
        ("reviewed", "复核通过，告知结果"),
        ("appealed", "提出申诉"),
        ("replied", "答复申诉"),
        ("accepted", "对结果无异议"),
        ("finished", "定为最终结果"),
        ("reopened", "更正最终结果"),
    )

    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="deeds")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=KINDS)
    indicator = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    about = models.OneToOneField("self", models.PROTECT, null=True, related_name="reply")
    agreed = models.BooleanField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "assessment_deed"
        ordering = ("seq",)
        constraints = [models.UniqueConstraint(fields=["assessed", "seq"], name="assessment_deed_once")]

    def __str__(self) -> str:
        return self.kind


class Result(Fact):
    """A final result: the values and the steps by which it came out, under which version of the scheme."""

    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="results")
    number = models.PositiveIntegerField()
    scheme = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+")
    values = models.JSONField()
    steps = models.JSONField()
    low = models.DecimalField(max_digits=12, decimal_places=2)
    high = models.DecimalField(max_digits=12, decimal_places=2)
    of = models.DecimalField(max_digits=12, decimal_places=4)
    verdict = models.CharField(max_length=8)
    vetoed = models.BooleanField()
    sha256 = models.CharField(max_length=64)
    by = models.UUIDField()

    class Meta:
        db_table = "assessment_result"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["assessed", "number"], name="assessment_result_once")]

    def __str__(self) -> str:
        return str(self.low)


class Ranked(Fact):
    """The ranking of a round as it was made known to its organs."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="rankings")
    number = models.PositiveIntegerField()
    rows = models.JSONField()
    by = models.UUIDField()

    class Meta:
        db_table = "assessment_ranked"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="assessment_ranked_once")]

    def __str__(self) -> str:
        return str(self.number)


class Mock(Fact):
    """A test application, sent to see how a channel works. It is no application: nothing that counts reads this table."""

    CHANNELS = (("in_person", "当面"), ("post", "邮寄"), ("web", "网上"), ("email", "电子邮箱"), ("fax", "传真"))

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="mocks")
    channel = models.CharField(max_length=10, choices=CHANNELS)
    sent_on = models.DateField()
    asked = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "assessment_mock"
        ordering = ("-sent_on", "-id")

    def __str__(self) -> str:
        return self.asked


class MockFinding(Fact):
    """What came of a test application, as a person found it. The newest row says how it stands."""

    mock = models.ForeignKey(Mock, models.PROTECT, related_name="findings")
    reached = models.BooleanField(null=True)
    answered_on = models.DateField(null=True)
    silent = models.BooleanField(default=False)
    met = models.JSONField(default=dict)
    case_number = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "assessment_mock_finding"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.words


APPEND_ONLY = (
    "assessment_scheme",
    "assessment_round",
    "assessment_assessed",
    "assessment_mark",
    "assessment_proof",
    "assessment_deed",
    "assessment_result",
    "assessment_ranked",
    "assessment_mock",
    "assessment_mock_finding",
)
"""The tables whose rows the database itself lets nobody change or remove."""
