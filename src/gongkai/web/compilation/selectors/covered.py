"""Whose records a report covers: the organ's own, and those of organs that were merged into it. As known at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.calendar import in_chinese
from gongkai.web.audit.selectors import first_recorded
from gongkai.web.memo import once_a_page
from gongkai.web.organs.models import Organ, OrganVersion


@dataclass(frozen=True, slots=True)
class Covered:
    """The organs behind a report: the reporter first. `into`: who reports instead, when the organ is no more."""

    organs: tuple[Organ, ...]
    into: Organ | None
    notes: tuple[str, ...]


def _merged(organ: Organ, day: date, known_at: datetime | None) -> bool:
    """Whether it was known that an organ had ended by a day and has a successor."""
    if organ.successor_id is None or organ.valid_until is None or organ.valid_until > day:
        return False
    if known_at is None:
        return True
    told = first_recorded("organs.merge_organ", organ)
    return told is None or told <= known_at


def name_of(organ: Organ, year: int, known_at: datetime | None = None) -> str:
    """The organ's name at the end of a year, as it was known."""
    rows = OrganVersion.objects.filter(organ=organ).order_by("from_on", "id")
    known = rows if known_at is None else rows.filter(recorded_at__lte=known_at)
    found = known.filter(from_on__lte=date(year, 12, 31)).last() or rows.first()
    return found.name if found else organ.name


def with_merged(organ: Organ, day: date, known_at: datetime | None = None) -> tuple[Organ, ...]:
    """An organ, and those that were merged into it by a day, one after the other."""
    found, ahead = [organ], [organ]
    while ahead:
        here = ahead.pop()
        for before in Organ.objects.filter(successor=here).order_by("position", "id"):
            if before not in found and _merged(before, day, known_at):
                found.append(before)
                ahead.append(before)
    return tuple(found)


@once_a_page
def covered(organ: Organ, year: int, known_at: datetime | None = None) -> Covered:
    """The organs whose records a report for a year counts."""
    last = date(year, 12, 31)
    found = with_merged(organ, last, known_at)
    notes = tuple(
        f"{name_of(before, year, known_at)}于{in_chinese(before.valid_until)}并入，其本年度的数一并计入。"
        for before in found[1:]
        if before.valid_until and before.valid_until.year == year
    )
    return Covered(found, organ.successor if _merged(organ, last, known_at) else None, notes)
