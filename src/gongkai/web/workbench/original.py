"""The original as lines of marked pieces, cut at every place that a cell or a finding points to.

Because every pointed place begins and ends at a cut, the page can light any of them by lighting whole pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

TEXT_LIMIT = 400_000
"""Characters shown; a report has some ten thousand."""


@dataclass(frozen=True, slots=True)
class Span:
    """A pointed place: characters from `start` to before `end`, and the grade of a finding there (or nothing)."""

    start: int
    end: int
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two cuts."""

    start: int
    end: int
    text: str
    grade: str = ""
    lit: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the flow text, numbered from 1."""

    number: int
    pieces: tuple[Piece, ...]


_WORST = {"conflict": 3, "doubt": 2, "note": 1, "": 0}


def lines_of(text: str, spans: Iterable[Span], lit: tuple[int, int] | None = None, offset: int = 0) -> list[TextLine]:
    """The lines of `text`, each cut where spans begin and end. Spans outside the text are cut to it.

    `offset` is added to the places of the pieces, for a text that is itself a slice of the flow text.
    """
    text = text[:TEXT_LIMIT]
    wanted = [Span(max(s.start, 0), min(s.end, len(text)), s.grade) for s in spans if s.start < s.end]
    cuts = sorted({n for s in wanted for n in (s.start, s.end)} | ({*lit} if lit else set()))
    graded = [s for s in wanted if s.grade]
    lines, start = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line)
        inner = cuts[bisect_left(cuts, start + 1) : bisect_left(cuts, end)]
        edges = [start, *inner, end]
        pieces = tuple(
            Piece(a + offset, b + offset, text[a:b], _grade(graded, a, b), bool(lit and lit[0] <= a and b <= lit[1]))
            for a, b in pairwise(edges)
            if a < b
        )
        lines.append(TextLine(number, pieces))
        start = end + 1
    return lines


_PAGE_NUMBER = re.compile(r"[\s—–\-·第]*\d{1,3}[\s—–\-·页]*")
_BEGINS = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]+[）)、.]|[（(]?\d+[）)、.．]|[#■●])")
_ENDS = "。！？：；”）"
FULL_LINE = 18
"""Characters from which a line that ends without a stop is one that the page broke."""


def paragraphs_of(lines: Iterable[TextLine]) -> list[list[TextLine]]:
    """Lines put together to paragraphs where only the width of a page parted them; page numbers are left out.

    For showing only: the pieces keep their places in the flow text.
    """
    done: list[list[TextLine]] = []
    last = ""
    for line in lines:
        text = "".join(piece.text for piece in line.pieces).strip()
        if not text or _PAGE_NUMBER.fullmatch(text):
            continue
        broken = len(last) >= FULL_LINE and last[-1] not in _ENDS and not _BEGINS.match(text)
        if broken:
            done[-1].append(line)
        else:
            done.append([line])
        last = text
    return done


def _grade(graded: list[Span], start: int, end: int) -> str:
    over = (s.grade for s in graded if s.start <= start and end <= s.end)
    return max(over, key=lambda grade: _WORST[grade], default="")


def chars_of(words: str) -> tuple[int, int] | None:
    """`120-121` as a pair; None for anything else."""
    first, _, last = words.partition("-")
    if first.isdigit() and last.isdigit() and len(first) < 9 and len(last) < 9 and int(first) < int(last):
        return int(first), int(last)
    return None
