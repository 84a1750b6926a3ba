"""Digits that lost their separators, taken apart only where the relations leave exactly one reading.

A row is n figures without leading zeros; existing separators stay. Candidates are counted steps, never time: where
there are too many the row stays unread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LONGEST = 48
"""Digits of one row that are looked at; a longer run is no row of a county's report."""
CANDIDATES = 4000
STEPS = 200_000


class TooMany(Exception):
    """The readings are more than the bound: nothing is claimed."""


def splits(chunks: Sequence[str], parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to read `chunks` as `parts` whole numbers, none with a leading zero, chunk borders kept."""
    if not chunks:
        if parts == 0:
            yield ()
        return
    head, rest = chunks[0], chunks[1:]
    least = len(rest)
    for take in range(1, min(parts - least, len(head)) + 1):
        for first in _cut(head, take):
            for others in splits(rest, parts - take):
                yield first + others


def _cut(digits: str, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        if len(digits) == 1 or digits[0] != "0":
            yield (int(digits),)
        return
    longest = 1 if digits[0] == "0" else len(digits) - parts + 1
    for length in range(1, longest + 1):
        head = int(digits[:length])
        for rest in _cut(digits[length:], parts - 1):
            yield (head, *rest)


def readings(chunks: Sequence[str], parts: int, rule: Callable[[tuple[int, ...]], bool]) -> list[tuple[int, ...]]:
    """The readings that keep the row's own rule. TooMany beyond the bounds."""
    if sum(map(len, chunks)) > LONGEST:
        raise TooMany
    found = []
    for steps, reading in enumerate(splits(chunks, parts)):
        if steps >= STEPS:
            raise TooMany
        if rule(reading):
            found.append(reading)
            if len(found) > CANDIDATES:
                raise TooMany
    return found


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
    rows = sorted(candidates, key=lambda r: len(candidates[r]))
    live: list[tuple[ColumnRule, tuple[int, ...]]] = []
    for rule in rules:
        if not all(r in candidates or r in known for r, _ in rule.rows):
            continue
        usable = tuple(
            c for c in range(columns) if all(r in candidates or known[r][c] is not None for r, _ in rule.rows)
        )
        live.append((rule, usable))
    base = [
        {c: sum(s * (known[r][c] or 0) for r, s in rule.rows if r not in candidates) for c in usable}
        for rule, usable in live
    ]
    weight = [{r: s for r, s in rule.rows if r in candidates} for rule, _ in live]
    low = {r: [min(x[c] for x in candidates[r]) for c in range(columns)] for r in rows}
    high = {r: [max(x[c] for x in candidates[r]) for c in range(columns)] for r in rows}
    support: dict[str, set[tuple[int, ...]]] = {r: set() for r in rows}
    steps = 0
    chosen: dict[str, tuple[int, ...]] = {}

    def possible(index: int) -> bool:
        open_rows = rows[index:]
        for k, (_rule, usable) in enumerate(live):
            for c in usable:
                least = most = base[k][c]
                for r, s in weight[k].items():
                    if r in chosen:
                        least += s * chosen[r][c]
                        most += s * chosen[r][c]
                    elif r in open_rows:
                        least += min(s * low[r][c], s * high[r][c])
                        most += max(s * low[r][c], s * high[r][c])
                if not least <= 0 <= most:
                    return False
        return True

    def search(index: int) -> None:
        nonlocal steps
        steps += 1
        if steps * max(1, len(live)) > STEPS // 8:
            raise TooMany
        if index == len(rows):
            for r, reading in chosen.items():
                support[r].add(reading)
            return
        row = rows[index]
        for reading in candidates[row]:
            chosen[row] = reading
            if possible(index + 1):
                search(index + 1)
            del chosen[row]

    search(0)
    if any(not s for s in support.values()):
        return None
    return support
