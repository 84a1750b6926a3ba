"""The index of the words: one for each kind of database, with the same verbs.

`Asked` says what a document must have; `begin` gives the positions of those that may contain it, newest first, and
makes no more of them than are taken. `sure` says that they are the answer and need no second look.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import NotSupportedError, connection

from gongkai.web.search.marks import COUNTY, mark
from gongkai.web.search.positions import LAST

SHOWN_AT_ONCE = 500
TOLD = ("release", "item", "organ", "kind", "number", "index_number", "issuer", "published_on", "validity", "title")
"""The columns of a document that a hit tells."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What may be shown of a county at a moment: words that must all stand in the text, marks of which one of each tuple
    must stand, positions between two.
    """

    county: uuid.UUID
    at: datetime
    words: tuple[str, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()
    first: int = 0
    last: int = LAST

    def marked(self, *, alone: bool) -> tuple[tuple[str, ...], ...]:
        """The marks that keep a search to a county. Where there is no other, its mark stands on everything: to ask for it
        beside anything else leaves out nothing, and made rare words ten times as slow at a million items.
        """
        return self.marks if (self.words or self.marks) and alone else ((mark(COUNTY, self.county),), *self.marks)


@dataclass(frozen=True, slots=True)
class Standing:
    """How all that is held stands at a moment: whether it is one county's alone, and what may not be shown."""

    alone: bool
    hidden: frozenset[int]


Told = tuple[tuple[Any, ...], bytes]
"""What is told of a hit: the values of its row in the order of TOLD, and its words as printed, packed."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The positions of what is asked for and may be shown, newest first, and what is told of some of the first."""

    positions: Iterator[int]
    told: dict[int, Told]


Added = tuple[int, str, set[str], bytes]
"""The position of a document, its searchable text, its marks, and its words as printed."""


class Index(Protocol):
    """What a database must do for the search."""

    def make(self) -> list[str]:
        """The statements that make its tables."""

    def unmake(self) -> list[str]:
        """The statements that take them away."""

    def add(self, position: int, text: str, marks: set[str], packed: bytes) -> None:
        """Keep a document: its searchable text, its marks, and its words as printed."""

    def add_many(self, given: Iterable[Added]) -> None:
        """Keep several documents at once."""

    def take_out(self, position: int, text: str, marks: set[str]) -> None:
        """Forget a document that was added with just these."""

    def sure(self, asked: Asked) -> bool:
        """Whether every position of the stream contains the words."""

    def standing(self, asked: Asked) -> Standing:
        """How what is held stands at the moment that is asked for."""

    def told(self, positions: list[int], at: datetime) -> dict[int, Told]:
        """What is told of the documents at these positions that may be shown at a moment."""

    def holding(self, positions: list[int], words: tuple[str, ...]) -> set[int]:
        """Those of the positions whose texts contain all the words."""

    def begin(self, asked: Asked, wanted: int, tell: range) -> Begun:
        """The positions that may contain the words. `wanted` tells about how many will be taken.

        Of the positions counted `tell`, 0 the newest, it is told what is shown of them, if they contain the words.
        """


def index_of(vendor: str | None = None) -> Index:
    """The index of the database in use."""
    from gongkai.web.search.index import postgresql, sqlite

    known: dict[str, Any] = {"sqlite": sqlite.SqliteIndex, "postgresql": postgresql.PostgresIndex}
    name = vendor or connection.vendor
    if name not in known:
        raise NotSupportedError(f"数据库 {name} 没有全文检索，不能在其上运行")
    found: Index = known[name]()
    return found


def texts(positions: list[int]) -> Iterator[tuple[int, str]]:
    """The searchable texts at these positions, in no order."""
    with connection.cursor() as cursor:
        for start in range(0, len(positions), SHOWN_AT_ONCE):
            some = positions[start : start + SHOWN_AT_ONCE]
            places = ",".join(map(str, map(int, some)))
            cursor.execute(f"SELECT position, body FROM search_text WHERE position IN ({places})")  # noqa: S608
            yield from cursor.fetchall()


def printed(positions: list[int]) -> dict[int, bytes]:
    """The words as printed, packed, at these positions."""
    if not positions:
        return {}
    places = ",".join(map(str, map(int, positions)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT position, packed FROM search_text WHERE position IN ({places})")  # noqa: S608
        return {position: bytes(packed) for position, packed in cursor.fetchall()}
