"""What the county set for the patrol: days, whose addresses are whose, from when reviews are compared."""

from __future__ import annotations

import uuid
from datetime import date

from gongkai.patrol.kinds import KINDS, Grade
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import living_organs
from gongkai.web.patrol.rulekeys import DAYS, OWN_EVERY, REVIEWED_FROM, ROUTES
from gongkai.web.rules.selectors import calendar_of, number_set, setting


def days_for(county: uuid.UUID, grade: Grade, on: date) -> int:
    """The working days within which a hit of this weight is to be put right."""
    return number_set(county, *DAYS[grade], on)


def own_every(county: uuid.UUID, on: date) -> int:
    """After how many days our own pages are walked by themselves; 0: never."""
    return number_set(county, OWN_EVERY, 0, on)


def due_day(county: uuid.UUID, kind: str, on: date) -> date:
    """The day by which a hit met on a day is to be put right; by calendar days where the calendar ends."""
    days = days_for(county, KINDS[kind].grade, on)
    return calendar_of(county).soon(on, days)


def routes(county: uuid.UUID, on: date) -> list[tuple[str, Organ]]:
    """Beginnings of addresses with their organs, the longest first; organs that are gone are left out."""
    kept = setting(county, ROUTES, on=on)
    organs = {str(organ.pk): organ for organ in living_organs(county)}
    rows = [(str(begin), organs[str(key)]) for begin, key in kept or [] if str(key) in organs]
    return sorted(rows, key=lambda row: (-len(row[0]), row[0]))


def organ_for(url: str, known: list[tuple[str, Organ]]) -> Organ | None:
    """The organ that answers for an address: that of the longest beginning, whatever its scheme."""
    bare = url.partition("://")[2]
    return next((organ for begin, organ in known if bare.startswith(begin)), None)


def reviewed_from(county: uuid.UUID, on: date) -> date | None:
    """The day from which items on line must have a record of review; None: not compared."""
    found = setting(county, REVIEWED_FROM, on=on)
    return date.fromisoformat(found) if isinstance(found, str) and found else None
