"""What anyone outside may see at a moment. Page, search, feed, interface, file address and cache all ask here.

Faces cannot import the models at all (a contract of the imports). Who keeps a store of their own, as a search index
does, joins `public` or asks `public_among` once more before anything is shown.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from gongkai.web.changes.selectors import Counted, generation
from gongkai.web.memo import while_it_stands
from gongkai.web.organs.models import Organ
from gongkai.web.prepared import Apart, Prepared, columns
from gongkai.web.proactive.models import Attachment, Release, Shelf, Version


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day, and how many releases began in it."""

    first: date
    held: int


def public(county: uuid.UUID, at: datetime | None = None, *, by_key: bool = False) -> QuerySet[Release]:
    """The releases of a county that are public at a moment (now), each with its version, newest first.

    A withdrawn release is out from the act on, whatever anybody's clock says. `by_key`: only a few are asked for, by
    entry, and nothing else is to be looked through for them.
    """
    now = at or timezone.now()
    holds = Q(until_at__isnull=True) | Q(until_at__gt=now)
    whole = Release.objects.alias(of_county=Apart(F("county"))) if by_key else Release.objects.all()
    mine = Q(of_county=county) if by_key else Q(county=county)
    return (
        whole.filter(holds, mine, from_at__lte=now, withdrawn_at__isnull=True)
        .select_related("version", "organ")
        .order_by("-from_at", "-id")
    )


_RELEASE, _VERSION, _ORGAN = columns(Release), columns(Version, without=("text", "likeness")), columns(Organ)
_SHOWN = (*_RELEASE.names, *_VERSION.through("version"), *_ORGAN.through("organ"))
_ITEM = Prepared(
    lambda county, item, now: (
        public(county, now, by_key=True).filter(item=item).order_by("-edition").values_list(*_SHOWN)[:1]
    ),
    county=uuid.UUID,
    item=uuid.UUID,
    now=datetime,
)


def public_item(county: uuid.UUID, item: uuid.UUID, at: datetime | None = None) -> Release | None:
    """The release of an entry that is public at a moment; None: not (any more, or yet) to be seen."""
    rows = _ITEM(county=county, item=item, now=at or timezone.now())
    if not rows:
        return None
    row, ends = rows[0], len(_RELEASE.names) + len(_VERSION.names)
    release: Release = _RELEASE.made(row[: len(_RELEASE.names)])
    release.version = _VERSION.made(row[len(_RELEASE.names) : ends])
    release.organ = _ORGAN.made(row[ends:])
    return release


def public_by_number(county: uuid.UUID, index_number: str, at: datetime | None = None) -> Release | None:
    """The public release with an index number."""
    return public(county, at).filter(index_number=index_number).first()


_FEW = 8


def public_among(county: uuid.UUID, keys: Iterable[uuid.UUID], at: datetime | None = None) -> dict[uuid.UUID, Release]:
    """Of these entries the ones that are public, by key: how an index of one's own is asked once more when shown."""
    return {release.item_id: release for release in public(county, at, by_key=True).filter(item__in=list(keys))}


Head = tuple[str, datetime]
"""The title of a release, and since when it is public."""


@cache
def _heads(count: int) -> Prepared:
    names = [f"item_{n}" for n in range(count)]
    kinds: dict[str, type[uuid.UUID | datetime]] = {"county": uuid.UUID, "now": datetime}
    return Prepared(
        lambda county, now, **items: (
            public(county, now, by_key=True)
            .filter(item__in=list(items.values()))
            .values_list("item", "title", "from_at")
        ),
        **kinds,
        **dict.fromkeys(names, uuid.UUID),
    )


def heads_among(county: uuid.UUID, keys: Iterable[uuid.UUID], at: datetime | None = None) -> dict[uuid.UUID, Head]:
    """Of these entries the titles of the ones that are public, by key."""
    wanted, now = sorted(set(keys)), at or timezone.now()
    if not wanted:
        return {}
    if len(wanted) > _FEW:
        rows = list(public(county, now, by_key=True).filter(item__in=wanted).values_list("item", "title", "from_at"))
    else:
        rows = _heads(len(wanted))(county=county, now=now, **{f"item_{n}": key for n, key in enumerate(wanted)})
    return {item: (title, from_at) for item, title, from_at in rows}


