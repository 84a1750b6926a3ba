"""Lists of cases: filters, order, pages and counts that stay quick with a million cases.

What is open is counted in full: it is little and indexed. What is closed is counted up to a cap and then called so.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet

from gongkai.onrequest.progress import STATES, State
from gongkai.web.onrequest.models import Case
from gongkai.web.organs.selectors import Organs

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


COLUMNS = (
    "number", "subject", "state", "open", "received_on", "due_on", "provisional", "delivered_on", "handler", "to_confirm",
    "organ__name",
)  # fmt: skip
"""What a line of a list shows."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list shows. `organs`: those whose cases the person may see, None for all of the county."""

    county: uuid.UUID
    organs: Organs
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
    """The cases of a list, in its order; those without a due day stand last in the order of due days."""
    rows = _asked(filters).filter(_group(filters.group, filters))
    if filters.sorting == "due":
        return rows.order_by(F("due_on").asc(nulls_last=True), "application_id")
    return rows.order_by(*ORDERS[filters.sorting])


def _asked(filters: Filters) -> QuerySet[Case]:
    """What the filters ask for, whatever the group."""
    rows = visible(filters)
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
    return rows


def page(filters: Filters, number: int = 1, known: Mapping[str, int | None] | None = None) -> Page:
    """One page of fifty, and the count up to the cap; `known` are the counts of the groups, when they were made before.

    A case without a due day stands last.
    """
    number = min(max(number, 1), LAST_PAGE)
    first = (number - 1) * PAGE
    found = _lines(filters, first, first + PAGE + 1)
    total = known[filters.group] if known is not None else counts(filters, [filters.group])[filters.group]
    return Page(found[:PAGE], number, len(found) > PAGE, total)


def _lines(filters: Filters, first: int, end: int) -> list[Case]:
    """Some lines of a list. What has a due day is read in the order of the index; only its end asks for the rest."""
    rows = _asked(filters).filter(_group(filters.group, filters)).select_related("organ").only(*COLUMNS)
    if filters.sorting != "due":
        return list(rows.order_by(*ORDERS[filters.sorting])[first:end])
    dated = rows.filter(due_on__isnull=False).order_by(*ORDERS["due"])
    found = list(dated[first:end])
    if len(found) < end - first:
        before = first + len(found) if found else dated.order_by().count()
        undated = rows.filter(due_on__isnull=True).order_by("application_id")
        found += undated[max(0, first - before) : end - before]
    return found


def counts(filters: Filters, groups: Sequence[str] = tuple(GROUPS)) -> dict[str, int | None]:
    """How many each group holds with the other filters as they are; what is done is counted anew twice a minute.

    What is open is counted in one pass over the index of what is open.
    """
    fresh = [group for group in groups if group not in SLOW]
    found: dict[str, int | None] = {}
    if fresh:
        rows = _asked(filters).filter(open__gte=1)
        told = rows.aggregate(**{f"n_{group}": Count("open", filter=_group(group, filters)) for group in fresh})
        found = {group: n if (n := told[f"n_{group}"]) <= CAP else None for group in fresh}
    return {group: found[group] if group in found else _slow(replace(filters, group=group)) for group in groups}


def _slow(filters: Filters) -> int | None:
    """A count that may be half a minute old, and that stops at the cap."""
    key = "onrequest.count:" + hashlib.sha256(repr(filters).encode()).hexdigest()
    known = cache.get(key)
    if known is None:
        rows = _asked(filters).filter(_group(filters.group, filters)).order_by()
        known = rows[: CAP + 1].values_list("pk").count()
        cache.set(key, known, COUNT_SECONDS)
    return None if known > CAP else int(known)
