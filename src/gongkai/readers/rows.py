"""Figures behind a row label become the row's places, or the reason why they cannot.

A row is placed by two witnesses: its label and how many figures stand there (or the columns they stand in). Every
doubt keeps the row out; nothing is filled, nothing moved over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.readers.anchors import Label, Segment
from gongkai.readers.tokens import Strip, Token

Columns = tuple[int, ...]


@dataclass(slots=True)
class RowRead:
    """A row of the document: its label (None where it has none), its places or what is wrong with them."""

    label: Label | None
    places: list[Token | None] | None
    """One token a column (a blank token: a blank place); None where a column is not in the document."""
    raw: list[Token]
    position: int
    why: str = ""
    glued: bool = False
    cut: bool = False
    says: list[str] = field(default_factory=list)
    starved: bool = False
    doubtful: frozenset[int] = frozenset()
    """Columns in which another placement of the same figures gives another value."""

    @property
    def readable(self) -> bool:
        """Whether every figure has its place."""
        return self.places is not None

    @property
    def text(self) -> str:
        """The figures as printed."""
        return " ".join(t.text or "空" for t in self.raw)


def by_strip(values: Sequence[Token]) -> list[list[Token]]:
    """The values grouped by the line or grid row they stand on."""
    groups: list[list[Token]] = []
    for token in values:
        if groups and groups[-1][-1].strip == token.strip:
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups


def figures_in(tokens: Sequence[Token]) -> list[Token]:
    """Tokens that are not blank."""
    return [t for t in tokens if t.kind != "blank"]


def own_values(segment: Segment, strips: Sequence[Strip]) -> list[Token]:
    """The values of a label: in a grid or between pipes those of its own row, else all up to the next words."""
    last = segment.run[-1]
    if strips[last.strip].cells > 1 and segment.values and segment.values[-1].strip != last.strip:
        own = [t for t in segment.values if t.strip == last.strip]
        if own:
            return own
    return segment.values


@dataclass(frozen=True, slots=True)
class Layout:
    """What the rows of a table with n figures show of its columns."""

    columns: tuple[Columns, ...] = ()
    """The columns in which rows have their values; several where some rows are pushed aside."""
    leading: int | None = None
    """Blanks that stand between label and figures in every full row: the label's own width."""
    lengths: frozenset[int] = frozenset()
    """How many places rows have whose last place holds a figure."""
    padded: bool = False
    """Full rows have blanks behind them: a blank at the end of a row says nothing."""
    slots: frozenset[int] = frozenset()
    """How many slots, blanks and all, stand behind the label of full rows."""
    extents: frozenset[int] = frozenset()
    """The last columns of full rows (of most rows, where none is full): a row that reaches elsewhere is pushed aside."""
    widths: frozenset[int] = frozenset()
    """Cells of the lines with full rows; 1 where every cell is a line."""
    heads: Columns | None = None
    """The columns of the heads of a grid, where all of them are known."""
    unbroken: bool = False
    """Full rows show that blanks keep their places: no row is short of figures without one."""
    wider: bool = False
    """Some row has more figures than the form has places: a column of the office's own stands among them."""


