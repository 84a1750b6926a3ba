"""Tables 二 and 三: from segments to rows of the form, with the placements that are still possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from gongkai.annual.forms import EDITIONS, form
from gongkai.readers.anchors import Label, Segment
from gongkai.readers.figures import MONEY
from gongkai.readers.lexicon import compact
from gongkai.readers.rows import (
    Layout,
    RowRead,
    by_strip,
    doubtful_at_edges,
    figures_in,
    layout_of,
    lost_at_an_edge,
    own_values,
    place,
)
from gongkai.readers.strays import Stray, expected, strays_of
from gongkai.readers.tokens import Token, Tokens

Width = Callable[[str], int]

HEADS = tuple(compact(column.label) for column in form(EDITIONS[-1]).columns)
COLUMNS = len(HEADS)
_APPLICATIONS = 3
_FEWEST_CELLS = 2
_WITH_AMOUNT = ("charges", "procurement")


class TableReader:
    """Reads the rows of one table out of all segments. `width` says how many places a row has."""

    def __init__(
        self,
        tokens: Tokens,
        segments: Sequence[Segment],
        table: int,
        width: Width,
        document_end: int,
        order: Sequence[str],
    ) -> None:
        self.tokens, self.segments, self.table, self.width = tokens, segments, table, width
        self.document_end, self.order = document_end, order
        self.layouts: dict[int, Layout] = {}
        self.rows: list[RowRead] = []
        self.strays: list[Stray] = []
        """Rows of table 三 among the others that have no label."""

    def read(self) -> list[RowRead]:
        """Every row that stands in the table, in the order of the document."""
        own = [s for s in self.segments if s.label and s.label.table == self.table]
        self.nameless = self._followed_by_nameless(own)
        self.beside = any(self._is_beside(s) for s in own)
        for n in {self.width(s.label.key) for s in own if s.label}:
            rows = [s for s in own if s.label and self.width(s.label.key) == n]
            heads = self._head_columns() if n == COLUMNS else None
            self.layouts[n] = layout_of(rows, n, self.tokens.strips, heads)
        previous_full = True
        for index, segment in enumerate(self.segments):
            for label, blanks in segment.starved:
                if label.table == self.table and self.width(label.key):
                    previous_full = previous_full and (segment.label is not None and label.key == segment.label.key)
                    self._starved(label, blanks, segment)
            if segment.label is None or segment.label.table != self.table or not self.width(segment.label.key):
                continue
            row = self._row(segment, index, previous_full)
            previous_full = len(segment.figures) >= self.width(segment.label.key)
            self.rows.append(row)
        if own and self.table == _APPLICATIONS:
            first, last = self.segments.index(own[0]), self.segments.index(own[-1])
            for segment in self.segments[max(first - 1, 0) : last]:
                if segment.label is not None and segment.label.table != self.table:
                    continue
                claimed = segment.label is not None
                loose = self._unclaimed(segment) if claimed else segment.values
                if loose:
                    self.strays += strays_of(loose, COLUMNS, self.tokens.strips, left_over=claimed)
        return self.rows

    def _followed_by_nameless(self, own: Sequence[Segment]) -> set[str]:
        """The rows behind which the form's next row has lost its label: what follows their figures may be its own."""
        labels = [s.label for s in own if s.label]
        labels += [label for s in self.segments for label, _ in s.starved if label.table == self.table]
        here = {label.key: label.start for label in labels}
        order = [key for key in self.order if expected(key, here)]
        ends = max((s.label.start for s in self.segments if s.label), default=0)
        if self.table == _APPLICATIONS:  # table 四 has no labels, yet its heads show that table 三 is over
            ends = max([ends, *(s.run[-1].start for s in self.segments if s.of_disputes)])
        return {a for a, b in pairwise(order) if a in here and b not in here and here[a] < ends}

    def _is_beside(self, segment: Segment) -> bool:
        """Whether the figures stand on the label's own line."""
        return bool(segment.figures) and segment.figures[0].strip == segment.run[-1].strip

    def _goes_on_below(self, segment: Segment, values: Sequence[Token], places: Sequence[Token | None]) -> bool:
        """Whether digits alone on the line below a row of cells may belong to its last figure; then the sum tells."""
        rest = segment.values[len(values) :]
        if rest[0].kind == "blank" or values[-1] is not segment.values[len(values) - 1]:
            return False
        own, below = self.tokens.strips[values[-1].strip], self.tokens.strips[rest[0].strip]
        if (
            own.cells < _FEWEST_CELLS
            or below.cells > 1
            or own.grid is not None
            or rest[0].strip != values[-1].strip + 1
        ):
            return False
        return len(places) < COLUMNS or not _adds_up([t for t in places if t is not None])

    def _may_be_of_two_rows(self, segment: Segment, places: Sequence[Token | None], index: int) -> bool:
        """Whether figures behind a label whose next row has none may be those of that row.

        They are its own where they stand on its line, or where they begin two rows and no gap shows a blank among them.
        """
        held = [t for t in places if t is not None]
        if not held or self.tokens.strips[held[0].strip].cells > 1:
            return False
        if any(t.glued for t in held):
            return True  # no sign parts the two rows
        following = self.segments[index + 1] if index + 1 < len(self.segments) else None
        beside = {t.strip for t in held} == {segment.run[-1].strip}
        if beside or (following and following.label is None and len(following.figures) == len(held)):
            return False  # words that are no label are those of the next row
        if len({t.strip for t in held}) == 1:
            return self.beside
        if len(segment.figures) == len(held):
            return True  # two rows, and the figures of one: which of them is blank?
        return len({b.start - a.end for a, b in pairwise([segment.run[-1], *held])}) > 1

    def _unclaimed(self, segment: Segment) -> list[Token]:
        """The values behind a label that are more than its row has."""
        mine, _ = self._own(segment, COLUMNS)
        if len(mine) < len(segment.values):
            ends = mine[-1].end
            return [t for t in segment.values if t.start >= ends]
        return figures_in(mine)[COLUMNS:] if len(mine) > COLUMNS else []

    def _head_columns(self) -> tuple[int, ...] | None:
        """The columns of a grid under the seven heads of table 三, where all of them stand in the form's order."""
        first = next(s for s in self.segments if s.label and s.label.table == self.table)
        assert first.label is not None
        found: dict[str, int] = {}
        for segment in self.segments[: self.segments.index(first) + 1]:
            for token in segment.run:
                if token.col is not None and self.tokens.strips[token.strip].grid and token.start < first.label.start:
                    found[compact(token.text)] = token.col
        columns = tuple(found.get(head, -1) for head in HEADS)
        return columns if min(columns) >= 0 and list(columns) == sorted(set(columns)) else None

    def _starved(self, label: Label, blanks: Sequence[Token], segment: Segment) -> None:
        n = self.width(label.key)
        if self._parted(label, segment):
            why = "标签与数之间的格内是文字，不能确定数从哪一格起"
            self.rows.append(RowRead(label, None, list(segment.values), segment.run[0].start, why))
            return
        places: list[Token | None] | None = [blanks[min(i, len(blanks) - 1)] for i in range(n)] if blanks else None
        self.rows.append(RowRead(label, places, list(blanks), segment.run[0].start, "标签之后没有数", starved=True))

    def _parted(self, label: Label, segment: Segment) -> bool:
        """Whether words in a cell of their own stand between the label and figures of its line."""
        if segment.label is not None or not segment.figures or segment.starved[-1][0] is not label:
            return False
        strip = segment.figures[0].strip
        return self.tokens.strips[strip].cells > 1 and any(t.end == label.end and t.strip == strip for t in segment.run)

    def _row(self, segment: Segment, index: int, previous_full: bool) -> RowRead:
        label = segment.label
        assert label is not None
        n = self.width(label.key)
        at_end = (
            index == len(self.segments) - 1 and bool(segment.values) and segment.values[-1].end >= self.document_end
        )
        values, extra = self._own(segment, n)
        if len(values) > n > 1:
            values = _once(values, segment, n)
        following = self.segments[index + 1].run if index + 1 < len(self.segments) else []
        layout, strips = self.layouts[n], self.tokens.strips
        interrupted = bool(
            following and values and following[0].strip == values[-1].strip and strips[values[-1].strip].cells > 1
        )
        places, why, says = place(values, n, layout, strips, at_end=at_end, interrupted=interrupted)
        if places is not None and _words_between(label, segment, self.tokens, n):
            places, why = None, "标签与数之间的格内是文字，不能确定数从哪一格起"
        edge = lost_at_an_edge(values, n, layout, strips) if places is None else None
        if segment.dangling:
            places, why = None, "数字之后紧接着符号，不能确定数到哪里为止"
        row = RowRead(
            label, places, list(values), segment.run[0].start, why, says=says, glued=why == "数字之间没有分隔"
        )
        if places is not None and label.key in _WITH_AMOUNT and following and following[0].text in MONEY:
            _give_unit(places[-1], following[0].text)
        if edge is not None and not segment.dangling and not at_end:
            row.places, row.doubtful = [*edge], doubtful_at_edges(edge)
            row.says = ["本行少一个数，只可能缺在两端；两种放法得到同一个数"]
        row.cut = at_end and places is not None and bool(segment.figures)
        if places is None and not row.glued and not segment.dangling and len(figures_in(values)) > n:
            row = self._first(segment, n, previous_full, row)
        more = len(values) < len(segment.values)
        if more and row.places is not None and not row.doubtful and self._goes_on_below(segment, values, row.places):
            row.doubtful, row.why = frozenset({n - 1}), "下一行另有数字，可能是这个数折下来的"
        nameless = label.key in self.nameless
        if nameless and row.places is not None and self._may_be_of_two_rows(segment, row.places, index):
            row.places, row.why = None, "下一行没有标签，不能确定这些数是不是它的"
        self.rows.extend(RowRead(None, list(group), list(group), group[0].start) for group in extra)
        return row

    def _own(self, segment: Segment, n: int) -> tuple[list[Token], list[list[Token]]]:
        """The values of the label's own row, and whole unlabelled rows behind it."""
        mine = own_values(segment, self.tokens.strips)
        if len(mine) < len(segment.values):
            rest = by_strip(segment.values[len(mine) :])
            return mine, [figures_in(g) for g in rest if len(figures_in(g)) == n and n > 1]
        if len(segment.values) <= n or len(segment.figures) <= n:
            return segment.values, []
        groups = by_strip(segment.values)
        if len(groups) < 2:
            return segment.values, []
        full = [g for g in groups if len(figures_in(g)) == n]
        if n > 1 and full:
            first = groups.index(full[0])
            rest = [g for g in groups[first + 1 :] if figures_in(g)]
            if first and any(figures_in(g) and g[0].strip == segment.run[-1].strip for g in groups[:first]):
                return segment.values, []  # what stands beside the label is no page number
            alone = [g for g in (*groups[:first], *rest) if len(figures_in(g)) == 1]
            whole = all(len(figures_in(g)) in (1, n) for g in rest) and all(
                len(figures_in(g)) <= 1 for g in groups[:first]
            )
            # A figure alone on a line is a page number, or the end of one that was folded: then the sum breaks.
            if whole and (not alone or (n == COLUMNS and _adds_up(figures_in(full[0])))):
                return full[0], [figures_in(g) for g in rest if len(figures_in(g)) == n]
        return segment.values, []

    def _first(self, segment: Segment, n: int, previous_full: bool, row: RowRead) -> RowRead:
        """Rows of several labels ran together: the first n figures are the label's, if their own sum says so."""
        figures = segment.figures
        chunk: list[Token | None] = [*figures[:n]]
        if len(figures) > n and figures[n - 1].strip == figures[n].strip:
            return row  # no end of a line parts the rows: each place may hold two figures, this year's and last year's
        if n < COLUMNS or len(figures) % n or not previous_full or any(t.figure is None for t in figures):
            return row
        numbers = [t.figure.value if t.figure else -1 for t in figures]
        rows = [numbers[i : i + n] for i in range(0, len(numbers), n)]
        holds = [sum(x[:-1]) == x[-1] for x in rows]
        if holds[0] and (rows[0][-1] > 0 or all(holds)):
            row.places, row.why = chunk, ""
            row.says = [f"紧接标签的{n}个数，各列之和等于总计；其后的数属于别的行"]
        return row


