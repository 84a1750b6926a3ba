"""Twins: two different reports that a mess makes one document. Where they differ no reader can know: it must refuse.

Each maker returns two sheets that print alike. Arithmetic may prove values, so twins of glued digits are both
consistent; it never proves an address, so the others need not be.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from itertools import pairwise
from random import Random

from gongkai.annual.forms import form
from tests.mess.invent import Invented, invent, leaf_rows, person_columns
from tests.mess.sheet import Cell, Row, Sheet, Table, sheet

Twins = tuple[Sheet, Sheet]
COLUMNS = (*person_columns("2021"), "total")


def _report(rng: Random, edition: str = "2021") -> Invented:
    report = invent(rng, edition, faults=False)
    while report.size == "zero":
        report = invent(rng, edition, faults=False)
    return report


def _with_rows(report: Invented, rows: dict[str, list[int]]) -> Invented:
    """Some rows of table 三 replaced; concluded, received and the row totals of both follow."""
    cells = dict(report.cells)
    for key, values in rows.items():
        cells.update({f"applications.{key}.{c}": v for c, v in zip(COLUMNS, values, strict=True)})
    for column in COLUMNS:
        done = sum(int(cells[f"applications.{leaf}.{column}"] or 0) for leaf in leaf_rows(report.edition))
        cells[f"applications.concluded.{column}"] = done
        old, left = (int(cells[f"applications.{r}.{column}"] or 0) for r in ("brought_forward", "carried_forward"))
        missing = max(0, old - done - left)
        cells[f"applications.carried_forward.{column}"] = left + missing
        cells[f"applications.received.{column}"] = done + left + missing - old
    for key in ("received", "carried_forward"):
        cells[f"applications.{key}.total"] = sum(int(cells[f"applications.{key}.{c}"] or 0) for c in COLUMNS[:6])
    return report.with_cells(cells)


def _three(made: Sheet) -> Table:
    return next(t for t in made.tables() if t.number == 3)


def _row(made: Sheet, prefix: str) -> Row:
    return next(r for t in made.tables() for r in t.rows if any((c.address or "").startswith(prefix + ".") for c in r))


def _glue(made: Sheet, prefix: str) -> None:
    row = _row(made, prefix)
    together = Cell(
        "".join(c.text for c in row if c.role == "value"),
        "void",
        colspan=sum(c.colspan for c in row if c.role == "value"),
    )
    row[:] = [c for c in row if c.role != "value"] + [together]
    made.log.append("glued_row")  # printers must show that the cell is merged


def _two_leaves(rng: Random, edition: str = "2021") -> tuple[str, str]:
    """Two results that stand below one another in one group of table 三."""
    rows = form(edition).rows
    pairs = [(a.key, b.key) for a, b in pairwise(rows) if len(a.groups) == 2 and a.groups == b.groups]
    return rng.choice(pairs)


def glued_rows(rng: Random) -> Twins:
    """Two glued rows, each with two readings, whose columns add up either way: 2|20 over 22|0, or 22|0 over 2|20."""
    few = rng.randint(1, 9)
    one, other = [few, few * 10, 0, 0, 0, 0, few * 11], [few * 11, 0, 0, 0, 0, 0, few * 11]
    upper, lower = _two_leaves(rng)
    report = _report(rng)
    made = []
    for first, second in ((one, other), (other, one)):
        twin = sheet(_with_rows(report, {upper: first, lower: second}))
        for key in (upper, lower):
            _glue(twin, f"applications.{key}")
        made.append(twin)
    return made[0], made[1]


def glued_block(rng: Random) -> Twins:
    """Three glued counts of table 二 that no relation holds together: 77|132|470 or 7|713|2470."""
    # No digit at which the second reading cuts is a zero.
    a, b, c = (
        rng.randint(1, 9) * 10 + rng.randint(1, 9),
        110 + rng.randint(0, 8) * 10 + rng.randint(1, 9),
        rng.randint(411, 499),
    )
    digits = f"{a}{b}{c}"
    readings = ((a, b, c), (int(digits[:1]), int(digits[1:4]), int(digits[4:])))
    report, made = _report(rng), []
    for values in readings:
        keys = [f"proactive.normative_documents.{k}" for k in ("issued", "repealed", "in_force")]
        twin = sheet(report.with_cells(dict(zip(keys, values, strict=True))))
        _glue(twin, "proactive.normative_documents")
        made.append(twin)
    return made[0], made[1]


def lost_value(rng: Random) -> Twins:
    """Seven values less one, without a trace: the first or the last is lost, and both rows add up."""
    few = rng.randint(1, 5)
    left = [few, 0, 0, 0, 0, few + rng.randint(1, 5)]
    without_last = [*left, sum(left)]
    without_first = [left[5] - few, *left]
    key, report = rng.choice(leaf_rows("2021")), _report(rng)
    made = []
    for values, lost in ((without_last, 6), (without_first, 0)):
        twin = sheet(report.with_cells({f"applications.{key}.{c}": v for c, v in zip(COLUMNS, values, strict=True)}))
        row = _row(twin, f"applications.{key}")
        cells = [c for c in row if c.role == "value"]
        row[:] = [c for c in row if c is not cells[lost]]
        made.append(twin)
    return made[0], made[1]


def two_rows_without_labels(rng: Random) -> Twins:
    """Two rows that lost their labels, in the form's order or in the other."""
    upper, lower = _two_leaves(rng)
    return _exchanged(rng, upper, lower, lambda label: "")


