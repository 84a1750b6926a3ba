"""Standard catalogues as a county keeps them, which entries stand on their lines, whose lines they are."""

from __future__ import annotations

from django.db import models

from gongkai.proactive.coverage import COLUMNS, Line
from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ


class Catalogue(Fact):
    """One version of the standard catalogue of a field. The newest of a field holds; append-only.

    `lines` counts its lines; one with none takes the field's catalogue back.
    """

    field = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    lines = models.PositiveIntegerField(default=0)
    by = models.UUIDField()

    class Meta:
        db_table = "coverage_catalogue"
        ordering = ("field", "number")
        constraints = [models.UniqueConstraint(fields=["county", "field", "number"], name="coverage_catalogue_once")]

    def __str__(self) -> str:
        return f"{self.field} {self.number}"


class CatalogueLine(Fact):
    """A line of a version of a catalogue. `key` is the same for the same item and element in every version."""

    catalogue = models.ForeignKey(Catalogue, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=32)
    number = models.TextField(blank=True)
    first = models.TextField(blank=True)
    second = models.TextField(blank=True)
    content = models.TextField()
    basis = models.TextField(blank=True)
    limit = models.TextField(blank=True)
    duty = models.TextField(blank=True)
    channels = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    manner = models.TextField(blank=True)
    level = models.TextField(blank=True)

    class Meta:
        db_table = "coverage_line"
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["catalogue", "key"], name="coverage_line_once")]
        indexes = [models.Index(fields=["county", "key"], name="coverage_line_by_key")]

    def __str__(self) -> str:
        return self.content

    def said(self) -> Line:
        """The line as the core knows it."""
        return Line(**{name: getattr(self, name) for name in COLUMNS})


class Placement(Fact):
    """That an entry stands on a line; taken back by a row that `ends` it. `found`: a person chose it, or agreed to it.

    The entry is a plain key: it is asked for through the selectors of `proactive`.
    """

    FOUND = (("drafting", "起草时选择"), ("suggested", "核对建议后确认"), ("desk", "在矩阵中指定"))

    line = models.CharField(max_length=32)
    field = models.CharField(max_length=30)
    entry = models.UUIDField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    found = models.CharField(max_length=10, choices=FOUND)
    ends = models.OneToOneField("self", models.PROTECT, null=True, related_name="ended_by")
    by = models.UUIDField()

    class Meta:
        db_table = "coverage_placement"
        ordering = ("id",)
        indexes = [
            models.Index(fields=["county", "field"], name="coverage_placed_in_field"),
            models.Index(fields=["entry"], name="coverage_placed_entry"),
            models.Index(fields=["organ", "line"], name="coverage_placed_organ"),
        ]

    def __str__(self) -> str:
        return str(self.entry)


class Declaration(Fact):
    """That an organ has nothing to do with a line, and why; the newest of an organ and line holds. Append-only.

    An empty reason takes it back.
    """

    line = models.CharField(max_length=32)
    field = models.CharField(max_length=30)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "coverage_declaration"
        ordering = ("id",)
        indexes = [models.Index(fields=["county", "field"], name="coverage_declared")]

    def __str__(self) -> str:
        return self.reason


class Bearing(Fact):
    """Which organs the words of 公开主体 mean in a field, as a person said; the newest of the words holds. Append-only."""

    field = models.CharField(max_length=30)
    duty = models.TextField()
    organs = models.JSONField(default=list)
    by = models.UUIDField()

    class Meta:
        db_table = "coverage_bearing"
        ordering = ("id",)
        indexes = [models.Index(fields=["county", "field"], name="coverage_bearing_of_field")]

    def __str__(self) -> str:
        return self.duty


APPEND_ONLY = (
    "coverage_catalogue",
    "coverage_line",
    "coverage_placement",
    "coverage_declaration",
    "coverage_bearing",
)
"""The tables whose rows the database itself lets nobody change or remove."""
