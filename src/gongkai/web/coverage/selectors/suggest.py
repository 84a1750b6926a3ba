"""Which entries may stand on a line, and which lines an entry may stand on, by likeness. A person confirms each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from rapidfuzz import fuzz

from gongkai.web.coverage.models import CatalogueLine, Placement
from gongkai.web.coverage.selectors.catalogues import bearings, lines
from gongkai.web.proactive.selectors.placed import titles_of

CUT = 60
"""Share of likeness, in a hundred, from which something is suggested."""
MOST = 6
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry, or a line, and how like it is in a hundred."""

    key: str
    words: str
    share: int


def _like(row: CatalogueLine, title: str) -> int:
    """How much of what a line names stands in a title."""
    parts = [part for part in (row.second, *row.content.splitlines()[:3]) if len(part) >= _LEAST]
    return round(max((fuzz.partial_ratio(part[:40], title) for part in parts), default=0))


def placed_on(entry: uuid.UUID) -> list[str]:
    """The keys of the lines on which an entry stands."""
    return list(Placement.objects.filter(entry=entry, ends=None, ended_by=None).values_list("line", flat=True))


def entries_for(row: CatalogueLine, organ: uuid.UUID) -> list[Suggestion]:
    """The organ's entries that may stand on a line and do not yet, likest first."""
    there = Placement.objects.filter(line=row.key, organ=organ, ends=None, ended_by=None)
    standing = set(there.values_list("entry", flat=True))
    scored = [(_like(row, title), key, title) for key, title in titles_of(organ) if key not in standing]
    best = sorted((each for each in scored if each[0] >= CUT), key=lambda each: -each[0])[:MOST]
    return [Suggestion(str(key), title, share) for share, key, title in best]


def lines_of_organ(county: uuid.UUID, organ: uuid.UUID) -> list[CatalogueLine]:
    """The lines that an organ bears."""
    bears = bearings(county)
    return [row for row in lines(county) if organ in bears.of(row.catalogue.field, row.duty).organs]


def lines_for(county: uuid.UUID, organ: uuid.UUID, title: str, but: tuple[str, ...] = ()) -> list[Suggestion]:
    """The organ's lines on which an entry with this title may stand, likest first."""
    scored = [(_like(row, title), row) for row in lines_of_organ(county, organ) if row.key not in but]
    best = sorted((each for each in scored if each[0] >= CUT), key=lambda each: -each[0])[:MOST]
    return [Suggestion(row.key, f"{row.said().item}：{row.content}", share) for share, row in best]
