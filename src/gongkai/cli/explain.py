"""`--explain`: how a value was placed, what else it could have been, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.annual.forms import cell, form
from gongkai.annual.report import At, Cell, Report, Unsure, json_number
from gongkai.cli.naming import TABLES, name, resolve
from gongkai.cli.show import Screen, hung
from gongkai.cli.terminal import pad, plain

STATES = {"cell": "有确定的值", "blank": "空白", "unsure": "读不准", "absent": "文件中没有"}
PROOFS = {"read": "由版面读出", "arithmetic": "由勾稽关系算出", "person": "由人工填写"}
_SHOWN = 20

BLANK_SAYS = "这一格在文件中有位置，但没有填数（空白、“/”、“-”、“—”或“无”）。空白不当作 0。"


def explain(report: Report, asked: str) -> dict[str, Any]:
    """The answer as data: state, value, place and sentences; or the candidates when the words fit several cells."""
    found = resolve(asked, report.addresses)
    head = {"source": {"name": report.source.name}, "asked": asked}
    if len(found) != 1:
        return head | {"candidates": [{"address": a, "name": name(a)} for a in found]}
    return head | _answer(report, found[0])


def _answer(report: Report, address: str) -> dict[str, Any]:
    head: dict[str, Any] = {"address": address, "name": name(address)}
    placed = report.cells.get(address)
    if placed is not None:
        return head | _placed(placed)
    refused = next((u for u in report.unsure if u.address == address), None)
    if refused is not None:
        return head | _refused(refused)
    if address in report.blank:
        return head | {"state": "blank", "says": [BLANK_SAYS], "could_be": []}
    return head | {"state": "absent", "says": [_why_absent(report, address)], "could_be": []}


def _placed(found: Cell) -> dict[str, Any]:
    says = list(found.says)
    if found.uses:
        says.append(f"所依据的勾稽关系：{'、'.join(found.uses)}。")
    return {
        "state": "cell",
        "value": json_number(found.value),
        "text": found.text,
        "unit": found.unit,
        "proof": found.proof,
        "where": found.where or _where(found.at),
        "at": found.at.to_json(),
        "says": says or [f"{PROOFS[found.proof]}。"],
        "could_be": [],
    }


def _refused(found: Unsure) -> dict[str, Any]:
    return {
        "state": "unsure",
        "text": found.text,
        "where": found.where or _where(found.at),
        "at": found.at.to_json(),
        "says": [found.why],
        "could_be": list(found.could_be),
    }


def _where(at: At) -> str:
    page = f"第{at.page}页" if at.page is not None else ""
    return page + (f"第{at.line}行" if at.line is not None else "")


def _why_absent(report: Report, address: str) -> str:
    table = cell(address).table
    if report.edition is None:
        return "没有认出这份文件用的是哪一版表格，因此没有这一格。"
    if address not in form(report.edition).by_address:
        return f"这一格不属于{report.edition}年版的表格。"
    state = report.tables.get(table)
    reasons = {
        "missing": f"文件中没有{TABLES[table]}。",
        "cut": f"{TABLES[table]}在文件中不完整，没有出现这一格所在的行或列。",
        "unsure": f"没有认准{TABLES[table]}的行列，这一格的位置定不下来。",
    }
    return reasons.get(str(state), f"{TABLES[table]}中没有找到这一格所在的行或列。")


def lines(data: dict[str, Any], shown: str, screen: Screen) -> Iterator[str]:
    """The answer for a person."""
    yield screen.paint(plain(shown), "bold")
    if "candidates" in data:
        yield from _candidates(data, screen)
        return
    for head, words in _parts(data):
        yield from hung(f"  {pad(head, 8)}  ", plain(words), screen)


def _parts(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "单元格", f"{data['name']}（{data['address']}）"
    yield "状态", STATES[data["state"]]
    if data["state"] == "cell":
        unit = f" {data['unit']}" if data["unit"] else ""
        yield "值", f"{data['value']}{unit}（原文“{data['text']}”）"
        yield "依据", PROOFS[data["proof"]]
    elif data["state"] == "unsure":
        yield "原文", f"“{data['text']}”"
    if data.get("where"):
        yield "位置", data["where"]
    for head, key in (("说明", "says"), ("也可能是", "could_be")):
        for index, words in enumerate(data[key]):
            yield (head if index == 0 else ""), words


def _candidates(data: dict[str, Any], screen: Screen) -> Iterator[str]:
    found, asked = data["candidates"], plain(data["asked"])
    if not found:
        words = f"没有与“{asked}”相符的单元格；可用 gongkai forms 2021 查看各格的名称和地址。"
        yield from hung("  ", words, screen)
        return
    yield from hung("  ", f"“{asked}”可以指 {len(found)} 个单元格，请写明是哪一个：", screen)
    for candidate in found[:_SHOWN]:
        yield f"    {candidate['name']}  {screen.paint(candidate['address'], 'dim')}"
    if len(found) > _SHOWN:
        yield f"    ……另有 {len(found) - _SHOWN} 个"
