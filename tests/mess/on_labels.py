"""Mess in the words of the form: labels, heads, groups, and the script they are written in."""

from __future__ import annotations

import re
from functools import cache
from random import Random
from typing import Any

from tests.mess.render import value_cells
from tests.mess.sheet import Cell, Row, Sheet, Table, Words

# One character lost or mistaken, as in hurried typing; each stays nearer to its own label than to any other.
SLIPS = {
    "结果维持": ("结果维护",),
    "尚未审结": ("尚末审结",),
    "行政事业性收费": ("行政事业型收费", "行政事业收费"),
    "行政规范性文件": ("规范性文件",),
    "行政强制": ("行政强製",),
    "科研机构": ("科硏机构",),
    "2.其他法律行政法规禁止公开": ("2.其他法律行政止公开", "2.其它法律行政法规禁止公开"),
    "1.本机关不掌握相关政府信息": ("1.本机关不掌握相关信息",),
    "2.没有现成信息需要另行制作": ("2.没有现成信息需另行制作",),
    "6.属于四类过程性信息": ("6.属四类过程性信息",),
    "8.属于行政查询事项": ("8.属行政查询事项",),
    "4.无正当理由大量反复申请": ("4.无正当理由大量反复的申请",),
    "3.危及“三安全一稳定”": ("3.危及三安全一稳定",),
    "四、结转下年度继续办理": ("四、结转下一年度继续办理",),
    "社会公益组织": ("社会公益性组织",),
    "二、上年结转政府信息公开申请数量": ("二、上年度结转政府信息公开申请数量",),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": ("（二）部分公开",),
    "本年处理决定数量": ("处理决定数量",),
    "政府集中采购": ("政府集中釆购",),
}


def _labels(sheet: Sheet) -> list[Cell]:
    return [c for t in sheet.tables() for row in t.rows for c in row if c.role in ("label", "head", "group") and c.text]


def altered_labels(rng: Random, sheet: Sheet) -> bool:
    """Slips of the pen in some labels."""
    cells = [c for c in _labels(sheet) if c.text in SLIPS]
    for cell in rng.sample(cells, min(len(cells), rng.randint(1, 6))):
        cell.text = rng.choice(SLIPS[cell.text])
    return bool(cells)


def cut_heads(rng: Random, sheet: Sheet) -> bool:
    """The second half of some heads is lost: 本年新|本年新, 结果|其他|尚未, 对外公开总数."""
    cuts = {
        "本年新制作数量": "本年新",
        "本年新公开数量": "本年新",
        "对外公开总数量": "对外公开总数",
        "本年增/减": "本年增/",
    }
    if sheet.report.edition == "2021" or rng.random() < 0.3:
        cuts = {"结果纠正": "结果", "其他结果": "其他", "尚未审结": "尚未"}
    done = False
    for cell in _labels(sheet):
        if cell.text in cuts:
            cell.text, done = cuts[cell.text], True
    return done


def item_numbers(rng: Random, sheet: Sheet) -> bool:
    """1. written as 1、 or 1． or （1）, or not at all."""
    style = rng.choice(("{}、", "{}．", "{}. ", "（{}）", ""))
    for cell in _labels(sheet):
        cell.text = re.sub(r"^(\d)\.", lambda m: style.format(m[1]), cell.text)
    return True


def half_width_brackets(rng: Random, sheet: Sheet) -> bool:
    """Full-width brackets and commas typed half width."""
    table = str.maketrans("（），：", "(),:")
    for cell in _labels(sheet):
        cell.text = cell.text.translate(table)
    if rng.random() < 0.5:
        for block in sheet.blocks:
            if isinstance(block, Words):
                block.text = block.text.translate(table)
    return True


def dropped_label(rng: Random, sheet: Sheet) -> bool:
    """The label of a row is lost: its place may be known by the order, or the row is refused."""
    rows = [row for t in sheet.tables() if t.number != 4 for row, _ in value_cells(t)]
    row = rng.choice(rows)
    label = next(c for c in row if c.role == "label")
    label.text = ""
    sheet.owe_row(row, "may")
    return True


def dropped_head(rng: Random, sheet: Sheet) -> bool:
    """A head of a column of persons is lost; the column's values may be placed by their order."""
    heads = [c for t in sheet.tables() if t.number == 3 for row in t.rows[: t.head] for c in row if c.keys]
    if not heads:
        return False
    head = rng.choice(heads)
    head.text = ""
    for address in sheet.truth:
        if address.startswith("applications.") and address.endswith("." + head.keys[0]):
            sheet.owe(address, "may")
    return True


