"""What is lacking: periods without a row, things not followed up, days that passed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min

from gongkai.calendar import in_chinese
from gongkai.proactive.registers import Register, day_of, registers
from gongkai.proactive.rhythm import lacking, next_due, span_of, words
from gongkai.web.organs.selectors import Organs, names_of, of_organs
from gongkai.web.registers.models import Line
from gongkai.web.registers.selectors.nothing import holding_by_organ
from gongkai.web.registers.selectors.settings import days, grace, rhythm

LOOKED_BACK = 400
"""Days: periods further back are a matter of the year's report, no reminder."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that should be there and is not: which register, whose, what, since when; `row` is what it belongs to."""

    register: Register
    organ: uuid.UUID
    organ_name: str
    what: str
    due_on: date
    row: uuid.UUID | None = None
    child: str = ""
    every: str = ""
    day: date | None = None

    @property
    def child_field(self) -> str:
        """The field of `child` that names what it follows up."""
        return registers()[self.child].parent if self.child else ""


def missing(county: uuid.UUID, organs: Organs, today: date, register: str = "") -> list[Missing]:
    """All of it, longest due first."""
    chosen = [of for of in registers().values() if not register or of.key == register]
    found = [each for of in chosen for each in _of_register(county, organs, of, today)]
    return sorted(found, key=lambda each: (each.due_on, each.organ_name, each.what))


def _of_register(county: uuid.UUID, organs: Organs, of: Register, today: date) -> Iterator[Missing]:
    if of.follow:
        yield from _followed(county, organs, of, today)
    elif of.rhythm:
        yield from _periods(county, organs, of, today)
    if of.limit:
        yield from _late(county, organs, of, today)


def _periods(county: uuid.UUID, organs: Organs, of: Register, today: date) -> Iterator[Missing]:
    every = rhythm(county, of, today)
    if not every:
        return
    rows = Line.objects.filter(county=county, register=of.key, voided=False, on__isnull=False)
    rows = of_organs(rows, organs)
    begun = dict(rows.order_by().values_list("organ").annotate(first=Min("on")))
    back = span_of(every, today - timedelta(days=LOOKED_BACK)).first
    entered: dict[uuid.UUID, set[date]] = {}
    for organ, day in rows.filter(on__gte=back).order_by().values_list("organ", "on").distinct():
        if day:
            entered.setdefault(organ, set()).add(day)
    names, said = names_of(begun), holding_by_organ(county, of.key)
    for organ, first in begun.items():
        allowance = grace(county, organ, today)
        nothing = [(each.first, each.last) for each in said.get(organ, ())]
        for span in lacking(every, max(first, back), today, entered.get(organ, ()), allowance):
            if not any(start <= span.first and span.last <= end for start, end in nothing):
                yield Missing(
                    of, organ, names.get(organ, ""), f"{words(every, span)}没有登记",
                    span.last + timedelta(days=allowance), every=every, day=span.first,
                )  # fmt: skip


def _followed(county: uuid.UUID, organs: Organs, of: Register, today: date) -> Iterator[Missing]:
    follow = of.follow
    assert follow is not None
    every, allowed = rhythm(county, of, today), days(county, of, today)
    child = registers()[follow.child]
    rows = Line.objects.filter(county=county, register=of.key, voided=False).select_related("organ")
    rows = of_organs(rows, organs)
    open_ones = [row for row in rows if not row.values.get(follow.closed)]
    after = Line.objects.filter(parent__in=[row.pk for row in open_ones], register=child.key, voided=False)
    newest = dict(after.order_by().values_list("parent").annotate(last=Max("on")))
    stale = _newest_days(county, child.key, follow.stale, [row.pk for row in open_ones]) if follow.stale else {}
    for row in open_ones:
        name = row.organ.name
        if every and row.on:
            span, over = next_due(every, row.on, newest.get(row.pk), today)
            if over:
                yield Missing(
                    of, row.organ_id, name, f"{row.title}：{words(every, span)}没有登记“{child.zh}”", span.last,
                    row.pk, child.key,
                )  # fmt: skip
        last = stale.get(row.pk)
        if last and allowed is not None and (today - last).days > allowed:
            says = f"{row.title}：最近更新是{in_chinese(last)}，已超过{allowed}日"
            yield Missing(of, row.organ_id, name, says, last + timedelta(days=allowed), row.pk, child.key)


def _newest_days(county: uuid.UUID, child: str, field: str, parents: list[uuid.UUID]) -> dict[uuid.UUID, date]:
    found: dict[uuid.UUID, date] = {}
    rows = Line.objects.filter(county=county, register=child, parent__in=parents, voided=False).order_by("on")
    for row in rows:
        day = day_of(row.values.get(field, ""))
        if row.parent and day and day > found.get(row.parent, date.min):
            found[row.parent] = day
    return found


def _late(county: uuid.UUID, organs: Organs, of: Register, today: date) -> Iterator[Missing]:
    limit, allowed = of.limit, days(county, of, today)
    assert limit is not None
    if allowed is None:
        return
    key, _, value = limit.unless.partition("=")
    rows = Line.objects.filter(county=county, register=of.key, voided=False).select_related("organ")
    rows = of_organs(rows, organs)
    for row in rows:
        start = day_of(row.values.get(limit.start, ""))
        if start is None or row.values.get(limit.end) or (key and row.values.get(key) == value):
            continue
        due = start + timedelta(days=allowed)
        if due < today:
            says = f"{row.title}：还没有登记“{of.field(limit.end).zh}”"
            yield Missing(of, row.organ_id, row.organ.name, says, due, row.pk)