def layout_of(segments: Sequence[Segment], n: int, strips: Sequence[Strip], heads: Columns | None = None) -> Layout:
    """The layout that the table's own full rows, the reach of all of them, or the heads of a grid prove."""
    full: Counter[Columns] = Counter()
    leading: set[int] = set()
    widths: set[int] = set()
    reach: Counter[int] = Counter()
    ends: Counter[int] = Counter()
    full_ends: set[int] = set()
    lengths: set[int] = set()
    slots: set[int] = set()
    known, padded, short, wider = 0, False, False, False
    for segment in segments:
        values = own_values(segment, strips)
        figures = figures_in(values)
        if not figures:
            continue
        if values[-1].kind == "figure" and len(values) == n:
            lengths.add(n)
        wider = wider or _more_than(figures, n)
        if len(figures) == n:
            padded = padded or values[-1].kind == "blank"
            leading.add(values.index(figures[0]))
            widths.add(strips[figures[0].strip].cells)
            slots.add(len(values))
        elif segment is not segments[-1]:
            short = short or len(figures) == sum(not t.weak for t in values) < n
        if segment.run[-1].col is None or any(t.col is None for t in values):
            continue
        known += 1
        own = tuple([t.col or 0 for t in figures])
        reach.update(own)
        ends[values[-1].col or 0] += 1
        if len(figures) == n == len(set(own)):
            full[own] += 1
            full_ends.add(values[-1].col or 0)
    columns: tuple[Columns, ...] = tuple(full) if full else (heads,) if heads else ()
    if not columns and known > 2 and reach and max(reach) - min(reach) + 1 == n:
        columns = (tuple(range(min(reach), max(reach) + 1)),)
    usual = {col for col, _ in ends.most_common(1)}
    if wider:  # rows of n figures have a blank among their places: their columns prove nothing
        columns = (heads,) if heads else ()
    return Layout(
        columns,
        leading.pop() if len(leading) == 1 else None,
        frozenset(lengths),
        padded,
        frozenset(slots),
        frozenset(full_ends or usual),
        frozenset(widths),
        heads,
        unbroken=bool(slots) and not short,
        wider=wider,
    )


def _more_than(figures: Sequence[Token], n: int) -> bool:
    """Whether a row of cells has more figures than places, each in a cell of its own."""
    if len(figures) <= n:
        return False
    cells = {(t.strip, t.piece) for t in figures if t.col is not None}
    return len(figures) == len(cells) and len({t.strip for t in figures}) == 1


def _gap_unexplained(seq: Sequence[Token], figures: Sequence[Token], layout: Layout) -> bool:
    """Whether an empty cell among n figures may be one of the n places, and a figure one too many."""
    own = tuple(t.col for t in figures)
    blanks = [t for t in seq if t.kind == "blank" and t.col is not None]
    if not blanks or None in own or own == layout.heads:
        return False
    inside = any(figures[0].start < t.start < figures[-1].start for t in blanks)
    return layout.wider or (inside and layout.columns != (own,))


def _looks_glued(figures: Sequence[Token], n: int) -> bool:
    if len(figures) == n:
        return False
    return any(
        t.kind == "digits" or t.glued or (n > 1 and len(t.text) >= max(n, 4) and t.text.isdigit() and n > 3)
        for t in figures
    )


def _by_column(seq: Sequence[Token], layout: Layout, *, in_grid: bool) -> list[list[Token | None]] | None:
    """The different placements by column that hold every figure and every printed mark of the row.

    None where the row may stand one column aside: then nothing else may place it either.
    """
    if any(t.col is None for t in seq) or seq[-1].col not in layout.extents:
        return []
    by_column = {t.col: t for t in seq if t.span == 1}
    if len({t.col for t in seq}) < len(seq):
        return None  # two figures in one cell: perhaps those of two columns
    printed = [t.col for t in seq if t.text]
    found: dict[tuple[str, ...], list[Token | None]] = {}
    for columns in layout.columns:
        if all(c in columns for c in printed) and all(c in by_column for c in columns):
            places = [by_column[c] for c in columns]
            if places[-1].weak:
                return []
            if not in_grid and _may_be_pushed(places, columns, by_column):
                return None
            found[tuple(t.text for t in places)] = [*places]
    return list(found.values())


def _may_be_pushed(places: Sequence[Token], columns: Columns, by_column: Mapping[int | None, Token]) -> bool:
    """Whether an empty place at one end and an empty slot beyond the other let the row stand one column aside."""
    before, after = by_column.get(columns[0] - 1), by_column.get(columns[-1] + 1)
    right = not places[0].text and after is not None and not after.text
    left = not places[-1].text and before is not None and not before.text
    return right or left


