"""An organ's yearly report from the draft that went for signature to the version that stands, as facts."""

from __future__ import annotations

from django.db import models

from gongkai.annual.report import OWN, SCOPES
from gongkai.web.annual.models import Publication
from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile
from gongkai.web.organs.models import Organ

APPEND_ONLY = (
    "issuing_answer",
    "issuing_draft",
    "issuing_draft_end",
    "issuing_signature",
    "issuing_frozen",
    "issuing_issue",
    "issuing_archive",
    "issuing_noted",
)


class Answer(Fact):
    """What a person says to a doubt of the checker, on its fingerprint; the newest counts, an empty reason takes it back."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    scope = models.CharField(max_length=12, choices=tuple(SCOPES.items()), default=OWN)
    fingerprint = models.CharField(max_length=64)
    finding = models.CharField(max_length=60)
    message = models.CharField(max_length=1000, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "issuing_answer"
        indexes = [models.Index(fields=["organ", "year"], name="issuing_answer_of")]


class Draft(Fact):
    """A report as it was handed for signature: its bytes, what stands behind each cell, what the checker said.

    `scope`: of what it is the report, the organ's own year or the sum of its county; each has drafts of its own.
    `figures` is the compiled report with its records, `report` what will be outside (words and figures, no record),
    `members` the kind, key, version and number of every record of every cell, packed. `seal` is the hash over the
    three. `reason` says why a frozen report is corrected by this one.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    scope = models.CharField(max_length=12, choices=tuple(SCOPES.items()), default=OWN)
    number = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    figures = models.BinaryField()
    report = models.BinaryField()
    members = models.BinaryField()
    texts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    verdicts = models.JSONField(default=dict)
    seal = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "issuing_draft"
        constraints = [models.UniqueConstraint(fields=["organ", "year", "scope", "number"], name="issuing_draft_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.number}"


class DraftEnd(Fact):
    """That a draft will not be signed: taken back by who handed it over, or returned by who was to sign."""

    WHYS = (("withdrawn", "撤回"), ("returned", "退回修改"))

    draft = models.OneToOneField(Draft, models.PROTECT, related_name="end")
    why = models.CharField(max_length=10, choices=WHYS)
    reason = models.CharField(max_length=300)
    by = models.UUIDField()

    class Meta:
        db_table = "issuing_draft_end"


class Signature(Fact):
    """That a draft was signed: in the system by `by`, or on paper by whom `signer` names, with the scan.

    `exception` says why the signer could be the person who handed it over, where that was so.
    """

    WAYS = (("system", "系统内签发"), ("paper", "纸质签发"))

    draft = models.OneToOneField(Draft, models.PROTECT, related_name="signature")
    way = models.CharField(max_length=6, choices=WAYS)
    signer = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField()
    opinion = models.CharField(max_length=300, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    exception = models.CharField(max_length=60, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "issuing_signature"


class Frozen(Fact):
    """A signed draft as the version that stands. `despite`: why it was frozen though records had changed since."""

    draft = models.OneToOneField(Draft, models.PROTECT, related_name="frozen")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    scope = models.CharField(max_length=12, choices=tuple(SCOPES.items()), default=OWN)
    version = models.PositiveIntegerField()
    despite = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "issuing_frozen"
        constraints = [
            models.UniqueConstraint(fields=["organ", "year", "scope", "version"], name="issuing_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.version}"


class Issue(Fact):
    """That a frozen version was published on the portal."""

    frozen = models.ForeignKey(Frozen, models.PROTECT, related_name="issues")
    publication = models.OneToOneField(Publication, models.PROTECT, related_name="+")
    by = models.UUIDField()

    class Meta:
        db_table = "issuing_issue"


class Archive(Fact):
    """The archive package of a frozen version; one is made anew when more belongs into it."""

    frozen = models.ForeignKey(Frozen, models.PROTECT, related_name="archives")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    by = models.UUIDField()

    class Meta:
        db_table = "issuing_archive"


class Noted(Fact):
    """That a person looked at what differs from a frozen version and leaves it as it is; `stamp` says which difference."""

    frozen = models.ForeignKey(Frozen, models.PROTECT, related_name="notes")
    stamp = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    by = models.UUIDField()

    class Meta:
        db_table = "issuing_noted"


class Look(models.Model):
    """What differed from a frozen version when it was last looked at: a cache for lists, made again at any time."""

    frozen = models.OneToOneField(Frozen, models.PROTECT, primary_key=True, related_name="look")
    county = models.UUIDField(db_index=True)
    stamp = models.CharField(max_length=64, blank=True)
    cells = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    texts = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField()

    class Meta:
        db_table = "issuing_look"

    def __str__(self) -> str:
        return self.stamp
