"""How much of a text stands in another, by runs of characters, with the places of what is the same.

A shingle is a run of `SIZE` characters. The share is counted over the shingles of the newer text: 1.0 when all of it
stands in the older one too. Digits are left out before counting, so that a new figure in an old sentence does not make
the sentence new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

SIZE = 8
_NOT_WORDS = re.compile(r"[\s\d０-９.,，。、；：:;！？!?（）()“”\"'‘’《》〈〉【】\[\]〔〕%％—\-+/|…·]")


@dataclass(frozen=True, slots=True)
class Likeness:
    """`same` of `base` shingles of the text stand in the other; `stretches` are the places, longest first."""

    same: int
    base: int
    stretches: tuple[tuple[int, int], ...]

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where nothing can be compared."""
        return self.same / self.base if self.base else 0.0


def words_only(text: str) -> tuple[str, list[int]]:
    """The characters that are words, and where each stood."""
    kept = [i for i, character in enumerate(text) if not _NOT_WORDS.match(character)]
    return "".join(text[i] for i in kept), kept


def shingles(text: str, size: int = SIZE) -> set[str]:
    """The runs of characters of a text that holds words only."""
    return {text[i : i + size] for i in range(len(text) - size + 1)}


def likeness(text: str, other: str, leave_out: Iterable[str] = (), size: int = SIZE) -> Likeness:
    """How much of `text` stands in `other`; runs that occur in `leave_out` (form sentences) are not counted."""
    bare, at = words_only(text)
    known = shingles(words_only(other)[0], size)
    form = set[str]().union(*(shingles(words_only(words)[0], size) for words in leave_out))
    same = base = 0
    covered: list[bool] = [False] * len(bare)
    for i in range(len(bare) - size + 1):
        run = bare[i : i + size]
        if run in form:
            continue
        base += 1
        if run in known:
            same += 1
            covered[i : i + size] = [True] * size
    return Likeness(same, base, _stretches(covered, at))


def _stretches(covered: list[bool], at: list[int]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    start: int | None = None
    for i, inside in enumerate([*covered, False]):
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            found.append((at[start], at[i - 1] + 1))
            start = None
    return tuple(sorted(found, key=lambda s: (s[0] - s[1], s[0])))
