"""By when something is to be published: 20 working days, the special limits of other laws, and an organ's own beside.

The law's limit and the organ's own are two things: an own limit that is stricter is shown as the organ's, never as law;
one that is longer changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gongkai.calendar import Calendar, in_chinese
from gongkai.law.citations import OUR_RULE, Citation, short_basis
from gongkai.law.errors import LawGap
from gongkai.law.parameters import PARAMETERS, Parameter, Parameters, Unit

LIMITS: dict[str, str] = {
    "publish": "一般政府信息",
    "publish_budget": "本级预算、预算调整、决算及报告、报表（财政部门）",
    "publish_department_budget": "部门预算、决算及报表",
    "publish_unit_budget": "部门所属单位预算、决算及报表",
    "publish_award": "政府采购中标、成交结果",
    "publish_contract": "政府采购合同",
}
"""The limits that an entry may have, by the key of the law's number."""

CONSULT_THE_PUBLIC = "consult_the_public"
"""How long the public is asked at least on a major decision."""


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """A limit that an organ set for itself (or the county for it): shorter than the law's, or without effect."""

    amount: int
    unit: Literal["workday", "day"] = "workday"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit and how it came about. `provisional`: beyond the last published calendar."""

    key: str
    says: str
    counted_from: date
    due_on: date
    provisional: bool
    cites: Citation | None

    @property
    def basis(self) -> str:
        """The provision, or 本系统规则."""
        return short_basis(self.cites)


@dataclass(frozen=True, slots=True)
class Due:
    """The law's limit and the organ's own beside it; `note` says why an own limit has no effect."""

    law: Limit
    own: Limit | None = None
    note: str = ""

    @property
    def first_on(self) -> date:
        """The earlier of the two days: what the organ works to."""
        return min(self.law.due_on, self.own.due_on) if self.own else self.law.due_on


def due(
    key: str,
    counted_from: date,
    calendar: Calendar,
    own: OwnLimit | None = None,
    parameters: Parameters = PARAMETERS,
) -> Due:
    """By when an entry is to be published that came about (or changed) on a day. LawGap where no number holds."""
    if key not in LIMITS:
        raise LawGap(f"没有“{key}”这一公开期限")
    law = counted(parameters[key], counted_from, calendar)
    if own is None:
        return Due(law)
    mine = _own(own, counted_from, calendar)
    if mine.due_on >= law.due_on:
        return Due(law, note="本机关自定的期限不短于法定期限，以法定期限为准。")
    return Due(law, mine)


def counted(parameter: Parameter, counted_from: date, calendar: Calendar) -> Limit:
    """A number of the law counted from a day, which itself does not count."""
    value = parameter.on(counted_from)
    amount = parameter.amount(counted_from)
    due_on, provisional = _count(counted_from, amount, parameter.unit, calendar)
    says = (
        f"{parameter.says}：自{parameter.counts_from}（{in_chinese(counted_from)}）起{amount}{parameter.unit.label}内，"
        f"至{in_chinese(due_on)}。"
    )
    return Limit(parameter.key, says, counted_from, due_on, provisional, value.citation)


def _count(start: date, amount: int, unit: Unit, calendar: Calendar) -> tuple[date, bool]:
    if unit is Unit.WORKDAY:
        day = calendar.add_workdays(start, amount)
        return day, calendar.provisional(day)
    return start + timedelta(days=amount), False  # no provision lets the last day give way to a working day


def _own(own: OwnLimit, start: date, calendar: Calendar) -> Limit:
    unit = Unit(own.unit)
    due_on, provisional = _count(start, own.amount, unit, calendar)
    says = f"本机关自定的期限：{own.amount}{unit.label}内，至{in_chinese(due_on)}（{OUR_RULE}，不是法定期限）。"
    return Limit("own", says, start, due_on, provisional, None)
