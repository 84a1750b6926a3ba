"""What the search holds of a release: put in, renewed and taken out in the transaction that makes it public or ends it.

The search is no fact: here it is also compared with what is released, and put right where it differs.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from gongkai.proactive.catalogue import kinds, theme_words
from gongkai.proactive.validity import Standing as Stands
from gongkai.web.changes.services import touch
from gongkai.web.failpoints import failpoint
from gongkai.web.organs.models import County
from gongkai.web.proactive.models import Attachment, Item, Release, Standing, Version
from gongkai.web.proactive.selectors.validity import validities
from gongkai.web.search import comparing
from gongkai.web.search import services as search
from gongkai.web.search.services import Entry

AT_ONCE = 200
NEWEST = 100
"""So many of the newest releases are compared word by word before every start."""
THEME = "theme:"
_SAID = ("summary", "keywords", "genre")
"""The metadata that a reader may type; who issued it, its numbers and its place on the shelves have their own."""


def is_held(release: Release, now: datetime) -> bool:
    """Whether the search has to hold a release: it is public or will be."""
    if release.withdrawn_at is not None:
        return False
    return release.until_at is None or (release.until_at > now and release.until_at > release.from_at)


def _to_be_held(now: datetime) -> QuerySet[Release]:
    """The same, asked of all releases."""
    ends = Q(until_at__isnull=True) | Q(until_at__gt=now) & Q(until_at__gt=F("from_at"))
    return Release.objects.filter(ends, withdrawn_at__isnull=True)


# ── an entry of the catalogue as the search keeps it ─────────────────────────────────────────────────────────────────


def _text(version: Version, files: Iterable[Attachment]) -> str:
    """All the words of a version: its text, what describes it, and every file with its own words."""
    parts = [version.text]
    said = version.metadata
    for key in _SAID:
        value = said.get(key) or ""
        parts.append(value if isinstance(value, str) else "、".join(value))
    parts.append(theme_words(str(said.get("theme", ""))))
    for row in files:
        parts += [row.name if row.role != "picture" else "", row.alt, row.text]
    return "\n".join(part.strip() for part in parts if part.strip())


def _several(version: Version, key: str) -> tuple[str, ...]:
    value = version.metadata.get(key) or ()
    return (value,) if isinstance(value, str) else tuple(value)


def themes_of(version: Version) -> tuple[str, ...]:
    """The theme of a version, and the one above it, as they stand among the topics of the search."""
    theme = str(version.metadata.get("theme", ""))
    return tuple(dict.fromkeys(f"{THEME}{each}" for each in (theme.partition("/")[0], theme) if each))


def entries_of(releases: Iterable[Release], on: date) -> list[Entry]:
    """These releases as the search keeps them. Their versions must have been fetched with them."""
    rows = list(releases)
    files: dict[uuid.UUID, list[Attachment]] = {}
    for file in Attachment.objects.filter(version__in={row.version_id for row in rows}).order_by("position", "id"):
        files.setdefault(file.version_id, []).append(file)
    documents = [row.version for row in rows if kinds()[row.kind].document]
    holds = validities(documents, on)
    return [_entry(row, files.get(row.version_id, []), holds) for row in rows]


def _entry(row: Release, files: Iterable[Attachment], holds: dict[uuid.UUID, Stands]) -> Entry:
    said = row.version.metadata
    standing = holds.get(row.item_id)
    return Entry(
        release=row.pk,
        item=row.item_id,
        county=row.county,
        organ=row.organ_id,
        kind=row.kind,
        title=row.title,
        text=_text(row.version, files),
        published_on=timezone.localdate(row.from_at),
        visible_from=row.from_at,
        visible_until=row.until_at,
        columns=_several(row.version, "columns"),
        topics=(*_several(row.version, "topics"), *themes_of(row.version)),
        number=str(said.get("document_number", "")),
        index_number=row.index_number,
        issuer=str(said.get("issuing_organ", "")),
        validity=standing.validity.value if standing else "",
    )


def keep_found(releases: Iterable[Release], now: datetime) -> None:
    """Bring the search to what these releases say; inside the transaction of the act that changed them."""
    rows = list(releases)
    for row in rows:
        if not is_held(row, now):
            search.remove(row.pk)
    search.put_many(entries_of((row for row in rows if is_held(row, now)), timezone.localdate(now)))
    failpoint("proactive.found_written")


def find_again(item: Item, now: datetime) -> None:
    """Bring the search to what the releases of an entry say, all of them; inside the caller's transaction."""
    keep_found(Release.objects.filter(item=item).select_related("version"), now)


