"""What stands at a target as far as we noted it, what is still to be taken down there, where an entry is on line."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from gongkai.web.changes.selectors import behind
from gongkai.web.cms.models import Attempt, Exported, OnLine, Target


def targets(county: uuid.UUID, *, ended: bool = False) -> list[Target]:
    """The targets of a county, those in use first."""
    rows = Target.objects.filter(county=county).order_by("id")
    return [row for row in rows if ended or row.ended_at is None]


def target(county: uuid.UUID, key: uuid.UUID) -> Target | None:
    """One target of a county."""
    return Target.objects.filter(county=county, pk=key).first()


def last_exported(target: Target, item: uuid.UUID) -> Exported | None:
    """What was noted last of an entry at a target; a page that was refused changes nothing of what is there."""
    rows = list(Exported.objects.filter(target=target, item=item).order_by("-id")[:20])
    for row in rows:
        if row.act != "refused":
            return row
    return None


def latest(target: Target) -> list[Exported]:
    """The last note of every entry at a target, in the order in which they were made."""
    newer = Exported.objects.filter(target=OuterRef("target"), item=OuterRef("item"), id__gt=OuterRef("id"))
    rows = Exported.objects.filter(target=target).exclude(act="refused")
    return list(rows.filter(~Exists(newer.exclude(act="refused"))).order_by("id"))


def standing_at(target: Target) -> list[uuid.UUID]:
    """The entries that should stand at a target now."""
    return [row.item for row in latest(target) if row.act == "put"]


def exported_before(target: Target, at: datetime) -> set[uuid.UUID]:
    """The entries that had gone to a target by a moment, whatever became of them since."""
    return set(Exported.objects.filter(target=target, act="put", recorded_at__lte=at).values_list("item", flat=True))


def refused_at(target: Target) -> list[Exported]:
    """What the other side refused and nothing went after."""
    newer = Exported.objects.filter(target=OuterRef("target"), item=OuterRef("item"), id__gt=OuterRef("id"))
    rows = Exported.objects.filter(target=target, act="refused")
    return list(rows.filter(~Exists(newer)).order_by("-id"))


@dataclass(frozen=True, slots=True)
class Removal:
    """Something that is to be taken down and of which nobody said yet that it is gone."""

    item: uuid.UUID
    organ: uuid.UUID
    act: str
    index_number: str
    title: str
    because: str
    recorded_at: datetime
    address: str


def pending_removals(target: Target) -> list[Removal]:
    """What was ordered to be taken down at a target and is not confirmed, oldest first."""
    rows = [row for row in latest(target) if row.act in ("remove", "refused_removal")]
    states = last_states(target.county, [row.item for row in rows], target)
    found = []
    for row in rows:
        state = states.get(row.item)
        if state is not None and state.state == "gone" and state.recorded_at >= row.recorded_at:
            continue
        address = state.address if state else ""
        found.append(
            Removal(row.item, row.organ, row.act, row.index_number, row.title, row.because, row.recorded_at, address)
        )
    return found


def last_states(
    county: uuid.UUID, items: Iterable[uuid.UUID] | None = None, target: Target | None = None
) -> dict[uuid.UUID, OnLine]:
    """The newest note of whether and where each entry stands on line."""
    rows = OnLine.objects.filter(county=county).order_by("id")
    if target is not None:
        rows = rows.filter(target=target)
    wanted = None if items is None else set(items)
    if wanted is not None and len(wanted) <= 500:
        rows = rows.filter(item__in=wanted)
    return {row.item: row for row in rows if wanted is None or row.item in wanted}


def addresses(county: uuid.UUID, items: Iterable[uuid.UUID], target: Target | None = None) -> dict[uuid.UUID, OnLine]:
    """Where entries stand on line, those of which it is known."""
    return {key: row for key, row in last_states(county, items, target).items() if row.state == "on"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the page of an entry says of one site."""

    site: str
    act: str
    at: datetime | None
    address: str
    on: date | None
    state: str


def of_entry(county: uuid.UUID, item: uuid.UUID) -> list[Told]:
    """Where an entry was exported to, and what stands on line of it."""
    found = []
    for each in targets(county):
        last = last_exported(each, item)
        state = OnLine.objects.filter(target=each, item=item).order_by("-id").first()
        if last is None and state is None:
            continue
        found.append(
            Told(
                each.name, last.get_act_display() if last else "", last.recorded_at if last else None,
                state.address if state else "", state.on if state else None, state.get_state_display() if state else "",
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Card:
    """A target as the list shows it."""

    target: Target
    waiting: int
    standing: int
    with_address: int
    removals: int
    refused: int


def card(each: Target) -> Card:
    """A target with its counts."""
    there = standing_at(each)
    known = addresses(each.county, there, each)
    return Card(
        each,
        behind(each.county, each.reader),
        len(there),
        len(known),
        len(pending_removals(each)),
        len(refused_at(each)),
    )


def last_attempts(target: Target, limit: int = 20) -> list[Attempt]:
    """The last attempts that failed."""
    return list(Attempt.objects.filter(target=target).order_by("-id")[:limit])


def exported(target: Target, limit: int = 50, offset: int = 0) -> list[tuple[Exported, OnLine | None]]:
    """What went out, newest first, with where it stands on line."""
    rows = list(Exported.objects.filter(target=target).order_by("-id")[offset : offset + limit])
    states = last_states(target.county, [row.item for row in rows], target)
    return [(row, states.get(row.item)) for row in rows]
