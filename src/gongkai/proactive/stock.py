"""Documents in a year: made, repealed, lapsed, in force on its last day. What the county has not settled stays open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.proactive.validity import Life, Validity, standing


class Lapsed(StrEnum):
    """Whether a document that lapsed counts among the repealed ones: the county's to say."""

    REPEALED = "repealed"
    APART = "apart"


LAPSED: dict[Lapsed, str] = {
    Lapsed.REPEALED: "失效的计入“本年废止件数”",
    Lapsed.APART: "失效的不计入“本年废止件数”",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its life; `key` is whatever finds it again, `public_on` the day it was first public."""

    key: str
    made_on: date | None
    life: Life
    public_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stock:
    """The documents of a year by what happened to them, each by key. `unknown`: nothing tells whether they hold."""

    made: tuple[str, ...]
    repealed: tuple[str, ...]
    lapsed: tuple[str, ...]
    in_force: tuple[str, ...]
    disclosed: tuple[str, ...]
    disclosed_total: tuple[str, ...]
    unknown: tuple[str, ...]

    def ended(self, counting: Lapsed | None) -> tuple[str, ...] | None:
        """What counts as repealed; None while documents lapsed and nobody has said whether these count."""
        if counting is Lapsed.REPEALED:
            return (*self.repealed, *self.lapsed)
        return self.repealed if counting is Lapsed.APART or not self.lapsed else None


def stock_of(documents: Iterable[Document], year: int) -> Stock:
    """The documents as they stand at the end of a year."""
    found: dict[str, list[str]] = {name: [] for name in Stock.__dataclass_fields__}
    last = date(year, 12, 31)
    for each in documents:
        if each.made_on and each.made_on.year == year:
            found["made"].append(each.key)
        if each.public_on and each.public_on <= last:
            found["disclosed_total"].append(each.key)
            if each.public_on.year == year:
                found["disclosed"].append(each.key)
        stands = standing(each.life, last)
        if stands.holds:
            found["in_force"].append(each.key)
        elif stands.validity is Validity.UNKNOWN:
            found["unknown"].append(each.key)
        elif stands.since and stands.since.year == year and stands.validity in (Validity.REPEALED, Validity.LAPSED):
            found["repealed" if stands.validity is Validity.REPEALED else "lapsed"].append(each.key)
    return Stock(**{name: tuple(keys) for name, keys in found.items()})
