"""What anyone outside may read of the standard catalogues: their lines, and of what stands on them what is public now."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.proactive.coverage import fields
from gongkai.web.coverage.models import Catalogue, CatalogueLine, Placement
from gongkai.web.coverage.selectors.catalogues import current
from gongkai.web.proactive.selectors.public import Listed, listed_among


@dataclass(frozen=True, slots=True)
class InField:
    """A field with a catalogue: how many lines it has, on how many something public stands, and how many entries."""

    key: str
    zh: str
    lines: int
    met: int
    entries: int


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A line of a catalogue, and the public entries on it, newest first."""

    row: CatalogueLine
    entries: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class PublicField:
    """The catalogue of a field as anyone may read it, its lines under their 一级事项 in order."""

    key: str
    zh: str
    catalogue: Catalogue
    groups: tuple[tuple[str, tuple[PublicLine, ...]], ...]

    @property
    def lines(self) -> list[PublicLine]:
        """Every line in order."""
        return [line for _, lines in self.groups for line in lines]

    @property
    def met(self) -> int:
        """On how many lines something public stands."""
        return sum(bool(line.entries) for line in self.lines)


def _rows(catalogues: Iterable[Catalogue]) -> list[CatalogueLine]:
    found = CatalogueLine.objects.filter(catalogue__in=[row.pk for row in catalogues])
    return list(found.select_related("catalogue").order_by("catalogue__field", "position"))


def _standing(county: uuid.UUID, names: Iterable[str]) -> dict[tuple[str, str], list[uuid.UUID]]:
    """Which entries stand on which line of these fields."""
    rows = Placement.objects.filter(county=county, field__in=list(names), ends=None, ended_by=None)
    found: dict[tuple[str, str], list[uuid.UUID]] = {}
    for field, line, entry in rows.values_list("field", "line", "entry"):
        found.setdefault((field, line), []).append(entry)
    return found


def in_fields(county: uuid.UUID) -> list[InField]:
    """The fields with a catalogue, in the order of the list of fields."""
    held = current(county)
    there = _standing(county, held)
    open_ones = listed_among(county, {entry for entries in there.values() for entry in entries})
    lines: dict[str, list[set[uuid.UUID]]] = {}
    for row in _rows(held.values()):
        on = there.get((row.catalogue.field, row.key), ())
        lines.setdefault(row.catalogue.field, []).append({entry for entry in on if entry in open_ones})
    return [
        InField(key, field.zh, len(lines[key]), sum(map(bool, lines[key])), len(set().union(*lines[key])))
        for key, field in fields().items()
        if key in lines
    ]


def in_field(county: uuid.UUID, field: str) -> PublicField | None:
    """A field's catalogue with what is public on its lines; None: the county keeps none."""
    catalogue = current(county).get(field)
    if catalogue is None:
        return None
    there = _standing(county, [field])
    open_ones = listed_among(county, {entry for entries in there.values() for entry in entries})
    groups: dict[str, list[PublicLine]] = {}
    for row in _rows([catalogue]):
        on = [open_ones[entry] for entry in there.get((field, row.key), ()) if entry in open_ones]
        on.sort(key=lambda each: (each.from_at, each.pk), reverse=True)
        groups.setdefault(row.first, []).append(PublicLine(row, tuple(on)))
    return PublicField(
        field, fields()[field].zh, catalogue, tuple((name, tuple(told)) for name, told in groups.items())
    )
