"""What a search tells."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.web.search.showing import Pieces

CAP = 2000
"""Hits are counted, ranked and divided by facets up to here."""

Order = Literal["newest", "ranked"]


@dataclass(frozen=True, slots=True)
class Count:
    """How many hits: just `number`, more than it (`more`), or about it (`exact` is false)."""

    number: int
    more: bool = False
    exact: bool = True

    def __str__(self) -> str:
        return f"{'' if self.exact else '约'}{self.number}{'+' if self.more else ''}"


@dataclass(frozen=True, slots=True)
class Hit:
    """One item on a page of results; `title` and `snippet` are pieces of its own words."""

    release: uuid.UUID
    item: uuid.UUID
    organ: uuid.UUID
    kind: str
    number: str
    index_number: str
    issuer: str
    published_on: date
    validity: str
    title: Pieces
    snippet: Pieces


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the hits have one value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The hits by organ, kind, column, topic, validity and year, most first.

    `complete` is false when they tell of the newest hits only, or of some that were not looked at.
    """

    by: dict[str, tuple[Facet, ...]]
    complete: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results. `complete` is false when older items could not be asked; `said` tells what a reader must know."""

    hits: tuple[Hit, ...]
    count: Count
    page: int
    pages: int
    order: Order
    complete: bool
    said: tuple[str, ...] = ()
    facets: Facets | None = None
