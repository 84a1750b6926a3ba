"""The second tier of OFD: cells from ruled lines, stretches of text into cells by where their middle stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from gongkai.annual.report import At
from gongkai.readers.content import Content, ContentBuilder, GridCell
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits, ofd
from gongkai.readers.formats.boxes import Box, edges_of, rounded
from gongkai.readers.formats.package import Package, local
from gongkai.readers.formats.tables import join_paragraphs

SNAP = 0.8
"""Millimetres within which two rules are one line."""

MOST_RULES = 600
MOST_PLACES = 6_000
"""Beyond these a page is no form, and looking for its cells would take long."""

Rule = tuple[float, float, float, float]

_STEP = re.compile(r"([MLSC])([^MLSC]*)")


def read(data: bytes) -> Content:
    """Content with the tables of ruled pages as grids; pages without a rule as in the first tier. Raises as it does."""
    package = Package(data)
    builder = ContentBuilder("ofd")
    for number, name in enumerate(ofd.page_names(package), 1):
        if number > limits.MAX_GEOMETRY_PAGES:
            raise limits.too_large("OFD ")
        _page(package.xml(name), number, builder)
    content = builder.build()
    if not content.text.strip():
        raise Unreadable("no_text_layer", "OFD 的页面中没有文字，无法读取。", "请索取带文字的 OFD。")
    return content


def _page(page: etree._Element, number: int, builder: ContentBuilder) -> None:
    runs = [run for run in ofd.runs(page) if run.text.strip()]
    rules = list(_rules(page))
    blocks: list[tuple[float, Box | None, list[GridCell], list[ofd.Run]]] = []
    for table in _tables(rules) if len(rules) <= MOST_RULES else ():
        cells = _cells(table)
        if len({left for _, _, _, _, (left, _, _, _) in cells}) < 2:
            continue
        grid = []
        for row, col, rowspan, colspan, box in cells:
            held = [run for run in runs if _within(run, box)]
            runs = [run for run in runs if not _within(run, box)]
            words = join_paragraphs("".join(run.text for run in line) for line in ofd.lines(held))
            grid.append(GridCell(words, row, col, rowspan, colspan, At(page=number, bbox=rounded(box))))
        whole = (min(r[0] for r in table), min(r[1] for r in table), max(r[2] for r in table), max(r[3] for r in table))
        blocks.append((whole[1], whole, grid, []))
    blocks.extend((min(run.base - run.size for run in line), None, [], line) for line in ofd.lines(runs))
    count = 0
    for _, around, grid, line in sorted(blocks, key=lambda block: block[0]):
        if around is not None:
            builder.grid(grid, At(page=number, bbox=rounded(around)))
        else:
            count += 1
            builder.line(*ofd.told(line, number, count))


def _within(run: ofd.Run, box: Box) -> bool:
    x, y = (run.left + run.right) / 2, run.base - run.size / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _rules(page: etree._Element) -> Iterator[Rule]:
    """The level and upright rules of a page as (left, top, right, bottom)."""
    for element in page.iter():
        if local(element) != "PathObject" or element.get("Stroke") == "false":
            continue
        box = ofd.numbers(element.get("Boundary"))
        scale = ofd.numbers(element.get("CTM"))
        if len(box) < 4:
            continue
        a, b, c, d, e, f = scale if len(scale) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        for data in (child.text or "" for child in element if local(child) == "AbbreviatedData"):
            here: tuple[float, float] | None = None
            for verb, rest in _STEP.findall(data):
                at = ofd.numbers(rest)
                if len(at) < 2:
                    continue
                point = (box[0] + a * at[0] + c * at[1] + e, box[1] + b * at[0] + d * at[1] + f)
                straight = here is not None and verb == "L"
                if straight and here and (abs(point[0] - here[0]) < SNAP or abs(point[1] - here[1]) < SNAP):
                    (x0, x1), (y0, y1) = sorted((here[0], point[0])), sorted((here[1], point[1]))
                    yield x0, y0, x1, y1
                here = point


def _tables(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules in groups of those that touch."""
    left = list(rules)
    while left:
        group, waiting = [], [left.pop()]
        while waiting:
            rule = waiting.pop()
            group.append(rule)
            near = [r for r in left if _touch(rule, r)]
            left = [r for r in left if not _touch(rule, r)]
            waiting += near
        if len(group) > 3:
            yield group


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one[0] <= other[2] + SNAP
        and other[0] <= one[2] + SNAP
        and one[1] <= other[3] + SNAP
        and other[1] <= one[3] + SNAP
    )


def _cells(rules: Sequence[Rule]) -> list[tuple[int, int, int, int, Box]]:
    """The cells that the rules of a table make: (row, column, rows, columns, box); none where they are no rectangles."""
    upright = [r for r in rules if r[2] - r[0] < SNAP]
    level = [r for r in rules if r[3] - r[1] < SNAP]
    columns, rows = edges_of([r[0] for r in upright], SNAP), edges_of([r[1] for r in level], SNAP)
    if len(columns) * len(rows) > MOST_PLACES:
        return []
    open_right = {
        (row, col)
        for row in range(len(rows) - 1)
        for col in range(len(columns) - 2)
        if not _ruled(upright, columns[col + 1], (rows[row] + rows[row + 1]) / 2, 0)
    }
    open_down = {
        (row, col)
        for row in range(len(rows) - 2)
        for col in range(len(columns) - 1)
        if not _ruled(level, rows[row + 1], (columns[col] + columns[col + 1]) / 2, 1)
    }
    done: set[tuple[int, int]] = set()
    cells = []
    for row in range(len(rows) - 1):
        for col in range(len(columns) - 1):
            if (row, col) in done:
                continue
            right, down = col, row
            while (row, right) in open_right:
                right += 1
            while (down, col) in open_down:
                down += 1
            places = {(r, c) for r in range(row, down + 1) for c in range(col, right + 1)}
            if places & done:
                return []
            done |= places
            box = (columns[col], rows[row], columns[right + 1], rows[down + 1])
            cells.append((row, col, down - row + 1, right - col + 1, box))
    return cells


def _ruled(rules: Sequence[Rule], at: float, middle: float, axis: int) -> bool:
    """Whether a rule at `at` passes `middle` on the other axis."""
    return any(abs(r[axis] - at) <= SNAP and r[1 - axis] - SNAP <= middle <= r[3 - axis] + SNAP for r in rules)
