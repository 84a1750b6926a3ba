"""Applications that fell due in a period: how many, how many were answered in time, and which were not.

Another count than the figures of the desk, which ask of the answers of a period: here the days of a period are asked
for their answers, so that what was never answered counts against the rate.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q

from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.selectors.figures import Share, Span
from gongkai.web.organs.selectors import Organs
from gongkai.web.overview.selectors.flow import WHOSE, cases_of

WORDS = "按期答复"
WHICH = {"": "已到期应答复的", "kept": "其中按期答复的", "late": "其中没有按期答复的"}
PAGE = 50
_COUNTS = Q(delivered_on__isnull=False) | Q(open=1)
"""What was answered or still waits for its answer."""
_IN_TIME = Q(delivered_on__isnull=False, delivered_on__lte=F("due_on"))


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
    rows = cases_of(county, organs).filter(due_on__range=_days(span, today)).annotate(whose=WHOSE)
    counted = rows.values_list("whose").annotate(
        n=Count("due_on", filter=_COUNTS), kept=Count("due_on", filter=_IN_TIME)
    )
    by = {organ: Share(WORDS, kept, n) for organ, n, kept in counted if n}
    return Due(Share(WORDS, sum(each.n for each in by.values()), sum(each.of for each in by.values())), by)


def behind(county: uuid.UUID, organs: Organs, span: Span, today: date, which: str, page: int) -> list[Case]:
    """The cases behind the three figures, first due first; one more than a page holds where there are more."""
    rows = cases_of(county, organs).filter(due_on__range=_days(span, today))
    rows = rows.filter(_COUNTS)
    if which == "kept":
        rows = rows.filter(_IN_TIME)
    elif which == "late":
        rows = rows.filter(Q(delivered_on=None) | Q(delivered_on__gt=F("due_on")))
    first = PAGE * (page - 1)
    return list(rows.select_related("organ").order_by("due_on", "application_id")[first : first + PAGE + 1])
