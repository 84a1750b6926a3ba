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
from gongkai.web.registers.models import Listed
from gongkai.web.registers.selectors.lists import Telling

PAGE = 50


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A row as the page outside shows it: its cells in the order of the heads, and the entry in which it was published."""

    organ: str
    cells: list[str]
    item: uuid.UUID
    on: date | None


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
    keys = of.public_fields
    telling = Telling(county, of, [each.said.values for each in part], ())
    names = names_of({each.organ_id for each in part})
    told = [
        PublicRow(
            names.get(each.organ_id, ""),
            [cell.words for cell in telling.all(each.said.values, keys)],
            each.item,
            each.said.on,
        )
        for each in part
    ]
    return [each.zh for each in of.fields if each.key in keys], told, len(rows)
