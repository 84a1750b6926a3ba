"""Mess in the cells that hold numbers."""

from __future__ import annotations

from random import Random

from gongkai.annual.forms import cell as form_cell
from tests.mess.render import owe_glued, value_cells
from tests.mess.sheet import Cell, Sheet

FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def _kind(cell: Cell) -> str:
    return form_cell(cell.address or "").kind


def _some(rng: Random, sheet: Sheet, numbers: tuple[int, ...] = (2, 3, 4)) -> list[Cell]:
    return [c for t in sheet.tables() if t.number in numbers for c in t.values() if c.text]


def blanks(rng: Random, sheet: Sheet) -> bool:
    """An office leaves zeros out, or writes /, -, — or 无 for them: the truth of such a cell is blank, never 0."""
    mark = rng.choice(("", "", "/", "-", "—", "——", "无", "\u3000"))
    share = rng.choice((1.0, 1.0, 0.3))
    numbers = rng.choice(((2, 3, 4), (3,), (3, 4), (2,)))
    done = False
    for cell in _some(rng, sheet, numbers):
        if cell.text == "0" and rng.random() < share:
            cell.text, done = mark.strip("\u3000"), True
            sheet.owe(cell.address, "none")
    return done


def full_width_digits(rng: Random, sheet: Sheet) -> bool:
    """Digits typed with a Chinese input method."""
    everywhere = rng.random() < 0.6
    cells = [c for c in _some(rng, sheet) if everywhere or rng.random() < 0.3]
    for cell in cells:
        cell.text = cell.text.translate(FULL)
        if "." in cell.text and rng.random() < 0.5:
            cell.text = cell.text.replace(".", "．")
    return bool(cells)


def thousands(rng: Random, sheet: Sheet) -> bool:
    """Thousands parted by commas, half or full width."""
    comma = rng.choice((",", ",", "，"))
    done = False
    for cell in _some(rng, sheet):
        whole, dot, rest = cell.text.partition(".")
        if whole.isdigit() and whole.isascii() and len(whole) > 3:
            cell.text, done = f"{int(whole):,}".replace(",", comma) + dot + rest, True
    return done


def notes_in_cells(rng: Random, sheet: Sheet) -> bool:
    """Words beside a number in its cell; the number stays the cell's."""
    cells = [c for c in _some(rng, sheet, (2,)) if _kind(c) == "count" and c.text.isdecimal()]
    if not cells:
        return False
    for cell in rng.sample(cells, min(len(cells), rng.randint(1, 3))):
        value = int(cell.text)
        note = rng.choice(
            (f"（其中修订{value // 2}件）", "（含委托实施）", f"(其中延续{value // 3}项)", "（与上年相同）")
        )
        cell.text += note
    return True


def units_in_cells(rng: Random, sheet: Sheet) -> bool:
    """A measure word after the number: 件, 项, 万元."""
    done = False
    for cell in _some(rng, sheet, (2,)):
        kind = _kind(cell)
        if kind == "amount" and cell.text[-1:].isdecimal():
            unit = "万元" if sheet.report.edition == "2021" else rng.choice(("万元", "元"))
            cell.text += unit
            sheet.truth[cell.address or ""].unit = unit
            done = True
        elif kind == "count" and cell.text.isdecimal() and rng.random() < 0.3:
            cell.text += rng.choice(("件", "项", "个"))
            done = True
    return done


def signs_in_words(rng: Random, sheet: Sheet) -> bool:
    """本年增/减 written as 增3, 减4, +3 or with a full-width minus."""
    done = False
    for cell in _some(rng, sheet, (2,)):
        digits = cell.text.lstrip("-")
        if _kind(cell) == "change" and digits.isdecimal() and digits != "0":
            down = cell.text.startswith("-")
            cell.text = rng.choice(
                ("减{}", "－{}", "-{}", "减少{}") if down else ("增{}", "+{}", "增加{}", "{}")
            ).format(digits)
            done = True
    return done


def glued_row(rng: Random, sheet: Sheet) -> bool:
    """The values of one row lose their separators and stand in one cell."""
    rows = [
        (row, cells)
        for table in sheet.tables()
        if table.number == 3
        for row, cells in value_cells(table)
        if len(cells) == 7 and all(c.text.isdecimal() for c in cells)
    ]
    if not rows:
        return False
    row, cells = rng.choice(rows)
    owe_glued(sheet, row)
    together = Cell("".join(c.text for c in cells), "void", colspan=7)
    row[:] = [c for c in row if c.role != "value"] + [together]
    return True


def merged_values(rng: Random, sheet: Sheet) -> bool:
    """Two neighbouring values stand in one merged cell, a space between them: they may be told apart or refused."""
    rows = [cells for t in sheet.tables() if t.number == 3 for _, cells in value_cells(t) if len(cells) == 7]
    rows = [cells for cells in rows if all(c.text for c in cells)]
    if not rows:
        return False
    cells = rng.choice(rows)
    left = rng.randrange(6)
    row = next(row for t in sheet.tables() for row in t.rows if any(c is cells[left] for c in row))
    first, second = cells[left], cells[left + 1]
    sheet.owe_row(row, "may")
    first.text, first.colspan, first.role = f"{first.text} {second.text}", 2, "void"
    row[:] = [c for c in row if c is not second]
    return True


def drifted_row(rng: Random, sheet: Sheet) -> bool:
    """Rows of table 三 whose values stand one column further right, behind an empty cell."""
    done = False
    for table in (t for t in sheet.tables() if t.number == 3):
        for row, cells in value_cells(table):
            if len(cells) == 7 and rng.random() < 0.3:
                if not all(c.text for c in cells):
                    sheet.owe_row(row, "may")
                row.insert(row.index(cells[0]), Cell("", "void"))
                done = True
        if done:
            table.columns += 1
    return done
