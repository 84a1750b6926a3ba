"""Reading the county and its list of organs."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.audit.selectors import acts_named
from gongkai.web.memo import while_it_stands
from gongkai.web.organs.models import FORMS, Answering, County, Organ, OrganVersion
from gongkai.web.organs.names import Match, match

Organs = tuple[uuid.UUID, ...] | None
"""The organs of which a list may show something; None: all of the county."""
Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")


def of_organs(rows: Rows, organs: Collection[uuid.UUID] | None, by: str = "organ") -> Rows:
    """Those of the rows that belong to these organs."""
    return rows if organs is None else rows.filter(**{f"{by}__in": organs})


@while_it_stands
def home_county() -> County | None:
    """The county of this desk; None before the first start."""
    return County.objects.order_by("id").first()


def county_with(key: uuid.UUID) -> County | None:
    """The county with this key."""
    return County.objects.filter(pk=key).first()


def listed_organs(county: uuid.UUID) -> list[Organ]:
    """The organs on the county's list, in its order."""
    return list(Organ.objects.filter(county=county, listed=True))


def organ(county: uuid.UUID, key: uuid.UUID) -> Organ | None:
    """One organ of the county, also one struck from the list."""
    return Organ.objects.filter(county=county, pk=key).first()


def recognise(county: County, name: str) -> Match | None:
    """The listed organ that a printed name means; its key is the organ's key as text."""
    return match(name, {str(o.pk): o.name for o in listed_organs(county.pk)}, county.name)


FORM_LABELS = dict(FORMS)


@dataclass(frozen=True, slots=True)
class OrganOn:
    """An organ as it was on a day."""

    organ: Organ
    name: str
    form: str
    parent: uuid.UUID | None
    competent: bool
    word: str
    address: str
    phone: str
    hours: str

    @property
    def form_words(self) -> str:
        """What it is in law, in Chinese; empty when it was not said."""
        return FORM_LABELS.get(self.form, "")


@dataclass(frozen=True, slots=True)
class Node:
    """An organ with those under it."""

    on: OrganOn
    under: tuple[Node, ...]
    depth: int


def _on(organ: Organ, version: OrganVersion | None) -> OrganOn:
    row: OrganVersion | Organ = version or organ
    return OrganOn(organ, row.name, row.form, row.parent_id, row.competent, row.word, row.address, row.phone, row.hours)


def organ_at(organ: Organ, day: date) -> OrganOn | None:
    """The organ as it was on a day, with its name of then; None before it was founded and after it ended."""
    if (organ.valid_from and day < organ.valid_from) or (organ.valid_until and day >= organ.valid_until):
        return None
    version = OrganVersion.objects.filter(organ=organ, from_on__lte=day).order_by("-from_on", "-id").first()
    return _on(organ, version)


def known_as(organ: Organ, day: date, known_at: datetime | None = None) -> OrganOn:
    """The organ as its versions say it was on a day, those known by a moment; as it is now where none of them does.

    What an organ was before its first change was written down with that change: it holds for every moment before.
    """
    rows = OrganVersion.objects.filter(organ=organ, from_on__lte=day)
    known = rows if known_at is None else rows.filter(recorded_at__lte=known_at)
    return _on(organ, known.order_by("-from_on", "-id").first() or (rows.order_by("id").first() if known_at else None))


def as_known(organ: Organ, known_at: datetime | None) -> OrganOn:
    """The organ as it was known to be on the day of a moment; None: as it is."""
    return _on(organ, None) if known_at is None else known_as(organ, timezone.localdate(known_at), known_at)


def county_as_known(county: County, known_at: datetime | None) -> str:
    """What a county was called at a moment; None: what it is called."""
    if known_at is None:
        return county.name
    named = acts_named(county.pk, ("organs.name_county",))
    return next((str(act.facts["before"]) for act in named if act.at > known_at), county.name)


def _alive(county: uuid.UUID, day: date) -> QuerySet[Organ]:
    return Organ.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    ).filter(county=county)


def organs_at(county: uuid.UUID, day: date) -> list[OrganOn]:
    """The organs that there were on a day, in the order of the list."""
    alive = _alive(county, day)
    versions: dict[uuid.UUID, OrganVersion] = {}
    for version in OrganVersion.objects.filter(county=county, from_on__lte=day).order_by("from_on", "id"):
        versions[version.organ_id] = version
    return [_on(organ, versions.get(organ.pk)) for organ in alive]


def tree(county: uuid.UUID, day: date | None = None) -> list[Node]:
    """The county's organs on a day as a tree; an organ whose parent was not there stands at the top."""
    rows = organs_at(county, day or timezone.localdate())
    there = {row.organ.pk for row in rows}
    under: dict[uuid.UUID | None, list[OrganOn]] = {}
    for row in rows:
        under.setdefault(row.parent if row.parent in there else None, []).append(row)

    def nodes(parent: uuid.UUID | None, depth: int) -> tuple[Node, ...]:
        return tuple(Node(row, nodes(row.organ.pk, depth + 1), depth) for row in under.get(parent, []))

    return list(nodes(None, 0))


def flat(nodes: list[Node] | tuple[Node, ...]) -> Iterator[Node]:
    """A tree, line by line."""
    for node in nodes:
        yield node
        yield from flat(node.under)


@while_it_stands
def living_organs(county: uuid.UUID) -> list[Organ]:
    """The organs that there are today, in the order of the list: what a form offers."""
    return list(_alive(county, timezone.localdate()))


def organ_named(county: uuid.UUID, name: str) -> Organ | None:
    """The living organ with exactly this name."""
    return Organ.objects.filter(county=county, name="".join(name.split()), valid_until__isnull=True).first()


def ever_named(county: uuid.UUID, name: str) -> Organ | None:
    """The organ with exactly this name: the living one, else the last that ended with it, else who was called so once."""
    wanted = "".join(name.split())
    rows = Organ.objects.filter(county=county, name=wanted)
    organ = rows.filter(valid_until__isnull=True).first() or rows.order_by("-valid_until", "-id").first()
    if organ is not None:
        return organ
    once = OrganVersion.objects.filter(county=county, name=wanted).select_related("organ").order_by("-from_on", "-id")
    return next((version.organ for version in once), None)


@while_it_stands
def competent_department(county: uuid.UUID) -> Organ | None:
    """The county's competent department of today; None when none was named."""
    return Organ.objects.filter(county=county, competent=True, valid_until__isnull=True).first()


@dataclass(frozen=True, slots=True)
class AnsweringOn:
    """Who answers in whose name for an organ on a day."""

    organ: Organ
    in_name_of: Organ
    defendant: Organ
    reconsideration: str
    court: str
    asked: bool


def answering(organ: Organ, day: date | None = None) -> AnsweringOn:
    """In whose name the organ answers and who is defendant on a day. Not asked yet: the organ itself, nothing more."""
    found = Answering.objects.filter(organ=organ, from_on__lte=day or timezone.localdate())
    row = found.select_related("in_name_of", "defendant").order_by("-from_on", "-id").first()
    if row is None:
        return AnsweringOn(organ, organ, organ, "", "", asked=False)
    name = row.in_name_of or organ
    return AnsweringOn(organ, name, row.defendant or name, row.reconsideration, row.court, asked=True)


def versions_of(organ: Organ) -> list[OrganVersion]:
    """The life of an organ, oldest first."""
    return list(OrganVersion.objects.filter(organ=organ).select_related("parent"))


def names_of(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of organs by key, as they are now."""
    return dict(Organ.objects.filter(pk__in=set(keys)).values_list("pk", "name"))
