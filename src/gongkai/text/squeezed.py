"""A text in one spelling without any white space, with the way back to the words as printed.

Lines of a PDF break in the middle of a word, tables put spaces inside labels; what looks for words looks here and
quotes from the source.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.text.normal import Normal

_SENTENCE_END = re.compile(r"[。！？；]")
_CLAUSE_END = re.compile(r"[。！？；，：,;]")
_REACH = 400  # characters a sentence may run to either side; more is no sentence


class Squeezed:
    """`text` is the source in one spelling without white space; offsets lead back to the source."""

    __slots__ = ("_at", "_normal", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self._normal = Normal(source)
        self.text = "".join(self._normal.text.split())
        self._at: list[int] | None = None

    def _places(self) -> list[int]:
        """Where each character stands in the spelled text; made when first asked for: most texts are only searched."""
        if self._at is None:
            self._at = [i for i, character in enumerate(self._normal.text) if not character.isspace()]
        return self._at

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source behind `text[start:end]`."""
        at = self._places()
        if start >= len(at):
            return len(self.source), len(self.source)
        return self._normal.origin(at[start], at[end - 1] + 1 if end > start else at[start])

    def quote(self, start: int, end: int) -> str:
        """The source's own words behind `text[start:end]`, white space and spelling as printed."""
        begin, stop = self.origin(start, end)
        return self.source[begin:stop]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around `text[start:end]`: from after a stop to before the next; `；` ends one too."""
        return _around(self.text, start, end, _SENTENCE_END)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause around `text[start:end]`: cut at commas and colons as well."""
        return _around(self.text, start, end, _CLAUSE_END)


def _around(text: str, start: int, end: int, stops: re.Pattern[str]) -> tuple[int, int]:
    begin = max(0, start - _REACH)
    for match in stops.finditer(text, begin, start):
        begin = match.end()
    after = stops.search(text, end, min(len(text), end + _REACH))
    return begin, after.start() if after else min(len(text), end + _REACH)


@lru_cache(maxsize=16)
def squeezed(source: str) -> Squeezed:
    """The squeezed form of a text; the last few are kept, since many rules look at the same report."""
    return Squeezed(source)
