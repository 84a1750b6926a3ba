"""Whose report it is: the place the organ belongs to and what kind of organ it is, as far as its name says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gongkai.annual.report import Report
from gongkai.text.flow import squeezed
from gongkai.text.places import Division, Mention, lowest, mentions

_TOWNSHIP = re.compile(r"(?:[镇乡]|街道|苏木)(?:人民政府|办事处)?(?:办公室|党政办)?$")
_OF_ITS_OWN = re.compile(r"[我本](镇|乡|街道|县|区|市|旗|局|办|委|厅)")
_GOVERNMENT = re.compile(r"(?:人民政府|政府|管委会|管理委员会)$")
_TITLE = re.compile(r"(?:关于)?20\d\d年?度?.*$|(?:关于)?(?:政府)?信息公开.*$|政务公开.*$")


@dataclass(frozen=True, slots=True)
class Home:
    """The divisions the organ can belong to (several where counties share a name; none where nothing is said)."""

    divisions: tuple[Division, ...]
    township: bool
    department: bool

    @property
    def known(self) -> bool:
        """Whether the place is known at all."""
        return bool(self.divisions)

    def owns(self, division: Division) -> bool:
        """Whether a division is the organ's own, above it or inside it."""
        return any(division.related(own) for own in self.divisions)

    def neighbours(self, division: Division) -> bool:
        """Whether a division lies in the same city."""
        return any(division.code[:4] == own.code[:4] for own in self.divisions if len(own.code) > 2)

    def same_province(self, division: Division) -> bool:
        """Whether a division lies in the same province."""
        return any(division.code[:2] == own.code[:2] for own in self.divisions)

    @property
    def below_districted_city(self) -> bool:
        """A township, or a county, or a department of one: an organ that makes no 规章. False where unknown."""
        return self.township or (self.known and all(len(d.code) == 6 for d in self.divisions))


def name_of(report: Report) -> str:
    """The organ's name in one spelling: as read, else what stands in the title before the year."""
    if report.organ:
        return squeezed(report.organ).text
    return _TITLE.sub("", squeezed(report.title or "").text)


def home(report: Report) -> Home:
    """The organ's place and kind, from its name, its title and how it speaks of itself."""
    return _home(name_of(report), squeezed(report.title or "").text, report.text)


@lru_cache(maxsize=8)
def _home(name: str, title: str, text: str) -> Home:
    divisions = _settled(lowest(_leading(name)) or lowest(_leading(title)), text)
    selves = _OF_ITS_OWN.findall(squeezed(text).text)
    said = max(set(selves), key=lambda word: (selves.count(word), word)) if selves else ""
    township = bool(_TOWNSHIP.search(name)) or (not name and said in ("镇", "乡", "街道"))
    return Home(divisions, township, bool(name) and not township and not _GOVERNMENT.search(name))


def _leading(name: str) -> list[Mention]:
    """The divisions an organ's name opens with, one right after the other; those later in it are no part of where."""
    kept: list[Mention] = []
    for mention in mentions(name, shortest=2):
        if mention.start != (kept[-1].end if kept else 0):
            break
        kept.append(mention)
    return kept


def _settled(divisions: tuple[Division, ...], text: str) -> tuple[Division, ...]:
    """Of counties that share a name, those whose city or province the text names too; all where it names none."""
    if len(divisions) < 2:
        return divisions
    above = [d for m in mentions(squeezed(text).text) for d in m.divisions if len(d.code) < 6]
    inside = tuple(d for d in divisions if any(d.within(a) for a in above))
    return inside or divisions
