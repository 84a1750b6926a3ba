"""A text in one spelling without any white space, with the way back to its source: what phrases are looked up in."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from gongkai.text.normal import Normal

_STRETCH = re.compile(r"\S+")


class Flow:
    """`text` is normalised and has no white space; `origin` and `quote` lead back to the characters of the source."""

    __slots__ = ("_from", "_normal", "_to", "text")

    def __init__(self, source: str) -> None:
        self._normal = Normal(source)
        self._to: list[int] = []
        self._from: list[int] = []
        pieces: list[str] = []
        length = 0
        for match in _STRETCH.finditer(self._normal.text):
            self._to.append(length)
            self._from.append(match.start())
            pieces.append(match[0])
            length += len(match[0])
        self.text = "".join(pieces)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source behind `text[start:end]`."""
        begin = self._back(start)
        return self._normal.origin(begin, self._back(end - 1) + 1 if end > start else begin)

    def quote(self, start: int, end: int) -> str:
        """The source's own words behind `text[start:end]`, white space inside them kept."""
        begin, stop = self.origin(start, end)
        return self._normal.source[begin:stop]

    def _back(self, position: int) -> int:
        index = bisect_right(self._to, position) - 1
        return self._from[index] + position - self._to[index] if index >= 0 else 0


@lru_cache(maxsize=64)
def flow(text: str) -> Flow:
    """The flow of a text, kept for the rules that look at the same text."""
    return Flow(text)
