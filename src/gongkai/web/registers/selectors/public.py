"""Rows that anyone outside may see: those of a list that is public at this moment, as they were reviewed.

Every question goes through `proactive.selectors.public`: what is withdrawn, over or not yet out is not here either.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, QuerySet

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
    counts = dict(_listed(county, at).order_by().values_list("register").annotate(rows=Count("row", distinct=True)))
    return [(key, of.zh, counts[key]) for key, of in registers().items() if key in counts]


def _listed(county: uuid.UUID, at: datetime | None) -> QuerySet[Listed]:
    """What the lists say that are public at a moment."""
    return Listed.objects.filter(county=county, version__in=public(county, at).order_by().values("version"))


def public_rows(
    county: uuid.UUID, register: str, at: datetime | None = None, *, organ: uuid.UUID | None = None, page: int = 1
) -> tuple[list[str], list[PublicRow], int]:
    """The heads, the rows of a page (newest first) and how many rows there are in all. Empty for an unknown register."""
    of = registers().get(register)
    if of is None or not of.publishable:
        return [], [], 0
    found = _listed(county, at).filter(register=register)
    later = found.filter(row=OuterRef("row"), pk__gt=OuterRef("pk"))  # in several lists: as the newest of them says
    found = (found.filter(organ=organ) if organ else found).filter(~Exists(later))
    rows = found.select_related("said").order_by(F("said__on").desc(nulls_last=True), "-row")
    part = list(rows[(page - 1) * PAGE : page * PAGE])
    names = names_of({each.organ_id for each in part})
    heads = [each.zh for each in of.fields if each.public]
    told = [PublicRow(names.get(each.organ_id, ""), heads, each.cells, each.item, each.said.on) for each in part]
    return heads, told, found.count()
