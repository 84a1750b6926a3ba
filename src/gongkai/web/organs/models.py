"""County and organ."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact


class County(Fact):
    """A county whose work is done here. Its `county` is its own key."""

    name = models.CharField(max_length=60)

    class Meta:
        db_table = "organs_county"

    def __str__(self) -> str:
        return self.name


class Organ(Fact):
    """An administrative organ of the county's list.

    `listed` is false when it was struck from the list; the row stays because reports hang on it.
    """

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)
    listed = models.BooleanField(default=True)

    class Meta:
        db_table = "organs_organ"
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="organs_name_once")]

    def __str__(self) -> str:
        return self.name
