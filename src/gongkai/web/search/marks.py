"""Marks: the words of the index that stand for what an item is (its county, organ, kind, …), not for what it says.

They begin with a character that no text keeps, and hold letters and digits only, so that any index takes them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.text.query import pairs, searchable

SIGN = "\ue000"
COUNTY, ORGAN, KIND, COLUMN, TOPIC, VALIDITY, YEAR, MONTH, ISSUER, TITLE, NUMBER = "cokltvymisn"

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def mark(what: str, value: object) -> str:
    """The mark for one value. The same value gives the same mark, another value another one."""
    text = value.hex if isinstance(value, uuid.UUID) else str(value)
    return SIGN + what + "".join(c if c in _PLAIN or ord(c) > 0x3400 else f"\ue001{ord(c):x}\ue001" for c in text)


def title_marks(title: str) -> set[str]:
    """The runs of one and two characters of a title, so that words can be asked of titles alone."""
    spelled = searchable(title)
    return {mark(TITLE, run) for run in (*spelled, *pairs(spelled))}


def number_marks(found: set[str]) -> set[str]:
    """The marks of the numbers of documents that stand in a text or a word."""
    return {mark(NUMBER, number) for number in found}


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search: within one tuple any may hold, all the tuples must. Days are inclusive."""

    organs: tuple[uuid.UUID, ...] = ()
    kinds: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    validities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    issuers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def marks(self) -> Iterator[tuple[str, ...]]:
        """Alternatives: one of each tuple must stand on the item."""
        for what, values in (
            (ORGAN, self.organs), (KIND, self.kinds), (COLUMN, self.columns), (TOPIC, self.topics),
            (VALIDITY, self.validities), (YEAR, self.years), (ISSUER, map(searchable, self.issuers)),
        ):  # fmt: skip
            found = tuple(mark(what, value) for value in values)
            if found:
                yield found


def marks_of(
    *, county: uuid.UUID, organ: uuid.UUID, kind: str, columns: Iterable[str], topics: Iterable[str],
    validity: str, issuer: str, title: str, published_on: date,
) -> set[str]:  # fmt: skip
    """All the marks of an item."""
    return {
        mark(COUNTY, county),
        mark(ORGAN, organ),
        mark(KIND, kind),
        mark(VALIDITY, validity),
        mark(YEAR, published_on.year),
        mark(MONTH, f"{published_on:%Y%m}"),
        mark(ISSUER, searchable(issuer)),
        *(mark(COLUMN, column) for column in columns),
        *(mark(TOPIC, topic) for topic in topics),
        *title_marks(title),
    }
