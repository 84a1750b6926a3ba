"""What is already public and may be what somebody is about to ask for.

Each phrase of the request is looked for by itself; an item that holds several of them, or a rare one, is likely meant.
What was typed is kept nowhere.
"""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass
from datetime import datetime

from gongkai.text.asking import phrases
from gongkai.text.query import searchable
from gongkai.web.search.found import Hit
from gongkai.web.search.selectors import search

LOOKED_AT = 60
"""So many of the newest items that hold a phrase are weighed."""
_ENOUGH = 4.0
"""What an item must weigh to be shown: a rare phrase of four characters, one in its title that few hold, or several."""
_COMMON = 400


@dataclass(slots=True)
class _Weighed:
    hit: Hit
    weight: float = 0.0


def _rarity(count: int) -> float:
    """1 for a phrase that one item holds, less for one that many do, nothing for one that nearly all do."""
    return 0.0 if count > _COMMON else 1 / (1 + 0.5 * math.log10(max(count, 1)))


def offers(typed: str, *, county: uuid.UUID, at: datetime | None = None, most: int = 5) -> tuple[Hit, ...]:
    """The items that most likely hold what is asked for, the likeliest first; none when nothing fits well."""
    found: dict[uuid.UUID, _Weighed] = {}
    seen: list[str] = []
    for phrase in phrases(typed):
        told = search(f"“{phrase}”", county=county, size=LOOKED_AT, at=at)
        rarity = _rarity(told.count.number)
        inside = any(phrase in longer for longer in seen)
        for hit in told.hits:
            known = found.setdefault(hit.item, _Weighed(hit))
            # A piece counts for itself only where the longer phrase it was cut from does not stand.
            in_title = phrase in searchable("".join(piece.text for piece in hit.title))
            known.weight += rarity * len(phrase) * (1.5 if in_title else 1.0) * (0.5 if inside else 1.0)
        if told.count.number:
            seen.append(phrase)
    good = [each for each in found.values() if each.weight >= _ENOUGH]
    good.sort(key=lambda each: (each.weight, each.hit.published_on), reverse=True)
    return tuple(each.hit for each in good[:most])
