"""One cell's text becomes a figure: a number, a blank, or neither, with its unit, its note and its sign kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.annual.report import Number

BLANK_MARKS = frozenset(
    {
        "",
        "/",
        "-",
        "--",
        "---",
        "—",
        "——",
        "－",
        "\\",
        "无",
        "空",
        "／",
        "N/A",
        "n/a",
        "*",
        "_",
        "…",
        "？",
        "?",
        "―",
        "─",
    }
)
UNITS = ("万元", "亿元", "元", "件次", "人次", "件", "个", "项", "条", "次", "宗", "份", "部", "起", "例", "％", "%")

MONEY = frozenset({"万元", "亿元", "元"})

LONGEST = 18
"""Signs of one number; a longer run of digits is several numbers or none."""

_FIGURE = re.compile(
    r"(?P<sign>增加|增长|增|减少|下降|减|\+|-)?\s*"
    r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    rf"(?P<unit>{'|'.join(map(re.escape, UNITS))})?\s*"
    r"(?P<note>[(（\[][^()（）\[\]]*[)）\]]|[，,;；]?其中[^\n]*)?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed. `text` is verbatim; `value` carries the sign; `digits` are the bare digits."""

    value: Number
    text: str
    unit: str | None = None
    note: str | None = None
    signed: bool = False


def number_of(digits: str) -> Number:
    """A printed number without its separators; whole decimals (`3.0`) are whole."""
    plain = digits.replace(",", "").replace("，", "")
    if "." not in plain:
        return int(plain)
    value = Decimal(plain)
    return int(value) if value == value.to_integral_value() else value


@lru_cache(maxsize=4096)
def figure_of(text: str) -> Figure | None:
    """The figure a cell holds, None when it is no single figure. `text` is folded, ends stripped."""
    if text.isascii() and text.isdigit():
        if (len(text) > 1 and text[0] == "0") or len(text) > LONGEST:
            return None
        return Figure(int(text), text)
    match = _FIGURE.fullmatch(text)
    if not match:
        return None
    digits = match["number"]
    if (len(digits) > 1 and digits[0] == "0" and digits[1] != ".") or len(digits) > LONGEST:
        return None
    value = number_of(digits)
    sign = match["sign"]
    if sign in ("+", "-") and match.start("number") > match.end("sign"):
        return None  # a stroke beside a number: two cells in one
    if sign in ("减少", "下降", "减", "-"):
        value = -value
    note = match["note"]
    return Figure(value, text, match["unit"], note.strip("()（）[] ，,;；") if note else None, sign is not None)


def is_blank(text: str) -> bool:
    """Whether a cell's text stands for nothing: empty, a stroke, 无. Never zero."""
    return text in BLANK_MARKS


_DOUBTED = re.compile(r"应为|应是|更正|更改|改为|修正|有误|约|估|左右|以上|待核|待定|[?？]")


def unfit(figure: Figure, kind: str) -> str:
    """Why a figure cannot be the value of a cell of `kind` (count, change, amount) for what stands beside it; else ""."""
    if figure.unit in ("%", "％") or (kind != "amount" and figure.unit in ("元", "万元", "亿元")):
        return f"数的单位是“{figure.unit}”，不是本格所填的量"
    if figure.note and _DOUBTED.search(figure.note):
        return f"数旁注有“{figure.note}”，不能确定以哪个数为准"
    return ""


_RUN = re.compile(rf"(\d+)\s*(?:{'|'.join(map(re.escape, UNITS))})?")


def bare_digits(text: str) -> str:
    """The digits of a run that may be taken apart; "" for one with a point, a comma, a sign or a note in it."""
    run = _RUN.fullmatch(text)
    return run[1] if run else ""
