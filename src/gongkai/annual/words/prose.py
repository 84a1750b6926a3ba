"""The words of a report as running text, chapter by chapter, with the way back to `Report.text`."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from gongkai.annual.report import At, Report, SectionText
from gongkai.text.flow import Flow, running

PREFACE = 0
_BREAK = re.compile("\n")
_ORDINALS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Prose:
    """The running text of one chapter (0: before the first). `since` is where its words begin in `Report.text`."""

    chapter: int
    running: Flow
    source: str
    since: int
    exact: bool
    document: str
    breaks: tuple[int, ...]

    @property
    def text(self) -> str:
        """What the rules look at."""
        return self.running.text

    def quote(self, start: int, end: int) -> tuple[str, At, str]:
        """The source's own words behind `text[start:end]`, their place, and how a reader is told of it."""
        begin, stop = self.running.origin(start, end)
        words = self.source[begin:stop]
        found = self.since + begin if self.exact else self.document.find(words, self.since)
        if found < 0:
            found = self.document.find(words)
        name = f"第{_ORDINALS[self.chapter - 1]}部分" if self.chapter else "报告开头"
        if found < 0 or not words:
            return words, At(), name
        line = bisect_left(self.breaks, found) + 1
        return words, At(line=line, chars=(found, found + len(words))), f"{name}，第{line}行"


def _prose(chapter: int, section: SectionText, report: Report, breaks: tuple[int, ...]) -> Prose:
    since = section.at.chars[0] if section.at.chars else 0
    exact = bool(section.at.chars) and report.text.startswith(section.text, since)
    return Prose(chapter, running(section.text), section.text, since, exact, report.text, breaks)


def prose(report: Report) -> tuple[Prose, ...]:
    """The preface and the chapters of a report in order, tables left out."""
    breaks = tuple(m.start() for m in _BREAK.finditer(report.text))
    found = []
    if report.preface and report.preface.text:
        found.append(_prose(PREFACE, report.preface, report, breaks))
    for number, section in sorted(report.sections.items()):
        if section.text.strip():
            found.append(_prose(number, section, report, breaks))
    return tuple(found)
