"""Printing a sheet as text, in the ways reports arrive: each printer lowers what is owed where it destroys something."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from tests.mess.sheet import Cell, Row, Sheet, Table, Words

Printer = Callable[[Random, Sheet], str]


def _blanks_lost(sheet: Sheet, table: Table) -> None:
    """Rows with an empty cell lose the places of their values: nothing of them is owed."""
    for row in table.rows:
        if any(cell.role == "value" and not cell.text for cell in row):
            sheet.owe_row(row, "may")


def _join(sheet: Sheet, table_text: Callable[[Table], list[str]], between: str = "") -> str:
    lines: list[str] = []
    for block in sheet.blocks:
        if isinstance(block, Words):
            lines.append(block.text)
        else:
            lines += [between] * bool(between) + table_text(block)
    return "\n".join(lines) + "\n"


def _row_texts(table: Table, fill: str) -> list[list[str]]:
    if fill == "anchors":
        return [[cell.text for cell in row] for row in table.rows]
    return table.matrix("repeat" if fill == "repeat" else "blank")


def pipes(rng: Random, sheet: Sheet) -> str:
    """Cells between pipes, one row a line, with several habits of padding."""
    fill = "anchors" if "glued_row" in sheet.log else rng.choice(("anchors", "anchors", "blank"))
    form = rng.choice(("{} |", "| {} |", "{}", "|{}|"))
    glue = rng.choice((" | ", "|", " |"))
    padded = rng.random() < 0.3 and form != "{}" and "glued_row" not in sheet.log

    def text(table: Table) -> list[str]:
        lines = []
        if padded:
            _blanks_lost(sheet, table)
        for cells in _row_texts(table, fill):
            line = form.format(glue.join(cells))
            lines.append(line + "|" * rng.randint(0, 4) if padded else line)
        return lines

    return _join(sheet, text)


def markdown(rng: Random, sheet: Sheet) -> str:
    """Markdown tables, merged cells blank or repeated, headings with hashes."""
    fill, marks, bold = rng.choice(("blank", "repeat")), "#" * rng.randint(1, 4), rng.random() < 0.3
    sheet = sheet.copy()
    for block in sheet.blocks:
        if isinstance(block, Words) and block.chapter:
            block.text = f"\n{marks} {block.text}\n"

    def text(table: Table) -> list[str]:
        first, *rest = ["| " + " | ".join(cells) + " |" for cells in _row_texts(table, fill)]
        if bold:
            first = re.sub(r"\| ([^|]+?) (?=\|)", r"| **\1** ", first)
        rule = "|" + rng.choice(("---|", " --- |", ":---:|")) * table.columns
        return ["", first, rule, *rest, ""]

    return _join(sheet, text)


def tabs(rng: Random, sheet: Sheet) -> str:
    """Cells between tabs, one row a line."""
    fill = "anchors" if "glued_row" in sheet.log else rng.choice(("anchors", "blank"))
    return _join(
        sheet, lambda table: ["\t".join(cells) for cells in _row_texts(table, fill)], between=rng.choice(("", "\n"))
    )


def one_cell_a_line(rng: Random, sheet: Sheet) -> str:
    """Each cell on a line of its own; blank cells are an odd space or nothing at all."""
    blank = rng.choice(("\u00a0", "　", "　　", ""))
    indent = rng.choice(("", "", "\t", "  "))
    between_rows = rng.choice(([], [""], ["", ""]))

    def text(table: Table) -> list[str]:
        if not blank:
            _blanks_lost(sheet, table)
        lines: list[str] = []
        for row in table.rows:
            lines += [indent + (cell.text or blank) for cell in row] + list(between_rows)
        return lines

    return _join(sheet, text)


def lone_pipes(rng: Random, sheet: Sheet) -> str:
    """A cell on a line, then a lone pipe on the next."""
    padding = rng.random() < 0.4

    def text(table: Table) -> list[str]:
        lines: list[str] = []
        if padding:
            _blanks_lost(sheet, table)
        for row in table.rows:
            for cell in row:
                lines += ([cell.text] if cell.text else []) + ["|"]
            if padding and len(row) < 3:
                lines.append("|" * rng.randint(2, 4))
        return lines

    return _join(sheet, text)


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _wrap(text: str, room: int) -> list[str]:
    lines, line = [], ""
    for character in text:
        if line and width(line + character) > room:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def _layout_widths(table: Table) -> list[int]:
    widths = [8] * table.columns
    if table.number == 2:
        widths[0] = 20
    if table.number == 3:
        widths[:3] = [10, 12, 34]
    for line in table.placed():
        for cell, x in line:
            if cell.role == "value" and cell.colspan == 1:
                widths[x] = max(widths[x], width(cell.text))
            if cell.role == "head" and table.number == 2 and cell.colspan == 1:
                widths[x] = max(widths[x], width(cell.text))
    return widths


def _layout_table(table: Table, gap: int) -> list[str]:
    widths = _layout_widths(table)
    left = [sum(widths[:x]) + gap * x for x in range(table.columns + 1)]
    placed = table.placed()
    heights = [
        max([len(_wrap(c.text, sum(widths[x : x + c.colspan]))) for c, x in line if c.rowspan == 1] or [1])
        for line in placed
    ]
    tops = [sum(heights[:y]) for y in range(len(heights) + 1)]
    canvas: list[list[tuple[int, str]]] = [[] for _ in range(tops[-1])]
    for y, line in enumerate(placed):
        for cell, x in line:
            end = min(y + cell.rowspan, len(heights))
            room = sum(widths[x : x + cell.colspan]) + gap * (cell.colspan - 1)
            pieces = _wrap(cell.text, room)
            free = max(0, tops[end] - tops[y] - len(pieces))
            for number, piece in enumerate(pieces):
                at = tops[y] + free // 2 + number
                shift = (room - width(piece)) // 2 if cell.role in ("value", "head") else 0
                if at < len(canvas) and piece:
                    canvas[at].append((left[x] + max(0, shift), piece))
    lines = []
    for pieces in canvas:
        text = ""
        for start, piece in sorted(pieces):
            text += " " * max(2 if text else 0, start - width(text)) + piece
        lines.append(text)
    return lines


def layout(rng: Random, sheet: Sheet) -> str:
    """Columns kept by spaces, long labels over several lines with the numbers beside one of them."""
    gap = rng.randint(3, 6)

    def text(table: Table) -> list[str]:
        _blanks_lost(sheet, table)
        return [line for row in _layout_table(table, gap) for line in [row] + [""] * (rng.random() < 0.2)]

    return _join(sheet, text, between=" ")


def _in_pieces(rng: Random, text: str, room: int) -> list[str]:
    return _wrap(text, room) if width(text) > room else [text]


def content_order(rng: Random, sheet: Sheet) -> str:
    """One row a line with single spaces, labels broken over lines, as text drawn from a page in its own order."""
    room = rng.choice((24, 36, 60))

    def text(table: Table) -> list[str]:
        _blanks_lost(sheet, table)
        lines: list[str] = []
        for row in table.rows:
            for cell in (c for c in row if c.role == "group" and c.text):
                lines += _in_pieces(rng, cell.text, rng.choice((4, 8, 16)))
            words = [c.text for c in row if c.role in ("label", "void", "head") and c.text]
            values = [c.text for c in row if c.role == "value" and c.text]
            if all(c.role == "head" for c in row) and table.number != 2:
                lines += [piece for word in words for piece in _in_pieces(rng, word, 28)]
                continue
            pieces = _in_pieces(rng, " ".join(words), room) if values else [" ".join(words)]
            lines += [*pieces[:-1], " ".join([pieces[-1], *values]).strip()]
        return [line for line in lines if line]

    return _join(sheet, text)


def scrambled(rng: Random, sheet: Sheet) -> str:
    """The worst order of a page: in table 三 blocks of labels, then blocks of numbers, column by column."""

    def text(table: Table) -> list[str]:
        if table.number != 3:
            _blanks_lost(sheet, table)
            return [line for row in table.rows for cell in row if cell.text for line in (cell.text, "")]
        for cell in table.values():
            sheet.owe(cell.address, "may")
        lines = [line for row in table.rows for c in row if c.role != "value" and c.text for line in (c.text, "")]
        by_row = [[c.text for c in row if c.role == "value"] for row in table.rows]
        columns = max((len(values) for values in by_row), default=0)
        for x in range(columns):
            lines += [line for values in by_row if x < len(values) and values[x] for line in (values[x], "")]
        return lines

    return _join(sheet, text)


def readings(digits: str, parts: int) -> int:
    """In how many ways digits can be taken apart into so many whole numbers without leading zeros."""
    ways = [1] + [0] * len(digits)
    for _ in range(parts):
        ways = [0] + [
            sum(ways[start] for start in range(end) if digits[start] != "0" or end - start == 1)
            for end in range(1, len(digits) + 1)
        ]
    return ways[len(digits)]


def owe_glued(sheet: Sheet, row: Row) -> None:
    """What is owed of a row whose values lost their separators: all when each has one digit, else it may be read."""
    values = [cell for cell in row if cell.role == "value"]
    texts = [cell.text for cell in values]
    plain = all(len(text) == 1 and text.isascii() and text.isdigit() for text in texts)
    alone = len(texts) == 1 and re.fullmatch(r"\d+(\.\d+)?", texts[0], re.ASCII)
    if not plain and not alone:
        sheet.owe_row(row, "may")


def glued(rng: Random, sheet: Sheet) -> str:
    """No separator anywhere: what a careless crawler makes of a page."""
    for table in sheet.tables():
        for row in table.rows:
            owe_glued(sheet, row)
    if any(not step.startswith(_HARMLESS_WHEN_GLUED) for step in sheet.log):
        # With labels or numbers altered too, where digits end and the next label begins is open.
        for table in sheet.tables():
            for cell in table.values():
                sheet.owe(cell.address, "may")
    return "".join(
        block.text if isinstance(block, Words) else "".join(c.text for row in block.rows for c in row)
        for block in sheet.blocks
    )


_HARMLESS_WHEN_GLUED = ("imitating_words", "wrong_year", "one_other_row", "sections_renumbered", "traditional")

PRINTERS: dict[str, Printer] = {
    "pipes": pipes,
    "markdown": markdown,
    "tabs": tabs,
    "one_cell_a_line": one_cell_a_line,
    "lone_pipes": lone_pipes,
    "layout": layout,
    "content_order": content_order,
    "scrambled": scrambled,
    "glued": glued,
}
"""Printers of text by name; `html` stands in `markup`."""


def value_cells(table: Table) -> list[tuple[Row, list[Cell]]]:
    """The rows that hold values, each with its value cells."""
    found = [(row, [cell for cell in row if cell.role == "value"]) for row in table.rows]
    return [(row, cells) for row, cells in found if cells]
