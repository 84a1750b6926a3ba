"""The information processing fee: two tariffs that rise by excess, each with its steps.

A fee is the exception: nothing is charged unless the office has switched it on and found that number or frequency are
clearly beyond reason. One application is charged by one method, never by both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.law.citations import NO_FEE, Citation, basis
from gongkai.law.errors import LawGap, Unlawful
from gongkai.law.tables import FEES_2020

MEASURE = "政府信息公开信息处理费管理办法"
PER_APPLICATION = Citation(MEASURE, "第四条", "以10件为一档，每增加一档，收费标准提高100元/件")
PER_PAGE = Citation(MEASURE, "第五条", "按量计收")
CITATIONS = (PER_APPLICATION, PER_PAGE)

_FREE = 10
_FIRST_TIER = 30
_TIER = 10
_TIER_YUAN = 100
_PAGE_TIERS = ((30, 0), (100, 10), (200, 20), (None, 40))


@dataclass(frozen=True, slots=True)
class Tier:
    """Part of a sum: so many units from `first` to `last` at a price each."""

    first: int
    last: int
    price: int
    says: str
    citation: Citation | None

    @property
    def yuan(self) -> int:
        """What this part comes to."""
        return (self.last - self.first + 1) * self.price

    @property
    def basis(self) -> str:
        """The provision with its words, or 本系统规则."""
        return basis(self.citation)


@dataclass(frozen=True, slots=True)
class Fee:
    """A sum in yuan and the parts it is made of."""

    yuan: int
    steps: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Charged:
    """Items that one applicant put in on a day, for the count of the month. `applicant` is a key, never a name."""

    applicant: str
    received_on: date
    items: int = 1


def in_month(lines: Iterable[Charged], applicant: str, on: date) -> int:
    """How many items an applicant has put in during the calendar month of `on`, up to and including that day."""
    return sum(
        line.items
        for line in lines
        if line.applicant == applicant
        and (line.received_on.year, line.received_on.month) == (on.year, on.month)
        and line.received_on <= on
    )


def per_application(items: int, *, charging: bool, before: int = 0, on: date | None = None) -> Fee:
    """The fee for `items` more of one applicant in a calendar month in which `before` were counted already."""
    _check(items, before, on)
    if not charging:
        return _none(items)
    parts: list[Tier] = []
    for nth in range(before + 1, before + items + 1):
        price = _price_of(nth)
        if parts and parts[-1].price == price:
            parts[-1] = _items(parts[-1].first, nth, price)
        else:
            parts.append(_items(nth, nth, price))
    return Fee(sum(part.yuan for part in parts), tuple(parts))


def per_page(pages: int, *, charging: bool, on: date | None = None) -> Fee:
    """The fee for `pages` of one application; pages of different applications are never added up."""
    _check(pages, 0, on)
    if not charging:
        return _none(pages)
    parts, first = [], 1
    for last, price in _PAGE_TIERS:
        end = pages if last is None else min(pages, last)
        if end >= first:
            each = f"每页{price}元" if price else "不收费"
            says = f"第{first}页至第{end}页，{each}"
            parts.append(Tier(first, end, price, says, PER_PAGE))
            first = end + 1
    return Fee(sum(part.yuan for part in parts), tuple(parts))


def _price_of(nth: int) -> int:
    if nth <= _FREE:
        return 0
    if nth <= _FIRST_TIER:
        return _TIER_YUAN
    return _TIER_YUAN * ((nth - _FIRST_TIER - 1) // _TIER + 2)


def _items(first: int, last: int, price: int) -> Tier:
    each = f"每件{price}元" if price else "不收费"
    says = f"同一申请人一个自然月内第{first}件至第{last}件，{each}"
    return Tier(first, last, price, says, PER_APPLICATION)


def _none(units: int) -> Fee:
    return Fee(0, (Tier(1, units, 0, "本机关没有启用信息处理费，不收费", NO_FEE),))


def _check(units: int, before: int, on: date | None) -> None:
    if units < 1 or before < 0:
        raise Unlawful("件数、页数至少为1")
    if on is not None and on < FEES_2020:
        raise LawGap("信息处理费办法自2021年1月1日起施行，此前没有收费标准")
