"""What those who list entries of their own accord ask of them: how they stand, and what an organ has."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from gongkai.proactive.progress import STATES, State
from gongkai.web.proactive.models import Release, Shelf, Standing
from gongkai.web.proactive.selectors.entries import GROUPS
from gongkai.web.proactive.selectors.public import public

_AT_ONCE = 800


@dataclass(frozen=True, slots=True)
class Known:
    """An entry: what it is called, where it stands, the days that count. `last_on`: since when its text is public."""

    key: uuid.UUID
    organ: uuid.UUID
    title: str
    state: str
    formed_on: date
    first_public_on: date | None
    last_on: date | None
    public: bool
    abandoned: bool


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def known(county: uuid.UUID, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Known]:
    """These entries of a county, by key."""
    wanted = list(dict.fromkeys(keys))
    found: dict[uuid.UUID, Known] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        shown = {row.item_id: row.from_at for row in public(county).filter(item__in=part)}
        for row in Standing.objects.filter(county=county, item__in=part):
            found[row.item_id] = Known(
                row.item_id,
                row.organ_id,
                row.title,
                STATES[State(row.state)],
                row.formed_on,
                _day(row.first_public_at),
                _day(shown.get(row.item_id)),
                row.item_id in shown,
                row.state == State.ABANDONED,
            )
    return found


def titles_of(organ: uuid.UUID, most: int = 3000) -> list[tuple[uuid.UUID, str]]:
    """The newest entries of an organ with their titles; those given up are left out."""
    rows = Standing.objects.filter(organ=organ).exclude(state=State.ABANDONED).order_by("-changed_at")
    return list(rows.values_list("item", "title")[:most])


def last_in_columns(
    county: uuid.UUID, columns: Iterable[str], organ: uuid.UUID | None = None
) -> dict[tuple[uuid.UUID, str], date]:
    """When each organ last published something in each of these columns that is still public."""
    listed = Shelf.objects.filter(county=county, facet="column", key__in=list(columns))
    listed = listed.filter(release__in=public(county).order_by().values("pk"))
    listed = listed.filter(release__organ=organ) if organ else listed
    rows = listed.values_list("release__organ", "key").annotate(last=Max("from_at")).order_by()
    return {(of, key): timezone.localdate(last) for of, key, last in rows}


def last_of_organ(county: uuid.UUID, organ: uuid.UUID | None = None) -> date | None:
    """When anything was last published, by an organ or in the whole county."""
    rows = public(county)
    newest: Release | None = (rows.filter(organ=organ) if organ else rows).first()
    return timezone.localdate(newest.from_at) if newest else None


def counts_among(county: uuid.UUID, keys: set[uuid.UUID]) -> dict[str, int]:
    """How many of these entries stand in each group."""
    wanted, states = list(keys), list[str]()
    for first in range(0, len(wanted), _AT_ONCE):
        rows = Standing.objects.filter(county=county, item__in=wanted[first : first + _AT_ONCE])
        states += rows.values_list("state", flat=True)
    return {group: sum(state in among for state in states) for group, (_, among) in GROUPS.items()}
