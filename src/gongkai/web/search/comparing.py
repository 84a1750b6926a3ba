"""Comparing what the search holds with what it should hold: for recovery, and for who wants to be sure."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from gongkai.web.search.index import printed, texts
from gongkai.web.search.models import Document
from gongkai.web.search.services import Entry, as_held


def unlike(entries: Iterable[Entry]) -> list[uuid.UUID]:
    """The releases that the search does not hold, or not with these words, values and times."""
    wanted = {entry.release: as_held(entry) for entry in entries}
    held = {row.release: row for row in Document.objects.filter(release__in=list(wanted))}
    places = [row.position for row in held.values()]
    bodies, packed = dict(texts(places)), printed(places)
    return [
        release
        for release, (document, body, words) in wanted.items()
        if (row := held.get(release)) is None
        or _values(row) != _values(document)
        or bodies.get(row.position) != body
        or zlib.decompress(packed[row.position]) != zlib.decompress(words)
    ]


def _values(document: Document) -> dict[str, object]:
    return {field.attname: getattr(document, field.attname) for field in Document._meta.fields if not field.primary_key}


def held(at: datetime, after: uuid.UUID | None = None, limit: int = 500) -> list[uuid.UUID]:
    """The releases that may be found at a moment or will be, in the order of their keys, after one of them."""
    rows = Document.objects.filter(Q(visible_until__isnull=True) | Q(visible_until__gt=at))
    rows = rows if after is None else rows.filter(release__gt=after)
    return list(rows.order_by("release").values_list("release", flat=True)[:limit])


def count(at: datetime) -> int:
    """How many releases may be found at a moment or will be."""
    return Document.objects.filter(Q(visible_until__isnull=True) | Q(visible_until__gt=at)).count()


def validities(releases: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """How the search believes these documents to stand."""
    return dict(Document.objects.filter(release__in=list(releases)).values_list("release", "validity"))
