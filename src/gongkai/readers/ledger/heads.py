"""Where the head of a ledger stands and what each column under it means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from gongkai.readers.formats.xlsx import column_name
from gongkai.readers.ledger.columns import LABELS, Meaning, meaning_of
from gongkai.readers.ledger.sheets import Sheet
from gongkai.readers.ledger.values import ColumnUse

_LOOKED_AT = 40
"""Rows in which a head is looked for."""

_DEEPEST = 3
_LONGEST_NAME = 40
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)\s*年")
_AGREEING = frozenset(("number", "applicant", "applicant_kind", "decision", "extended_days", "channel", "delivery"))
"""Meanings of which two columns must say the same; days always must."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place, the name it has in the ledger, what it means (several: it cannot be said; none: a note)."""

    index: int
    name: str
    meanings: tuple[str, ...] = ()

    @property
    def meaning(self) -> str:
        """The one meaning, or empty."""
        return self.meanings[0] if len(self.meanings) == 1 else ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a sheet: the rows it takes (from 0), its columns, the years named above it, what was assumed."""

    top: int
    depth: int
    columns: tuple[Column, ...]
    years: frozenset[int]
    assumed: tuple[str, ...] = ()

    def uses(self, sheet: str) -> tuple[ColumnUse, ...]:
        """What each column was taken for, for the preview."""
        return tuple(
            ColumnUse(sheet, column_name(c.index), c.name, c.meaning, LABELS.get(c.meaning, ""))
            for c in self.columns
            if c.name
        )


def find_head(sheet: Sheet, chosen: Mapping[str, str]) -> Head | None:
    """The rows that name most columns; None where no rows name the day of receipt or three other things.

    `chosen` is what a person decided: the name of a column → its meaning, empty for none.
    """
    best: tuple[int, int, int] = (0, 0, 0)
    found: list[tuple[str, Meaning | None]] = []
    for top in range(min(_LOOKED_AT, len(sheet.rows))):
        for depth in range(1, min(_DEEPEST, len(sheet.rows) - top) + 1):
            named = [_named(levels, chosen) for levels in _levels(sheet, top, depth)]
            known = {m.names for _, m in named if m}
            score = len(known) if ("received_on",) in known or len(known) > 2 else 0
            if score and (score, -depth, -top) > best:
                best, found = (score, -depth, -top), named
    if not found:
        return None
    depth, top = -best[1], -best[2]
    columns, assumed = _settled(found)
    return Head(top, depth, columns, _years_above(sheet, top), assumed)


def _levels(sheet: Sheet, top: int, depth: int) -> list[tuple[str, ...]]:
    """The heads over each column, outermost first; a group's head reaches over the columns right of it."""
    width = sheet.width
    levels: list[list[str]] = []
    for row in range(top, top + depth):
        names = [_name(sheet, row, column) for column in range(width)]
        levels.append(names)
    for upper, lower in pairwise(levels):
        for column in range(1, width):
            if not upper[column] and lower[column]:
                upper[column] = upper[column - 1]
    return list(zip(*levels, strict=True))


def _name(sheet: Sheet, row: int, column: int) -> str:
    value = sheet.at(*sheet.merged.get((row, column), (row, column)))
    text = "".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= _LONGEST_NAME else ""


def _named(levels: tuple[str, ...], chosen: Mapping[str, str]) -> tuple[str, Meaning | None]:
    name = "".join(dict.fromkeys(level for level in levels if level))
    if name in chosen:
        return name, Meaning((chosen[name],)) if chosen[name] else None
    return name, meaning_of(*levels)


def _settled(named: list[tuple[str, Meaning | None]]) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """Weak names give way to strong ones; of two columns with one meaning the second is kept where they must agree."""
    strong = {m.names[0] for _, m in named if m and not m.weak and len(m.names) == 1}
    columns: list[Column] = []
    assumed: list[str] = []
    met: Counter[str] = Counter()
    for index, (name, meaning) in enumerate(named):
        names = meaning.names if meaning else ()
        first = names[0] if len(names) == 1 else ""
        again = met[first] and not (first in _AGREEING or first.endswith("_on"))
        if again or (meaning and meaning.weak and (first in strong or met[first])):
            names = ()
        elif first:
            met[first] += 1
            if meaning and meaning.weak:
                assumed.append(f"没有“{LABELS[first]}”一列，以“{name}”代替，请核实。")
        columns.append(Column(index, name, names))
    return tuple(columns), tuple(assumed)


def _years_above(sheet: Sheet, top: int) -> frozenset[int]:
    texts = [sheet.name, *(str(value) for row in sheet.rows[:top] for value in row if isinstance(value, str))]
    return years_in(" ".join(texts))


def years_in(text: str) -> frozenset[int]:
    """The years a text names with 年."""
    return frozenset(int(year) for year in _YEAR.findall(text))
