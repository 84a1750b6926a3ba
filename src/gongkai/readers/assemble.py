"""Rows of the document become cells of the form: duplicates, order, rows without a label, glued digits.

Several placements are kept while they are possible; a cell is certain when every placement left gives it one value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.annual.report import Number
from gongkai.readers.digits import ColumnRule, TooMany, readings, solve
from gongkai.readers.figures import bare_digits
from gongkai.readers.rows import RowRead, figures_in
from gongkai.readers.tokens import Token

COLUMNS = 7


@dataclass(slots=True)
class Placed:
    """What is known of one row of the form."""

    key: str
    row: RowRead
    tokens: list[Token | None] | None = None
    numbers: tuple[int, ...] | None = None
    """Figures proved by arithmetic instead of read."""
    uses: tuple[str, ...] = ()
    why: str = ""
    says: list[str] = field(default_factory=list)
    doubtful: frozenset[int] = frozenset()
    """Columns in which another placement gives another value."""
    could: dict[int, tuple[Number, ...]] = field(default_factory=dict)
    """What a doubtful or unread column could hold, where the placements left say so."""


def values_of(row: RowRead) -> list[Number | None]:
    """The figures of a row's places; None where blank or missing."""
    return [t.figure.value if t and t.figure else None for t in row.places or []]


def told(values: Iterable[Number | None]) -> tuple[Number, ...]:
    """The different values, smallest first; at most a handful, since they are read by a person."""
    return tuple(sorted({v for v in values if v is not None})[:_TOLD])


_TOLD = 6


def settle(rows: Sequence[RowRead], order: Sequence[str], *, reorder_matters: bool) -> dict[str, Placed]:
    """One entry for each row of the form that the document shows."""
    standing: dict[str, list[RowRead]] = {}
    for row in rows:
        if row.label:
            standing.setdefault(row.label.key, []).append(row)
    placed = {key: _agreed(key, standing[key]) for key in order if key in standing}
    _check_order(placed, order)
    if reorder_matters:
        _inversions(placed, order)
        _unlabelled(placed, [r for r in rows if r.label is None], order)
    return placed


def _agreed(key: str, own: Sequence[RowRead]) -> Placed:
    full = [r for r in own if not r.starved]
    good = [r for r in full if r.readable]
    if good:
        first = good[0]
        why = _disagreement(own, full, good) if len(own) > 1 else ""
        if why:
            return Placed(key, first, why=why)
        if not (first.label and first.label.exact):
            first = next((r for r in good if r.label and r.label.exact), first)
        p = Placed(key, first, tokens=first.places, says=list(first.says), doubtful=first.doubtful, why=first.why)
        if first.doubtful:  # the figures moved by one place: the lost one stood at one end or the other
            moved = values_of(first)
            p.could = {c: told(moved[c : c + 2]) for c in first.doubtful if 0 < c < len(moved) - 1}
        return p
    worst = full[0] if full else own[0]
    if worst.starved and worst.places is not None:
        return Placed(key, worst, tokens=worst.places)
    return Placed(key, worst, why=worst.why)


def _disagreement(own: Sequence[RowRead], full: Sequence[RowRead], good: Sequence[RowRead]) -> str:
    """Why rows with the same label leave its cells open; nothing where they say the same."""
    first, *others = good
    if any(values_of(r) != values_of(first) or r.doubtful != first.doubtful for r in others):
        return "同一行出现两次，数不相同"
    if len(good) < len(full):
        return "同一个标签有两行，其中一行的数不能确定"
    if any(r.starved and len(r.raw) + 1 >= len(first.places or ()) > 1 for r in own):  # a last pipe may close a row
        return "同一个标签有两行，一行有数一行空白，不能确定哪一行是它的"
    return ""


def _check_order(placed: dict[str, Placed], order: Sequence[str]) -> None:
    """An altered or unnumbered label is believed only where its neighbours leave it its place."""
    index = {key: i for i, key in enumerate(order)}
    firm = [
        (p.row.position, index[k])
        for k, p in placed.items()
        if p.tokens and p.row.label and p.row.label.exact and not p.row.starved
    ]
    for key, p in placed.items():
        label = p.row.label
        if label is None or label.exact or not p.tokens or p.row.starved:
            continue
        before = max((i for at, i in firm if at < p.row.position), default=-1)
        after = min((i for at, i in firm if at > p.row.position), default=len(order))
        if not before < index[key] < after:
            p.tokens, p.why = None, f"标签“{label.text}”与格式不同，所在次序也不能证实它是“{label.official}”"


def _inversions(placed: dict[str, Placed], order: Sequence[str]) -> None:
    """Rows out of order: by label and by order they may be two things; only equal values are certain."""
    index = {key: i for i, key in enumerate(order)}
    held = [p for p in placed.values() if p.tokens and any(t is not None and t.kind != "blank" for t in p.tokens)]
    standing = sorted(held, key=lambda p: p.row.position)
    if standing == held:  # they are placed in the form's order
        return
    groups: list[set[int]] = []
    for i, one in enumerate(standing):
        for j in range(i + 1, len(standing)):
            if index[standing[j].key] < index[one.key]:
                groups.append(set(range(i, j + 1)))
    merged: list[set[int]] = []
    for group in groups:
        touching = [m for m in merged if m & group]
        for m in touching:
            merged.remove(m)
        merged.append(group.union(*touching))
    for group in merged:
        members = [standing[i] for i in group]
        columns = [values_of(m.row) for m in members]
        doubtful = frozenset(c for c in range(len(columns[0])) if len({v[c] for v in columns if c < len(v)}) > 1)
        for member in members:
            member.doubtful = doubtful
            member.could = {c: told(v[c] for v in columns if c < len(v)) for c in doubtful}
            member.why = "各行的次序与格式不同，按标签和按次序得到的数不一致"


