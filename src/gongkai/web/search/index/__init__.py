"""The index of the words: one for each kind of database, with the same four verbs.

`Asked` says what a document must have; `stream` gives the positions of those that may contain it, newest first, and
makes no more of them than are taken. `Asked.sure` says that they are the answer and need no second look.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import NotSupportedError, connection

SHOWN_AT_ONCE = 500
TOLD = ("release", "item", "organ", "kind", "number", "index_number", "issuer", "published_on", "validity", "title")
"""The columns of a document that a hit tells."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that must all stand in the text, marks of which one of each tuple must stand, positions between two."""

    words: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How all that is held stands at a moment: whether it is one county's alone, and what may not be shown.

    Between the positions asked for, `newest` is the last one held, `behind` one some way before it, `oldest` the first;
    None where there are not so many, and where the index does not ask by months.
    """

    alone: bool
    hidden: frozenset[int]
    newest: int | None = None
    behind: int | None = None
    oldest: int | None = None


Told = tuple[tuple[Any, ...], bytes]
"""What is told of a hit: the values of its row in the order of TOLD, and its words as printed, packed."""


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

    def standing(self, county: uuid.UUID, at: datetime, first: int, last: int) -> Standing:
        """How what is held stands at a moment, for a search of a county between two positions."""

    def told(self, positions: list[int], at: datetime, words: tuple[str, ...] = ()) -> dict[int, Told]:
        """What is told of the documents at these positions that may be shown at a moment and contain all the words."""

    def holding(self, positions: list[int], words: tuple[str, ...]) -> set[int]:
        """Those of the positions whose texts contain all the words."""

    def stream(self, asked: Asked, standing: Standing, wanted: int) -> Iterator[int]:
        """The positions that may contain the words, newest first. `wanted` tells about how many will be taken."""


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
