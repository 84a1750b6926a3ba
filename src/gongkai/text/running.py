"""Running text out of broken lines: lines that a page broke inside a sentence are joined, paragraphs stay apart.

`Running(source)` normalises, drops blanks between Chinese characters, page numbers and soft line breaks; a hard break is
one newline. `origin` leads back to the characters of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from gongkai.text.normal import Normal

_GAP = re.compile(
    r"[ \t\u2000-\u200a]*[\n\r\f\v](?:\s|[-—–]\s*\d{1,3}\s*[-—–](?=\s*[\n\f])|\d{1,3}(?=[ \t]*\f))*|[ \t\u2000-\u200a]+"
)
_ENUMERATED = re.compile(
    r"#|[(]?[一二三四五六七八九十]{1,3}[、).]|[(]?\d{1,2}[)、]|\d{1,2}\.(?!\d)|第[一二三四五六]部分"
)
_HEADING = re.compile(r"(?:#+\s*)?(?:[(]?[一二三四五六七八九十\d]{1,3}[、).]|第[一二三四五六]部分)?[^，,。；;！!？?]*$")
_ENDS = "。！？!?"
_WORD = re.compile(r"[0-9A-Za-z.%]")


def _is_hard(text: str, start: int, end: int, line_start: int) -> bool:
    before = text[start - 1] if start else "\n"
    if before in _ENDS or end >= len(text) or start == line_start:
        return True
    if _ENUMERATED.match(text, end):
        return before not in "，,、(" or text[end] == "#"
    line = text[line_start:start].lstrip()
    # A numbered line without a comma is a heading, and so is one much shorter than the line that follows.
    if not _HEADING.match(line) or re.search(r"\d\s?\S?$", line):
        return False
    if _ENUMERATED.match(line):
        return len(line) <= 30
    following = text.find("\n", end)
    return len(line) <= 14 and len(line) * 3 < (len(text) if following < 0 else following) - end


class Running:
    """A text as sentences flow, with the way back to its source."""

    __slots__ = ("_from", "_normal", "_to", "text")

    def __init__(self, source: str) -> None:
        self._normal = Normal(source)
        text = self._normal.text
        pieces: list[str] = []
        self._to: list[int] = []
        self._from: list[int] = []
        length = last = line_start = 0

        def keep(piece: str, origin: int) -> None:
            nonlocal length
            if piece:
                self._to.append(length)
                self._from.append(origin)
                pieces.append(piece)
                length += len(piece)

        for gap in _GAP.finditer(text):
            start, end = gap.span()
            keep(text[last:start], last)
            last = end
            broken = text[start:end].strip(" \t\u2002\u2003") != ""
            if broken and _is_hard(text, start, end, line_start):
                keep("\n", start)
            elif start and end < len(text) and _WORD.match(text[start - 1]) and _WORD.match(text[end]):
                keep(" ", start)
            if broken:
                line_start = end
        keep(text[last:], last)
        self.text = "".join(pieces)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source behind `text[start:end]`."""
        return self._normal.origin(self._back(start), self._back(end - 1) + 1 if end > start else self._back(start))

    def _back(self, position: int) -> int:
        index = bisect_right(self._to, position) - 1
        if index < 0:
            return 0
        return self._from[index] + position - self._to[index]