def place(
    values: Sequence[Token],
    n: int,
    layout: Layout,
    strips: Sequence[Strip],
    *,
    at_end: bool,
    interrupted: bool = False,
) -> tuple[list[Token | None] | None, str, list[str]]:
    """(places, why not, what was seen) of the n places of one row."""
    seq = list(values)
    if any(t.weak for t in seq):
        if _side_by_side(seq):
            seq = [t for t in seq if not t.weak or t.col is not None]
        if len(seq) != n:
            while seq and seq[-1].weak and seq[-1].col is None:
                seq.pop()
    figures = figures_in(seq)
    if any(t.kind == "digits" for t in figures) or _looks_glued(figures, n):
        return None, "数字之间没有分隔", []
    with_blanks = len(figures) < len(seq)
    if _share_a_cell(figures, strips) or (with_blanks and _mark_in_a_cell(seq, strips)):
        return None, "同一格内有两个数，可能是一个数折成了两行", []
    if len(figures) == n:
        why = _not_these(seq, figures, layout, strips) if with_blanks else ""
        if not why and _uneven([t.strip for t in figures], n):
            why = "各行的数有多有少，可能一格内有两个数"
        return (None, why, []) if why else ([*figures], "", [f"标签之后恰有{n}个数，依次为各列"])
    if n == 1 and len({t.text for t in figures}) == 1 and _one_a_cell(figures, strips):
        return [figures[0]], "", ["合并的单元格逐格重复了同一个数"]
    if len(figures) > n:
        return None, f"标签之后有{len(figures)}个数，本行应为{n}个，不能确定哪{n}个属于本行", []
    if not figures:
        blanks = [t for t in seq if t.kind == "blank"]
        return ([blanks[min(i, len(blanks) - 1)] for i in range(n)] if blanks else None), "本行没有数", []
    in_grid = strips[figures[0].strip].grid is not None
    fitting = _by_column(seq, layout, in_grid=in_grid)
    short = f"本行只有{len(figures)}个数，应为{n}个，"
    if fitting is not None and len(fitting) == 1:
        return fitting[0], "", ["按列的位置逐格放入，空格照留"]
    if fitting or fitting is None:
        return None, short + "有些行错开一列，不能确定从哪一列起", []
    if in_grid:
        return None, short + "列的位置与他行不合", []
    if interrupted:
        return None, short + "其余格内是文字", []
    # A file that breaks off ends its last row anywhere: how many places are there says nothing then.
    whole = not layout.wider and not (at_end and any(t.weak for t in values))
    placed = _by_slots(seq, n, layout, goes_on=values[-1].weak) if whole else None
    if placed is not None:
        return placed, "", [f"连同空格恰为{n}格，依次为各列"]
    if at_end and len(figures) == len(seq) and layout.unbroken:
        return [*figures, *[None] * (n - len(figures))], "", ["文件到此中断，自左起放入已有的数"]
    return None, short + "不能确定缺的是哪一个", []


def _not_these(seq: Sequence[Token], figures: Sequence[Token], layout: Layout, strips: Sequence[Strip]) -> str:
    """Why as many figures as places are not their figures all the same, for the blanks among them; or nothing."""
    if _gap_unexplained(seq, figures, layout):
        return f"本行虽有{len(figures)}个数，其间却有空格，不能确定各数属于哪一列"
    if _marked_between(seq, figures, layout, strips):
        return f"本行虽有{len(figures)}个数，其间却有表示空白的符号，不能确定各数属于哪一列"
    return ""


def _uneven(lines: Sequence[int], n: int) -> bool:
    """Whether lines hold now one figure, now more: lines are cells then, and some cell holds two figures.

    A long row that was folded fills its first line.
    """
    if lines.count(lines[0]) == len(lines):
        return False
    counts = list(Counter(lines).values())
    if max(counts) == 1:
        return False
    return n <= _SHORT or (n <= _LONG and (len(counts) > 2 or counts[0] < counts[-1]))


_SHORT, _LONG = 3, 7
"""Places of a row of table 二 and of table 三; the fifteen of table 四 are folded in many ways."""


def _side_by_side(seq: Sequence[Token]) -> bool:
    """Whether figures stand on one line: a line of white space is no place of theirs then."""
    lines = [t.strip for t in figures_in(seq)]
    return len(set(lines)) < len(lines)


