"""What was entered for a year, as it was known at a moment."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from gongkai.annual import compiling
from gongkai.annual.tally import Carried
from gongkai.web.compilation.models import CarriedForward, Entered, NoneThisYear
from gongkai.web.organs.models import Organ


def _by(rows: QuerySet[Any], known_at: datetime | None) -> QuerySet[Any]:
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)


def newest_entries(organ: uuid.UUID, year: int, known_at: datetime | None = None) -> dict[str, Entered]:
    """The newest entry of every cell into which something was entered, also those that took it back."""
    rows = _by(Entered.objects.filter(organ=organ, year=year), known_at).order_by("id")
    return {row.address: row for row in rows}


def entered(organ: uuid.UUID, year: int, known_at: datetime | None = None) -> dict[str, compiling.Entered]:
    """What stands entered, by cell."""
    return {
        address: compiling.Entered(compiling.plain(row.value), row.note)
        for address, row in newest_entries(organ, year, known_at).items()
        if row.value is not None
    }


def begun_in(county: uuid.UUID, year: int) -> set[uuid.UUID]:
    """The organs that entered a figure for a year, or said of a table that there was nothing."""
    entered, none = (
        model.objects.filter(county=county, year=year).order_by().values_list("organ", flat=True)
        for model in (Entered, NoneThisYear)
    )
    return set(entered.union(none))


def history(organ: uuid.UUID, year: int, address: str) -> list[Entered]:
    """Everything that was entered into a cell, newest first."""
    return list(Entered.objects.filter(organ=organ, year=year, address=address).order_by("-id"))


def said_none(organ: uuid.UUID, year: int, known_at: datetime | None = None) -> dict[int, NoneThisYear]:
    """The tables for which it was said that there was nothing, and not taken back."""
    rows = list(_by(NoneThisYear.objects.filter(organ=organ, year=year), known_at).order_by("id"))
    voided = {row.voids_id for row in rows if row.voids_id}
    return {row.table: row for row in rows if row.voids_id is None and row.pk not in voided}


def frozen(
    organs: Iterable[Organ], until: int, known_at: datetime | None = None
) -> dict[tuple[uuid.UUID, int], Carried]:
    """What the frozen reports of these organs, up to that of a year, hand on: the newest of each."""
    rows = _by(CarriedForward.objects.filter(organ__in=[o.pk for o in organs], year__lte=until), known_at)
    newest = {(row.organ_id, row.year): row for row in rows.order_by("id")}
    return {key: Carried(row.year, row.columns, frozenset(row.seen)) for key, row in newest.items()}
