"""Digits that lost their separators, taken apart only where the relations leave exactly one reading.

A row is n figures without leading zeros; existing separators stay. Candidates are counted steps, never time: where
there are too many the row stays unread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

LONGEST = 40
"""Digits of one row that are looked at; a longer run is no row of a county's report."""
CANDIDATES = 600
STEPS = 20_000
NODES = 300


class TooMany(Exception):
    """The readings are more than the bound: nothing is claimed."""


def readings(chunks: Sequence[str], groups: Sequence[int]) -> list[tuple[int, ...]]:
    """Every way to read `chunks` as groups of whole numbers whose last is the sum of the others of its group.

    No number has a leading zero or crosses the border of a chunk. TooMany beyond the counted steps.
    """
    digits = "".join(chunks)
    if len(digits) > LONGEST:
        raise TooMany
    borders = set(accumulate(map(len, chunks)))
    found: list[tuple[int, ...]] = []
    steps = 0

    def ends(start: int) -> range:
        limit = next(b for b in sorted(borders) if b > start)
        return range(start + 1, (start + 1 if digits[start] == "0" else limit) + 1)

    def walk(start: int, read: tuple[int, ...], group: int, filled: int, total: int) -> None:
        nonlocal steps
        steps += 1
        if steps > STEPS or len(found) > CANDIDATES:
            raise TooMany
        if group == len(groups):
            if start == len(digits):
                found.append(read)
            return
        places_left = sum(groups[group:]) - filled
        if len(digits) - start < places_left:
            return
        if filled == groups[group] - 1:
            text = str(total)
            end = start + len(text)
            if digits.startswith(text, start) and not any(start < b < end for b in borders):
                walk(end, (*read, total), group + 1, 0, 0)
            return
        for end in ends(start):
            if len(digits) - end < places_left - 1:
                break
            value = int(digits[start:end])
            if total + value and not _can_hold(digits, end, total + value):
                break
            walk(end, (*read, value), group, filled + 1, total + value)

    if digits:
        walk(0, (), 0, 0, 0)
    return found


def _can_hold(digits: str, start: int, least: int) -> bool:
    """Whether what is left has digits enough for a total of at least `least`."""
    return len(digits) - start >= len(str(least))


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """Signed rows whose sum is zero in every column."""

    id: str
    rows: tuple[tuple[str, int], ...]


def solve(
    candidates: Mapping[str, Sequence[tuple[int, ...]]],
    known: Mapping[str, Sequence[int | None]],
    rules: Sequence[ColumnRule],
    columns: int,
) -> dict[str, set[tuple[int, ...]]] | None:
    """The readings of each row that some whole solution of every rule uses; None when there is no solution.

    TooMany when the counted steps run out. `known` are rows already read; a rule with an unread known cell is
    left out in that column.
    """
    live = _live(known, candidates, rules, columns)
    narrowed = _narrow({r: list(c) for r, c in candidates.items()}, live)
    if narrowed is None:
        return None
    return _search(narrowed, live)


@dataclass(frozen=True, slots=True)
class _Equation:
    """The open rows of a rule in one column, and what the rows already read add to it."""

    column: int
    open_rows: tuple[tuple[str, int], ...]
    base: int


def _live(
    known: Mapping[str, Sequence[int | None]],
    candidates: Mapping[str, object],
    rules: Sequence[ColumnRule],
    columns: int,
) -> list[_Equation]:
    equations = []
    for rule in rules:
        if not all(r in candidates or r in known for r, _ in rule.rows):
            continue
        for column in range(columns):
            read = [(known[r][column], s) for r, s in rule.rows if r not in candidates]
            if any(value is None for value, _ in read):
                continue
            open_rows = tuple((r, s) for r, s in rule.rows if r in candidates)
            equations.append(_Equation(column, open_rows, sum((value or 0) * s for value, s in read)))
    return equations


def _narrow(
    candidates: dict[str, list[tuple[int, ...]]], equations: Sequence[_Equation]
) -> dict[str, list[tuple[int, ...]]] | None:
    """Drop readings that no choice of the other rows can balance, until nothing changes; None when a row is empty."""
    steps, changed = 0, True
    while changed:
        changed = False
        for equation in equations:
            reach = {
                r: (
                    min(s * x[equation.column] for x in candidates[r]),
                    max(s * x[equation.column] for x in candidates[r]),
                )
                for r, s in equation.open_rows
            }
            low, high = sum(a for a, _ in reach.values()), sum(b for _, b in reach.values())
            for r, s in equation.open_rows:
                steps += len(candidates[r])
                if steps > STEPS * 20:
                    raise TooMany
                least, most = equation.base + low - reach[r][0], equation.base + high - reach[r][1]
                kept = [x for x in candidates[r] if least <= -s * x[equation.column] <= most]
                if not kept:
                    return None
                if len(kept) < len(candidates[r]):
                    candidates[r], changed = kept, True
                    break
    return candidates


def _search(
    candidates: dict[str, list[tuple[int, ...]]], equations: Sequence[_Equation]
) -> dict[str, set[tuple[int, ...]]] | None:
    """Every whole solution, row by row, each choice narrowed at once; the readings they use."""
    support: dict[str, set[tuple[int, ...]]] = {r: set() for r in candidates}
    nodes = 0

    def descend(state: dict[str, list[tuple[int, ...]]]) -> None:
        nonlocal nodes
        nodes += 1
        if nodes > NODES:
            raise TooMany
        open_row = min((r for r in state if len(state[r]) > 1), key=lambda r: len(state[r]), default=None)
        if open_row is None:
            for r, only in state.items():
                support[r].add(only[0])
            return
        for reading in state[open_row]:
            narrowed = _narrow({**{r: list(c) for r, c in state.items()}, open_row: [reading]}, equations)
            if narrowed is not None:
                descend(narrowed)

    descend(candidates)
    return support if all(support.values()) else None
