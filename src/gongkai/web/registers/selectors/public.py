"""Rows that anyone outside may see: those of a list that is public at this moment, as they were reviewed.

Every question goes through `proactive.selectors.public`: what is withdrawn, over or not yet out is not here either.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.proactive.registers import registers
from gongkai.web.organs.selectors import names_of
from gongkai.web.proactive.selectors.public import public
from gongkai.web.registers.models import Listed, Row

PAGE = 50


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A row as the page outside shows it: its cells in the order of the heads, and the entry in which it was published."""

    organ: str
    heads: list[str]
    cells: list[str]
    item: uuid.UUID
    on: date | None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each cell with its head."""
        return list(zip(self.heads, self.cells, strict=False))


@dataclass(frozen=True, slots=True)
class ListedIn:
    """A list in which a row is public now; `behind`: the row was corrected or voided since, and the list does not say so."""

    item: uuid.UUID
    title: str
    behind: bool


def listed_in(row: Row, at: datetime | None = None) -> list[ListedIn]:
    """The public lists in which a row stands, for the desk."""
    shown = {release.version_id: release for release in public(row.county, at).filter(version__in=_versions(row))}
    newest = row.line.version_id
    rows = Listed.objects.filter(row=row, version__in=shown).order_by("id")
    return [ListedIn(each.item, shown[each.version].title, each.said_id != newest) for each in rows]


def _versions(row: Row) -> list[uuid.UUID]:
    return list(Listed.objects.filter(row=row).values_list("version", flat=True))


def public_registers(county: uuid.UUID, at: datetime | None = None) -> list[tuple[str, str, int]]:
    """The registers of which something is public: key, name, number of rows."""
    shown = public(county, at).order_by().values("version")
    keys = Listed.objects.filter(county=county, version__in=shown).order_by().values_list("register", "row").distinct()
    counts: dict[str, int] = {}
    for register, _ in keys:
        counts[register] = counts.get(register, 0) + 1
    return [(key, of.zh, counts[key]) for key, of in registers().items() if key in counts]


def public_rows(
    county: uuid.UUID, register: str, at: datetime | None = None, *, organ: uuid.UUID | None = None, page: int = 1
) -> tuple[list[str], list[PublicRow], int]:
    """The heads, the rows of a page (newest first) and how many rows there are in all. Empty for an unknown register."""
    of = registers().get(register)
    if of is None or not of.publishable:
        return [], [], 0
    shown = public(county, at).order_by().values("version")
    found = Listed.objects.filter(county=county, register=register, version__in=shown)
    found = found.filter(organ=organ) if organ else found
    newest: dict[uuid.UUID, Listed] = {}
    for each in found.select_related("said").order_by("id"):
        newest[each.row_id] = each
    rows = sorted(newest.values(), key=lambda each: (each.said.on or date.min, each.row_id), reverse=True)
    part = rows[(page - 1) * PAGE : page * PAGE]
    names = names_of({each.organ_id for each in part})
    heads = [each.zh for each in of.fields if each.public]
    told = [PublicRow(names.get(each.organ_id, ""), heads, each.cells, each.item, each.said.on) for each in part]
    return heads, told, len(rows)
