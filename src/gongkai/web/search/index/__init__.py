"""The index of the words: one for each kind of database, with the same four verbs.

`Asked` says what a document must have; `stream` gives the positions of those that may contain it, newest first, and
makes no more of them than are taken. `Asked.sure` says that they are the answer and need no second look.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import NotSupportedError, connection

from gongkai.web.search.models import Document

SHOWN_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that must all stand in the text, marks of which one of each tuple must stand, positions between two."""

    words: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]
    first: int
    last: int


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

    def stream(self, asked: Asked) -> Iterator[int]:
        """The positions that may contain the words, newest first."""


def index_of(vendor: str | None = None) -> Index:
    """The index of the database in use."""
    from gongkai.web.search.index import postgresql, sqlite

    known: dict[str, Any] = {"sqlite": sqlite.SqliteIndex, "postgresql": postgresql.PostgresIndex}
    name = vendor or connection.vendor
    if name not in known:
        raise NotSupportedError(f"数据库 {name} 没有全文检索，不能在其上运行")
    found: Index = known[name]()
    return found


def alone(county: uuid.UUID) -> bool:
    """Whether nothing of another county is held. Asked before every search, so in plain words."""
    value = Document._meta.get_field("county").get_db_prep_value(county, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM search_document WHERE county < %s)"
            " OR EXISTS (SELECT 1 FROM search_document WHERE county > %s)",
            [value, value],
        )
        return not cursor.fetchone()[0]


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
