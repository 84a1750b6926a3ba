"""Rows of figures without a label, beside rows that have one: has a label slipped to the row above or below its own?

A row without a label stands where the form has none, and a row of the form is missing next to it: then labels and
order say different things about every row between the two, and only what is equal either way is certain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.annual.report import Number
from gongkai.readers.assemble import Placed, told, values_of
from gongkai.readers.tokens import Strip, Token

_WHY = "这里有一行没有标签，近旁又缺一行；按标签和按次序得到的数不一致"
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Stray:
    """Figures of one row that no label claims; no values where their places are unknown."""

    position: int
    values: tuple[Number | None, ...] = ()


def strays_of(values: Sequence[Token], n: int, strips: Sequence[Strip], *, left_over: bool) -> list[Stray]:
    """The rows of n places in figures that no label claims; one figure alone is a page number.

    `left_over`: they are the rest of a longer run behind a label.
    """
    found: list[Stray] = []
    printed = [t for t in values if t.text]
    for _, line in groupby(printed, key=lambda t: t.strip if strips[t.strip].cells > 1 else -1):
        row = list(line)
        if len(row) < _FEWEST and not any(len(t.text) >= n for t in row):
            continue
        for at in range(0, max(len(row) // n, 1) * n, n):
            own = row[at : at + n]
            known = len(own) == n and all(t.kind == "blank" or t.figure for t in own)
            numbers = [t.figure.value if t.figure else None for t in own]
            # A long run of lines with one figure each may be a column: only its own sum makes seven of them a row.
            if (len(row) <= n and not left_over) or len({t.strip for t in own}) == 1 or (known and _adds_up(numbers)):
                found.append(Stray(own[0].start, tuple(numbers) if known else ()))
    return found


def _adds_up(numbers: Sequence[Number | None]) -> bool:
    return sum(n or 0 for n in numbers[:-1]) == (numbers[-1] or 0)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the document: its rank in the form (None without a label) and what it holds."""

    position: int
    rank: int | None
    values: tuple[object, ...]
    placed: Placed | None = None


def doubt_shifted(placed: dict[str, Placed], strays: Sequence[Stray], order: Sequence[str]) -> None:
    """Make doubtful what stands between a row without a label and the place where a row of the form is missing."""
    if not strays:
        return
    rows = _rows(placed, strays, [key for key in order if expected(key, placed)])
    for index, row in enumerate(rows):
        if row.rank is None:
            for window in _windows(rows, index, len(order)):
                _doubt(window)


def expected(key: str, present: Collection[str]) -> bool:
    """Whether a row is to be expected beside those present: 其他处理 is either one row or its parts."""
    if not key.startswith("otherwise_closed"):
        return True
    parts = any(k.startswith("otherwise_closed.") for k in present)
    if key == "otherwise_closed":
        return key in present and not parts
    return parts or "otherwise_closed" not in present


def _rows(placed: dict[str, Placed], strays: Sequence[Stray], order: Sequence[str]) -> list[_Row]:
    rows = []
    for rank, key in enumerate(order):
        p = placed.get(key)
        if p is not None and p.row.raw:
            position = p.row.label.start if p.row.label else p.row.position
            rows.append(_Row(position, rank, tuple(p.numbers or (values_of(p.row) if p.tokens else ())), p))
    taken = {row.position for row in rows}
    rows += [_Row(s.position, None, s.values) for s in strays if s.position not in taken]
    return sorted(rows, key=lambda row: row.position)


def _windows(rows: Sequence[_Row], index: int, end: int) -> Iterator[Sequence[_Row]]:
    """The rows around the stray at `index` that fill as many places of the form as there are, on either side."""
    before = next((i for i in range(index, -1, -1) if rows[i].rank is not None), -1)
    after = next((i for i in range(index, len(rows)) if rows[i].rank is not None), len(rows))
    low = rows[before].rank if before >= 0 else -1
    for j in range(after, len(rows) + 1):
        high = rows[j].rank if j < len(rows) else end if j <= after + 1 else None
        if low is not None and high is not None and high - low > j - before - 1:
            yield rows[before + 1 : j]
            break
    if after == len(rows):
        return
    high = rows[after].rank
    for j in range(before, -2, -1):
        low = rows[j].rank if j >= 0 else -1
        if low is not None and high is not None and high - low > after - j - 1:
            yield rows[j + 1 : after]
            break


def _doubt(window: Sequence[_Row]) -> None:
    """Make doubtful what differs between the rows of a window; everything, where one of them is not known."""
    width = max(len(row.values) for row in window)
    known = all(len(row.values) == width > 0 for row in window)
    columns = range(width or _PLACES)
    doubtful = frozenset(c for c in columns if not known or len({row.values[c] for row in window}) > 1)
    for p in (row.placed for row in window if row.placed is not None):
        if doubtful:
            p.doubtful, p.why = p.doubtful | doubtful, _WHY
            p.could |= {c: told(_column(window, c)) for c in doubtful}


_PLACES = 7


def _column(window: Sequence[_Row], column: int) -> Iterator[Number]:
    for row in window:
        value = row.values[column] if column < len(row.values) else None
        if isinstance(value, int):
            yield value
