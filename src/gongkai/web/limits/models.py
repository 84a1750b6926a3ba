"""One counter: of which kind, of whom (a keyed hash), how many since when."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.facts import new_key


class Tally(models.Model):
    """How often one thing was tried by one. `key` is a keyed hash: neither an address nor a number stands here.

    `until`: nothing more is taken before that moment. A day after its last change the row is of no use and goes.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField()
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        db_table = "limits_tally"
        constraints = [models.UniqueConstraint(fields=["county", "kind", "key"], name="limits_one_tally")]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"
