"""A filled text as a page shows it: in paragraphs of pieces, each bound number with its source, each loose one marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongkai.annual.narrative.facts import GROUPS, Fact, Offer, offers
from gongkai.annual.narrative.loose import Loose
from gongkai.annual.narrative.slots import Filled
from gongkai.annual.report import COUNTY, OWN, SCOPES
from gongkai.web.narrative.selectors.gathering import Gathered
from gongkai.web.narrative.suppliers import Opens, Told

OF_COUNTY = {"year": GROUPS["year"], "county": SCOPES[COUNTY]}
"""The groups of facts that are those of the county's report."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text. `kind` is text, bound, broken, differs, same or alone; `says` is what a person is told of it."""

    kind: str
    words: str
    says: str = ""
    opens: Opens | None = None


def shown(filled: Filled, loose: Iterable[Loose], known: Gathered) -> list[list[Piece]]:
    """The paragraphs of a text, in pieces; empty lines are left out."""
    marks = sorted(_marks(filled, loose, known), key=lambda mark: (mark[0], mark[1]))
    cuts = sorted({0, len(filled.text), *(at for start, end, _ in marks for at in (start, end))})
    by_start = {start: (end, piece) for start, end, piece in marks}
    found: list[list[Piece]] = [[]]
    for start, end in pairwise(cuts):
        marked = by_start.get(start)
        if marked and marked[0] == end:
            found[-1].append(marked[1])
            continue
        first, *more = filled.text[start:end].split("\n")
        found[-1].append(Piece("text", first))
        found += [[Piece("text", words)] for words in more]
    return [paragraph for paragraph in found if "".join(piece.words for piece in paragraph).strip()]


def _marks(filled: Filled, loose: Iterable[Loose], known: Gathered) -> Iterator[tuple[int, int, Piece]]:
    facts = {fact.key: fact for fact in known.facts}
    for slot in filled.slots:
        fact = facts[slot.fact]
        words = filled.text[slot.start : slot.end]
        yield slot.start, slot.end, Piece("bound", words, f"{fact.zh}，来自{fact.source}", known.opens(fact.key))
    for each in filled.broken:
        yield each.start, each.end, Piece("broken", filled.text[each.start : each.end], each.why)
    for met in loose:
        yield met.start, met.end, Piece(met.says, met.quote, met.message)


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that belong together, with the sentences offered for them; `unknown` are those of which nothing tells."""

    zh: str
    offers: tuple[Offered, ...]
    facts: tuple[Told, ...]
    unknown: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """A sentence with its slots, and how it reads now."""

    key: str
    words: str
    reads: str


def groups(known: Gathered, section: str, scope: str = OWN) -> list[Group]:
    """What is offered for a part, group by group; for chapter five only what may be bound, and no sentence.

    For the county's report only what is the county's: a sentence with the organ's own number would say too little.
    """
    said = offers(known.facts, section) if scope == OWN else []
    found = []
    for key, zh in (OF_COUNTY if scope == COUNTY else GROUPS).items():
        of = [told for told in known.told if told.fact.group == key and (told.fact.value or not _one_of(told.fact))]
        group = Group(
            zh,
            tuple(Offered(each.key, each.words, _read(each, known)) for each in said if each.group == key),
            tuple(told for told in of if told.fact.value is not None),
            tuple(told.fact for told in of if told.fact.value is None),
        )
        if of:
            found.append(group)
    return sorted(found, key=lambda group: not group.offers)


def _one_of(fact: Fact) -> bool:
    """Whether a fact is one of a family or of a list like it: those that are zero or unknown are not shown."""
    return bool(fact.family or fact.short)


def _read(offer: Offer, known: Gathered) -> str:
    words = offer.words
    for fact in known.facts:
        words = words.replace(fact.slot, fact.shown)
    return words
