"""What was read of reports already: a cache, made again at any time. This app keeps no facts."""

from __future__ import annotations

from django.db import models


class ReportFigures(models.Model):
    """The figures of a publication, a frozen version or a reading, without its words.

    `source` is the row they were read from, which itself never changes; `stamp` the newest correction laid over it.
    `headline` are the few figures that a page over many organs shows, `said` all of them.
    """

    source = models.UUIDField(primary_key=True)
    county = models.UUIDField(db_index=True)
    stamp = models.CharField(max_length=40, blank=True)
    headline = models.JSONField()
    said = models.JSONField()

    class Meta:
        db_table = "overview_report_figures"

    def __str__(self) -> str:
        return str(self.source)
