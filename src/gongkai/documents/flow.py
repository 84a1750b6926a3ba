"""A report as the sequence of pieces a page shows: title, preface, six chapters with their tables, remarks.

Every writer walks the same pieces, so that a report says the same in every format. Order and headings are those
of the official form; the words are the report's own, cleaned only of characters no document format can hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from gongkai.annual.report import Report
from gongkai.documents.layout import TableLayout
from gongkai.documents.values import UNSURE, Filled, filled, form_of, layouts

TITLE = "政府信息公开工作年度报告"
_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
)
_LONGEST_HEAD = 36
_REMARK = re.compile(r"(?:备?注|说明)[：:]")
_PAGED = frozenset(("pdf", "ofd"))
"""Formats that know lines of a page but no paragraphs."""

_PAGE_NUMBER = re.compile(r"[-—–－]?\s*\d{1,3}\s*[-—–－]?|第\s*\d+\s*页(?:\s*[，,/]?\s*共\s*\d+\s*页)?")
_SHORTEST_LINE = 15
_ENDS = "。！？；：!?;:"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Title:
    """The title, broken into lines where the sense allows it."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChapterHeading:
    """The heading of one of the six chapters, in the exact words of the form."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. The first `lead` characters are a heading of `level` 1 (一、) or 2 （一）; 0 is running text."""

    text: str
    level: Literal[0, 1, 2] = 0
    lead: int = 0


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of the form with what to print at each address."""

    layout: TableLayout
    values: dict[str, Filled]

    def text(self, address: str) -> str:
        """The words at an address, empty where the place is blank."""
        found = self.values.get(address)
        return found.text if found else ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of ours under a table."""

    text: str


Piece = Title | ChapterHeading | Paragraph | FormTable | Remark


def flow(report: Report) -> list[Piece]:
    """The pieces of a report in reading order. Chapters without words keep their heading, blank cells stay blank."""
    return list(_pieces(report))


def clean(text: str) -> str:
    """The text without characters that XML, and so every format here, forbids."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def title_of(report: Report) -> str:
    """The title in one line: as printed, else made of organ and year."""
    printed = "".join(clean(report.title or "").split())
    if printed:
        return printed
    year = f"{report.year}年" if report.year else ""
    return clean(f"{report.organ or ''}{year}{TITLE}")


def _title(report: Report) -> Title:
    title = title_of(report)
    cut = re.match(r"(.+?)(?=20\d\d年)", title)
    if len(title) > 20 and cut:
        return Title((cut[1], title[cut.end() :]))
    return Title((title,))


def _pieces(report: Report) -> Iterator[Piece]:
    found, values = layouts(report), {a: _clean(f) for a, f in filled(report).items()}
    paged = report.source.format in _PAGED
    yield _title(report)
    yield from _without_title(list(_paragraphs(report.preface.text if report.preface else "", paged)), title_of(report))
    for section in form_of(report).sections:
        yield ChapterHeading(section.number, section.heading)
        words = report.sections.get(section.number)
        before, after = _around(list(_paragraphs(words.text if words else "", paged)), section.number in found)
        yield from before
        if section.number in found:
            layout = found[section.number]
            yield FormTable(layout, values)
            if any(a in values and values[a].unsure for a in layout.addresses):
                yield Remark(f"注：标“{UNSURE}”的数据在原文中未能确认，请核实后填写。")
        yield from after


def _without_title(words: list[Paragraph], title: str) -> list[Paragraph]:
    """The preface without the title printed again, and without the short lines of a web page that stand above it."""
    head = list(takewhile(lambda p: len(p.text) <= _LONGEST_HEAD and "。" not in p.text, words))
    again = [place for place, p in enumerate(head, start=1) if len(p.text) > 3 and "".join(p.text.split()) in title]
    return words[max(again, default=0) :]


def _clean(found: Filled) -> Filled:
    return Filled(" ".join(clean(found.text).split()), found.value, found.unsure)


def _around(words: list[Paragraph], table: bool) -> tuple[list[Paragraph], list[Paragraph]]:
    """What stands before the table and what after it: remarks begin 注：, all else introduces the table."""
    if not table:
        return words, []
    cut = next((i for i, p in enumerate(words) if _REMARK.match(p.text)), len(words))
    return words[:cut], words[cut:]


def _paragraphs(text: str, paged: bool) -> Iterator[Paragraph]:
    # A line without a letter or a figure is what a table left behind (|) or a stray full stop.
    lines = [line.strip() for line in clean(text).split("\n") if any(map(str.isalnum, line))]
    yield from map(levelled, _joined(lines) if paged else lines)


def _joined(lines: list[str]) -> list[str]:
    """The paragraphs of a paged document, whose lines end where the page does: page numbers go, broken lines meet.

    A line goes on in the next one when it is long, ends within a sentence, and the next one begins no new head.
    """
    done: list[str] = []
    for line in lines:
        if _PAGE_NUMBER.fullmatch(line):
            continue
        goes_on = done and len(done[-1]) >= _SHORTEST_LINE and done[-1][-1] not in _ENDS
        if goes_on and not any(pattern.match(line) for _, pattern in _LEVELS):
            gap = " " if done[-1][-1].isascii() and line[0].isascii() and (done[-1][-1] + line[0]).isalpha() else ""
            done[-1] += gap + line
        else:
            done.append(line)
    return done


def levelled(words: str) -> Paragraph:
    """A paragraph whose head, alone on its line or up to the first full stop, is told from what follows it."""
    for level, pattern in _LEVELS:
        if pattern.match(words):
            stop = words.find("。") + 1
            lead = stop if 0 < stop <= _LONGEST_HEAD else len(words) if len(words) <= _LONGEST_HEAD else 0
            return Paragraph(words, 1 if level == 1 else 2, lead) if lead else Paragraph(words)
    return Paragraph(words)
