"""Facts for the words of a report: numbers with their source, and sentences whose numbers are slots for them.

What a fact is called, how its sentences run and by which words a typed number betrays itself stand in `facts.toml`. What
people must say themselves (chapter five, accountability, satisfaction) is no fact: `Fact` refuses such a name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

Number = int | Decimal
SECTIONS: dict[str, str] = {
    "preface": "引言",
    "1": "一、总体情况",
    "5": "五、存在的主要问题及改进情况",
    "6": "六、其他需要报告的事项",
}
"""The parts of a report that are words, in their order."""
OFFERED = ("preface", "1", "6")
"""The parts for which the program offers sentences; chapter five is written by people alone."""
GROUPS: dict[str, str] = {
    "year": "年度",
    "proactive": "主动公开",
    "table_two": "规范性文件和行政行为",
    "onrequest": "依申请公开",
    "disputes": "复议和诉讼",
    "management": "信息管理",
    "platform": "平台和场所",
    "supervision": "监督保障",
    "fees": "信息处理费",
    "county": "全县汇总，与本机关自己的数分列",
}
"""Groups of facts, in the order in which they stand beside the text."""
NEVER = re.compile("责任追究|追责|问责|处分|满意|评议|好评|投诉|举报|存在的?问题|不足|短板|违[法纪规]|泄密|失泄")
"""What the program never says in the office's stead."""


def printed(value: Number) -> str:
    """A number as a report prints it: digits alone, without zeros behind."""
    if isinstance(value, int):
        return str(value)
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with its source. `key` is for programs, `zh` what a slot calls it; both are unique in a year.

    `value` is None where nothing tells, with `why`. `short` is the word of the part in a sentence that lists several of
    one `family`. ValueError for what only people may say.
    """

    key: str
    zh: str
    unit: str
    group: str
    value: Number | None
    source: str
    why: str = ""
    family: str = ""
    short: str = ""

    def __post_init__(self) -> None:
        """Refuse what is none of the program's business, and names that a slot cannot hold."""
        if self.group not in GROUPS or re.search(r"[{}｛｝\n]", self.zh + self.key) or not (self.zh and self.key):
            raise ValueError(self.zh)
        if NEVER.search(f"{self.zh}{self.short}"):
            raise ValueError(f"“{self.zh}”只能由人写，不由系统提供")

    @property
    def slot(self) -> str:
        """The slot as it stands in the text."""
        return f"{{{self.zh}}}"

    @property
    def shown(self) -> str:
        """The number as it stands in the text; empty where nothing tells."""
        return "" if self.value is None else printed(self.value)


@dataclass(frozen=True, slots=True)
class Definition:
    """A fact as the year's sources are asked for it. `tells` are words beside which a typed number means this fact."""

    key: str
    zh: str
    unit: str
    group: str
    tells: str = ""

    def fact(self, value: Number | None, source: str, why: str = "") -> Fact:
        """The fact of a year."""
        return Fact(self.key, self.zh, self.unit, self.group, value, source, why)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that is offered: for which part, under which topic. `even_zero`: said though there was nothing.

    `family` puts one piece for each fact of a family (not zero) where `{各项}` stands, by the pattern `each`.
    """

    key: str
    section: str
    group: str
    words: str
    family: str = ""
    each: str = ""
    even_zero: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence as it is offered now: its words with slots."""

    key: str
    section: str
    group: str
    words: str


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = tomllib.loads(
        files("gongkai.annual.narrative").joinpath("facts.toml").read_text(encoding="utf-8")
    )
    return found


@cache
def definitions() -> dict[str, Definition]:
    """The facts that have a fixed name, by key."""
    return {entry["key"]: Definition(**entry) for entry in _data()["fact"]}


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every sentence that may be offered, in the order of the report."""
    found = tuple(Sentence(**entry) for entry in _data()["sentence"])
    return tuple(sorted(found, key=lambda each: OFFERED.index(each.section)))


def named(facts: Iterable[Fact]) -> dict[str, Fact]:
    """The facts by what a slot may call them: by name and by key."""
    found: dict[str, Fact] = {}
    for fact in facts:
        found[fact.zh] = fact
        found[fact.key] = fact
    return found


_SLOT = re.compile(r"\{([^{}]+)\}")
LIST = "各项"
"""Where a sentence lists the facts of a family."""


def offers(facts: Iterable[Fact], section: str) -> tuple[Offer, ...]:
    """The sentences for a part of which every number is known, and one is not zero unless nothing is worth saying."""
    known = list(facts)
    by_name = named(known)
    return tuple(
        Offer(each.key, each.section, each.group, words)
        for each in sentences()
        if each.section == section and (words := _filled(each, known, by_name))
    )


def _filled(each: Sentence, facts: list[Fact], by_name: Mapping[str, Fact]) -> str:
    words = each.words
    if each.family:
        of = [fact for fact in facts if fact.family == each.family and fact.value]
        if not of:
            return ""
        pieces = "、".join(each.each.format(short=fact.short, slot=fact.slot, unit=fact.unit) for fact in of)
        words = words.replace(f"{{{LIST}}}", pieces)
    used = [by_name.get(name) for name in _SLOT.findall(words)]
    if any(fact is None or fact.value is None for fact in used):
        return ""
    counted = [fact for fact in used if fact and fact.group != "year"]
    return words if each.even_zero or not counted or any(fact.value for fact in counted) else ""


def form_sentences() -> tuple[str, ...]:
    """The offered sentences without their slots: words that every organ has from the program."""
    return tuple(_SLOT.sub("", each.words) for each in sentences())
