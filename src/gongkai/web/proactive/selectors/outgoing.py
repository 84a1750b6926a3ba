"""What who reconciles a site asks: the public entries, and those that were public once, each in a few words."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from gongkai.text.sameness import digest
from gongkai.web.proactive.models import Release
from gongkai.web.proactive.selectors.public import public

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a listing is compared with it; `ended` is when and why it ceased to be public."""

    item: uuid.UUID
    organ: uuid.UUID
    title: str
    index_number: str
    document_number: str
    from_on: date
    from_at: datetime
    ended_at: datetime | None = None
    because: str = ""


def _line(release: Release, ended_at: datetime | None = None) -> Line:
    return Line(
        release.item_id,
        release.organ_id,
        release.title,
        release.index_number,
        str(release.version.metadata.get("document_number") or ""),
        timezone.localdate(release.from_at),
        release.from_at,
        ended_at,
        "" if ended_at is None else ("已撤回" if release.withdrawn_at else "公开期满"),
    )


def standing_lines(county: uuid.UUID) -> Iterator[Line]:
    """Every entry that is public now."""
    rows = public(county).select_related(None).select_related("version").defer("version__body", "version__text")
    return (_line(release) for release in rows.iterator(chunk_size=2000))


def ended_lines(county: uuid.UUID, at: datetime | None = None) -> Iterator[Line]:
    """Every entry that was public and is not now, by its last release that anybody could see."""
    now = at or timezone.now()
    seen = Q(until_at=None) | Q(until_at__gt=F("from_at"))
    seen &= Q(withdrawn_at=None) | Q(withdrawn_at__gt=F("from_at"))
    rows = Release.objects.filter(seen, county=county, from_at__lte=now)
    later = Release.objects.filter(seen, item=OuterRef("item"), from_at__lte=now, edition__gt=OuterRef("edition"))
    on = public(county, now).order_by().filter(item=OuterRef("item"))
    last = rows.filter(~Exists(later), ~Exists(on)).select_related("version")
    for release in last.defer("version__body", "version__text").iterator(chunk_size=2000):
        moments = [moment for moment in (release.withdrawn_at, release.until_at) if moment]
        yield _line(release, min(moments) if moments else now)


def text_digests(county: uuid.UUID, items: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The digests of the words of those of some entries that are public; the texts are read some at a time."""
    found: dict[uuid.UUID, str] = {}
    for start in range(0, len(items), AT_ONCE):
        rows = public(county).filter(item__in=items[start : start + AT_ONCE])
        found |= {item: digest(text) for item, text in rows.values_list("item", "version__text")}
    return found