def _neighbours(rng: Random, sheet: Sheet) -> tuple[Table, int] | None:
    """Two rows of one group of table 三, the second not the first of its group: (table, index of the upper)."""
    for table in (t for t in sheet.tables() if t.number == 3):
        pairs = [
            y
            for y in range(table.head, len(table.rows) - 1)
            if not any(c.role in ("group", "void") for c in table.rows[y + 1])
            and _label(table.rows[y])
            and _label(table.rows[y + 1])
            and _label(table.rows[y]).colspan == _label(table.rows[y + 1]).colspan
        ]
        if pairs:
            return table, rng.choice(pairs)
    return None


def _label(row: Row) -> Cell:
    return next((c for c in row if c.role == "label"), None)  # type: ignore[return-value]


def doubled_label(rng: Random, sheet: Sheet) -> bool:
    """A label stands on the row below its own too, whose own is lost: both rows may be read or refused."""
    found = _neighbours(rng, sheet)
    if not found:
        return False
    table, y = found
    upper, lower = table.rows[y], table.rows[y + 1]
    _label(lower).text = _label(upper).text
    for row in (upper, lower):
        sheet.owe_row(row, "may")
    return True


def swapped_rows(rng: Random, sheet: Sheet) -> bool:
    """Two rows, label and numbers together, stand in the other order: the order is no longer a witness for them."""
    found = _neighbours(rng, sheet)
    if not found:
        return False
    table, y = found
    first, second = table.rows[y], table.rows[y + 1]
    groups = first[: first.index(_label(first))]
    table.rows[y] = groups + second
    table.rows[y + 1] = [c for c in first if not any(c is g for g in groups)]
    for row in (first, second):
        sheet.owe_row(row, "may")
    return True


def repeated_groups(rng: Random, sheet: Sheet) -> bool:
    """Merged group labels are dissolved and printed on every row they spanned."""
    done = False
    for table in sheet.tables():
        rows: list[Row] = [[] for _ in table.rows]
        for y, line in enumerate(table.placed()):
            for cell, _ in line:
                if cell.role == "group" and cell.rowspan > 1:
                    for over in range(cell.rowspan):
                        rows[y + over].append(Cell(cell.text, "group", colspan=cell.colspan))
                    done = True
                else:
                    rows[y].append(cell)
        table.rows = rows
    return done


def split_label(rng: Random, sheet: Sheet) -> bool:
    """A label's sign stands in a cell of its own: 一、 | 本年新收政府信息公开申请数量."""
    done = False
    for table in (t for t in sheet.tables() if t.number == 3):
        for row in table.rows[table.head :]:
            label = _label(row)
            match = label and label.colspan > 1 and re.match(r"(（.）|[一二三四]、|\(.\))(.+)", label.text)
            if match and rng.random() < 0.7:
                spot = row.index(label)
                rest = Cell(match[2], "label", colspan=label.colspan - 1, keys=label.keys)
                row[spot : spot + 1] = [Cell(match[1], "label"), rest]
                done = True
    return done


def spaced_labels(rng: Random, sheet: Sheet) -> bool:
    """Spaces between the characters of labels: ordinary, no-break or ideographic."""
    space = rng.choice((" ", " ", "\u00a0", "　"))
    for cell in _labels(sheet):
        if rng.random() < 0.4:
            spot = rng.randint(1, max(1, len(cell.text) - 1))
            everywhere = len(cell.text) <= 4 and rng.random() < 0.5
            cell.text = space.join(cell.text) if everywhere else cell.text[:spot] + space + cell.text[spot:]
    return True


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def _each_text(sheet: Sheet) -> list[Cell | Words]:
    return [b for b in sheet.blocks if isinstance(b, Words)] + [c for t in sheet.tables() for r in t.rows for c in r]


def traditional(rng: Random, sheet: Sheet) -> bool:
    """Everything in traditional characters."""
    for piece in _each_text(sheet):
        piece.text = _converter().convert(piece.text)
    for truth in sheet.truth.values():
        truth.unit = None
    return True


# Readings that a careless annotator puts behind characters of many readings, in either script.
PINYIN = {
    "务": "wù",
    "務": "wù",
    "导": "dǎo",
    "導": "dǎo",
    "为": "wèi",
    "為": "wèi",
    "处": "chǔ",
    "處": "chǔ",
    "应": "yīng",
    "應": "yīng",
    "重": "chóng",
    "数": "shù",
    "數": "shù",
    "其": "qí",
    "量": "liàng",
    "结": "jié",
    "結": "jié",
    "强": "qiáng",
    "強": "qiáng",
    "还": "hái",
    "還": "hái",
    "调": "diào",
    "調": "diào",
    "种": "zhǒng",
    "稱": "chēng",
}


def pinyin(rng: Random, sheet: Sheet) -> bool:
    """Pinyin in brackets behind some characters: 務(wù)."""
    some = {c: f"{c}({sound})" for c, sound in PINYIN.items() if rng.random() < 0.5}
    if not some:
        return False
    pattern = re.compile("|".join(some))
    for piece in _each_text(sheet):
        piece.text = pattern.sub(lambda m: some[m[0]], piece.text)
    return True
