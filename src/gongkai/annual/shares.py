"""Shares in per cent that always add up to exactly 100: the method of the largest remainder.

Rounding each share by itself leaves 99.9 or 100.1, and a reader asks where the rest went.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

HUNDRED = 100


def shares(counts: Sequence[int], digits: int = 1) -> tuple[Decimal, ...] | None:
    """The share of each count in per cent with so many decimals; None where nothing was counted at all.

    Each is its exact value rounded down or up. Rounded up are those that lose most by rounding down, among equals the
    larger and then the earlier. ValueError for a negative count.

    >>> [str(share) for share in shares([1, 1, 1])]
    ['33.4', '33.3', '33.3']
    """
    if any(count < 0 for count in counts):
        raise ValueError("件数不能为负数")
    whole = sum(counts)
    if not whole:
        return None
    steps = HUNDRED * 10**digits
    floors = [count * steps // whole for count in counts]
    left = steps - sum(floors)
    order = sorted(range(len(counts)), key=lambda n: (-(counts[n] * steps % whole), -counts[n], n))
    up = frozenset(order[:left])
    return tuple(Decimal(floor + (n in up)).scaleb(-digits) for n, floor in enumerate(floors))
