"""Rows as they were known at a moment: later corrections are not seen, and change nothing that was counted before."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gongkai.web.memo import once_a_page
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.registers.models import Version


def versions_known(
    county: uuid.UUID,
    register: str,
    organs: Organs,
    known_at: datetime | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Version]:
    """The newest version of each row of a register as known at a moment (now), without the voided ones.

    With `first` and `last` only the rows that count by a day between them, as they were known then.
    """
    return versions_of(county, (register,), organs, known_at, first, last)[register]


@once_a_page
def versions_of(
    county: uuid.UUID,
    registers: tuple[str, ...],
    organs: Organs,
    known_at: datetime | None = None,
    first: date | None = None,
    last: date | None = None,
) -> dict[str, list[Version]]:
    """The same of several registers, read at once."""
    rows = Version.objects.filter(row__register__in=registers, county=county)
    rows = of_organs(rows, organs, "row__organ")
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    if first is not None and last is not None:
        # A row that any of its versions put into the span: the newest decides.
        rows = rows.filter(row__in=rows.filter(on__range=(first, last)).order_by().values("row"))
    newest: dict[uuid.UUID, Version] = {}
    for version in rows.select_related("row").order_by("row", "number"):
        newest[version.row_id] = version
    kept: dict[str, list[Version]] = {register: [] for register in registers}
    for version in sorted(newest.values(), key=lambda version: (version.on or date.min, version.row_id)):
        counts = first is None or last is None or (version.on is not None and first <= version.on <= last)
        if version.act != "void" and counts:
            kept[version.row.register].append(version)
    return kept


def state_at(
    county: uuid.UUID, register: str, organ: uuid.UUID, on: date, known_at: datetime | None = None
) -> list[Version]:
    """The rows that count by a day up to `on`, as they were known at a moment (now)."""
    found = versions_known(county, register, (organ,), known_at)
    return [version for version in found if version.on is None or version.on <= on]