def _unlabelled(placed: dict[str, Placed], loose: Sequence[RowRead], order: Sequence[str]) -> None:
    """A row without a label is the one row missing between its neighbours, or nothing."""
    if not loose:
        return
    index = {key: i for i, key in enumerate(order)}
    standing = sorted((p.row.position, index[k]) for k, p in placed.items() if p.tokens and not p.row.starved)
    if any(b[1] < a[1] for a, b in pairwise(standing)):
        return
    gaps: dict[tuple[int, int], list[RowRead]] = {}
    for row in loose:
        before = max((i for at, i in standing if at < row.position), default=-1)
        after = min((i for at, i in standing if at > row.position), default=-1)
        if before < 0 or after < 0:
            return
        gaps.setdefault((before, after), []).append(row)
    for (before, after), rows in gaps.items():
        missing = [k for k in order[before + 1 : after] if k not in placed or not placed[k].tokens]
        if len(missing) != len(rows):
            continue
        values = [values_of(r) for r in rows]
        if len(rows) > 1 and any(v != values[0] for v in values):
            continue
        if any(v[-1] != sum(x or 0 for x in v[:-1]) for v in values):
            continue
        for key, row in zip(missing, rows, strict=True):
            placed[key] = Placed(
                key, row, tokens=row.places, says=["本行没有标签；前后两行之间恰好只缺这一行，各列之和等于总计"]
            )


# ---- glued digits ---------------------------------------------------------------------------------


def chunks_of(row: RowRead) -> list[str]:
    """The digit runs of a glued row; separators that are left stay borders."""
    return [bare_digits(t.text) for t in figures_in(row.raw)]


def take_apart(placed: dict[str, Placed], leaves: Sequence[str]) -> None:
    """Read glued rows of table 三 by the relations, where they leave one reading and hold with some to spare."""
    glued = {k: p for k, p in placed.items() if p.tokens is None and p.numbers is None and p.row.glued}
    if not glued:
        return
    short = [p for p in glued.values() if sum(map(len, chunks_of(p.row))) < COLUMNS]
    open_rows: dict[str, list[tuple[int, ...]]] = {}
    for key, p in glued.items():
        chunks = chunks_of(p.row)
        if not all(chunks) or any(t.weak or (t.figure and t.figure.note) for t in figures_in(p.row.raw)):
            continue
        if short or any(t.kind == "blank" for t in p.row.raw):
            p.why = "数字连在一起，而且本表有空格，各数的位置不能确定"
            continue
        try:
            open_rows[key] = readings(chunks, (COLUMNS,))
        except TooMany:
            p.why = "数字连在一起，可能的读法太多"
    for key in [k for k, r in open_rows.items() if len(r) == 1 and sum(map(len, chunks_of(glued[k].row))) == COLUMNS]:
        p = glued[key]
        p.numbers, p.uses, p.why = open_rows.pop(key)[0], (), ""
        p.says = [f"{COLUMNS}个数字恰为{COLUMNS}格，每格一位；各列之和等于总计"]
    _solve(placed, open_rows, leaves)


def _solve(placed: dict[str, Placed], open_rows: dict[str, list[tuple[int, ...]]], leaves: Sequence[str]) -> None:
    for key, found in open_rows.items():
        if not found:
            placed[key].why = "数字连在一起，没有一种读法使各类申请人之和等于总计"
    candidates = {k: r for k, r in open_rows.items() if r}
    if not candidates:
        return
    known = dict(_known(placed, candidates))
    sums = ColumnRule("T3-SUM", (*((leaf, 1) for leaf in leaves), ("concluded", -1)))
    balance = ColumnRule(
        "T3-BALANCE", (("received", 1), ("brought_forward", 1), ("concluded", -1), ("carried_forward", -1))
    )
    try:
        whole = solve(candidates, known, (sums, balance), COLUMNS)
        with_sums = solve(candidates, known, (sums,), COLUMNS)
        with_balance = solve(candidates, known, (balance,), COLUMNS)
    except TooMany:
        for key in candidates:
            placed[key].why = "数字连在一起，可能的读法太多"
        return
    testable = all(r in candidates or r in known for rule in (sums, balance) for r, _ in rule.rows)
    if whole is None or with_sums is None or with_balance is None or not testable:
        for key in candidates:
            placed[key].why = "数字连在一起，没有一种读法使各项勾稽关系都成立"
        return
    for key in candidates:
        p, only = placed[key], whole[key]
        spare = len(with_sums[key]) == 1 or len(with_balance[key]) == 1
        if len(only) == 1 and spare:
            p.numbers, p.why = next(iter(only)), ""
            p.uses = ("T3-ROW", "T3-SUM", "T3-BALANCE")
            p.says = ["数字连在一起；合乎各项勾稽关系的读法只有这一种，并有多余的关系印证"]
        else:
            p.why = f"数字连在一起，有{len(only)}种读法合乎勾稽关系"
            p.could = {c: told(reading[c] for reading in only) for c in range(COLUMNS)}


def _known(placed: Mapping[str, Placed], candidates: Mapping[str, object]) -> Iterator[tuple[str, list[int | None]]]:
    for key, p in placed.items():
        if key in candidates:
            continue
        if p.numbers is not None:
            yield key, list(p.numbers)
        elif p.tokens is not None and not p.doubtful:
            numbers = [t.figure.value if t and t.figure else None for t in p.tokens]
            yield key, [n if isinstance(n, int) else None for n in numbers]