def _give_unit(token: Token | None, unit: str) -> None:
    """The unit of an amount that stands on the line below it."""
    if token is not None and token.figure is not None and token.figure.unit is None:
        token.figure = replace(token.figure, unit=unit)


def _words_between(label: Label, segment: Segment, tokens: Tokens, n: int) -> bool:
    """Whether a row short of figures has words in a cell of its own behind the label: one of its places, perhaps."""
    last = segment.run[-1]
    figures = figures_in(segment.values)
    if not figures or len(figures) >= n or tokens.strips[last.strip].cells < 2 or last.start < label.end:
        return False
    return figures[0].strip == last.strip and figures[0].piece != last.piece


def _adds_up(figures: Sequence[Token]) -> bool:
    values = [t.figure.value if t.figure else -1 for t in figures]
    return sum(values[:-1]) == values[-1]


def _once(values: list[Token], segment: Segment, n: int) -> list[Token]:
    """More values than places, once each where merged cells were repeated: two heads alike side by side are one column."""
    figures = figures_in(values)
    if any(t.col is None for t in values) or len({t.strip for t in figures}) != 1:
        return values
    above = max((t.strip for t in segment.run if t.strip < segment.run[-1].strip), default=-1)
    heads = {t.col: compact(t.text) for t in segment.run if t.strip == above}
    over = [heads.get(t.col) for t in values if heads.get(t.col)]
    if len(figures) <= n and len(list(groupby(over))) != n:
        return values
    kept: list[Token] = []
    for token in values:
        last = kept[-1] if kept else None
        alike = last is not None and last.col != token.col and last.text == token.text
        if alike and last and heads.get(last.col) and heads.get(last.col) == heads.get(token.col):
            continue
        kept.append(token)
    return kept if len(figures_in(kept)) <= n else values
