"""The words of a yearly report, save by save: nothing that anyone saved is ever written over."""

from __future__ import annotations

from django.db import models

from gongkai.annual.narrative.facts import SECTIONS
from gongkai.annual.report import OWN, SCOPES
from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ


class Text(Fact):
    """One part of an organ's report as somebody saved it, with slots where numbers belong. Append-only.

    `scope`: in which of its reports, that on its own year or that of its county; each has words of its own.
    `base` is the version that was on the page when they began, None for the first. Two rows over one base are two
    people's work: both stay, until a row that `joins` the second brings them together.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    scope = models.CharField(max_length=12, choices=tuple(SCOPES.items()), default=OWN)
    section = models.CharField(max_length=8, choices=tuple(SECTIONS.items()))
    number = models.PositiveIntegerField()
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    joins = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined_by")
    words = models.TextField(blank=True)
    by = models.UUIDField()

    class Meta:
        db_table = "narrative_text"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year", "scope", "section", "number"], name="narrative_number_once"
            ),
        ]
        indexes = [models.Index(fields=["county", "year", "section"], name="narrative_of_year")]

    def __str__(self) -> str:
        return f"{self.get_section_display()} {self.number}"


APPEND_ONLY = ("narrative_text",)
"""The tables whose rows the database itself lets nobody change or remove."""
