"""Mess in the build of a report: editions mixed, tables cut, pages numbered, chapters renumbered, the end lost."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from random import Random

from tests.mess.on_labels import _label
from tests.mess.render import value_cells
from tests.mess.sheet import Cell, Sheet, Table, Truth, Words, cut_table, printed
from tests.mess.words import imitating_sentences


def one_other_row(rng: Random, sheet: Sheet) -> bool:
    """A report on the 2021 form with the one row 其他处理 of 2019: its sum stands at `otherwise_closed`."""
    if sheet.report.edition != "2021":
        return False
    table = next(t for t in sheet.tables() if t.number == 3)
    three = [y for y, row in enumerate(table.rows) if any("otherwise_closed" in (c.address or "") for c in row)]
    sums: dict[str, int] = {}
    for y in three:
        for cell in (c for c in table.rows[y] if c.address):
            address = cell.address or ""
            column = address.rsplit(".", 1)[1]
            sums[column] = sums.get(column, 0) + int(sheet.report.cells[address] or 0)
            sheet.truth[address] = Truth("none")
    row = [Cell("（六）其他处理", "label", colspan=2, keys=("applications.otherwise_closed",))]
    for column, value in sums.items():
        address = f"applications.otherwise_closed.{column}"
        sheet.truth[address] = Truth("must", value)
        row.append(Cell(printed(value), "value", address=address))
    table.rows[three[0] : three[-1] + 1] = [row]
    for cell in (c for r in table.rows for c in r if c.role == "group" and c.text.startswith("三、")):
        cell.rowspan -= len(three) - 1
    return True


def wrong_year(rng: Random, sheet: Sheet) -> bool:
    """A report for a year in which the other edition of the form was in force."""
    right, wrong = str(sheet.report.year), "2020" if sheet.report.edition == "2021" else "2023"
    for block in sheet.blocks:
        if isinstance(block, Words):
            block.text = block.text.replace(right, wrong)
    sheet.report = replace(sheet.report, year=int(wrong))
    return True


def sections_renumbered(rng: Random, sheet: Sheet) -> bool:
    """Chapters numbered otherwise, or not at all, or shifted by a chapter of the office's own."""
    style = rng.choice(("（{}）", "第{}部分 ", "", "{}. ", "shifted"))
    headings = [b for b in sheet.blocks if isinstance(b, Words) and b.chapter]
    if style == "shifted":
        sheet.blocks.insert(sheet.blocks.index(headings[0]), Words("一、机构基本情况"))
    for number, block in enumerate(headings):
        words = block.text.partition("、")[2]
        if style == "shifted":
            block.text = "二三四五六七"[number] + "、" + words
        else:
            block.text = style.format(str(number + 1) if style == "{}. " else "一二三四五六"[number]) + words
    return True


def imitating_words(rng: Random, sheet: Sheet) -> bool:
    """Sentences that sound like the form's labels, before, between and after the tables."""
    for text in imitating_sentences(rng):
        sheet.blocks.insert(rng.randint(1, len(sheet.blocks)), Words(text))
    return True


def extra_row(rng: Random, sheet: Sheet) -> bool:
    """A row of the office's own in table 二, which the form does not know."""
    table = next(t for t in sheet.tables() if t.number == 2)
    spots = [y for y, row in enumerate(table.rows) if _label(row) and len(row) == 4]
    extra = [Cell(rng.choice(("其他主动公开文件", "重大民生决策事项")), "label")]
    extra += [Cell(str(rng.randint(0, 30)), "void") for _ in range(3)]
    table.rows.insert(spots[-1] + 1, extra)
    return True


def _adopt(sheet: Sheet, table: Table, pieces: list[Table | Words]) -> None:
    spot = next(i for i, block in enumerate(sheet.blocks) if block is table)
    sheet.blocks[spot : spot + 1] = pieces


