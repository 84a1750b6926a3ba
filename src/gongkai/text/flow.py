"""A text as rules look at it, with the way back to the words as printed.

Lines of a PDF break in the middle of a word, tables put spaces inside labels. `squeezed` has no white space at all: what
looks for words looks there. `running` keeps paragraphs apart (`running.py` says where they end): what reads sentences
reads there. Both are pieces of the source in one spelling (`normal.Normal`), and every quote is the source's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate

from gongkai.text.normal import Normal
from gongkai.text.running import lines_joined

Pieces = list[tuple[int, str]]
"""Where each piece begins in the spelled text, and what is kept of it."""

_WORDS = re.compile(r"\S+")


class Flow:
    """`text` is what is kept of the source in one spelling; offsets in it lead back to the source."""

    __slots__ = ("_normal", "_pieces", "_starts", "source", "text")

    def __init__(self, source: str, keep: Callable[[str], Iterable[tuple[int, str]]]) -> None:
        self.source = source
        self._normal = Normal(source)
        self._pieces: Pieces = list(keep(self._normal.text))
        self._starts: list[int] | None = None
        self.text = "".join([words for _, words in self._pieces])

    def _back(self, position: int) -> int:
        """Where a character stands in the spelled text."""
        if self._starts is None:  # made when first asked for: most texts are only searched
            self._starts = [0, *accumulate(len(words) for _, words in self._pieces)]
        index = bisect_right(self._starts, position) - 1
        return self._pieces[index][0] + position - self._starts[index]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source behind `text[start:end]`."""
        if start >= len(self.text):
            return len(self.source), len(self.source)
        begin = self._back(start)
        return self._normal.origin(begin, self._back(end - 1) + 1 if end > start else begin)

    def quote(self, start: int, end: int) -> str:
        """The source's own words behind `text[start:end]`, white space and spelling as printed."""
        begin, stop = self.origin(start, end)
        return self.source[begin:stop]


def _words(text: str) -> Pieces:
    return [(match.start(), match[0]) for match in _WORDS.finditer(text)]


@lru_cache(maxsize=16)
def squeezed(source: str) -> Flow:
    """A text without any white space; the last few are kept, since many rules look at the same report."""
    return Flow(source, _words)


def running(source: str) -> Flow:
    """A text as sentences flow: lines that a page broke inside a sentence joined, paragraphs divided by a newline."""
    return Flow(source, lines_joined)
