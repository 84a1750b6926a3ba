"""What the check before publication found, and what people decided about it."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact


class CheckRun(Fact):
    """One check of one text or file. `subject` is the version that was checked, `file` the attachment, if it was one.

    `hits` are the hints as the checker gives them; none holds a whole personal value. `failed` says why nothing could
    be checked. Append-only.
    """

    subject = models.UUIDField(db_index=True)
    file = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    hits = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    failed = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "review_check_run"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class HintDecision(Fact):
    """What a person decided about one hint of one text or file; the newest counts. Append-only.

    Kept by what was checked and the hint's fingerprint, so that the decision outlives a check of the same bytes.
    """

    VERDICTS = (("keep", "核对过，可以公开"), ("change", "须修改"))

    subject = models.UUIDField(db_index=True)
    sha256 = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=40)
    verdict = models.CharField(max_length=8, choices=VERDICTS)
    reason = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "review_hint_decision"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.verdict


APPEND_ONLY = ("review_check_run", "review_hint_decision")
"""The tables whose rows the database itself lets nobody change or remove."""
