"""How a document stands on a day."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import F, QuerySet

from gongkai.proactive.catalogue import LONG
from gongkai.proactive.validity import CHANGES, Change, ChangeKind, Life, Standing, standing
from gongkai.web.prepared import Apart
from gongkai.web.proactive.models import Item, ValidityChange, Version


def _day(metadata: dict[str, Any], key: str) -> date | None:
    value = metadata.get(key)
    if not isinstance(value, str) or value in ("", LONG):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def holding_changes() -> QuerySet[ValidityChange]:
    """The changes that were not noted by mistake; whoever asks says of which entries."""
    rows = ValidityChange.objects.alias(takes_back=Apart(F("voids")))
    return rows.filter(takes_back__isnull=True, voided_by=None)


def changes_of(item: Item) -> list[ValidityChange]:
    """The changes of a document that hold, by day."""
    return list(holding_changes().filter(item=item).select_related("by_item"))


@dataclass(frozen=True, slots=True)
class Told:
    """A change of a document as its page tells it; `voided`: it was noted by mistake."""

    key: uuid.UUID
    zh: str
    on: date
    until: date | None
    basis: str
    by_item: uuid.UUID | None
    by_title: str
    voided: bool


def told_changes(item: Item) -> list[Told]:
    """Every change that was noted of a document, also a mistaken one, by day."""
    rows = list(ValidityChange.objects.filter(item=item, voids=None).select_related("by_item__standing", "voided_by"))
    return [
        Told(
            row.pk,
            CHANGES[ChangeKind(row.kind)],
            row.on,
            row.until,
            row.basis,
            row.by_item_id,
            row.by_item.standing.title if row.by_item else "",
            hasattr(row, "voided_by"),
        )
        for row in rows
    ]


def change(item: Item, key: uuid.UUID) -> ValidityChange | None:
    """One change of a document."""
    return ValidityChange.objects.filter(item=item, pk=key, voids=None).first()


class Documented(Protocol):
    """What must be known of a document to say how it stands: a version has it, a line of a list too."""

    @property
    def item_id(self) -> uuid.UUID:
        """Of which entry."""

    @property
    def metadata(self) -> dict[str, Any]:
        """The elements by key."""


def life_from(version: Documented, changes: Iterable[ValidityChange]) -> Life:
    """The life of the document of a version with these changes."""
    return Life(
        effective_on=_day(version.metadata, "effective_on") or _day(version.metadata, "written_on"),
        expires_on=_day(version.metadata, "expires_on"),
        changes=tuple(Change(ChangeKind(row.kind), row.on, row.basis, row.until) for row in changes),
    )


def life_of(version: Version) -> Life:
    """What is known of the life of the document of a version."""
    return life_from(version, changes_of(version.item))


def validity(version: Version, on: date) -> Standing:
    """How the document of a version stands on a day."""
    return standing(life_of(version), on)


def validities(versions: Iterable[Documented], on: date) -> dict[uuid.UUID, Standing]:
    """How several documents stand on a day, by entry."""
    found = list(versions)
    rows = holding_changes().filter(item__in=[v.item_id for v in found])
    changes: dict[uuid.UUID, list[ValidityChange]] = {}
    for row in rows:
        changes.setdefault(row.item_id, []).append(row)
    return {v.item_id: standing(life_from(v, changes.get(v.item_id, [])), on) for v in found}