def one_label_twice(rng: Random) -> Twins:
    """Two rows under the label of the upper one: which of them is mistaken?"""
    upper, lower = _two_leaves(rng)
    text = form("2021").row(upper).label
    return _exchanged(rng, upper, lower, lambda label: text)


def _exchanged(rng: Random, upper: str, lower: str, label: Callable[[str], str]) -> Twins:
    few = rng.randint(1, 8)
    one, other = [few, 0, 0, 0, 0, 0, few], [few + 1, 1, 0, 0, 0, 0, few + 2]
    report, made = _report(rng), []
    for first, second, turned in ((one, other, False), (other, one, True)):
        twin = sheet(_with_rows(report, {upper: first, lower: second}))
        table = _three(twin)
        y = next(
            i
            for i, r in enumerate(table.rows)
            if any((c.address or "").startswith(f"applications.{upper}.") for c in r)
        )
        rows = [[c for c in table.rows[y + d] if c.role != "group"] for d in (0, 1)]
        groups = [c for c in table.rows[y] if c.role == "group"]
        for row in rows:
            for cell in row:
                cell.text = label(cell.text) if cell.role == "label" else cell.text
        if turned:
            rows.reverse()
        table.rows[y], table.rows[y + 1] = groups + rows[0], rows[1]
        made.append(twin)
    return made[0], made[1]


def lost_column(rng: Random) -> Twins:
    """A column of nothing but zeros is gone and so are the heads: was it the second or the fourth?"""
    report, made = _report(rng), []
    values = {r.key: [rng.randint(0, 9) for _ in range(5)] for r in form("2021").rows}
    for lost in (1, 3):
        cells = {}
        for key, five in values.items():
            six = [*five[:lost], 0, *five[lost:]]
            cells.update({f"applications.{key}.{c}": v for c, v in zip(COLUMNS, [*six, sum(six)], strict=True)})
        twin = sheet(report.with_cells(cells))
        table = _three(twin)
        for row in table.rows:
            gone = [c for c in row if (c.address or "").endswith("." + COLUMNS[lost])]
            row[:] = [c for c in row if not any(c is g for g in gone)]
        table.rows[: table.head] = [
            [Cell(form("2021").corner, "head", colspan=3), Cell("申请人情况", "head", colspan=6)]
        ]
        table.head, table.columns = 1, 9
        made.append(twin)
    return made[0], made[1]


def turned_blocks(rng: Random) -> Twins:
    """The two kinds of suit in table 四 without the heads that tell them apart."""
    report = _report(rng)
    kinds = ("direct_litigation", "litigation_after_reconsideration")
    results = [r.key for r in form("2021").results]
    one, other = ([*v, sum(v)] for v in ([rng.randint(0, 4) for _ in range(4)], [rng.randint(5, 9) for _ in range(4)]))
    made = []
    for turned in (False, True):
        pair = (other, one) if turned else (one, other)
        cells = {
            f"disputes.{k}.{r}": v for k, vs in zip(kinds, pair, strict=True) for r, v in zip(results, vs, strict=True)
        }
        twin = sheet(report.with_cells(cells))
        table = next(t for t in twin.tables() if t.number == 4)
        for row in table.rows:
            for cell in row:
                cell.text = "" if cell.text in ("未经复议直接起诉", "复议后起诉") else cell.text
        if turned:
            row = table.rows[-1]
            row[5:15] = row[10:15] + row[5:10]
        made.append(twin)
    return made[0], made[1]


