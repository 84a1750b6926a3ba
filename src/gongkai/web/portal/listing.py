"""Lists of what is published: what one line says of an entry, and leafing through by where the last page ended."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone

from gongkai.proactive.catalogue import kinds
from gongkai.proactive.validity import Validity
from gongkai.web.proactive.selectors.public import Listed
from gongkai.web.proactive.selectors.validity import validities

SIZE = 50
"""Lines of a page."""
_PLAIN = (Validity.IN_FORCE, Validity.AMENDED, Validity.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Line:
    """A published entry in a list. `state` says only what a reader must know: that a document no longer holds."""

    key: uuid.UUID
    title: str
    organ: str
    number: str
    on: date
    state: str = ""
    state_zh: str = ""


def lines_of(listed: Iterable[Listed], *, on: date | None = None) -> list[Line]:
    """What a list says of public releases, in their order; of documents also whether they still hold on a day (today)."""
    found, known = list(listed), kinds()
    documents = [row for row in found if row.kind in known and known[row.kind].document]
    stands = validities(documents, on or timezone.localdate()) if documents else {}
    lines = []
    for row in found:
        stand = stands.get(row.item_id)
        said = stand if stand is not None and stand.validity not in _PLAIN else None
        lines.append(
            Line(
                key=row.item_id,
                title=row.title,
                organ=row.organ_name,
                number=str(row.metadata.get("document_number", "")),
                on=timezone.localdate(row.from_at),
                state=said.validity.value if said else "",
                state_zh=said.zh if said else "",
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ended: the moment and the key of its last line."""

    at: datetime
    key: uuid.UUID

    def __str__(self) -> str:
        return f"{self.at.timestamp() * 1_000_000:.0f}-{self.key.hex}"


def mark_of(said: str) -> Mark | None:
    """A mark as an address gives it; None for none. Http404 for what is no mark."""
    if not said:
        return None
    moment, _, key = said.partition("-")
    try:
        micro = int(moment)
        whole = datetime.fromtimestamp(micro // 1_000_000, tz=timezone.get_current_timezone())
        return Mark(whole.replace(microsecond=micro % 1_000_000), uuid.UUID(hex=key))
    except (ValueError, OverflowError, OSError):
        raise Http404("没有这一页") from None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list with the addresses of its neighbours; empty where there is none."""

    lines: tuple[Any, ...]
    older: str
    newer: str
    size: int = SIZE


def address_with(given: Mapping[str, str], **more: str) -> str:
    """`?…` with these values, without the empty ones and without the marks of another page."""
    kept = {key: value for key, value in given.items() if value and key not in ("after", "before")}
    said = kept | {key: value for key, value in more.items() if value}
    return f"?{urlencode(said)}" if said else "?"


def leaf(rows: Sequence[Any], given: Mapping[str, str], *, newest: bool, backwards: bool, size: int = SIZE) -> Page:
    """A page of releases from up to `size` + 1 rows, newest first; `backwards`: they were read towards newer ones.

    `newest` says that the page begins with the newest of all.
    """
    more = len(rows) > size
    shown = list(rows[-size:] if backwards else rows[:size])
    if not shown:
        return Page((), "", "" if newest else address_with(given))
    older = address_with(given, after=str(Mark(shown[-1].from_at, shown[-1].pk))) if more or backwards else ""
    newer = address_with(given, before=str(Mark(shown[0].from_at, shown[0].pk)))
    at_newest = newest or (backwards and not more)
    return Page(tuple(shown), older, "" if at_newest else newer, size)


def leaves(number: int, count: int, size: int, given: Mapping[str, str] | None = None) -> dict[str, Any]:
    """For `_leaf.html`: the addresses of the numbered pages before and after this one; empty where there is none."""

    def at(page: int) -> str:
        return f"?{urlencode({**(given or {}), 'page': str(page)})}"

    newer, older = at(number - 1) if number > 1 else "", at(number + 1) if number * size < count else ""
    return {"page": {"newer": newer, "older": older, "size": size}}
