"""An entry of the catalogue, its versions with their files, and everything that happens to it."""

from __future__ import annotations

from django.db import models

from gongkai.proactive.events import Event, Kind
from gongkai.proactive.stages import Stage, plan_of
from gongkai.proactive.validity import CHANGES, ChangeKind
from gongkai.scope.modes import Choice
from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile
from gongkai.web.organs.models import Organ


class Item(Fact):
    """An entry of an organ's catalogue. What it says stands in its versions, what happened to it in its acts.

    `once` makes what is sent or imported twice arrive once.
    """

    ORIGINS = (("desk", "工作台"), ("import", "迁移导入"), ("register", "台账"))

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="items")
    origin = models.CharField(max_length=10, choices=ORIGINS, default="desk")
    once = models.CharField(max_length=80)
    by = models.UUIDField()

    class Meta:
        db_table = "proactive_item"
        constraints = [models.UniqueConstraint(fields=["county", "once"], name="proactive_item_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Version(Fact):
    """The text of an entry as somebody left it, with its metadata and its disclosure mode. Append-only.

    Review binds to a version: a changed word is a new one. `metadata` holds the elements of `proactive.catalogue` by
    key; `formed_on` is when the information came about or changed, from which `limit` (a key of `proactive.limits`)
    runs; `body` is sanitised HTML, `text` its words for search; `digest` covers all of it with the files.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    metadata = models.JSONField(default=dict)
    mode = models.CharField(max_length=15, blank=True)
    ground = models.CharField(max_length=40, blank=True)
    mode_reason = models.CharField(max_length=1000, blank=True)
    formed_on = models.DateField()
    limit = models.CharField(max_length=40, default="publish")
    public_until = models.DateField(null=True)
    body = models.TextField(blank=True)
    text = models.TextField(blank=True)
    likeness = models.BinaryField(default=bytes)
    digest = models.CharField(max_length=64)
    by = models.UUIDField()

    class Meta:
        db_table = "proactive_version"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="proactive_version_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def choice(self) -> Choice:
        """The disclosure mode as it was proposed."""
        return Choice(self.mode, self.ground, self.mode_reason)


class Attachment(Fact):
    """A file of a version: an attachment, or a picture of the text with its alternative words. Append-only.

    A further version has rows of its own over the same stored file. `text` is what was read of it for search.
    """

    ROLES = (("attachment", "附件"), ("picture", "正文图片"), ("original", "原文件"))

    version = models.ForeignKey(Version, models.PROTECT, related_name="attachments")
    position = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=12, choices=ROLES, default="attachment")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    alt = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    unread = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "proactive_attachment"
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["version", "file"], name="proactive_file_once")]

    def __str__(self) -> str:
        return self.name


class ItemAct(Fact):
    """One act on an entry. Append-only; `seq` is its place in the entry's life, given under the entry's lock.

    `hands` are the identities of who decided: a person's key, and `name:` with the name of who signed on paper; `paper`
    is the scan of the sheet. `by` is who keyed it in. `on` is the day on which it was done. `in_stead_of` is the person
    for whom a deputy decided: then both are among the hands.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="acts")
    on = models.DateField()
    stage = models.CharField(max_length=10, blank=True)
    plan = models.JSONField(null=True)
    urgent = models.BooleanField(default=False)
    lacking = models.BooleanField(default=False)
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    matter = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    signer = models.CharField(max_length=60, blank=True)
    hands = models.JSONField(default=list)
    exception = models.CharField(max_length=200, blank=True)
    in_stead_of = models.UUIDField(null=True)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()

    class Meta:
        db_table = "proactive_act"
        ordering = ("seq",)
        constraints = [models.UniqueConstraint(fields=["item", "seq"], name="proactive_act_once")]

    def __str__(self) -> str:
        return self.kind

    def event(self) -> Event:
        """The fact as the core knows it. The version must have been fetched with the row."""
        return Event(
            kind=Kind(self.kind),
            at=self.recorded_at,
            version=self.version.number if self.version else 0,
            stage=Stage(self.stage) if self.stage else None,
            plan=plan_of(self.plan),
            urgent=self.urgent,
            lacking=self.lacking,
            from_at=self.from_at,
            until_at=self.until_at,
            matter=self.matter,
            hands=frozenset(self.hands),
            exception=self.exception,
        )


class Link(Fact):
    """Two entries that belong together: `item` does `kind` to `other`. Taken back by a row that `ends` it."""

    KINDS = (
        ("interprets", "解读"),
        ("amends", "修改"),
        ("repeals", "废止"),
        ("responds", "回应"),
        ("same", "与之重复"),
    )

    item = models.ForeignKey(Item, models.PROTECT, related_name="links")
    other = models.ForeignKey(Item, models.PROTECT, related_name="linked_by")
    kind = models.CharField(max_length=12, choices=KINDS)
    on = models.DateField()
    ends = models.OneToOneField("self", models.PROTECT, null=True, related_name="ended_by")
    by = models.UUIDField()

    class Meta:
        db_table = "proactive_link"


class Matter(Fact):
    """What is asked of another organ before publication: agreement (art. 11(1)) or approval (art. 11(2)), and the answer.

    The row that opens it has no `opens`; the one that settles it names it, with the outcome. What was answered no
    keeps the entry from being published until it is settled otherwise.
    """

    KINDS = (("consult", "协商确认"), ("approval", "报请批准"), ("determine", "报请确定能否公开"))
    OUTCOMES = (("agreed", "同意"), ("objected", "不同意"), ("dropped", "不再需要"))

    item = models.ForeignKey(Item, models.PROTECT, related_name="matters")
    opens = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers")
    kind = models.CharField(max_length=12, choices=KINDS)
    organ = models.CharField(max_length=120)
    words = models.CharField(max_length=1000, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    on = models.DateField()
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()

    class Meta:
        db_table = "proactive_matter"
        ordering = ("id",)


class Clarification(Fact):
    """False or incomplete information that was met, and the entry that sets it right (art. 6). Append-only."""

    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="clarifications")
    organ = models.ForeignKey(Organ, models.PROTECT)
    met_on = models.DateField()
    where = models.CharField(max_length=200)
    words = models.CharField(max_length=1000)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    by = models.UUIDField()

    class Meta:
        db_table = "proactive_clarification"
        ordering = ("id",)


class ReEvaluation(Fact):
    """A look at what is withheld (art. 18): still so, or to be disclosed now. Append-only."""

    OUTCOMES = (("still", "仍不公开"), ("disclose", "可以公开"))

    item = models.ForeignKey(Item, models.PROTECT, related_name="reevaluations")
    on = models.DateField()
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    words = models.CharField(max_length=1000)
    by = models.UUIDField()

    class Meta:
        db_table = "proactive_reevaluation"
        ordering = ("on", "id")


class ValidityChange(Fact):
    """What happened to a document after it was made. Append-only; a mistaken row is taken back by one that `voids` it."""

    KINDS = tuple((kind.value, CHANGES[kind]) for kind in ChangeKind)

    item = models.ForeignKey(Item, models.PROTECT, related_name="validity_changes")
    kind = models.CharField(max_length=15, choices=KINDS)
    on = models.DateField()
    until = models.DateField(null=True)
    basis = models.CharField(max_length=300)
    by_item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    voids = models.OneToOneField("self", models.PROTECT, null=True, related_name="voided_by")
    by = models.UUIDField()

    class Meta:
        db_table = "proactive_validity_change"
        ordering = ("on", "id")
