"""Responses to public concern: the entries that answer. What was met, and where, is the office's own note and stays there."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.proactive.catalogue import kinds
from gongkai.web.proactive.selectors.answering import responds_to
from gongkai.web.proactive.selectors.public import Listed, count, public_among, turned

KINDS = ("response", "clarification")
SHOWN = 160
_AFTER_A_STOP = re.compile(r"(?<=[。；！？]) ")


@dataclass(frozen=True, slots=True)
class Response:
    """An entry that answers: how it begins, and the public entries that it responds to."""

    release: Any
    kind: str
    on: date
    begins: str
    of: tuple[Any, ...]


def responses(county: uuid.UUID, *, limit: int, offset: int = 0) -> tuple[list[Response], int]:
    """A page of the public responses and clarifications, newest first, and how many there are in all."""
    at, shelves = timezone.now(), [(("kind", kind),) for kind in KINDS]
    listed: list[Listed] = []
    for shelf in shelves:
        listed += turned(county, shelf, limit=offset + limit, at=at)
    listed.sort(key=lambda row: (row.from_at, str(row.pk)), reverse=True)
    return _told(county, listed[offset : offset + limit], at), sum(count(county, shelf) for shelf in shelves)


def _told(county: uuid.UUID, listed: list[Listed], at: datetime) -> list[Response]:
    links = responds_to(row.item_id for row in listed)
    public = public_among(
        county, {row.item_id for row in listed} | {other for others in links.values() for other in others}, at
    )
    rows = [public[row.item_id] for row in listed if row.item_id in public]
    return [
        Response(
            release,
            kinds()[release.kind].zh,
            timezone.localdate(release.from_at),
            _begins(release.version),
            tuple(public[other] for other in links.get(release.item_id, ()) if other in public),
        )
        for release in rows
    ]


def _begins(version: Any) -> str:
    said = str(version.metadata.get("summary") or _AFTER_A_STOP.sub("", " ".join(version.text.split())))
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
