"""What is watched while people write a part: topics, length, numbers without a source, likeness to other reports."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.annual.forms import edition_for
from gongkai.annual.narrative.facts import SECTIONS, offers
from gongkai.annual.narrative.loose import Loose, loose
from gongkai.annual.narrative.slots import Filled
from gongkai.annual.narrative.watch import Alike, Topic, alike, lacking, length
from gongkai.annual.report import COUNTY, OWN
from gongkai.text.personal import find, masked
from gongkai.web.narrative.selectors.elsewhere import words_in
from gongkai.web.narrative.selectors.gathering import Gathered
from gongkai.web.narrative.selectors.settings import longest
from gongkai.web.narrative.selectors.versions import Line
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import listed_organs, organ_at
from gongkai.web.people.policies import GOVERNMENT

SHOWN = 3
"""So many other reports are named, the most alike first."""


@dataclass(frozen=True, slots=True)
class Near:
    """A report that this one is like: whose, of which year, how much, and the stretches of one's own text."""

    organ: uuid.UUID
    name: str
    year: int
    alike: Alike


@dataclass(frozen=True, slots=True)
class Watched:
    """What a person who writes is told. `most` is None where no length was set."""

    length: int
    most: int | None
    topics: tuple[Topic, ...]
    loose: tuple[Loose, ...]
    last_year: Near | None
    others: tuple[Near, ...]
    personal: tuple[str, ...] = ()
    """What looks like somebody's number, written over."""

    @property
    def lacks(self) -> list[tuple[str, tuple[str, ...]]]:
        """The topics that are missing, by what asks for them."""
        found: dict[str, tuple[str, ...]] = {}
        for topic in self.topics:
            found[topic.basis] = (*found.get(topic.basis, ()), topic.zh)
        return list(found.items())

    @property
    def too_long(self) -> bool:
        """Whether the part is longer than was set."""
        return self.most is not None and self.length > self.most

    @property
    def alone(self) -> list[Loose]:
        """Numbers typed by hand with nothing of ours to compare them with."""
        return [each for each in self.loose if each.says == "alone"]


def watched(line: Line, words: str, filled: Filled, known: Gathered, parts: Mapping[str, str]) -> Watched:
    """What is to be said of a part as it stands or is being written; `parts` are the words of the whole report."""
    organ, year, section = line.organ, line.year, line.section
    missing = lacking(parts, edition_for(year) or "", form_on(organ, year, line.scope))
    form = [offer.words for offer in offers(known.facts, section)]
    last, others = _near(line, words, form)
    return Watched(
        length(filled.text),
        longest(organ.county, organ.pk, section, date(year, 12, 31)),
        tuple(topic for topic in missing if topic.sections[0] == section),
        loose(filled, known.facts),
        last,
        others,
        _personal(filled.text),
    )


def _personal(text: str) -> tuple[str, ...]:
    """Numbers of people, masked; the telephone of an office is none."""
    hits = (text[hit.start : hit.end] for hit in find(text) if hit.kind != "email")
    return tuple(masked(words) for words in hits if not words.startswith("0"))


def form_on(organ: Organ, year: int, scope: str = OWN) -> str:
    """What the organ was in law at the end of the year; empty where nobody said. The county's report is a government's."""
    if scope == COUNTY:
        return GOVERNMENT
    then = organ_at(organ, date(year, 12, 31))
    return then.form if then else organ.form


def _near(line: Line, words: str, form: list[str]) -> tuple[Near | None, tuple[Near, ...]]:
    organ, year, section = line.organ, line.year, line.section
    before = words_in(organ.county, [organ], year - 1, section, line.scope).get(organ.pk)
    last = Near(organ.pk, organ.name, year - 1, alike(words, before, form)) if before else None
    them = [each for each in listed_organs(organ.county) if each.pk != organ.pk]
    names = {each.pk: each.name for each in them}
    told = words_in(organ.county, them, year, section)
    near = [Near(key, names[key], year, alike(words, text, form)) for key, text in told.items()]
    striking = sorted((each for each in near if each.alike.striking), key=lambda each: -each.alike.share)
    return last, tuple(striking[:SHOWN])


def texts_in(filled: Mapping[str, Filled]) -> dict[str, str]:
    """The words of the parts of a report, those that nobody wrote empty."""
    return {section: filled[section].text if section in filled else "" for section in SECTIONS}
