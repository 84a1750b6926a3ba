"""Budgets and final accounts of a year: which organs have published theirs, and by which entry or row."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.errors import LawGap
from gongkai.law.parameters import PARAMETERS
from gongkai.web.organs.selectors import Organs, living_organs, of_organs
from gongkai.web.proactive.selectors.documents import budget_entries
from gongkai.web.registers.models import Line

KINDS = {"budget": "预算", "final_account": "决算"}


@dataclass(frozen=True, slots=True)
class Published:
    """What an organ published (or why it has none): the entry or the row, when approved, when public, by when due."""

    title: str
    approved_on: date | None
    public_on: date | None
    due_on: date | None
    item: uuid.UUID | None = None
    row: uuid.UUID | None = None
    reason: str = ""

    @property
    def late(self) -> bool:
        """Whether it was public only after the limit of the law on budgets."""
        return bool(self.due_on and self.public_on and self.public_on > self.due_on)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """An organ with its budget and its final accounts of a year."""

    organ: uuid.UUID
    name: str
    budget: Published | None
    final_account: Published | None


def _due(limit: str, approved: date) -> date | None:
    try:
        return approved + timedelta(days=PARAMETERS[limit].amount(approved))
    except LawGap:
        return None


def _kind(title: str) -> str:
    return "final_account" if "决算" in title else "budget"


def budgets(county: uuid.UUID, organs: Organs, year: int) -> list[BudgetLine]:
    """Each organ that there is today; final accounts of a year are approved in the next one."""
    found: dict[tuple[uuid.UUID, str], Published] = {}
    for calendar_year in (year - 1, year, year + 1):
        for each in budget_entries(county, organs, calendar_year):
            kind = _kind(each.title)
            if not _of_year(each.title, year, kind, calendar_year):
                continue
            found[each.organ, kind] = Published(
                each.title, each.formed_on, each.first_public_on, _due(each.limit, each.formed_on), item=each.item
            )
    rows = Line.objects.filter(county=county, register="budgets", voided=False, values__year=str(year))
    rows = of_organs(rows, organs)
    for row in rows:
        said = row.values
        found.setdefault(
            (row.organ_id, said["budget"]),
            Published(
                row.title,
                _day(said.get("approved_on")),
                _day(said.get("public_on")),
                None,
                row=row.pk,
                reason=said.get("reason", ""),
            ),
        )
    return [
        BudgetLine(organ.pk, organ.name, found.get((organ.pk, "budget")), found.get((organ.pk, "final_account")))
        for organ in living_organs(county)
        if organs is None or organ.pk in organs
    ]


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _of_year(title: str, year: int, kind: str, formed: int) -> bool:
    """Whether a title names the year; where it names none, a budget is of the year in which it was approved."""
    named = [y for y in range(year - 3, year + 4) if str(y) in title]
    if named:
        return year in named
    return formed == (year if kind == "budget" else year + 1)
