"""The facts of the desk: what was handed in, read, placed, judged and corrected."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.annual.report import SCOPES
from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile
from gongkai.web.organs.models import Organ


def today() -> object:
    """The day in Shanghai."""
    return timezone.localdate()


class Batch(Fact):
    """What was handed in at one go: a file, a folder, a zip, a pasted text."""

    received_on = models.DateField(default=today)
    label = models.CharField(max_length=200)
    by = models.UUIDField()

    class Meta:
        db_table = "annual_batch"


class Submission(Fact):
    """A report handed in: the file as it came, once by its content.

    `organ`, `year` repeat the newest `Placement`, `name_read` what the document calls its organ; all three are
    written only together with the row they repeat. `scope` is of what its figures are, as the document says, or
    whoever issued it here, or a person; empty where nobody said.
    """

    SOURCES = (("file", "文件"), ("paste", "粘贴"), ("demo", "演示"))

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="submissions")
    file = models.OneToOneField(StoredFile, models.PROTECT)
    name = models.CharField(max_length=255)
    source = models.CharField(max_length=10, choices=SOURCES, default="file")
    received_on = models.DateField(default=today)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="submissions")
    year = models.PositiveSmallIntegerField(null=True)
    name_read = models.CharField(max_length=200, blank=True)
    aside = models.BooleanField(default=False)
    scope = models.CharField(max_length=16, choices=list(SCOPES.items()), blank=True)

    class Meta:
        db_table = "annual_submission"
        indexes = [models.Index(fields=["county", "aside", "year"], name="annual_submission_list")]


class BatchItem(Fact):
    """One file of a batch and what became of it at the door."""

    OUTCOMES = (("new", "已收下"), ("same", "与已有文件相同"), ("refused", "没有收下"))

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="items")
    message = models.CharField(max_length=400, blank=True)
    advice = models.CharField(max_length=400, blank=True)

    class Meta:
        db_table = "annual_batch_item"
        ordering = ("batch_id", "position")


class Job(Fact):
    """The reading of a submission as work to do: survives a restart."""

    STATES = (("waiting", "等待读取"), ("reading", "正在读取"), ("done", "已读取"), ("failed", "读不了"))

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="job")
    state = models.CharField(max_length=10, choices=STATES, default="waiting", db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "annual_job"


class Reading(Fact):
    """What a reader made of a file; the newest counts. Either `report` or the three words of an error."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="readings")
    reader = models.CharField(max_length=40)
    report = models.JSONField(null=True)
    text = models.TextField(blank=True)
    says = models.JSONField(default=dict)
    pages = models.JSONField(default=list)
    error_code = models.CharField(max_length=60, blank=True)
    error_message = models.CharField(max_length=400, blank=True)
    error_advice = models.CharField(max_length=400, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "annual_reading"
        indexes = [models.Index(fields=["submission", "-id"], name="annual_reading_newest")]


class Placement(Fact):
    """Which organ and year a submission is of, and who or what said so; the newest counts.

    `scope`: of what its figures are, where a person says so because the document does not.
    """

    WAYS = (("exact", "名称一致"), ("normalised", "名称相当"), ("person", "人工指定"), ("none", "未能识别"))

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="placements")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True)
    year = models.PositiveSmallIntegerField(null=True)
    way = models.CharField(max_length=12, choices=WAYS)
    scope = models.CharField(max_length=16, choices=list(SCOPES.items()), blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "annual_placement"


class JudgementOfFinding(Fact):
    """A person's decision about a finding, with the reason; append-only, the newest counts.

    It hangs on the fingerprint, so it is kept when rules change. `finding` and `rule_version` say what was judged.
    """

    VERDICTS = (("confirmed", "确认"), ("dismissed", "排除"), ("withdrawn", "撤回"))

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="judgements")
    fingerprint = models.CharField(max_length=64)
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    reason = models.CharField(max_length=500, blank=True)
    finding = models.CharField(max_length=60)
    rule_version = models.CharField(max_length=60)
    message = models.CharField(max_length=1000, blank=True)
    by = models.UUIDField()
    judged_on = models.DateField(default=today)

    class Meta:
        db_table = "annual_judgement"
        indexes = [models.Index(fields=["submission", "fingerprint"], name="annual_judgement_of")]


class CellCorrection(Fact):
    """A person's correction of a cell; append-only, the newest of an address counts, the reading stays as it was."""

    ACTIONS = (("value", "更正为"), ("blank", "更正为空白"), ("original", "恢复原读取"))

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="corrections")
    address = models.CharField(max_length=120)
    action = models.CharField(max_length=10, choices=ACTIONS)
    value = models.CharField(max_length=40, blank=True)
    original = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500)
    by = models.UUIDField()
    corrected_on = models.DateField(default=today)

    class Meta:
        db_table = "annual_correction"
        indexes = [models.Index(fields=["submission", "address"], name="annual_correction_of")]


class Checking(Fact):
    """The outcome of a check, kept so that lists are quick. Derived: may be thrown away and made again.

    `key` names everything it was made from: reading, corrections, the year before, the rules.
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="checking")
    key = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    relations = models.JSONField(default=list)
    verdicts = models.JSONField(default=dict)
    failed = models.CharField(max_length=60, blank=True)
    conflicts = models.PositiveIntegerField(default=0)
    doubts = models.PositiveIntegerField(default=0)
    notes = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "annual_checking"


class Publication(Fact):
    """A yearly report as it was published on the portal: frozen, so that a later correction changes nothing outside.

    `report` is the report as data. A further edition of the same organ and year takes the place of the one before;
    a `consolidated` one, the sum of a county, has editions of its own and stands beside the organ's own. `despite` is why
    it went out though findings were open. Append-only.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="publications")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="publications")
    year = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField()
    consolidated = models.BooleanField(default=False)
    report = models.JSONField()
    despite = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "annual_publication"
        constraints = [
            models.UniqueConstraint(fields=["organ", "year", "consolidated", "edition"], name="annual_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year}"


class PublicationEnd(Fact):
    """That a publication no longer stands outside, and why. Append-only."""

    WHYS = (("replaced", "由新的版本代替"), ("withdrawn", "撤回"))

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="end")
    why = models.CharField(max_length=10, choices=WHYS)
    reason = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "annual_publication_end"


class PublicationFile(Fact):
    """A publication in one format, made when it went out or soon after. Append-only."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="files")
    format = models.CharField(max_length=10)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        db_table = "annual_publication_file"
        constraints = [models.UniqueConstraint(fields=["publication", "format"], name="annual_file_once")]


APPEND_ONLY = ("annual_publication", "annual_publication_end", "annual_publication_file")
"""The tables of publishing, whose rows the database itself lets nobody change or remove."""
