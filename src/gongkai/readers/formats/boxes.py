"""Boxes on a page, whatever the format: rounded as they are told, and the edges of cells that fall together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def rounded(box: Sequence[float]) -> Box:
    """A box to a tenth."""
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def edges_of(values: Iterable[float], snap: float) -> list[float]:
    """Distinct edges, ascending: values within `snap` of the one before are the same line."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > snap:
            edges.append(value)
    return edges
