"""Lists of cases: filters, order, pages and counts that stay quick with a million cases.

What is open is counted in full: it is little and indexed. What is closed is counted up to a cap and then called so.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.cache import cache
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from gongkai.onrequest.progress import STATES, State
from gongkai.web.onrequest.models import Case

PAGE = 50
CAP = 2000
"""Beyond this many a list says 2000+ instead of counting."""

LAST_PAGE = 200
"""How far one may page; further back one filters by year or number."""

SOON_DAYS = 5
"""Working days from today within which a case is called soon due."""

GROUPS: dict[str, str] = {
    "open": "未答复",
    "overdue": "已逾期",
    "soon": "五个工作日内到期",
    "paused": "征求意见，期限中止",
    "to_confirm": "待与申请人确认",
    "to_file": "待归档",
    "closed": "已办结",
    "all": "全部",
}

SLOW = ("closed", "all")
"""The groups that hold years of work. What a person is working on is always counted fresh."""

COUNT_SECONDS = 30

ORDERS: dict[str, tuple[str, ...]] = {
    "due": ("due_on", "application_id"),
    "newest": ("-received_on", "-application_id"),
    "oldest": ("received_on", "application_id"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list shows. `organs`: those whose cases the person may see, None for all of the county."""

    county: uuid.UUID
    organs: tuple[uuid.UUID, ...] | None
    today: date
    soon: date
    group: str = "open"
    organ: uuid.UUID | None = None
    handler: uuid.UUID | None = None
    state: str = ""
    channel: str = ""
    kind: str = ""
    decision: str = ""
    year: int | None = None
    words: str = ""
    order: str = ""

    @property
    def sorting(self) -> str:
        """The order asked for, else by due day for what is open and newest first for the rest."""
        if self.order in ORDERS:
            return self.order
        return "newest" if self.group in ("all", "closed", "to_file") else "due"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `total` is None beyond the cap."""

    rows: list[Case]
    number: int
    more: bool
    total: int | None


def _group(group: str, filters: Filters) -> Q:
    match group:
        case "open":
            return Q(open=1)
        case "overdue":
            return Q(open=1, due_on__lt=filters.today)
        case "soon":
            return Q(open=1, due_on__gte=filters.today, due_on__lte=filters.soon)
        case "paused":
            return Q(open=1, state=State.CONSULTING.value)
        case "to_confirm":
            return Q(open=1, to_confirm=1)
        case "to_file":
            return Q(open=2)
        case "closed":
            return Q(open=0)
        case _:
            return Q()


def visible(filters: Filters) -> QuerySet[Case]:
    """The cases that the person may see at all."""
    if filters.organs is None:
        return Case.objects.filter(county=filters.county)
    if len(filters.organs) == 1:
        return Case.objects.filter(organ=filters.organs[0])
    return Case.objects.filter(organ__in=filters.organs)


def cases(filters: Filters) -> QuerySet[Case]:
    """The cases of a list, in its order."""
    rows = visible(filters).filter(_group(filters.group, filters))
    if filters.organ:
        rows = rows.filter(organ=filters.organ)
    if filters.handler:
        rows = rows.filter(handler=filters.handler)
    if filters.state in STATES:
        rows = rows.filter(state=filters.state)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.kind:
        rows = rows.filter(applicant_kind=filters.kind)
    if filters.decision:
        rows = rows.filter(decision=filters.decision)
    if filters.year:
        rows = rows.filter(received_on__gte=date(filters.year, 1, 1), received_on__lte=date(filters.year, 12, 31))
    for word in filters.words.split()[:5]:
        rows = rows.filter(Q(number__icontains=word) | Q(subject__icontains=word))
    return rows.order_by(*ORDERS[filters.sorting])


def page(filters: Filters, number: int = 1) -> Page:
    """One page of fifty, and the count up to the cap. A case without a due day stands last."""
    number = min(max(number, 1), LAST_PAGE)
    rows = cases(filters)
    if filters.sorting == "due":
        rows = rows.order_by(*_nulls_last())
    first = (number - 1) * PAGE
    found = list(rows.select_related("organ")[first : first + PAGE + 1])
    total = _count(filters)
    return Page(found[:PAGE], number, len(found) > PAGE, total)


def _nulls_last() -> tuple[OrderBy, str]:
    return (F("due_on").asc(nulls_last=True), "application_id")


def capped(rows: QuerySet[Case]) -> int | None:
    """How many there are; None when more than the cap."""
    found = rows.order_by()[: CAP + 1].values_list("pk").count()
    return None if found > CAP else found


def counts(filters: Filters, groups: Sequence[str] = tuple(GROUPS)) -> dict[str, int | None]:
    """How many each group holds with the other filters as they are; what is done is counted anew twice a minute."""
    return {group: _count(replace(filters, group=group)) for group in groups}


def _count(filters: Filters) -> int | None:
    if filters.group not in SLOW:
        return capped(cases(filters))
    key = "onrequest.count:" + hashlib.sha256(repr(filters).encode()).hexdigest()
    found = cache.get(key)
    if found is None:
        total = capped(cases(filters))
        found = -1 if total is None else total
        cache.set(key, found, COUNT_SECONDS)
    return None if found < 0 else int(found)
