"""The numbers of the law as dated values, each with its unit, its provision and the words themselves.

A parameter has a value from a day on; asked about an earlier day, or about a day from which it was repealed, it gives a
`LawGap`. `since` is the first day for which we vouch for the value: the day the text took effect, or, for an older law
whose text does not say so, the day on which the Regulations of 2019 did, before which no case of ours can lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from gongkai.law import tables
from gongkai.law.citations import IN_FORCE, Citation, basis
from gongkai.law.errors import LawGap


class Unit(StrEnum):
    """What a value counts."""

    WORKDAY = "workday"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    @property
    def label(self) -> str:
        """As a sentence has it after the number."""
        return {"workday": "个工作日", "day": "日", "month": "个月", "year": "年"}[self]


@dataclass(frozen=True, slots=True)
class Value:
    """What holds from `since` on; `amount` None: repealed from that day. Without a citation it is a rule of ours."""

    since: date
    amount: int | None
    citation: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision with its words, or 本系统规则."""
        return basis(self.citation)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the law. `counts_from`: the day from which a limit runs, in the law's words."""

    key: str
    says: str
    unit: Unit
    counts_from: str
    values: tuple[Value, ...]

    def on(self, day: date) -> Value:
        """What holds on `day`."""
        held = [value for value in self.values if value.since <= day]
        if not held:
            first = self.values[0]
            in_force = IN_FORCE.get(first.citation.law) if first.citation else None
            raise LawGap(f"“{self.says}”自{_written(first.since)}起有规定，{_written(day)}没有可用的数值", in_force)
        if held[-1].amount is None:
            raise LawGap(f"“{self.says}”的规定自{_written(held[-1].since)}起不再施行")
        return held[-1]

    def amount(self, day: date) -> int:
        """The number that holds on `day`."""
        amount = self.on(day).amount
        assert amount is not None
        return amount


Parameters = Mapping[str, Parameter]


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def read(rows: Iterable[tables.Row]) -> Parameters:
    """The parameters of a table: rows of one key are the values of one parameter, earliest first."""
    found: dict[str, Parameter] = {}
    for row in sorted(rows, key=lambda row: row.since):
        value = Value(row.since, row.amount, row.citation)
        values = (*found[row.key].values, value) if row.key in found else (value,)
        found[row.key] = Parameter(row.key, row.says, Unit(row.unit), row.counts_from, values)
    return MappingProxyType(found)


PARAMETERS: Parameters = read(tables.ROWS)
"""Every parameter by its key."""
