"""Names of the administrative divisions of China, province to county, and where a text mentions them.

The table is packaged data (`divisions.tsv`: code, name, and for autonomous counties the name without peoples);
its source and licence stand in docs/explanation/data-sources.md. Every name ends in one of eight characters, so a text
is searched at those characters only, each time for the longest name that ends there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Level = Literal["province", "city", "county"]
_LEVELS: dict[int, Level] = {2: "province", 4: "city", 6: "county"}
_LAST = re.compile("[县区市旗盟州省]")
_LONGEST = 15


@dataclass(frozen=True, slots=True)
class Division:
    """A division: the code of the statistics bureau (2, 4 or 6 digits: province, city, county) and its full name."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        """Which of the three levels the code stands for."""
        return _LEVELS[len(self.code)]

    def within(self, other: Division) -> bool:
        """Whether this division is the other or lies in it."""
        return self.code.startswith(other.code)

    def related(self, other: Division) -> bool:
        """Whether one lies in the other: a county and its city and province, never two neighbours."""
        return self.within(other) or other.within(self)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at `text[start:end]` and the divisions that bear it; several counties may share a name."""

    start: int
    end: int
    name: str
    divisions: tuple[Division, ...]


@cache
def _table() -> tuple[dict[str, Division], dict[str, tuple[Division, ...]]]:
    by_code: dict[str, Division] = {}
    by_name: dict[str, tuple[Division, ...]] = {}
    raw = files("gongkai.text").joinpath("divisions.tsv").read_text("utf-8")
    for line in raw.splitlines():
        code, name, *short = line.split("\t")
        division = Division(code, name)
        by_code[code] = division
        for spelled in (name, *short):
            by_name[spelled] = (*by_name.get(spelled, ()), division)
    return by_code, by_name


@cache
def ordinary_names() -> frozenset[str]:
    """Names that are words or parts of words in official prose (公安县, 资源县; 沿海城市 holds 海城市)."""
    return frozenset(files("gongkai.text").joinpath("ordinary_names.txt").read_text("utf-8").split())


def named(name: str) -> tuple[Division, ...]:
    """The divisions of this full name; none when there is no such name."""
    return _table()[1].get(name, ())


def by_code(code: str) -> Division | None:
    """The division of a code."""
    return _table()[0].get(code)


def parents(division: Division) -> tuple[Division, ...]:
    """The city and province above a division, nearest first; a municipality's counties have no city."""
    found = (by_code(division.code[:length]) for length in (4, 2) if length < len(division.code))
    return tuple(parent for parent in found if parent)


def full_name(division: Division) -> str:
    """Name with province and city before it: 江西省赣州市上犹县."""
    return "".join(d.name for d in reversed(parents(division))) + division.name


def mentions(text: str, shortest: int = 3) -> list[Mention]:
    """Every division named in a text without white space, the longest name where several end together.

    Names of two characters (和县, 理县, 城区) are too often part of other words: only the name of an organ, where
    nothing else is meant, is read with `shortest=2`. A county with its city right before it stands for that one only.
    """
    by_name = _table()[1]
    found: list[Mention] = []
    for match in _LAST.finditer(text):
        end = match.end()
        floor = found[-1].end if found else 0
        for start in range(max(floor, end - _LONGEST), end - shortest + 1):
            divisions = by_name.get(text[start:end])
            if divisions:
                found.append(Mention(start, end, text[start:end], _narrowed(divisions, found, start)))
                break
    return found


def _narrowed(divisions: tuple[Division, ...], before: list[Mention], start: int) -> tuple[Division, ...]:
    if not before or before[-1].end != start:
        return divisions
    inside = tuple(d for d in divisions if any(d.within(above) for above in before[-1].divisions))
    return inside or divisions


def lowest(found: Iterable[Mention]) -> tuple[Division, ...]:
    """The divisions of the lowest level among mentions that name one organ (赣州市上犹县… → 上犹县)."""
    best: tuple[Division, ...] = ()
    for mention in found:
        if not best or len(mention.divisions[0].code) > len(best[0].code):
            best = mention.divisions
    return best
