"""Who has the matters of an organ that is no more: its successor, or the last in the line of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone

from gongkai.calendar import in_chinese
from gongkai.web.memo import once_a_page
from gongkai.web.organs.models import Organ


@dataclass(frozen=True)
class Succession:
    """The organs of a county that ended until a day, and those that took over from them."""

    today: date
    organs: dict[uuid.UUID, Organ] = field(default_factory=dict)

    def taker(self, key: uuid.UUID, by: date | None = None) -> uuid.UUID | None:
        """Who has an organ's matters on a day (today): itself while it is there; None where nobody took them over."""
        day, seen = by or self.today, set()
        while key not in seen:
            seen.add(key)
            organ = self.organs.get(key)
            if organ is None or organ.valid_until is None or organ.valid_until > day:
                return key
            if organ.successor_id is None:
                return None
            key = organ.successor_id
        return None

    def now(self, organ: Organ) -> Organ | None:
        """Who has an organ's matters today."""
        key = self.taker(organ.pk)
        return organ if key == organ.pk else self.organs.get(key) if key else None

    def carried(self, key: uuid.UUID) -> tuple[uuid.UUID, ...]:
        """An organ with all those whose matters it has today."""
        return (key, *(each for each in self.organs if each != key and self.taker(each) == key))

    def holders(self, keys: Iterable[uuid.UUID]) -> tuple[uuid.UUID, ...]:
        """Who has the matters of these organs today, each once."""
        return tuple(dict.fromkeys(taker for key in keys if (taker := self.taker(key))))

    def note(self, key: uuid.UUID) -> str:
        """What became of an organ, in a sentence; empty while it is there."""
        organ = self.organs.get(key)
        if organ is None or organ.valid_until is None or organ.valid_until > self.today:
            return ""
        into = self.now(organ)
        on = in_chinese(organ.valid_until)
        if into is None:
            return f"{organ.name}已于{on}撤销，没有承接的单位"
        return f"{organ.name}已于{on}并入{into.name}，由{into.name}继续办理"

    def named(self, organ: Organ) -> str:
        """Who has it today, with whose it was: 云岭县文旅局（原云岭县文化局）."""
        into = self.now(organ)
        if into is None:
            return f"{organ.name}（已撤销）"
        return organ.name if into.pk == organ.pk else f"{into.name}（原{organ.name}）"


@once_a_page
def succession(county: uuid.UUID) -> Succession:
    """The organs of a county that ended, and those that took over: two or three of a county, asked at once."""
    rows = Organ.objects.filter(county=county).filter(Q(valid_until__isnull=False) | Q(predecessors__isnull=False))
    return Succession(timezone.localdate(), {row.pk: row for row in rows.distinct()})
