"""Applications that fell due in a period: how many, how many were answered in time, and which were not.

Another count than the figures of the desk, which ask of the answers of a period: here the days of a period are asked
for their answers, so that what was never answered counts against the rate.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q

from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.selectors.figures import Share, Span
from gongkai.web.overview.selectors.flow import WHOSE, Organs, cases_of

WORDS = "按期答复"
WHICH = {"": "已到期应答复的", "kept": "其中按期答复的", "late": "其中没有按期答复的"}
PAGE = 50
_EARLY = timedelta(days=366)
"""Nobody answers so long before the due day: bounds what of the index of answers is looked at."""


@dataclass(frozen=True, slots=True)
class Due:
    """What fell due in a period until yesterday, of everyone and by organ."""

    whole: Share
    by_organ: dict[uuid.UUID, Share]

    @property
    def late(self) -> int:
        """How many were not answered in time."""
        return self.whole.of - self.whole.n


def _days(span: Span, today: date) -> tuple[date, date]:
    return span.first, min(span.last, today - timedelta(days=1))


def due(county: uuid.UUID, organs: Organs, span: Span, today: date) -> Due:
    """What fell due between the first day of a period and yesterday; what ended without an answer is left out."""
    days = _days(span, today)
    rows = cases_of(county, organs).filter(due_on__range=days)
    of: Counter[uuid.UUID] = Counter()
    kept: Counter[uuid.UUID] = Counter()
    answered = cases_of(county, organs).filter(delivered_on__gte=span.first - _EARLY).annotate(whose=WHOSE)
    fell, in_time = Q(due_on__range=days), Q(due_on__range=days, delivered_on__lte=F("due_on"))
    for organ, n, n_kept in answered.values_list("whose").annotate(
        n=Count("due_on", filter=fell), kept=Count("due_on", filter=in_time)
    ):
        of[organ] += n
        kept[organ] += n_kept
    for organ, n in rows.filter(open=1, delivered_on=None).values_list("organ_id").annotate(n=Count("*")):
        of[organ] += n
    by = {organ: Share(WORDS, kept[organ], n) for organ, n in of.items() if n}
    return Due(Share(WORDS, kept.total(), of.total()), by)


def behind(county: uuid.UUID, organs: Organs, span: Span, today: date, which: str, page: int) -> list[Case]:
    """The cases behind the three figures, first due first; one more than a page holds where there are more."""
    rows = cases_of(county, organs).filter(due_on__range=_days(span, today))
    rows = rows.filter(Q(delivered_on__isnull=False) | Q(open=1))
    in_time = Q(delivered_on__isnull=False, delivered_on__lte=F("due_on"))
    if which == "kept":
        rows = rows.filter(in_time)
    elif which == "late":
        rows = rows.filter(Q(delivered_on=None) | Q(delivered_on__gt=F("due_on")))
    first = PAGE * (page - 1)
    return list(rows.select_related("organ").order_by("due_on", "application_id")[first : first + PAGE + 1])
