"""Entries as the registers ask for them: normative documents with their lives, budgets, an entry by its index number.

All of it as it was known at a moment: what was recorded later is not seen.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.proactive.catalogue import kinds
from gongkai.proactive.validity import Change, ChangeKind, Life
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.proactive.models import Item, ItemAct, Standing, ValidityChange
from gongkai.web.proactive.selectors.validity import _day

FILED = ("released", "kept")


@dataclass(frozen=True, slots=True)
class Filed:
    """A normative document that was released or filed, with its life."""

    item: uuid.UUID
    organ: uuid.UUID
    title: str
    document_number: str
    index_number: str
    made_on: date | None
    public_on: date | None
    life: Life


def _known(rows: QuerySet[Any], at: datetime | None) -> QuerySet[Any]:
    return rows if at is None else rows.filter(recorded_at__lte=at)


def filed_documents(county: uuid.UUID, organs: Organs, at: datetime | None = None) -> list[Filed]:
    """The normative documents that were released or filed by a moment (by now), each as its newest such version says."""
    normative = [kind.key for kind in kinds().values() if kind.normative]
    acts = ItemAct.objects.filter(county=county, kind__in=FILED, version__kind__in=normative)
    acts = of_organs(acts, organs, "item__organ")
    rows = list(_known(acts, at).select_related("version", "item__standing").order_by("item", "seq"))
    changes = _changes({row.item_id for row in rows}, at)
    newest = {row.item_id: row for row in rows}
    first: dict[uuid.UUID, datetime] = {}
    for row in rows:
        if row.kind == "released" and row.from_at and row.item_id not in first:
            first[row.item_id] = row.from_at
    found = []
    for key, row in newest.items():
        assert row.version is not None
        said = row.version.metadata
        life = Life(
            _day(said, "effective_on") or _day(said, "written_on"), _day(said, "expires_on"), changes.get(key, ())
        )
        found.append(
            Filed(
                key,
                row.item.organ_id,
                row.version.title,
                str(said.get("document_number", "")),
                row.item.standing.index_number,
                _day(said, "written_on"),
                timezone.localdate(first[key]) if key in first else None,
                life,
            )
        )
    return found


def _changes(items: Iterable[uuid.UUID], at: datetime | None) -> dict[uuid.UUID, tuple[Change, ...]]:
    rows = list(_known(ValidityChange.objects.filter(item__in=list(items)), at))
    voided = {row.voids_id for row in rows if row.voids_id}
    found: dict[uuid.UUID, tuple[Change, ...]] = {}
    for row in rows:
        if row.voids_id is None and row.pk not in voided:
            change = Change(ChangeKind(row.kind), row.on, row.basis, row.until)
            found[row.item_id] = (*found.get(row.item_id, ()), change)
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """An entry as another page names it."""

    item: uuid.UUID
    organ: uuid.UUID
    title: str
    index_number: str
    public: bool


def _named(row: Standing) -> Named:
    return Named(row.item_id, row.organ_id, row.title, row.index_number, row.public)


def entry_numbered(county: uuid.UUID, number: str) -> Named | None:
    """The entry with an index number."""
    row = Standing.objects.filter(county=county, index_number="".join(number.split())).exclude(index_number="").first()
    return _named(row) if row else None


def entries_named(county: uuid.UUID, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """Entries of the county by key."""
    rows = Standing.objects.filter(county=county, item__in=list(keys))
    return {row.item_id: _named(row) for row in rows}


def item_of(county: uuid.UUID, key: uuid.UUID) -> Item | None:
    """An entry for a service that acts on it."""
    return Item.objects.filter(county=county, pk=key).select_related("organ", "standing").first()


def newest_texts(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, uuid.UUID]]:
    """The state of entries, and the key of their newest text."""
    rows = Standing.objects.filter(item__in=list(keys), version__isnull=False)
    return {item: (state, version) for item, state, version in rows.values_list("item", "state", "version")}


@dataclass(frozen=True, slots=True)
class BudgetEntry:
    """A public entry on a budget or final accounts, by the limit under which it was filed."""

    item: uuid.UUID
    organ: uuid.UUID
    title: str
    limit: str
    formed_on: date
    first_public_on: date


def budget_entries(county: uuid.UUID, organs: Organs, year: int) -> list[BudgetEntry]:
    """The entries on budgets and final accounts that came about in a year and were public once."""
    rows = Standing.objects.filter(county=county, version__limit__endswith="_budget", first_public_at__isnull=False)
    rows = rows.filter(formed_on__year=year) if organs is None else rows.filter(formed_on__year=year, organ__in=organs)
    found = rows.select_related("version").order_by("formed_on")
    return [
        BudgetEntry(
            row.item_id, row.organ_id, row.title, row.version.limit, row.formed_on,
            timezone.localdate(row.first_public_at),
        )
        for row in found
        if row.version and row.first_public_at
    ]  # fmt: skip
