"""A scheme of assessment: a tree of indicators, at most five levels deep, with what each is worth.

An indicator with others under it is a group. One without is scored in its own way (`MODES`). What it is worth is said
as points or as a weight, a per cent of what stands above it, multiplied down. What a source does not say stays unsaid:
a fragment is shown and copied, but nothing is scored by it (`gaps`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

LEVELS = 5
HUNDRED = Decimal(100)
MODES: dict[str, str] = {
    "share": "按比例或者得分",
    "deduct": "扣分",
    "check": "逐项核对",
    "veto": "单项否决",
    "bonus": "加分",
}
"""How an indicator without others under it is scored."""
FORMS: dict[str, str] = {
    "county_government": "县级人民政府",
    "department": "县级部门",
    "township": "乡镇人民政府",
    "subdistrict": "街道办事处",
    "vertical": "垂直管理部门",
    "other": "其他",
}
"""The kinds of organ that an indicator may be confined to."""
PERIODS: dict[str, str] = {"year": "年度", "half_year": "半年", "quarter": "季度", "month": "月"}
TAGS: dict[str, str] = {
    "S": "出处读到原文",
    "P": "出处只读到一部分",
    "M": "未经核对",
    "K": "实务中的做法，未经核对",
    "I": "本系统规则",
    "L": "本县自定",
}
"""How far what a scheme says was read. None of it is shown as law."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason for which points are taken off: so many each time, at most so many in all."""

    key: str
    title: str
    each: Decimal
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a tree. `size` is what it is worth of the whole; None where the source does not say.

    `computed` names what the system's own records can tell of it; empty: an assessor enters it.
    """

    key: str
    title: str
    within: str
    level: int
    mode: str
    size: Decimal | None
    points: Decimal | None = None
    weight: Decimal | None = None
    rules: tuple[Rule, ...] = ()
    items: tuple[Item, ...] = ()
    computed: str = ""
    applies_to: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    sampling: str = ""
    note: str = ""
    tag: str = ""

    @property
    def group(self) -> bool:
        """Whether others stand under it."""
        return not self.mode

    @property
    def sized(self) -> bool:
        """Whether it is part of the base score: neither a veto nor a bonus."""
        return self.mode in ("share", "deduct", "check")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme as it was read. `gaps` says why nothing can be scored by it; empty when everything can."""

    key: str
    title: str
    full: Decimal
    tag: str
    source: str
    indicators: Mapping[str, Indicator] = field(default_factory=lambda: MappingProxyType({}))
    period: str = "year"
    note: str = ""
    pass_mark: Decimal | None = None
    bonus_over: Decimal | None = None
    bonus_limit: Decimal | None = None
    gaps: tuple[str, ...] = ()

    @property
    def leaves(self) -> tuple[Indicator, ...]:
        """The indicators that are scored, in their order."""
        return tuple(each for each in self.indicators.values() if not each.group)

    def under(self, key: str) -> Iterator[Indicator]:
        """The indicators directly under one; under "" the first level."""
        return (each for each in self.indicators.values() if each.within == key)

    def path(self, key: str) -> tuple[str, ...]:
        """The titles from the first level down to an indicator."""
        found: list[str] = []
        while key:
            found.insert(0, self.indicators[key].title)
            key = self.indicators[key].within
        return tuple(found)

    def number(self, key: str) -> str:
        """Where an indicator stands, as people say it: 1.2.3."""
        numbers: list[str] = []
        while key:
            above = self.indicators[key].within
            numbers.insert(0, str([each.key for each in self.under(above)].index(key) + 1))
            key = above
        return ".".join(numbers)

    @property
    def bonus_most(self) -> Decimal:
        """The most that can be added: what the bonuses come to, under the scheme's own limit."""
        total = sum((each.size or Decimal(0) for each in self.leaves if each.mode == "bonus"), Decimal(0))
        return total if self.bonus_limit is None else min(total, self.bonus_limit)


def plain(number: Decimal) -> str:
    """A number as an office writes it: no zeros at the end."""
    text = f"{number.normalize():f}"
    return "0" if text in ("-0", "") else text
