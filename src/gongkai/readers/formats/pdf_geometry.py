"""The second tier of PDF: cells from ruled lines, words into cells by where they stand."""

from __future__ import annotations

import ctypes
import io
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.annual.report import At
from gongkai.readers.content import Content, ContentBuilder, GridCell
from gongkai.readers.formats import limits, pdf
from gongkai.readers.formats.boxes import Box, edges_of, rounded
from gongkai.readers.formats.tables import join_paragraphs

SNAP = 3.0
"""Points within which two edges of cells are one line. The narrowest column of a printed form has 15."""

SAME_LINE = 0.5
"""Share of a character's height within which two characters stand on one line."""

WORD_GAP = 0.35
"""Gap before or after a figure or letter, as a share of its size, that is a blank."""

WIDE_GAP = 0.9
"""The same between two Chinese characters, which are spread to fill a line."""

Char = dict[str, Any]
Places = tuple[int, int, int, int]


def read(data: bytes) -> Content:
    """Content by geometry. Pages without a ruled line are read as in the first tier. Raises `Unreadable` as it does."""
    import pdfplumber

    builder = ContentBuilder("pdf")
    document = pdf.open_document(data, limits.MAX_GEOMETRY_PAGES)
    try:
        ruled = _ruled_pages(document)
        with pdfplumber.open(io.BytesIO(data)) as plumber:
            for number in range(len(document)):
                if number in ruled:
                    page = plumber.pages[number]
                    _page(page, builder)
                    page.close()
                else:
                    pdf.page_lines(document[number], number + 1, builder)
    finally:
        document.close()
    content = builder.build()
    if not content.text.strip():
        raise pdf.no_text_layer()
    return content


def _ruled_pages(document: Any) -> set[int]:
    """Pages with ruled lines, found with the fast library, which also counts what the slow one would have to carry."""
    from pypdfium2 import raw

    ruled = set()
    for number in range(len(document)):
        page = document[number]
        layer = page.get_textpage()
        characters, objects = layer.count_chars(), raw.FPDFPage_CountObjects(page.raw)
        layer.close()
        if characters > limits.MAX_PAGE_CHARACTERS or objects > limits.MAX_PAGE_OBJECTS:
            raise limits.too_large("PDF 页面")
        if any(_may_rule(raw, raw.FPDFPage_GetObject(page.raw, index)) for index in range(objects)):
            ruled.add(number)
        page.close()
    return ruled


def _may_rule(raw: Any, drawn: Any) -> bool:
    """Whether an object may hold ruled lines: a stroked or thin path, or a form with objects of its own."""
    kind = raw.FPDFPageObj_GetType(drawn)
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return bool(kind == raw.FPDF_PAGEOBJ_FORM)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn, fill, stroke)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    return bool(stroke.value) or min(right.value - left.value, top.value - bottom.value) < SNAP


def _is_shading(thing: Char) -> bool:
    """Whether an object is an area of colour behind words: it has edges, but nobody drew a line there."""
    if thing.get("object_type") != "rect" or thing.get("stroke"):
        return False
    return bool(thing["width"] > SNAP and thing["height"] > SNAP)


def _page(page: Any, builder: ContentBuilder) -> None:
    number = page.page_number
    page = page.filter(lambda thing: not _is_shading(thing))
    chars = _once([char for char in page.chars if char.get("text", "").strip()])
    found = page.find_tables() if len(page.edges) <= limits.MAX_PAGE_RULES else []
    blocks: list[tuple[float, Any]] = []
    rest = chars
    for table in found:
        cells, inside = _cells_of([tuple(cell) for cell in table.cells])
        if len({cell[1] for cell in cells}) < 2:
            continue
        held, rest = _split(rest, inside)
        blocks.append((table.bbox[1], (table.bbox, _grid(cells, inside, held, number))))
    blocks.extend((min(char["top"] for char in line), line) for line in lines_of(rest))
    blocks.sort(key=lambda block: block[0])
    count = 0
    for _, block in blocks:
        if isinstance(block, tuple):
            builder.grid(block[1], At(page=number, bbox=rounded(block[0])))
        else:
            count += 1
            builder.line(text_of(block), At(page=number, line=count, bbox=_bbox(block)))


