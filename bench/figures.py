"""What a measure gives, and how it is taken: seconds of one core, the best of several rounds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

T = TypeVar("T")

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the benchmark. `beside` is what the plain parser of the same run did, in the same unit."""

    name: str
    figure: float
    unit: str
    target: float | None
    holds: bool | None
    beside: float | None = None
    peer: str = ""

    def to_json(self) -> dict[str, object]:
        """The object of build/bench.json."""
        return asdict(self)


def at_least(name: str, figure: float, unit: str, target: float, beside: float | None = None, peer: str = "") -> Figure:
    """A figure that must reach its target."""
    return Figure(name, round(figure, 2), unit, target, figure >= target, _rounded(beside), peer)


def at_most(name: str, figure: float, unit: str, target: float, beside: float | None = None, peer: str = "") -> Figure:
    """A figure that must not pass its target."""
    return Figure(name, round(figure, 3), unit, target, figure <= target, _rounded(beside), peer)


def shown(name: str, figure: float, unit: str, beside: float | None = None, peer: str = "") -> Figure:
    """A figure that is stated and has no target."""
    return Figure(name, round(figure, 3), unit, None, None, _rounded(beside), peer)


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def per_second(work: Callable[[T], object], pieces: Sequence[T], rounds: int = ROUNDS) -> float:
    """Pieces a second of one core: processor time, so that a busy machine measures the same; the best round counts.

    One piece is done first, unmeasured, so that what is loaded once is not taken for the work.
    """
    work(pieces[0])
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        for piece in pieces:
            work(piece)
        best = min(best, time.process_time() - start)
    return len(pieces) / best


def table(figures: Sequence[Figure]) -> str:
    """The figures as a person reads them."""
    rows = [("measure", "figure", "target", "", "plain parser of the same run")]
    for f in figures:
        beside = "" if f.beside is None else f"{f.beside:,.2f} {f.unit} ({f.peer})"
        says = "" if f.holds is None else ("holds" if f.holds else "MISSED")
        target = "" if f.target is None else f"{f.target:,g}"
        rows.append((f.name, f"{f.figure:,.2f} {f.unit}", target, says, beside))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)
