"""Where paragraphs end: lines that a page broke inside a sentence are joined, paragraphs stay apart.

Blanks between Chinese characters, page numbers and soft line breaks are dropped; a hard break is one newline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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


def lines_joined(text: str) -> Iterator[tuple[int, str]]:
    """The pieces of a text in one spelling that are kept, each with its place; a hard break is one newline."""
    last = line_start = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        if last < start:
            yield last, text[last:start]
        last = end
        broken = text[start:end].strip(" \t\u2002\u2003") != ""
        if broken and _is_hard(text, start, end, line_start):
            yield start, "\n"
        elif start and end < len(text) and _WORD.match(text[start - 1]) and _WORD.match(text[end]):
            yield start, " "
        if broken:
            line_start = end
    if last < len(text):
        yield last, text[last:]
