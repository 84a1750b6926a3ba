"""Responses to public concern: the entries that answer. What was met, and where, is the office's own note and stays there."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.proactive.catalogue import kinds
from gongkai.web.proactive.selectors.answering import responds_to
from gongkai.web.proactive.selectors.public import on_shelf, public_among

KINDS = ("response", "clarification")
LIMIT, SHOWN = 200, 160


@dataclass(frozen=True, slots=True)
class Response:
    """An entry that answers: how it begins, and the public entries that it responds to."""

    release: Any
    kind: str
    on: date
    begins: str
    of: tuple[Any, ...]


def responses(county: uuid.UUID, limit: int = LIMIT) -> list[Response]:
    """The public responses and clarifications, newest first."""
    rows: list[Any] = []
    for kind in KINDS:
        rows += on_shelf(county, "kind", kind)[:limit]
    rows.sort(key=lambda release: (release.from_at, str(release.pk)), reverse=True)
    links = responds_to(release.item_id for release in rows[:limit])
    public = public_among(county, {other for others in links.values() for other in others})
    return [
        Response(
            release,
            kinds()[release.kind].zh,
            timezone.localdate(release.from_at),
            _begins(release.version),
            tuple(public[other] for other in links.get(release.item_id, ()) if other in public),
        )
        for release in rows[:limit]
    ]


def _begins(version: Any) -> str:
    said = str(version.metadata.get("summary") or " ".join(version.text.split()))
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