def _marked_between(seq: Sequence[Token], figures: Sequence[Token], layout: Layout, strips: Sequence[Strip]) -> bool:
    """Whether strokes stand before or between n figures: then some of the figures are another row's."""
    if strips[figures[0].strip].grid is not None or tuple(t.col for t in figures) == layout.heads:
        return False
    return any(t.text and t.kind == "blank" and t.start < figures[-1].start for t in seq)


def _one_a_cell(figures: Sequence[Token], strips: Sequence[Strip]) -> bool:
    """Whether the figures stand on one line, each in a cell of its own where the line has cells."""
    line = {t.strip for t in figures}
    pieces = {t.piece for t in figures}
    return len(line) == 1 and (len(pieces) == len(figures) or strips[min(line)].cells == 1)


def _mark_in_a_cell(seq: Sequence[Token], strips: Sequence[Strip]) -> bool:
    """Whether a stroke and a figure stand in one cell: two cells merged, and nobody knows which of them it is."""
    marked = [(t.strip, t.piece) for t in seq if t.text and t.kind == "blank"]
    cells = [(t.strip, t.piece) for t in seq if t.text and strips[t.strip].cells > 1]
    return any(cells.count(place) > 1 for place in marked)


def _share_a_cell(figures: Sequence[Token], strips: Sequence[Strip]) -> bool:
    cells = [(t.strip, t.piece) for t in figures if strips[t.strip].grid is not None]
    return len(set(cells)) < len(cells)


def _by_slots(seq: Sequence[Token], n: int, layout: Layout, *, goes_on: bool = False) -> list[Token | None] | None:
    """The n slots of a line in their order, where it is plain which blanks are places and which only width.

    `goes_on`: white space follows that may be one more place.
    """
    marked = [t for t in seq if t.text]
    if len(marked) == n:
        return [*marked]  # blanks are printed as strokes here: what is truly empty is no place
    empty_start = seq[0].kind == "blank" and not seq[0].text
    known = seq[0].col is not None
    if empty_start and (layout.leading != 0 or goes_on or (known and len(seq) not in layout.slots)):
        return None  # the first cell is empty, or the row is pushed aside by one
    if empty_start and known and layout.columns and tuple(t.col for t in seq[:n]) not in layout.columns:
        return None  # they begin in another column than the rows that are full
    if seq[-1].weak and seq[-1].col is not None:
        return None  # a closing pipe and an empty last cell look alike
    if len(seq) == n and (seq[-1].kind != "blank" or (n in layout.lengths and not layout.padded)):
        return [*seq]
    strong = [t for t in seq if not t.weak]
    if len(strong) > n and not any(t.text for t in strong[n:]) and (strong[0].text or len(seq) in layout.slots):
        return [*strong[:n]]
    return None


def lost_at_an_edge(values: Sequence[Token], n: int, layout: Layout, strips: Sequence[Strip]) -> list[Token] | None:
    """The places of a row whose label took the first or the last place's cell; None where that is not what happened.

    The line has as many cells as full rows but one figure less: either the first is lost or the last. Between them a
    place is certain when both readings give it one value.
    """
    figures = figures_in(values)
    if len(figures) != n - 1 or len(figures) != len(values) or any(t.figure is None for t in figures):
        return None
    cells = {strips[t.strip].cells for t in figures}
    if len(cells) != 1 or not cells <= layout.widths or min(cells) <= n:
        return None
    if any(strips[t.strip].grid is not None or t.span > 1 for t in figures):
        return None  # a grid knows its columns: what is missing there is no cell that a label took
    return [figures[0], *figures]


def doubtful_at_edges(places: Sequence[Token]) -> frozenset[int]:
    """The edges, and the places where moving the figures by one changes the value."""
    n = len(places)
    values = [t.figure.value if t.figure else None for t in places]
    inner = {c for c in range(1, n - 1) if values[c] != values[c + 1]}
    return frozenset({0, n - 1} | inner)
