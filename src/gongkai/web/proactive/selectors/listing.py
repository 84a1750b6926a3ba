"""Public entries in lists: for feeds, the map of the site, downloads of the catalogue and the interface.

Long lists are read in pieces, newest first, each asked of `selectors.public` at its own moment: what is taken back
while a list is on its way is not in the pieces that follow.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import TruncYear
from django.utils import timezone

from gongkai.proactive.catalogue import LONG, theme_words
from gongkai.web.proactive.models import Attachment, Release, Shelf
from gongkai.web.proactive.selectors.outside import (
    Near,
    interpretations,
    issuer_of,
    kind_words,
    published_on,
    standings,
)
from gongkai.web.proactive.selectors.public import on_shelf, public

PIECE = 1000
_LIGHT = ("version__body", "version__text", "version__likeness")
FACETS = ("organ", "column", "item", "theme", "kind", "topic")
"""By what entries are listed together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A public entry in a list. `validity` and `validity_words` are empty for what is no document."""

    key: uuid.UUID
    index_number: str
    title: str
    kind: str
    kind_words: str
    organ: uuid.UUID
    organ_name: str
    issuer: str
    number: str
    written_on: str
    published_at: datetime
    published_on: date
    effective_on: str
    expires_on: str
    public_until: date | None
    validity: str
    validity_words: str
    theme: str
    items: tuple[str, ...]
    columns: tuple[str, ...]
    topics: tuple[str, ...]
    keywords: str
    summary: str


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else tuple(str(each) for each in value or ())


def entries_of(releases: list[Release], today: date) -> list[Entry]:
    """Releases as a list tells them, with how their documents stand today."""
    stands = standings(releases, today)
    found = []
    for release in releases:
        said = release.version.metadata
        standing = stands.get(release.item_id)
        expires = str(said.get("expires_on") or "")
        found.append(
            Entry(
                key=release.item_id,
                index_number=release.index_number,
                title=release.title,
                kind=release.kind,
                kind_words=kind_words(release.kind),
                organ=release.organ_id,
                organ_name=release.organ.name,
                issuer=issuer_of(release),
                number=str(said.get("document_number") or ""),
                written_on=str(said.get("written_on") or ""),
                published_at=timezone.localtime(release.from_at),
                published_on=published_on(release),
                effective_on=str(said.get("effective_on") or ""),
                expires_on="长期有效" if expires == LONG else expires,
                public_until=release.version.public_until,
                validity=standing.validity.value if standing else "",
                validity_words=standing.zh if standing else "",
                theme=theme_words(str(said.get("theme") or "")),
                items=_several(said.get("items")),
                columns=_several(said.get("columns")),
                topics=_several(said.get("topics")),
                keywords="、".join(_several(said.get("keywords"))),
                summary=str(said.get("summary") or ""),
            )
        )
    return found


def listed(county: uuid.UUID, facet: str = "", key: str = "", at: datetime | None = None) -> QuerySet[Release]:
    """The public releases of the county, or of one shelf, newest first, without their texts."""
    rows = on_shelf(county, facet, key, at) if facet else public(county, at)
    return rows.defer(*_LIGHT)


def filtered(
    county: uuid.UUID, shelves: Mapping[str, str], since: date | None = None, until: date | None = None
) -> QuerySet[Release]:
    """The public releases that lie on all of these shelves and were published within these days, newest first."""
    rows = listed(county)
    for facet, key in shelves.items():
        rows = rows.filter(Exists(Shelf.objects.filter(release=OuterRef("pk"), facet=facet, key=key)))
    if since is not None:
        rows = rows.filter(from_at__gte=timezone.make_aware(datetime.combine(since, time())))
    if until is not None:
        rows = rows.filter(from_at__lt=timezone.make_aware(datetime.combine(until, time())) + timedelta(days=1))
    return rows


def newest(county: uuid.UUID, facet: str = "", key: str = "", most: int = 50) -> list[Entry]:
    """The newest public entries of the county, or of one shelf."""
    return entries_of(list(listed(county, facet, key)[:most]), timezone.localdate())


Place = tuple[datetime, uuid.UUID]
"""How far a list was read: the moment and the key of the last release that was given."""


def piece_after(rows: QuerySet[Release], place: Place | None, most: int = PIECE) -> list[Release]:
    """The next releases of a list that is ordered newest first."""
    if place is not None:
        moment, key = place
        rows = rows.filter(from_at__lte=moment).filter(Q(from_at__lt=moment) | Q(pk__lt=key))
    return list(rows[:most])


def pieces(county: uuid.UUID) -> Iterator[list[Entry]]:
    """The whole catalogue of what is public, newest first, in pieces."""
    place: Place | None = None
    while True:
        rows = piece_after(listed(county), place)
        if rows:
            yield entries_of(rows, timezone.localdate())
        if len(rows) < PIECE:
            return
        place = (rows[-1].from_at, rows[-1].pk)


@dataclass(frozen=True, slots=True)
class Row:
    """A document of the library with its interpretations; of an interpretation the documents."""

    entry: Entry
    interpretations: tuple[Near, ...]


def library_rows(county: uuid.UUID, releases: list[Release]) -> list[Row]:
    """Documents as the policy library lists them, in the order given."""
    near = interpretations(county, [release.item_id for release in releases])
    return [
        Row(entry, tuple(each for forth, each in near.get(entry.key, ()) if not forth))
        for entry in entries_of(releases, timezone.localdate())
    ]


# ── the map of the site ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Year:
    """How many public entries a year has, and when the newest of them became public."""

    year: int
    count: int
    last_at: datetime


def years(county: uuid.UUID) -> list[Year]:
    """The years of publication, newest first."""
    rows = (
        public(county)
        .order_by()
        .annotate(year=TruncYear("from_at"))
        .values("year")
        .annotate(count=Count("pk"), last_at=Max("from_at"))
        .order_by("-year")
    )
    return [Year(timezone.localtime(r["year"]).year, r["count"], r["last_at"]) for r in rows]


def addresses(county: uuid.UUID, year: int, part: int, size: int) -> Iterator[tuple[uuid.UUID, datetime]]:
    """A part of the public entries of a year, oldest first: each by its key, with when it became public."""
    zone = timezone.get_current_timezone()
    first, after = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    rows = public(county).filter(from_at__gte=first, from_at__lt=after).order_by("from_at", "pk")
    yield from rows.values_list("item", "from_at")[part * size : (part + 1) * size]


# ── pictures and files in the interface ──────────────────────────────────────────────────────────────────────────────


def files_of(release: Release) -> list[Attachment]:
    """The files of a public release, in order."""
    return list(Attachment.objects.filter(version=release.version_id).order_by("position", "id"))
