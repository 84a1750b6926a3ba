"""The words of the form as the reader looks for them: compact, with what each of them means.

Compact words carry neither spaces nor punctuation, since files drop, double and swap both; item numbers stay (`3其他`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from gongkai.annual.forms import EDITIONS, form

Meaning = Literal["row2", "row3", "group", "head", "section"]

_SIGNS = re.compile(r"[^\u3400-\u9fff0-9A-Za-z]+")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]$")


@lru_cache(maxsize=8192)
def compact(text: str) -> str:
    """Letters, digits and characters only. `text` must be folded already."""
    return _SIGNS.sub("", text)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the form: what it means and the key of the row it names."""

    meaning: Meaning
    key: str
    official: str
    bare: bool = False
    """Printed without its item number: needs its place to be believed."""


_HEADS = (
    "申请人情况",
    "法人或其他组织",
    "信息内容",
    "自然人",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
    "总计",
    "本年新",
    "制作数量",
    "公开数量",
    "新制作数量",
    "新公开数量",
    "本年",
    "对外公开总数",
    "采购总金额元",
    "采购总金额万元",
    "本年收费金额",
    "单位万元",
    "万元",
    "结果",
    "尚未",
    "维持",
    "纠正",
    "审结",
)
"""Heads of columns, whole and as real files cut them."""

_SECTIONS = (
    ("2", "主动公开政府信息情况"),
    ("3", "收到和处理政府信息公开申请情况"),
    ("4", "政府信息公开行政复议行政诉讼情况"),
    ("4", "因政府信息公开工作被申请行政复议提起行政诉讼情况"),
    ("5", "存在的主要问题及改进情况"),
    ("6", "其他需要报告的事项"),
)


_ALIASES = {
    "otherwise_closed.supplement_not_made": ("逾期不补正", "逾期未补正", "申请人逾期不补正"),
    "otherwise_closed.fee_not_paid": ("逾期不缴费", "逾期未缴费", "申请人逾期不缴费", "逾期不缴纳费用"),
}
"""Short names that tools which set reports side by side print for the two longest labels."""


def _numbered(label: str) -> str:
    """The label without its bracketed explanation at the end, as many files print it."""
    return _BRACKETED.sub("", label)


@cache
def words() -> dict[str, Word]:
    """Compact spelling → what it means. Where two meanings share a spelling the more certain one stands."""
    found: dict[str, Word] = {}

    def add(spelling: str, word: Word) -> None:
        found.setdefault(spelling, word)

    for edition in EDITIONS:
        for row in form(edition).rows:
            for spelling in (compact(row.label), compact(_numbered(row.label))):
                add(spelling, Word("row3", row.key, row.label))
        for group in {g for row in form(edition).rows for g in row.groups}:
            if compact(group) not in found:
                add(compact(group), Word("group", group, group))
        for block in form(edition).blocks:
            add(compact(block.head), Word("head", block.head, block.head))
            add(compact(block.head).replace("条第", "条"), Word("head", block.head, block.head))
            for row in block.rows:
                add(compact(row.label), Word("row2", row.key, row.label))
            for column in block.columns:
                add(compact(column.label), Word("head", column.key, column.label))
                add(compact(_numbered(column.label)), Word("head", column.key, column.label))
        add(compact(form(edition).corner), Word("head", "corner", form(edition).corner))
        for result in form(edition).results:
            add(compact(result.label), Word("head", result.key, result.label))
        for kind in form(edition).kinds:
            add(compact(kind.label), Word("head", kind.key, kind.label))
            for over in kind.groups:
                add(compact(over), Word("head", over, over))
    for key, spellings in _ALIASES.items():
        official = form(EDITIONS[-1]).row(key).label
        for spelling in spellings:
            add(compact(official)[0] + spelling, Word("row3", key, official))
    for number, heading in _SECTIONS:
        for prefix in ("", *"一二三四五六七八九"):
            add(prefix + heading, Word("section", number, heading))
    for head in _HEADS:
        add(head, Word("head", head, head))
    for edition in EDITIONS:
        for row in form(edition).rows:
            for spelling in (compact(row.label)[1:], compact(_numbered(row.label))[1:]):
                add(spelling, Word("row3", row.key, row.label, bare=True))
    return found


@cache
def spelling_pattern() -> re.Pattern[str]:
    """Any known spelling, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words(), key=len, reverse=True))))


@cache
def row_spellings() -> tuple[tuple[str, Word], ...]:
    """The whole official spellings of rows, for likeness and for labels that broke off."""
    return tuple((s, w) for s, w in words().items() if w.meaning in ("row2", "row3") and not w.bare)
