"""What every computation is asked and gives: an organ over a period as known at a moment; a value with its records.

The records of organs that were merged into it (`merged`) count with its own; each of them says whose it was.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from gongkai.oversight import Apart, Rate, Value
from gongkai.web.organs.models import Organ

MOST = 1000
"""The records that are kept behind one value; those that speak against the organ come first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which organ, over which days, as known at which moment."""

    organ: Organ
    form: str
    first: date
    last: date
    known_at: datetime
    merged: tuple[Organ, ...] = ()

    @property
    def organs(self) -> tuple[uuid.UUID, ...]:
        """Whose records count."""
        return (self.organ.pk, *(each.pk for each in self.merged))

    def told(self, organ: uuid.UUID, why: str) -> str:
        """Why a record counts as it does, with whose it was where that was another organ's."""
        name = next((each.name for each in self.merged if each.pk == organ), "")
        return f"{why}（原{name}）" if name else why

    @property
    def county(self) -> uuid.UUID:
        """Whose county."""
        return self.organ.county

    @property
    def on(self) -> date:
        """The day of that moment."""
        return timezone.localtime(self.known_at).date()

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The period as moments, the last day included, never later than what is known."""
        zone = timezone.get_current_timezone()
        first = datetime.combine(self.first, time.min, zone)
        return first, min(datetime.combine(self.last, time.max, zone), self.known_at)


@dataclass(frozen=True, slots=True)
class Member:
    """One record behind a value: what it is, on which side it counts, why, and where a click opens it."""

    title: str
    good: bool
    why: str
    url_name: str = ""
    key: str = ""

    def to_data(self) -> dict[str, Any]:
        """As a mark keeps it."""
        return {"title": self.title, "good": self.good, "why": self.why, "url_name": self.url_name, "key": self.key}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A value, the records behind it, and in one sentence how it came about."""

    value: Value
    members: tuple[Member, ...] = ()
    says: str = ""


Computer = Callable[[Asked], Reckoned]


def rate(members: Iterable[Member], what: str) -> Reckoned:
    """So many good ones of all; where there are none it does not apply."""
    found = sorted(members, key=lambda member: member.good)
    if not found:
        return Reckoned(Apart(f"期间内没有{what}"), (), f"期间内没有{what}，不计入。")
    good = sum(member.good for member in found)
    return Reckoned(Rate(good, len(found)), tuple(found), f"{what}{len(found)}件，符合的{good}件。")
