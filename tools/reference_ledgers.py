"""The reference page of the registers, written from their data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongkai.annual.forms import cell
from gongkai.law.citations import OUR_RULE
from gongkai.proactive.registers import GROUPS, RHYTHMS, Field, Register, registers

Table = Callable[[Any, Any], str]
KINDS = {
    "day": "日期",
    "month": "月份",
    "period": "起止日期",
    "text": "文字",
    "words": "多行文字",
    "choice": "单选",
    "choices": "多选",
    "count": "整数",
    "amount": "数",
    "organ": "机关",
    "entry": "目录条目（索引号）",
    "row": "另一台账的一行",
    "file": "文件",
    "photo": "照片",
    "yes": "是否",
    "party": "当事人（自然人只留姓）",
}


def _need(of: Register, each: Field) -> str:
    if each.need == "must":
        return "必填"
    if not each.when:
        return "选填"
    key, _, value = each.when.partition("=")
    other = of.field(key)
    return f"“{other.zh}”为“{other.choices[value]}”时{'必填' if each.need == 'when' else '填'}"


def _what(each: Field) -> str:
    return "、".join(each.choices.values()) if each.choices else KINDS[each.kind]


def _register(of: Register, table: Table) -> str:
    facts = [f"依据：{of.basis}"]
    if of.cells:
        cells = "、".join(f"{c.edition}年版“{cell(c.address).label}”" for c in of.cells)
        facts.append(f"计入表二：{cells}")
    facts.append(f"按“{'、'.join(of.field(key).zh for key in of.day)}”计入年度")
    if of.rhythm:
        facts.append(f"{RHYTHMS[of.rhythm]}登记（{OUR_RULE}，可以另设）")
    if of.follow:
        child = registers()[of.follow.child].zh
        facts.append(f"{RHYTHMS[of.follow.every]}登记一次“{child}”（{OUR_RULE}，可以另设）")
    if of.publishable:
        facts.append("可以生成公开清单")
    rows = ((each.label, _what(each), _need(of, each)) for each in of.fields)
    return f"### {of.zh}\n\n{of.says}\n\n{'；'.join(facts)}。\n\n{table(('字段', '填什么', '要不要填'), rows)}"


def page(table: Table) -> str:
    """Every register under its heading."""
    parts = [
        "# 台账一览\n\n台账是数据（`src/gongkai/proactive/registers.toml`）。依据写“"
        f"{OUR_RULE}”的，不作为法律依据显示。怎样用见[台账](../how-to/ledgers.md)。\n"
    ]
    for group, words in GROUPS.items():
        mine = [_register(of, table) for of in registers().values() if of.group == group]
        parts.append(f"## {words}\n\n" + "\n".join(mine))
    return "\n".join(parts)


def pages(reference: Path, table: Table) -> dict[Path, Callable[[], str]]:
    """The page of the registers."""
    return {reference / "ledgers.md": lambda: page(table)}