def cut_number(rng: Random) -> Twins:
    """The document ends in a digit, inside a table: is the number whole?"""
    report, few = _report(rng), rng.randint(1, 9)
    address = "applications.received.enterprise"
    made = []
    for value in (few, few * 10 + rng.randint(0, 9)):
        twin = sheet(report.with_cells({address: value}))
        table, row = _three(twin), _row(twin, "applications.received")
        row[:] = row[: next(i for i, c in enumerate(row) if c.address == address) + 1]
        row[-1].text = str(value)[:1]
        table.rows[:] = table.rows[: table.rows.index(row) + 1]
        twin.blocks[:] = twin.blocks[: next(i for i, b in enumerate(twin.blocks) if b is table) + 1]
        made.append(twin)
    return made[0], made[1]


def lost_blanks(rng: Random) -> Twins:
    """Blank cells leave no trace: 5 and 5, but of a natural person or of an enterprise?"""
    key, few, report = rng.choice(leaf_rows("2021")), rng.randint(1, 9), _report(rng)
    made = []
    for place in (0, 1):
        values = [None] * 6 + [few]
        values[place] = few
        twin = sheet(report.with_cells({f"applications.{key}.{c}": v for c, v in zip(COLUMNS, values, strict=True)}))
        row = _row(twin, f"applications.{key}")
        row[:] = [c for c in row if c.role != "value" or c.text]
        made.append(twin)
    return made[0], made[1]


def two_tables(rng: Random) -> Twins:
    """Two whole tables 三 stand in the document, of two years perhaps: which is the report's?"""
    one, other = _report(rng), _report(rng)
    threes = {k: v for k, v in other.cells.items() if k.startswith("applications.")}
    made = []
    for report in (one, one.with_cells(threes)):
        twin = sheet(report)
        spot = next(i for i, b in enumerate(twin.blocks) if isinstance(b, Table) and b.number == 3)
        twin.blocks[spot : spot + 1] = [_three(sheet(one)), _three(sheet(one.with_cells(threes)))]
        made.append(twin)
    return made[0], made[1]


def two_heads_lost(rng: Random) -> Twins:
    """Two neighbouring columns without heads, in the form's order or in the other."""
    report = _report(rng)
    made = []
    for turned in (False, True):
        cells = dict(report.cells)
        left, right = COLUMNS[2], COLUMNS[3]
        for number, row in enumerate(form("2021").rows):
            pair = (number % 3, (number + 1) % 4)
            first, second = reversed(pair) if turned else pair
            cells[f"applications.{row.key}.{left}"], cells[f"applications.{row.key}.{right}"] = first, second
        twin = sheet(report.with_cells(cells))
        for row_cells in _three(twin).rows:
            for cell in row_cells:
                cell.text = "" if cell.role == "head" and cell.keys in ((left,), (right,)) else cell.text
            spots = [i for i, c in enumerate(row_cells) if (c.address or "").endswith(("." + left, "." + right))]
            if turned and len(spots) == 2:
                a, b = spots
                row_cells[a], row_cells[b] = row_cells[b], row_cells[a]
        made.append(twin)
    return made[0], made[1]


TWINS: dict[str, tuple[Callable[[Random], Twins], tuple[str, ...]]] = {
    "glued_rows": (glued_rows, ("pipes", "tabs", "html", "content_order", "glued")),
    "glued_block": (glued_block, ("pipes", "tabs", "html", "content_order", "glued")),
    "lost_value": (lost_value, ("pipes_of_anchors", "tabs_of_anchors", "one_cell_a_line", "content_order")),
    "two_rows_without_labels": (two_rows_without_labels, ("pipes", "tabs", "html", "markdown")),
    "one_label_twice": (one_label_twice, ("pipes", "tabs", "html", "one_cell_a_line", "content_order")),
    "lost_column": (lost_column, ("pipes", "tabs", "html", "one_cell_a_line", "content_order")),
    "turned_blocks": (turned_blocks, ("pipes", "tabs", "html")),
    "cut_number": (cut_number, ("bare_pipes", "bare_tabs", "bare_lines")),
    "lost_blanks": (lost_blanks, ("one_cell_a_line", "content_order")),
    "two_tables": (two_tables, ("pipes", "tabs", "html", "one_cell_a_line", "content_order", "layout")),
    "two_heads_lost": (two_heads_lost, ("pipes", "tabs", "html", "markdown")),
}


def differing(pair: Twins) -> set[str]:
    """The addresses at which the two reports differ."""
    one, other = pair
    return {a for a in one.truth if one.truth[a].value != other.truth[a].value}


def copies(pair: Twins) -> Twins:
    """The pair, free to be printed."""
    return deepcopy(pair[0]), deepcopy(pair[1])
