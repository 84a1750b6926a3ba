"""The rows of the registers as versions that are never changed, and what follows from them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile
from gongkai.web.organs.models import Organ

ACTS = (("enter", "登记"), ("correct", "更正"), ("void", "作废"))
APPEND_ONLY = (
    "registers_row",
    "registers_version",
    "registers_file",
    "registers_nothing",
    "registers_bring",
    "registers_listed",
)


class Row(Fact):
    """A row of an organ's register. What it says stands in its versions. `once` makes what is brought twice arrive once."""

    ORIGINS = (("desk", "工作台"), ("import", "导入"))

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="register_rows")
    register = models.CharField(max_length=40)
    origin = models.CharField(max_length=10, choices=ORIGINS, default="desk")
    once = models.CharField(max_length=80)
    by = models.UUIDField()

    class Meta:
        db_table = "registers_row"
        constraints = [models.UniqueConstraint(fields=["county", "once"], name="registers_row_once")]
        indexes = [models.Index(fields=["county", "register"], name="registers_of_register")]


class Version(Fact):
    """What a row says: `values` by the keys of its fields, `on` the day by which it counts. Append-only.

    A correction and a voiding are further versions with their reason. `beside` is the change of a catalogue entry's
    validity that was noted with it.
    """

    row = models.ForeignKey(Row, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=8, choices=ACTS)
    values = models.JSONField(default=dict)
    on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    beside = models.UUIDField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "registers_version"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["row", "number"], name="registers_version_once")]


class RowFile(Fact):
    """A file or a photograph of a row; the value of its field is the key of the stored file. Append-only."""

    row = models.ForeignKey(Row, models.PROTECT, related_name="files")
    field = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    by = models.UUIDField()

    class Meta:
        db_table = "registers_file"


class Nothing(Fact):
    """That an organ had nothing to enter in a period: blank is not zero. Taken back by a row that `voids` it."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    voids = models.OneToOneField("self", models.PROTECT, null=True, related_name="voided_by")
    by = models.UUIDField()

    class Meta:
        db_table = "registers_nothing"


class Bring(Fact):
    """One import: which file, how many rows were taken, known before, and left out. Append-only."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    taken = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    by = models.UUIDField()

    class Meta:
        db_table = "registers_bring"


class Listed(Fact):
    """A row as it stands in a list that was drafted for publication: `item` and `version` are those of the catalogue.

    `cells` are its words as they were reviewed. It may be shown outside while exactly that version is public, and no
    moment longer.
    """

    row = models.ForeignKey(Row, models.PROTECT, related_name="listings")
    said = models.ForeignKey(Version, models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    item = models.UUIDField(db_index=True)
    version = models.UUIDField(db_index=True)
    cells = models.JSONField(default=list)
    by = models.UUIDField()

    class Meta:
        db_table = "registers_listed"


class Line(models.Model):
    """What follows from the versions of a row: a cache for lists, written in the transaction of each version.

    `parent` is the row that it follows up, `natural` what makes the thing itself, `alike` everything it says.
    """

    row = models.OneToOneField(Row, models.PROTECT, primary_key=True, related_name="line")
    county = models.UUIDField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    title = models.CharField(max_length=200)
    on = models.DateField(null=True)
    voided = models.BooleanField(default=False)
    parent = models.UUIDField(null=True)
    natural = models.CharField(max_length=64, blank=True)
    alike = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "registers_line"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "register", "natural"],
                condition=Q(voided=False) & ~Q(natural=""),
                name="registers_natural_once",
            )
        ]
        indexes = [
            models.Index(fields=["county", "register", "-on"], name="registers_newest"),
            models.Index(fields=["organ", "register", "-on"], name="registers_organ_newest"),
            models.Index(fields=["organ", "register", "alike"], name="registers_alike"),
            models.Index(fields=["parent", "-on"], name="registers_followed", condition=Q(parent__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title
