"""Which columns of which organ go stale: the last update, and when the next is due."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from gongkai.proactive.staleness import HOME, Freshness, Interval, freshness, interval_of, intervals
from gongkai.web.memo import once_a_page
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import Organs, living_organs
from gongkai.web.proactive import rulekeys
from gongkai.web.proactive.selectors.entries import column_names
from gongkai.web.proactive.selectors.placed import last_in_columns, last_of_organ
from gongkai.web.rules.selectors import setting


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an organ (None: of the whole county) and how fresh it is."""

    organ: Organ | None
    key: str
    name: str
    interval: Interval
    fresh: Freshness


def watched(county: uuid.UUID, on: date) -> dict[str, tuple[str, Interval]]:
    """The columns that have an interval on a day, each with its name."""
    own = setting(county, rulekeys.COLUMN_INTERVALS, on=on) or {}
    found = {key: (name, interval_of(key, name, own)) for key, name in column_names(county).items()}
    return {key: (name, interval) for key, (name, interval) in found.items() if interval}


@once_a_page
def columns(county: uuid.UUID, organs: Organs, today: date) -> list[Column]:
    """The watched columns in which an organ ever published, staler ones first; and the county's first page."""
    names = watched(county, today)
    last = last_in_columns(county, names, organs[0] if organs and len(organs) == 1 else None)
    living = {organ.pk: organ for organ in living_organs(county)}
    found = [
        Column(living[of], key, names[key][0], names[key][1], freshness(names[key][1], day, today))
        for (of, key), day in last.items()
        if of in living and (organs is None or of in organs)
    ]
    found.sort(key=lambda each: (not each.fresh.stale, each.fresh.due_on or date.max, each.name))
    if organs is None:
        home = intervals()[HOME]
        found.insert(0, Column(None, HOME, home.zh, home, freshness(home, last_of_organ(county), today)))
    return found


def empty(county: uuid.UUID, today: date) -> list[str]:
    """The watched columns in which nobody in the county ever published anything that is public."""
    names = watched(county, today)
    there = {key for _, key in last_in_columns(county, names)}
    return [name for key, (name, _) in names.items() if key not in there]
