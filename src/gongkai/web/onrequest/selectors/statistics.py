"""Figures of the desk over a period: received, answered, on time, by outcome; for each organ."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q

from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.progress import State
from gongkai.web.onrequest.models import Case

_ENDED = (State.WITHDRAWN.value, State.MERGED.value)


@dataclass(slots=True)
class Figures:
    """What an organ did in a period. `outcomes` counts what was answered in it, by class of result.

    `late` was delivered after its due day; of what has no due day (a consultation still open) neither is said.
    """

    organ: uuid.UUID
    received: int = 0
    answered: int = 0
    on_time: int = 0
    late: int = 0
    withdrawn: int = 0
    open: int = 0
    overdue: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)


def figures(
    county: uuid.UUID, first: date, last: date, *, today: date, organs: Iterable[uuid.UUID] | None = None
) -> list[Figures]:
    """The figures of each organ that had a case in the period or has one open, `first` and `last` included.

    Open and overdue are as of today. A case that was reopened counts with its newest answer.
    """
    rows = Case.objects.filter(county=county)
    if organs is not None:
        rows = rows.filter(organ__in=list(organs))
    found: dict[uuid.UUID, Figures] = {}

    def of(organ: uuid.UUID) -> Figures:
        return found.setdefault(organ, Figures(organ))

    for row in rows.filter(received_on__range=(first, last)).values("organ").annotate(n=Count("pk")).order_by():
        of(row["organ"]).received = row["n"]
    answered = rows.filter(delivered_on__range=(first, last)).values("organ", "decision").order_by()
    for row in answered.annotate(
        n=Count("pk"),
        on_time=Count("pk", filter=Q(delivered_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(delivered_on__gt=F("due_on"))),
    ):
        mine = of(row["organ"])
        mine.answered += row["n"]
        mine.on_time += row["on_time"]
        mine.late += row["late"]
        made = decisions().get(row["decision"])
        mine.outcomes[made.outcome.value if made else "unknown"] += row["n"]
    ended = rows.filter(received_on__range=(first, last), state__in=_ENDED, delivered_on=None)
    for row in ended.values("organ").annotate(n=Count("pk")).order_by():
        of(row["organ"]).withdrawn = row["n"]
    for row in (
        rows.filter(open=1)
        .values("organ")
        .annotate(n=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)))
        .order_by()
    ):
        mine = of(row["organ"])
        mine.open, mine.overdue = row["n"], row["overdue"]
    return sorted(found.values(), key=lambda each: str(each.organ))