def public_file(county: uuid.UUID, item: uuid.UUID, file: uuid.UUID, at: datetime | None = None) -> Attachment | None:
    """A file of an entry, when the version that is public at a moment has it."""
    release = public_item(county, item, at)
    if release is None:
        return None
    return Attachment.objects.filter(version=release.version_id, file=file).select_related("file").first()


def public_files(release: Release) -> list[Attachment]:
    """The files of a public release, in order."""
    return list(Attachment.objects.filter(version=release.version_id).order_by("position", "id"))


def on_shelf(county: uuid.UUID, facet: str, key: str, at: datetime | None = None) -> QuerySet[Release]:
    """The public releases listed under an organ, column, item of the law, theme, kind or topic, newest first."""
    listed = Shelf.objects.filter(release=OuterRef("pk"), facet=facet, key=key)
    return public(county, at).filter(Exists(listed))


_HOME = """
SELECT c.id, g.value, g.touched, g.next_at FROM organs_county c LEFT JOIN changes_generation g ON g.county = c.id
ORDER BY c.id LIMIT 1
"""
Place = tuple[datetime, uuid.UUID]
"""Where a page of a list ended: the moment and the key of a release."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says of a public release; the text stays where it is."""

    pk: uuid.UUID
    item_id: uuid.UUID
    kind: str
    title: str
    from_at: datetime
    organ_id: uuid.UUID
    organ_name: str
    metadata: dict[str, Any]


_AT_ONCE = 500
_LISTED = ("id", "item", "kind", "title", "from_at", "organ", "organ__name", "version__metadata")


def _on_shelves(county: uuid.UUID, listed: tuple[tuple[str, str], ...], now: datetime) -> QuerySet[Shelf]:
    """What is public on every one of these shelves: looked for on the first."""
    (facet, key), *others = listed
    holds = Q(release__until_at__isnull=True) | Q(release__until_at__gt=now)
    rows = Shelf.objects.filter(
        holds, county=county, facet=facet, key=key, from_at__lte=now, release__withdrawn_at__isnull=True
    )
    for facet, key in others:
        rows = rows.filter(Exists(Shelf.objects.filter(release=OuterRef("release"), facet=facet, key=key)))
    return rows


def turned(
    county: uuid.UUID,
    listed: tuple[tuple[str, str], ...] = (),
    *,
    after: Place | None = None,
    before: Place | None = None,
    limit: int = 51,
    at: datetime | None = None,
) -> list[Listed]:
    """A page of what is public on every one of these shelves (facet, key), newest first.

    `after` a place come the older ones, `before` it the newer ones next to it. Read from the first shelf in its order,
    whatever else there is.
    """
    now = at or timezone.now()
    rows: QuerySet[Any]
    if listed:
        rows, name, path = _on_shelves(county, listed, now), "release", "release__"
    else:
        rows, name, path = public(county, now), "id", ""
    if after is not None:
        rows = rows.filter(Q(from_at__lt=after[0]) | Q(**{f"{name}__lt": after[1]}), from_at__lte=after[0])
    if before is not None:
        rows = rows.filter(Q(from_at__gt=before[0]) | Q(**{f"{name}__gt": before[1]}), from_at__gte=before[0])
    sign = "" if before is not None else "-"
    told = rows.order_by(f"{sign}from_at", f"{sign}{name}").values_list(*(f"{path}{each}" for each in _LISTED))
    found = [Listed(*row) for row in told[:limit]]
    return found[::-1] if before is not None else found


def listed_among(county: uuid.UUID, keys: Iterable[uuid.UUID], at: datetime | None = None) -> dict[uuid.UUID, Listed]:
    """Of these entries the ones that are public, by key, with what a list says of them."""
    wanted, now = list(keys), at or timezone.now()
    found: dict[uuid.UUID, Listed] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        rows = public(county, now).filter(item__in=wanted[first : first + _AT_ONCE])
        found |= {row[1]: Listed(*row) for row in rows.values_list(*_LISTED)}
    return found


