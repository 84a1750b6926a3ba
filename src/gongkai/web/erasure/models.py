"""The register of erasures: what was erased, on whose word, and each row that was emptied."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ

KINDS = (
    ("letter", "来信"),
    ("opinion", "征集意见"),
    ("application", "公开申请"),
    ("complaint", "投诉"),
    ("correction", "更正本人信息"),
    ("hotline", "热线台账"),
    ("mail", "收件登记"),
    ("dispute", "复议诉讼登记"),
)
APPEND_ONLY = ("erasure_erasure", "erasure_row")


class Erasure(Fact):
    """That somebody confirmed that the personal data of a matter are taken out.

    `about` is the letter, the application, the complaint, the request to correct a record, the entry on which the
    opinions were given, the file in which lines of the hotline came, or a letter of the mail room or a dispute that no
    application was found for. `number` names it on paper: a number or a title,
    never a person. `ended_on` and `due_on` are what the period was reckoned from and to.
    """

    kind = models.CharField(max_length=12, choices=KINDS)
    about = models.UUIDField(unique=True)
    number = models.CharField(max_length=200)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    ended_on = models.DateField()
    due_on = models.DateField()
    why = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    by = models.UUIDField()

    class Meta:
        db_table = "erasure_erasure"

    def __str__(self) -> str:
        return self.number


class ErasedRow(Fact):
    """A row that was emptied with an erasure. The triggers of the tables ask here whether a row may be emptied."""

    erasure = models.ForeignKey(Erasure, models.PROTECT, related_name="emptied")
    of_table = models.CharField(max_length=60)
    about = models.UUIDField()

    class Meta:
        db_table = "erasure_row"
        constraints = [models.UniqueConstraint(fields=["about", "of_table"], name="erasure_row_once")]
