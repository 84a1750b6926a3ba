"""Reports of one year by organs of the same kind; files read of other places' organs stand among them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from gongkai.annual.report import Number
from gongkai.web.collection.selectors.rollup import reporting
from gongkai.web.organs.models import FORMS, Organ
from gongkai.web.organs.selectors import Organs
from gongkai.web.overview.selectors import reports
from gongkai.web.overview.selectors.reports import HEADLINE, Headline, Source

KINDS = {**dict(FORMS), "": "没有说明种类的机关"}
ALIKE = {"subdistrict": "township"}
"""Subdistricts stand among townships: the same work, compared together."""
NAMES = {"department": "县级部门", "township": "乡镇、街道"}
_ENDINGS = (
    (("街道办事处",), "subdistrict"),
    (("镇人民政府", "乡人民政府", "镇", "乡"), "township"),
    (("县人民政府", "区人民政府", "市人民政府", "旗人民政府"), "county_government"),
)
NOTHING = Headline(dict.fromkeys(HEADLINE))


@dataclass(frozen=True, slots=True)
class Peer:
    """One organ among its peers. `organ` None: an organ of another place, whose report was read from a file."""

    organ: uuid.UUID | None
    name: str
    source: Source
    figures: Headline

    def share(self) -> tuple[Number, Number] | None:
        """Disclosed in full or in part, of how many concluded; None where one of them is not said, or nothing concluded."""
        of = self.figures.values
        whole, part, base = of["disclosed"], of["disclosed_in_part"], of["concluded"]
        if whole is None or part is None or not base:
            return None
        return whole + part, base


@dataclass(frozen=True, slots=True)
class Peers:
    """The organs of one kind in a year, who received most on top; those without a report by name."""

    kind: str
    year: int
    rows: tuple[Peer, ...]
    missing: tuple[str, ...]

    def middle(self, key: str) -> float | None:
        """The median of a figure over those that say it."""
        told = [float(value) for row in self.rows if (value := row.figures.values[key]) is not None]
        return median(told) if told else None

    def said(self, key: str) -> int:
        """How many say a figure."""
        return sum(row.figures.values[key] is not None for row in self.rows)


def kind_of(form: str) -> str:
    """The kind under which an organ is compared."""
    return ALIKE.get(form, form)


def kind_named(name: str) -> str:
    """The kind of an organ known by its name alone."""
    bare = name.removesuffix("办公室").removesuffix("办公厅") if "人民政府办公" in name else name
    for endings, form in _ENDINGS:
        if bare.endswith(endings):
            return kind_of(form) if bare == name else "department"
    return "department"


def kinds_there(county: uuid.UUID) -> list[tuple[str, str]]:
    """The kinds that the county's organs are of."""
    there = {kind_of(form) for form in Organ.objects.filter(county=county).values_list("form", flat=True)}
    return [(key, words) for key, words in words_of_kinds().items() if key in there]


def words_of_kinds() -> dict[str, str]:
    """The kinds in words."""
    return {key: NAMES.get(key, words) for key, words in KINDS.items() if key not in ALIKE}


def peers(county: uuid.UUID, kind: str, year: int, frozen_of: Organs, *, others: bool = True) -> Peers:
    """The organs of a kind with their figures of a year; `others`: with those of other places."""
    organs = [organ for organ in reporting(county, year) if kind_of(organ.form) == kind]
    found = reports.sources(county, frozen_of)
    mine = {organ.pk: found[organ.pk, year] for organ in organs if (organ.pk, year) in found}
    strange = [each for each in reports.outside(county, year) if kind_named(each.name) == kind] if others else []
    told = reports.headlines(county, [*mine.values(), *strange])
    rows = [
        Peer(o.pk, o.name, mine[o.pk], told[mine[o.pk].key]) for o in organs if o.pk in mine and mine[o.pk].key in told
    ]
    rows += [Peer(None, each.name, each, told[each.key]) for each in strange if each.key in told]
    there = {row.organ for row in rows}
    missing = tuple(organ.name for organ in organs if organ.pk not in there)
    return Peers(kind, year, tuple(_sorted(rows)), missing)


def _sorted(rows: Sequence[Peer]) -> list[Peer]:
    def key(row: Peer) -> tuple[bool, Number]:
        received = row.figures.values["received"]
        return (received is None, -(received or 0))

    return sorted(rows, key=key)


def years_there(county: uuid.UUID, frozen_of: Organs) -> list[int]:
    """The years of which any report is known, newest first."""
    found = {year for _, year in reports.sources(county, frozen_of)}
    return sorted(found | {each.year for each in reports.outside(county)}, reverse=True)
