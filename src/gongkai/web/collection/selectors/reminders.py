"""Who was reminded of the yearly reports when, and by whom."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from gongkai.web.collection.models import Reminded, Reminding
from gongkai.web.people.selectors import names_of


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder: when, by whom, by which way, whom, in which words."""

    at: datetime
    who: str
    way: str
    organs: tuple[str, ...]
    words: str


def log(county: uuid.UUID, year: int, limit: int = 100) -> list[Told]:
    """The reminders of a year's reports, newest first."""
    rows = list(Reminding.objects.filter(county=county, year=year).order_by("-id")[:limit])
    people = names_of(row.by for row in rows)
    organs: dict[uuid.UUID, list[str]] = {}
    for key, name in Reminded.objects.filter(reminding__in=rows).order_by("id").values_list("reminding", "organ__name"):
        organs.setdefault(key, []).append(name)
    return [
        Told(row.recorded_at, people.get(row.by, ""), row.get_way_display(), tuple(organs.get(row.pk, ())), row.words)
        for row in rows
    ]