# ── is the search what is released? ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Differences:
    """Releases that the search lacks or holds otherwise, and what it holds that is none."""

    lacking: tuple[uuid.UUID, ...]
    surplus: tuple[uuid.UUID, ...]
    looked_at: int

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.lacking or self.surplus)


def _pages(rows: QuerySet[Release]) -> Iterator[list[Release]]:
    """The releases some at a time, by key."""
    last: uuid.UUID | None = None
    while True:
        more = rows if last is None else rows.filter(pk__gt=last)
        page = list(more.select_related("version").order_by("pk")[:AT_ONCE])
        if not page:
            return
        yield page
        last = page[-1].pk


def differences(now: datetime | None = None) -> Differences:
    """Compare every word of the search with what is released, county by county or not."""
    at = now or timezone.now()
    lacking: list[uuid.UUID] = []
    looked_at = 0
    for page in _pages(_to_be_held(at)):
        lacking += comparing.unlike(entries_of(page, timezone.localdate(at)))
        looked_at += len(page)
    surplus: list[uuid.UUID] = []
    last: uuid.UUID | None = None
    while held := comparing.held(at, last):
        known = set(_to_be_held(at).filter(pk__in=held).values_list("pk", flat=True))
        surplus += [key for key in held if key not in known]
        last = held[-1]
    return Differences(tuple(lacking), tuple(surplus), looked_at)


def seems_whole(now: datetime | None = None) -> bool:
    """A quick look before a start: the numbers agree, and the newest releases are held as they are."""
    at = now or timezone.now()
    rows = _to_be_held(at)
    if rows.count() != comparing.count(at):
        return False
    newest = list(rows.select_related("version").order_by("-pk")[:NEWEST])
    return not comparing.unlike(entries_of(newest, timezone.localdate(at)))


def put_right(found: Differences, now: datetime | None = None) -> None:
    """Bring the search to what is released where it differs, some entries at a time; what is public stays as it is."""
    for start in range(0, len(found.surplus), AT_ONCE):
        with transaction.atomic():
            for key in found.surplus[start : start + AT_ONCE]:
                if not _to_be_held(now or timezone.now()).filter(pk=key).exists():
                    search.remove(key)
            _pages_are_old(County.objects.values_list("pk", flat=True))
    for start in range(0, len(found.lacking), AT_ONCE):
        with transaction.atomic():
            some = found.lacking[start : start + AT_ONCE]
            items = set(Release.objects.filter(pk__in=some).values_list("item", flat=True))
            list(Standing.objects.select_for_update().filter(item__in=items).order_by("item"))
            rows = Release.objects.filter(pk__in=some).select_related("version")
            keep_found(rows, now or timezone.now())
            _pages_are_old(rows.values_list("county", flat=True).distinct())


def _pages_are_old(counties: Iterable[uuid.UUID]) -> None:
    """Pages of the search that were kept tell something else now."""
    for county in sorted(counties):
        touch(county=county)


def rebuild_all(now: datetime | None = None) -> int:
    """Empty the search and fill it anew with what is public or will be; how many releases it then holds."""
    at = now or timezone.now()
    with transaction.atomic():
        pages = _pages(_to_be_held(at))
        return search.rebuild(entry for page in pages for entry in entries_of(page, timezone.localdate(at)))


def find_lapsed(now: datetime | None = None) -> int:
    """Documents lapse and come into force by the day: the search is told, once a day. How many had changed."""
    at = now or timezone.now()
    changed = 0
    documents = [key for key, kind in kinds().items() if kind.document]
    for page in _pages(_to_be_held(at).filter(kind__in=documents)):
        held = comparing.validities(row.pk for row in page)
        entries = entries_of(page, timezone.localdate(at))
        other = tuple(entry.release for entry in entries if held.get(entry.release) != entry.validity)
        put_right(Differences(other, (), len(page)), at)
        changed += len(other)
    return changed