@while_it_stands
def count(county: uuid.UUID, listed: tuple[tuple[str, str], ...] = (), at: datetime | None = None) -> int:
    """How many releases are public, on every one of these shelves."""
    return (
        _on_shelves(county, listed, at or timezone.now()).count() if listed else public(county, at).order_by().count()
    )


@while_it_stands
def counts(
    county: uuid.UUID, facet: str, at: datetime | None = None, *, within: tuple[str, str] | None = None
) -> dict[str, int]:
    """How many public releases each key of a facet has, in all or among those of one other shelf (facet, key)."""
    now = at or timezone.now()
    if within is None:
        holds = Q(release__until_at__isnull=True) | Q(release__until_at__gt=now)
        whole = {"county": county, "facet": facet, "from_at__lte": now, "release__withdrawn_at__isnull": True}
        rows, key = Shelf.objects.filter(holds, **whole), "key"
    else:  # from the one shelf to the others of what lies on it: a shelf is far shorter than a facet
        rows, key = _on_shelves(county, (within,), now).filter(release__shelves__facet=facet), "release__shelves__key"
    return dict(rows.values(key).annotate(held=Count("pk")).values_list(key, "held").order_by(key))


@while_it_stands
def months(
    county: uuid.UUID, first: date, at: datetime | None = None, *, organ: uuid.UUID | None = None
) -> list[Month]:
    """How many of what is public today became so in each month from that of a day on; months with none are left out."""
    begins = timezone.make_aware(datetime.combine(first.replace(day=1), datetime.min.time()))
    rows = public(county, at).order_by().filter(from_at__gte=begins)
    rows = rows if organ is None else rows.filter(organ=organ)
    by_month = rows.annotate(month=TruncMonth("from_at")).values("month").annotate(held=Count("pk"))
    return [
        Month(timezone.localdate(month), held)
        for month, held in by_month.values_list("month", "held").order_by("month")
    ]


def was_public(county: uuid.UUID, at: datetime) -> QuerySet[Release]:
    """What was public at a moment that has passed, as the acts say today; for the ledger, never for a page outside."""
    holds = Q(until_at__isnull=True) | Q(until_at__gt=at)
    stood = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
    return Release.objects.filter(holds, stood, county=county, from_at__lte=at).select_related("version", "organ")


def stamp(county: uuid.UUID, at: datetime | None = None) -> str:
    """Under what a page may be kept: it changes with every act, and with every moment at which time changes something.

    One look-up by key; only between such a moment and its being noted two more.
    """
    now = at or timezone.now()
    counted = generation(county)
    if counted.next_at is None or now < counted.next_at:
        return counted.mark
    open_ones = Release.objects.filter(county=county, withdrawn_at__isnull=True)
    begun = open_ones.filter(from_at__lte=now, from_at__gte=counted.next_at).aggregate(last=Max("from_at"))["last"]
    ended = open_ones.filter(until_at__lte=now, until_at__gte=counted.next_at).aggregate(last=Max("until_at"))["last"]
    last = max((moment for moment in (begun, ended) if moment), default=None)
    return f"{counted.mark}.{last.timestamp():.6f}" if last else counted.mark


def home_stamp() -> tuple[uuid.UUID, str] | None:
    """The county of this portal with its stamp of now, in one plain question: every request for a kept page asks it.

    None before the first start.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOME)
        row = cursor.fetchone()
    if row is None:
        return None
    county = row[0] if isinstance(row[0], uuid.UUID) else uuid.UUID(row[0])
    moment = row[3].replace(tzinfo=UTC) if row[3] is not None and row[3].tzinfo is None else row[3]
    if moment is not None and timezone.now() >= moment:
        return county, stamp(county)
    return county, Counted(row[1] or 0, moment, row[2] or 0).mark


def fresh_until(county: uuid.UUID, at: datetime | None = None) -> datetime | None:
    """The next moment after `at` at which time alone changes what is public; None: only an act will."""
    now = at or timezone.now()
    open_ones = Release.objects.filter(county=county, withdrawn_at__isnull=True)
    begins = open_ones.filter(from_at__gt=now).order_by("from_at").values_list("from_at", flat=True).first()
    ends = open_ones.filter(until_at__gt=now).order_by("until_at").values_list("until_at", flat=True).first()
    return min((moment for moment in (begins, ends) if moment), default=None)
