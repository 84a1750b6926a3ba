"""How often what was already public was enough for one who was about to apply."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import new_key
from gongkai.web.organs.models import Organ


class OfferTally(models.Model):
    """One organ's day: how often published entries were shown before an application, and how often they were enough.

    Two counts, and nothing else: no words, no person, no moment. Counters are no facts of a case.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    county = models.UUIDField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    on = models.DateField()
    shown = models.PositiveIntegerField(default=0)
    enough = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "onrequest_offer_tally"
        constraints = [models.UniqueConstraint(fields=["county", "organ", "on"], name="onrequest_offers_a_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.enough}/{self.shown}"
