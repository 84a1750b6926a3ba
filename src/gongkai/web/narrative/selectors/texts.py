"""The words of a report as they stand, with the figures filled in: for the page, for the check and for the frozen report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.annual.narrative.facts import SECTIONS
from gongkai.annual.narrative.slots import Broken, Filled, Slot, fill
from gongkai.annual.report import OWN
from gongkai.web.narrative.models import Text
from gongkai.web.narrative.selectors.gathering import Gathered, gathered
from gongkai.web.narrative.selectors.versions import Line, lines_of
from gongkai.web.organs.models import Organ


@dataclass(frozen=True, slots=True)
class Section:
    """A part as it stands. `text` has its numbers; `slots` say where each stands and of which fact it is.

    `version` is the key of the stored version, `number` its number. `broken` are slots that hold no number; `beside` how
    many versions of other people wait to be joined. Neither may be when a report goes for signature.
    """

    text: str
    slots: tuple[Slot, ...]
    version: str
    number: int
    broken: tuple[Broken, ...] = ()
    beside: int = 0


def section_of(line: Line, known: Gathered) -> Section | None:
    """A part with its numbers; None where nothing was written."""
    current = line.current
    if current is None:
        return None
    filled = filled_of(current, known)
    return Section(filled.text, filled.slots, str(current.pk), current.number, filled.broken, len(line.beside))


def filled_of(version: Text, known: Gathered) -> Filled:
    """A version with the numbers of now."""
    return fill(version.words, known.by_name)


def sections(organ: Organ, year: int, known_at: datetime | None = None, scope: str = OWN) -> dict[str, Section]:
    """The written parts of a report, by part (`preface`, `1`, `5`, `6`), in its order, each with its numbers.

    Words and numbers as they are known now, or were at a moment. KeyError for a year that has no form.
    """
    lines = lines_of(organ, year, known_at, scope)
    words = "".join(line.current.words for line in lines.values() if line.current)
    known = gathered(organ, year, known_at, words)
    found = ((section, section_of(line, known)) for section, line in lines.items())
    return {section: part for section, part in found if part is not None}


def unready(organ: Organ, year: int, scope: str = OWN) -> list[str]:
    """Why the words cannot go for signature yet, each in a sentence; empty when they can."""
    found = sections(organ, year, scope=scope)
    said = []
    for section, zh in SECTIONS.items():
        part = found.get(section)
        if part is None or not part.text.strip():
            if section != "preface":
                said.append(f"“{zh}”还没有写。")
            continue
        if part.beside:
            said.append(f"“{zh}”有{part.beside + 1}稿还没有合并。")
        said += [f"“{zh}”中绑定断开：{each.why}" for each in part.broken]
    return said