def blocks_apart(rng: Random, sheet: Sheet) -> bool:
    """Each block of table 二 is a table of its own."""
    table = next(t for t in sheet.tables() if t.number == 2)
    starts = [y for y, row in enumerate(table.rows) if len(row) == 1 and row[0].role == "head"]
    if len(starts) < 2 or starts[0]:
        return False
    ends = [*starts[1:], len(table.rows)]
    _adopt(sheet, table, [Table(2, table.rows[a:b], 4) for a, b in zip(starts, ends, strict=True)])
    return True


def _long_table(rng: Random, sheet: Sheet) -> tuple[Table, int] | None:
    tables = [t for t in sheet.tables() if t.number == 3 and len(t.rows) - t.head > 6]
    if not tables:
        return None
    table = rng.choice(tables)
    return table, rng.randint(table.head + 2, len(table.rows) - 2)


def page_break(rng: Random, sheet: Sheet) -> bool:
    """Table 三 goes on on the next page, with its head printed again or not."""
    found = _long_table(rng, sheet)
    if not found:
        return False
    table, at = found
    upper, lower = cut_table(table, at, repeat_groups=rng.random() < 0.5)
    if rng.random() < 0.7:
        lower.rows = deepcopy(table.rows[: table.head]) + lower.rows
        lower.head = table.head
    between = [Words(rng.choice(("- 4 -", "—5—", "第4页 共7页", "-3-")))] if rng.random() < 0.7 else []
    _adopt(sheet, table, [upper, *between, lower])
    return True


def page_number(rng: Random, sheet: Sheet) -> bool:
    """A page number stands inside a table, between two of its rows."""
    tables = [t for t in sheet.tables() if t.number != 4 and len(t.rows) > 6]
    if not tables:
        return False
    table = rng.choice(tables)
    at = rng.randint(3, len(table.rows) - 1)
    upper, lower = cut_table(table, at, repeat_groups=False)
    number = rng.choice(("- 2 -", "—3—", "-4-", "第 2 页", "– 5 –"))
    _adopt(sheet, table, [upper, Words(number), lower])
    return True


def breaks_off(rng: Random, sheet: Sheet) -> bool:
    """The document ends inside a table, after some row or after some cell of one."""
    tables = [t for t in sheet.tables() if len(value_cells(t)) > 1 or t.number == 4]
    table = rng.choice(tables)
    spot = next(i for i, block in enumerate(sheet.blocks) if block is table)
    at = rng.randint(min(3, len(table.rows) - 1), len(table.rows) - 1)
    gone = [c for row in table.rows[at:] for c in row]
    row = table.rows[at]
    inside = rng.random() < 0.5 and sum(c.role == "value" for c in row) > 2
    if inside:
        kept = row[: rng.randint(1, len(row) - 1)]
        gone = [c for c in gone if not any(c is k for k in kept)]
        for cell in kept:
            sheet.owe(cell.address, "may")
    upper, _ = cut_table(table, at, repeat_groups=False)
    if inside:
        upper.rows.append(kept)
    gone += [c for block in sheet.blocks[spot + 1 :] if isinstance(block, Table) for r in block.rows for c in r]
    for cell in gone:
        sheet.owe(cell.address, "none")
    sheet.blocks[spot:] = [upper]
    _glued_pieces_lost(sheet)
    return True


def _glued_pieces_lost(sheet: Sheet) -> None:
    """Values that stand in no cell of their own any more (glued, merged) are owed only while their row is there."""
    here = {c.address for t in sheet.tables() for c in t.values()}
    keys = {k for t in sheet.tables() for row in t.rows for c in row for k in c.keys}
    for address, truth in sheet.truth.items():
        if address not in here and truth.duty != "none" and address.rsplit(".", 1)[0] not in keys:
            truth.duty = "none"


def nested(rng: Random, sheet: Sheet) -> bool:
    """The tables stand in the cells of a table for layout (done by the printer of HTML)."""
    return True
