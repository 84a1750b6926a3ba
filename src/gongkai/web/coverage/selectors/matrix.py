"""How every line stands at every organ that bears it: item × element × limit × organ."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.proactive.coverage import OPEN, STANDS, Judged, Placed, Rhythm, Stand, fields, judged, rhythm_of
from gongkai.web.coverage.models import CatalogueLine, Declaration, Placement
from gongkai.web.coverage.selectors.catalogues import bearings, lines
from gongkai.web.memo import once_a_page
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import Organs, living_organs
from gongkai.web.proactive.selectors.placed import Known, known
from gongkai.web.rules.selectors import calendar_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A line at an organ that bears it; no organ where it is not plain whose line it is."""

    row: CatalogueLine
    organ: Organ | None
    rhythm: Rhythm
    judged: Judged
    entries: tuple[Known, ...] = ()

    @property
    def field(self) -> str:
        """The key of the field."""
        return self.row.catalogue.field

    @property
    def stand(self) -> str:
        """How it stands, in a word."""
        return STANDS[self.judged.stand]

    @property
    def open(self) -> bool:
        """Whether somebody has to do something."""
        return self.judged.stand in OPEN


def placements(county: uuid.UUID) -> list[Placement]:
    """The placements that hold."""
    return list(Placement.objects.filter(county=county, ends=None, ended_by=None))


def declared(county: uuid.UUID) -> dict[tuple[str, uuid.UUID], Declaration]:
    """What organs declared they have nothing to do with, by line and organ; taken back ones are left out."""
    newest = {(row.line, row.organ_id): row for row in Declaration.objects.filter(county=county).order_by("id")}
    return {key: row for key, row in newest.items() if row.reason}


@once_a_page
def cells(county: uuid.UUID, today: date) -> list[Cell]:
    """Every line at every organ that bears it, in the order of the catalogues."""
    rows = lines(county)
    if not rows:
        return []
    placed: dict[tuple[str, uuid.UUID], list[uuid.UUID]] = {}
    for each in placements(county):
        placed.setdefault((each.line, each.organ_id), []).append(each.entry)
    entries = known(county, (key for keys in placed.values() for key in keys))
    nothing, calendar = declared(county), calendar_of(county)
    organs = {organ.pk: organ for organ in living_organs(county)}
    bears = bearings(county)
    rhythms = {words: rhythm_of(words) for words in {row.limit for row in rows}}
    found = []
    for row in rows:
        rhythm = rhythms[row.limit]
        whose = bears.of(row.catalogue.field, row.duty)
        if not whose.organs and not whose.said:
            found.append(Cell(row, None, rhythm, Judged(Stand.UNASSIGNED, "“公开主体”没有对应到机关，请指定。")))
        for organ in whose.organs:
            mine = [entries[key] for key in placed.get((row.key, organ), []) if key in entries]
            mine = [each for each in mine if not each.abandoned]
            told = nothing.get((row.key, organ))
            facts = [Placed(each.formed_on, each.first_public_on, each.last_on, each.public) for each in mine]
            standing = judged(rhythm, facts, today, calendar, told.reason if told else "")
            found.append(Cell(row, organs[organ], rhythm, standing, tuple(mine)))
    return found


def chosen(
    every: Iterable[Cell], *, organs: Organs = None, field: str = "", organ: uuid.UUID | None = None, stand: str = ""
) -> list[Cell]:
    """The cells that a page asks for. Who sees one organ alone sees its lines and nobody else's."""
    return [
        cell
        for cell in every
        if (organs is None or (cell.organ is not None and cell.organ.pk in organs))
        and (not field or cell.field == field)
        and (organ is None or (cell.organ is not None and cell.organ.pk == organ))
        and (not stand or cell.judged.stand == stand or (stand == "open" and cell.open))
    ]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines stand how; `base` are those that an organ bears and has something to do with."""

    key: str
    name: str
    counts: dict[str, int]

    @property
    def base(self) -> int:
        """Of how many."""
        left_out = (Stand.NOT_APPLICABLE, Stand.UNASSIGNED)
        return sum(number for stand, number in self.counts.items() if stand not in left_out)

    @property
    def numbers(self) -> list[int]:
        """The numbers in the order of `STANDS`."""
        return [self.counts.get(stand, 0) for stand in STANDS]


def by_field(every: Iterable[Cell]) -> list[Tally]:
    """The counts of each field."""
    counted: dict[str, Counter[str]] = {}
    for cell in every:
        counted.setdefault(cell.field, Counter())[cell.judged.stand] += 1
    return [Tally(key, field.zh, dict(counted[key])) for key, field in fields().items() if key in counted]


def by_organ(every: Iterable[Cell]) -> list[Tally]:
    """The counts of each organ, in the order of the list."""
    counted: dict[uuid.UUID, Counter[str]] = {}
    organs: dict[uuid.UUID, Organ] = {}
    for cell in every:
        if cell.organ is not None:
            organs[cell.organ.pk] = cell.organ
            counted.setdefault(cell.organ.pk, Counter())[cell.judged.stand] += 1
    order = sorted(organs.values(), key=lambda organ: (organ.position, organ.pk))
    return [Tally(str(organ.pk), organ.name, dict(counted[organ.pk])) for organ in order]
