"""The ledger of the 12345 hotline as it was brought in, and the questions that come again and again."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile
from gongkai.web.organs.models import Organ


class HotlineImport(Fact):
    """One file of the hotline: how many lines were taken, known before, and refused."""

    sha256 = models.CharField(max_length=64)
    taken = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_hotline_import"


class HotlinePreview(Fact):
    """What may be taken of a file, kept sealed until a person says so; wiped when it was taken in, or nobody came."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        db_table = "interaction_hotline_preview"


class HotlineRow(Fact):
    """A call or message to the hotline. What it says is sealed; who it came from is not taken in at all."""

    source = models.ForeignKey(HotlineImport, models.PROTECT, related_name="rows")
    number = models.CharField(max_length=60)
    received_on = models.DateField()
    category = models.CharField(max_length=60, blank=True)
    organ_name = models.CharField(max_length=120, blank=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True)
    satisfied = models.CharField(max_length=10, blank=True)
    words = models.BinaryField(default=bytes)
    likeness = models.BinaryField(default=bytes)

    class Meta:
        db_table = "interaction_hotline_row"
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="interaction_hotline_once")]
        indexes = [models.Index(fields=["county", "received_on"], name="interaction_hotline_day")]

    def __str__(self) -> str:
        return self.number


class Question(Fact):
    """A question that comes again and again, in the office's words, and the entry that answers it."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    entry = models.UUIDField(unique=True)
    by = models.UUIDField()

    class Meta:
        db_table = "interaction_question"

    def __str__(self) -> str:
        return self.title


class QuestionPart(Fact):
    """A letter or a line of the hotline that asked a question."""

    KINDS = (("letter", "来信"), ("hotline", "热线"))

    question = models.ForeignKey(Question, models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=8, choices=KINDS)
    about = models.UUIDField()

    class Meta:
        db_table = "interaction_question_part"
        constraints = [models.UniqueConstraint(fields=["kind", "about"], name="interaction_asked_once")]
