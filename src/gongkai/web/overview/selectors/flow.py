"""What came in and went out in a year, by month, outcome and organ: the part of the desk's figures that one page can bear.

Of the desk's own figures the medians are left out: they ask for every single answer.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from gongkai.onrequest.decisions import OUTCOMES, decisions
from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.selectors.figures import WITHDRAWN, Month, Share, Span, by_outcome
from gongkai.web.organs.selectors import Organs, of_organs

T = TypeVar("T")
OVERLAP, LOOKED_AT = timedelta(minutes=10), 1000
"""A transaction may stay open so long: what was changed so shortly before the newest change is counted, up to a bound."""


WHOSE = Coalesce("organ_id", "organ_id")
"""The organ, as something that no index begins with: by days the index holds all that is asked, by organs it does not."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Applications of a year: received by the day they came, answered by the day of delivery."""

    received: int
    answered: int
    months: tuple[Month, ...]
    outcomes: tuple[Share, ...]
    received_by: dict[uuid.UUID, int]
    overdue_by: dict[uuid.UUID, int]


def while_cases_stand(county: uuid.UUID, key: tuple[object, ...], make: Callable[[], T]) -> T:
    """What was made for this key, until any case of the county changes: every act on a case marks it with its moment."""
    rows = Case.objects.filter(county=county)
    newest = rows.order_by("-changed_at").values_list("changed_at", flat=True).first()
    lately = rows.filter(changed_at__gte=newest - OVERLAP).order_by()[:LOOKED_AT].count() if newest else 0
    name = "overview.flow:" + hashlib.sha256(repr((county, key, newest, lately)).encode()).hexdigest()
    kept: T | None = cache.get(name)
    if kept is None:
        kept = make()
        cache.set(name, kept)
    return kept


def cases_of(county: uuid.UUID, organs: Organs) -> QuerySet[Case]:
    """The cases of these organs, in no order."""
    rows = Case.objects.filter(county=county)
    return (of_organs(rows, organs)).order_by()


def flow(county: uuid.UUID, organs: Organs, span: Span, today: date) -> Flow:
    """The flow of a period. Each count is one pass over an index that holds all it asks for."""
    cases = cases_of(county, organs)
    came = cases.filter(received_on__range=(span.first, span.last))
    went = cases.filter(delivered_on__range=(span.first, span.last))
    late = cases.filter(open=1, due_on__lt=today)
    decided: Counter[str] = Counter()
    answered: Counter[int] = Counter()
    named = {code: OUTCOMES[each.outcome] for code, each in decisions().items()}
    for day, code, n in went.values_list("delivered_on", "decision").annotate(n=Count("*")):
        decided[named.get(code, WITHDRAWN)] += n
        answered[day.month] += n
    received = _by_month(came, "received_on")
    return Flow(
        received=received.total(),
        answered=answered.total(),
        months=tuple(Month(month, received[month], answered[month]) for month in range(1, 13)),
        outcomes=by_outcome(decided),
        received_by=_by_organ(came.annotate(whose=WHOSE).values_list("whose").annotate(n=Count("*"))),
        overdue_by=_by_organ(late.values_list("organ_id").annotate(n=Count("*"))),
    )


def _by_organ(rows: Iterable[tuple[uuid.UUID, int]]) -> dict[uuid.UUID, int]:
    return dict(rows)


def _by_month(rows: QuerySet[Case], column: str) -> Counter[int]:
    """Counted by day in the database, which has an index of days, and by month here."""
    found: Counter[int] = Counter()
    for day, n in rows.values_list(column).annotate(n=Count("*")):
        found[day.month] += n
    return found