def _once(chars: Sequence[Char]) -> list[Char]:
    """Characters without their shadows: bold is imitated by printing the same character twice in nearly one place."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for char in chars:
        key = (char["text"], round(char["x0"]), round(char["top"]))
        if key not in seen:
            seen.add(key)
            kept.append(char)
    return kept


def _cells_of(boxes: Sequence[Box]) -> tuple[list[Places], list[Box]]:
    """The rectangle of grid places (row, column, rowspan, colspan) and the box of each cell, from the edges that the
    cells share. A place that no cell covers, where a page cuts the rule of a cell, becomes a cell.
    """
    columns = edges_of((x for box in boxes for x in (box[0], box[2])), SNAP)
    rows = edges_of((y for box in boxes for y in (box[1], box[3])), SNAP)
    places: list[Places] = []
    kept: list[Box] = []
    covered: set[tuple[int, int]] = set()
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        left, right = _place(columns, box[0]), _place(columns, box[2])
        top, bottom = _place(rows, box[1]), _place(rows, box[3])
        area = {(row, column) for row in range(top, bottom) for column in range(left, right)}
        if not area or area & covered:
            continue
        covered |= area
        places.append((top, left, bottom - top, right - left))
        kept.append(box)
    for row, column, height in _holes(len(rows) - 1, len(columns) - 1, covered):
        places.append((row, column, height, 1))
        kept.append((columns[column], rows[row], columns[column + 1], rows[row + height]))
    return places, kept


def _holes(rows: int, columns: int, covered: set[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Places that nothing covers, as (row, column, height): those below one another without a rule are one."""
    for column in range(columns):
        row = 0
        while row < rows:
            height = 0
            while row + height < rows and (row + height, column) not in covered:
                height += 1
            if height:
                yield row, column, height
            row += height + 1


def _split(chars: Sequence[Char], boxes: Sequence[Box]) -> tuple[list[list[Char]], list[Char]]:
    """Characters into the boxes that hold their middle, and those in none."""
    inside: list[list[Char]] = [[] for _ in boxes]
    rest: list[Char] = []
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        place = None
        if left <= x <= right and top <= y <= bottom:
            place = next((i for i, b in enumerate(boxes) if b[0] <= x <= b[2] and b[1] <= y <= b[3]), None)
        (rest if place is None else inside[place]).append(char)
    return inside, rest


def _place(edges: Sequence[float], value: float) -> int:
    index = bisect_left(edges, value)
    near = [i for i in (index - 1, index) if 0 <= i < len(edges)]
    return min(near, key=lambda i: abs(edges[i] - value))


def _grid(cells: Sequence[Places], boxes: Sequence[Box], held: Sequence[list[Char]], page: int) -> list[GridCell]:
    grid = []
    for (row, column, rowspan, colspan), box, chars in zip(cells, boxes, held, strict=True):
        text = join_paragraphs(text_of(line) for line in lines_of(chars))
        grid.append(GridCell(text, row, column, rowspan, colspan, At(page=page, bbox=rounded(box))))
    return grid


def lines_of(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters as lines from the top, each from the left."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: (c["top"] + c["bottom"], c["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        last = lines[-1][0] if lines else None
        if last is not None and abs(middle - (last["top"] + last["bottom"]) / 2) <= SAME_LINE * max(char["size"], 1):
            lines[-1].append(char)
        else:
            lines.append([char])
    for line in lines:
        line.sort(key=lambda c: float(c["x0"]))
    return lines


def text_of(line: Sequence[Char]) -> str:
    """The characters of a line, with a blank where they stand apart."""
    pieces: list[str] = []
    for index, char in enumerate(line):
        if index:
            before = line[index - 1]
            share = WORD_GAP if char["text"].isascii() or before["text"].isascii() else WIDE_GAP
            if char["x0"] - before["x1"] > share * max(char["size"], 1):
                pieces.append(" ")
        pieces.append(char["text"])
    return "".join(pieces)


def _bbox(line: Sequence[Char]) -> Box:
    left, top = min(c["x0"] for c in line), min(c["top"] for c in line)
    return rounded((left, top, max(c["x1"] for c in line), max(c["bottom"] for c in line)))
