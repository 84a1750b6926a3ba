"""A stored file."""

from __future__ import annotations

from django.db import models

from gongkai.web import sealed
from gongkai.web.facts import Fact

KINDS = (("report", "交入的年度报告"), ("attachment", "案件附件"))


class StoredFile(Fact):
    """The bytes of a file, known by their SHA-256; they lie in the data folder, never changed.

    A `report` was published by somebody: its bytes lie as they came, once, under their own hash. An `attachment` may
    hold anybody's data: its bytes are encrypted, each on its own, and lie under the hash of what is on disk (`stored`),
    so that a backup can be checked without any key. An attachment that the secrecy office must decide on is `isolated`:
    it lies in a folder apart, of which no copy is made; `gone_on` is the day it was handed over and wiped here.
    """

    kind = models.CharField(max_length=12, choices=KINDS, default="report")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    stored = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    name = models.BinaryField(default=b"")
    isolated = models.BooleanField(default=False)
    gone_on = models.DateField(null=True)

    class Meta:
        db_table = "files_stored_file"
        indexes = [models.Index(fields=["stored"], name="files_by_stored")]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "sha256"], condition=models.Q(kind="report"), name="files_report_once"
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def plain_name(self) -> str:
        """The name under which it was handed in, unsealed; empty for a report, whose name stands with it."""
        table = self._meta.db_table
        return sealed.unseal(bytes(self.name), table=table, column="name", row=self.pk) if self.name else ""
