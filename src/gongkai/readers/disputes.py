"""Table 四: fifteen figures under three heads, read only where they stand as one run or one row of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual.forms import EDITIONS, form
from gongkai.readers.anchors import Segment
from gongkai.readers.digits import TooMany, readings
from gongkai.readers.figures import bare_digits
from gongkai.readers.lexicon import compact
from gongkai.readers.rows import Layout, RowRead, by_strip, figures_in, place
from gongkai.readers.tokens import Token, Tokens

WIDTH = 15


def read(tokens: Tokens, segments: Sequence[Segment], document_end: int) -> RowRead | None:
    """The fifteen places, or why not; None when the document has no table 四."""
    own = [s for s in segments if s.of_disputes]
    if not own:
        return None
    first = segments.index(own[0])
    scope = [s for s in segments[first:] if s.label is None or s.of_disputes]
    found: list[RowRead] = []
    loose: list[Token] = []
    in_grids = [row for under in _head_columns(own, tokens) if (row := _by_heads(segments, under, tokens)) is not None]
    if in_grids:
        return in_grids[0] if all(_same(row, in_grids[0]) for row in in_grids) else _twice(in_grids)
    scope = _rejoined(scope)
    for segment in scope:
        strips = by_strip(segment.values)
        filled = [g for g in strips if figures_in(g)]
        groups = [segment.values, *strips] if len(segment.figures) != WIDTH and len(filled) == 1 else [segment.values]
        for group in groups:
            row = _row(group, tokens, segment, document_end)
            if row is not None:
                found.append(row)
                break
        else:
            if segment.of_disputes:
                loose.extend(segment.figures)
    readable = [r for r in found if r.places is not None]
    if readable and len(loose) < WIDTH and all(_same(r, readable[0]) for r in readable):
        return readable[0]
    if readable:
        return _twice(readable)
    glued = [r for r in found if r.glued]
    if len(glued) == 1:
        return glued[0]
    position = own[0].run[0].start
    blanks = [t for s in own for t in s.values if t.kind == "blank"]
    if not loose and not found:
        places: list[Token | None] | None = [blanks[min(i, len(blanks) - 1)] for i in range(WIDTH)] if blanks else None
        return RowRead(None, places, [], position, "表四没有数", starved=True)
    return RowRead(None, None, loose, position, "表四的数与表头分开了，不能确定各数属于哪一列")


def _twice(rows: Sequence[RowRead]) -> RowRead:
    return RowRead(None, None, [t for r in rows for t in r.raw], rows[0].position, "表四出现两次，数不相同")


_LEAVES = tuple(compact(result.label) for result in form(EDITIONS[-1]).results)


@dataclass(frozen=True, slots=True)
class _Heads:
    """The fifteen columns under the heads of a grid, and the line the heads end on."""

    grid: int | None
    columns: tuple[int, ...]
    last: int


def _head_columns(own: Sequence[Segment], tokens: Tokens) -> list[_Heads]:
    """The heads of each grid that has all of them in order."""
    whole = []
    for grid in sorted({g for s in own for t in s.run if (g := tokens.strips[t.strip].grid) is not None}):
        found = {
            t.col: compact(t.text)
            for s in own
            for t in s.run
            if tokens.strips[t.strip].grid == grid and t.col is not None and compact(t.text) in _LEAVES
        }
        columns = tuple(sorted(found))
        if [found[c] for c in columns] == [*_LEAVES] * 3:
            heads = [t for s in own for t in s.run if compact(t.text) in _LEAVES and t.col in found]
            whole.append(_Heads(grid, columns, max(t.strip for t in heads if tokens.strips[t.strip].grid == grid)))
    return whole


def _by_heads(segments: Sequence[Segment], heads: _Heads, tokens: Tokens) -> RowRead | None:
    """The one row of figures under the heads; None where there is none or more than one."""
    places = heads.columns
    rows: dict[int, dict[int | None, Token]] = {}
    position = 0
    for segment in segments:
        for token in segment.values:
            if tokens.strips[token.strip].grid == heads.grid and token.span == 1 and token.strip > heads.last:
                row = rows.setdefault(token.strip, {})
                if token.col in row:
                    return None  # two figures in one cell: perhaps one that was folded
                row[token.col] = token
                position = position or (segment.run[0].start if segment.run else token.start)
    full = [row for row in rows.values() if all(c in row for c in places)]
    held = [row for row in full if figures_in([row[c] for c in places])]
    if len(held) != 1 or any(t.kind == "digits" for t in held[0].values()):
        return None
    found: list[Token | None] = [held[0][c] for c in places]
    return RowRead(None, found, [held[0][c] for c in places], position, says=["按表头各列的位置逐格放入"])


def _rejoined(scope: Sequence[Segment]) -> list[Segment]:
    """The fifteen figures with the last head of a column slipped in before the last of them, as one."""
    joined: list[Segment] = []
    for segment in scope:
        last = joined[-1] if joined else None
        if (
            last is not None
            and segment.words == "总计"
            and len(last.values) == len(last.figures) == WIDTH - 1
            and len(segment.figures) == 1
        ):
            values = [*last.values, *segment.figures]
            joined[-1] = Segment(last.run, {}, values, closed=True, words=last.words, of_disputes=last.of_disputes)
        else:
            joined.append(segment)
    return joined


def _row(group: Sequence[Token], tokens: Tokens, segment: Segment, document_end: int) -> RowRead | None:
    figures = figures_in(group)
    if not figures:
        return None
    position = segment.run[0].start if segment.run else figures[0].start
    at_end = group[-1].end >= document_end
    if len(figures) < WIDTH and not any(t.kind == "blank" for t in group):
        digits = sum(len(t.text) for t in figures)
        if digits >= WIDTH and any(t.kind == "digits" or t.glued for t in figures):
            return RowRead(None, None, list(group), position, "数字之间没有分隔", glued=True)
        return None
    places, why, says = place(group, WIDTH, _AS_WIDE, tokens.strips, at_end=at_end)
    if (
        places is None
        or not figures_in([p for p in places if p])
        or not (_sums_agree(places) or tokens.strips[figures[0].strip].grid is not None)
    ):
        return None
    return RowRead(None, places, list(group), position, why, says=says)


_AS_WIDE = Layout(lengths=frozenset({WIDTH}))


def _sums_agree(places: Sequence[Token | None]) -> bool:
    """With blanks among the fifteen places each kind's own sum is the second witness of where they stand."""
    if all(t is not None and t.kind == "figure" for t in places):
        return True
    for start in (0, 5, 10):
        kind = [t.figure.value if t is not None and t.figure else None for t in places[start : start + 5]]
        parts = [v for v in kind[:4] if v is not None]
        total = sum(parts)
        if (kind[4] is not None and total != kind[4]) or (kind[4] is None and total != 0):
            return False
    return True


def _same(one: RowRead, other: RowRead) -> bool:
    return [p.text if p else None for p in one.places or []] == [p.text if p else None for p in other.places or []]


def taken_apart(row: RowRead) -> list[tuple[int, ...]]:
    """The readings of glued digits under each kind's own sum; empty when there is none or too many."""
    chunks = [bare_digits(t.text) for t in figures_in(row.raw)]
    if not all(chunks):
        return []
    try:
        return readings(chunks, (5, 5, 5))
    except TooMany:
        return []
