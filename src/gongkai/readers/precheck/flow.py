"""The words of a file as pieces with their places, over one text that the rules look through once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from gongkai.readers.precheck.values import Hit, Place
from gongkai.text.normal import Normal


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a cell, a line of a page. `head` is what stands over its column, `column` names that column.

    Hits of one kind in one column are told together. `wraps`: a number may go on in the next piece.
    """

    text: str
    place: Place
    head: str = ""
    column: str = ""
    wraps: bool = False


@dataclass(slots=True)
class Found:
    """What a format gives: its words, what its own structure already betrays, and what was not looked at."""

    format: str
    pieces: list[Piece] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def say(self, text: str, place: Place, *, head: str = "", column: str = "", wraps: bool = False) -> None:
        """Add a piece where there is something in it."""
        if text and not text.isspace():
            self.pieces.append(Piece(text, place, head, column, wraps))

    def within(self, outer: str, inner: Found) -> None:
        """Take in what was found in a file that is embedded in this one."""
        for piece in inner.pieces:
            self.pieces.append(replace(piece, place=piece.place.within(outer), column=f"{outer}/{piece.column}"))
        self.hits.extend(replace(hit, place=hit.place.within(outer)) for hit in inner.hits)
        self.left_out.extend(f"{outer}：{sentence}" for sentence in inner.left_out)


_DIGIT_BREAK = re.compile(r"(?<=[0-9])\n(?=[0-9Xx])")


class Flow:
    """All pieces as one text, a line feed between them, in one spelling (half width, simplified), with the way back."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = list(pieces)
        self._starts: list[int] = []
        at = 0
        for piece in self.pieces:
            self._starts.append(at)
            at += len(piece.text) + 1
        self.source = "\n".join(piece.text.replace("\n", "\u2028") for piece in self.pieces)
        self._normal = Normal(self.source)
        self.text = self._normal.text

    def origin(self, start: int, end: int) -> tuple[int, int, int]:
        """The piece that holds `text[start]`, and the characters of its own text behind `text[start:end]`."""
        begin, stop = self._normal.origin(start, end)
        index = max(0, bisect_right(self._starts, begin) - 1)
        own = self._starts[index]
        return index, begin - own, min(stop - own, len(self.pieces[index].text))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of `source` behind `text[start:end]`."""
        return self._normal.origin(start, end)

    def start_of(self, index: int) -> int:
        """Where a piece begins in `source`."""
        return self._starts[index]

    def line(self, start: int) -> tuple[int, int]:
        """The bounds of the piece around `text[start]`."""
        end = self.text.find("\n", start)
        return self.text.rfind("\n", 0, start) + 1, len(self.text) if end < 0 else end

    def broken(self) -> Iterator[tuple[str, list[int], int]]:
        """Stretches with one line end between digits taken out, where the pieces are lines of a page.

        Each as the joined text, for each of its characters the place in `text`, and where the line end was.
        """
        for found in _DIGIT_BREAK.finditer(self.text):
            at = found.start()
            if not self.pieces[self.origin(at - 1, at)[0]].wraps:
                continue
            first, last = max(self.line(at - 1)[0], at - 40), min(self.line(at + 1)[1], at + 40)
            places = [*range(first, at), *range(at + 1, last)]
            yield "".join(self.text[p] for p in places), places, at - first
