"""By when entries are to be public, and the steps that led to the day; what is past an organ's own day alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from gongkai.law.errors import LawGap
from gongkai.proactive.limits import due
from gongkai.web.organs.selectors import Organs
from gongkai.web.proactive.models import Standing
from gongkai.web.proactive.selectors.entries import Line, due_soon
from gongkai.web.proactive.selectors.facts import own_limit
from gongkai.web.rules.selectors import calendar_of

_EARLIEST = date(2008, 5, 1)
_LOOKED_AT = 2000


def steps(county: uuid.UUID, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    """For each of these entries the sentences that led to its days, the law's first."""
    calendar = calendar_of(county)
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    for row in Standing.objects.filter(county=county, item__in=list(keys)).select_related("version"):
        if row.version is None:
            continue
        try:
            own = own_limit(county, row.organ_id, row.version.limit, row.formed_on)
            said = due(row.version.limit, row.formed_on, calendar, own)
        except LawGap as gap:
            found[row.item_id] = (str(gap),)
            continue
        law = f"{said.law.says}（{said.law.basis}）" if said.law.cites else said.law.says
        more = (
            said.own.says if said.own else "",
            said.note,
            "次年放假安排未公布，暂定。" if said.law.provisional else "",
        )
        found[row.item_id] = (law, *(each for each in more if each))
    return found


@dataclass(frozen=True, slots=True)
class Dated(Line):
    """An entry in a list, with the sentences that led to its days."""

    steps: tuple[str, ...] = ()


def dated(county: uuid.UUID, lines: Sequence[Line]) -> list[Dated]:
    """These lines, each with its steps."""
    told = steps(county, [line.key for line in lines])
    names = [each.name for each in fields(Line)]
    return [Dated(**{name: getattr(line, name) for name in names}, steps=told.get(line.key, ())) for line in lines]


def past_own_day(county: uuid.UUID, organs: Organs, today: date) -> list[Line]:
    """What is past the organ's own day and not yet past the law's."""
    rows = due_soon(county, organs, _EARLIEST, today - timedelta(days=1), limit=_LOOKED_AT)
    return [row for row in rows if row.own_due_on and row.own_due_on < today and row.due_on and row.due_on >= today]
