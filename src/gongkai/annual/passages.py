"""The words of a report chapter by chapter, and findings that quote them with their place.

Rules look at a passage as one of the ways of `text.flow` reads it and quote from the source: every quote is verbatim and
its characters count in `Report.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Unpack

from gongkai.annual.findings import Finding
from gongkai.annual.report import NOWHERE, At, Report, SectionText
from gongkai.annual.rules import Rule, Told
from gongkai.text.flow import Flow, squeezed
from gongkai.text.normal import simplified
from gongkai.text.sentences import clause_around

CHAPTERS = {
    1: "总体情况",
    2: "主动公开政府信息情况",
    3: "收到和处理政府信息公开申请情况",
    4: "政府信息公开行政复议、行政诉讼情况",
    5: "存在的主要问题及改进情况",
    6: "其他需要报告的事项",
}
ORDINALS = "一二三四五六七八九十"
_TELLING = "務"
_QUOTED = 60  # characters of a clause quoted to either side
_ADDRESS_OF_A_PAGE = re.compile(r"(?:https?://|www\.)[\w./?=&%#:~+-]+|[\w.+-]+@[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one chapter (0: before the first; -1: the whole document).

    `since` is where they begin in the document's text, and `exact` says that they stand there as they are.
    """

    chapter: int
    words: Flow
    since: int
    exact: bool
    document: str

    @property
    def where(self) -> str:
        """The chapter as a reader is told of it."""
        if self.chapter < 1:
            return "" if self.chapter else "报告开头"
        return f"第{ORDINALS[self.chapter - 1]}部分"

    def place(self, start: int, end: int) -> tuple[str, At, str]:
        """The source's own words behind `words.text[start:end]`, their place, and how a reader is told of it."""
        begin, stop = self.words.origin(start, end)
        quote = self.words.source[begin:stop]
        found = self.since + begin if self.exact else self.document.find(quote, self.since)
        if found < 0:
            found = self.document.find(quote)
        if found < 0 or not quote:
            return quote, NOWHERE, self.where
        line = _line(self.document, found)
        return quote, At(line=line, chars=(found, found + len(quote))), f"{self.where}，第{line}行".lstrip("，")


def passages(report: Report, flowing: Callable[[str], Flow] = squeezed) -> tuple[Passage, ...]:
    """The preface and the chapters in order, tables left out, as `flowing` reads them."""
    parts = [(0, report.preface)] if report.preface else []
    return tuple(
        _passage(number, part, report, flowing)
        for number, part in (*parts, *sorted(report.sections.items()))
        if part.text.strip()
    )


def _passage(number: int, part: SectionText, report: Report, flowing: Callable[[str], Flow]) -> Passage:
    since = part.at.chars[0] if part.at.chars else 0
    exact = bool(part.at.chars) and report.text.startswith(part.text, since)
    return Passage(number, flowing(part.text), since, exact, report.text)


def whole(report: Report) -> Passage:
    """The document as one passage, tables and page furniture too."""
    return Passage(-1, squeezed(report.text), 0, True, report.text)


def readable(text: str) -> str:
    """A text with the addresses of pages and mails blanked out, in the same length: they are not words."""
    return _ADDRESS_OF_A_PAGE.sub(lambda m: " " * len(m[0]), text)


def near(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The clause around a stretch, at most a line or two of it and never across an empty line: what to quote."""
    words = passage.words
    begin, stop = clause_around(words.text, start, end)
    begin, stop = max(begin, start - _QUOTED), min(stop, end + _QUOTED)
    gap = [m.end() for m in re.finditer(r"\n\s*\n", words.quote(begin, start + 1))]
    if gap:
        begin += len("".join(words.quote(begin, start + 1)[: gap[-1]].split()))
    gap_after = re.search(r"\n\s*\n", words.quote(end, stop))
    if gap_after:
        stop = end + len("".join(words.quote(end, stop)[: gap_after.start()].split()))
    return min(begin, start), max(stop, end)


def found_in(passage: Passage, rule: Rule, start: int, end: int, message: str, **told: Unpack[Told]) -> Finding:
    """A finding of a rule on `words.text[start:end]` of a passage; words the document does not hold are not quoted."""
    quote, at, where = passage.place(start, end)
    kept = quote or None if at.chars or not passage.document else None
    return rule.finding(message, quote=kept, at=at, where=where, **told)


def spelled(words: str, report: Report) -> str:
    """A short text in one spelling without white space, as the whole document is spelled.

    Whether a text is traditional is told by characters that are in nearly every long one; a heading may hold none.
    """
    if simplified(report.text) == report.text:
        return squeezed(words).text
    return squeezed(_TELLING + words).text[1:]


def placed(at: At, text: str) -> At:
    """The place with its line filled in where only characters are known."""
    return at._replace(line=_line(text, at.chars[0])) if at.chars and at.line is None else at


@lru_cache(maxsize=4)
def _breaks(text: str) -> tuple[int, ...]:
    return tuple(m.start() for m in re.finditer("\n", text))


def _line(text: str, start: int) -> int:
    return bisect_left(_breaks(text), start) + 1
