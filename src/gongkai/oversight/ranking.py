"""The order of organs by their scores: equal scores share a place, and who failed by a veto stands after the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a ranking. `place` None: the score is still a range, so that there is no place."""

    key: str
    value: Decimal | None
    failed: bool
    place: int | None
    tied: bool


def ranking(scores: Iterable[tuple[str, Decimal | None, bool]]) -> tuple[Place, ...]:
    """The places of (key, score, vetoed): 1, 2, 2, 4; vetoed ones after all others, unknown ones without a place."""
    rows = list(scores)
    ranked = [(failed, -value, key, value) for key, value, failed in rows if value is not None]
    ranked.sort(key=lambda row: row[:2])
    orders = [row[:2] for row in ranked]
    found = [
        Place(key, value, failed, orders.index((failed, order)) + 1, orders.count((failed, order)) > 1)
        for failed, order, key, value in ranked
    ]
    return (*found, *(Place(key, None, failed, None, tied=False) for key, value, failed in rows if value is None))
