"""Columns that go stale: after how long without anything new a column is pointed out, and when the next is due.

The intervals of the national check of sites are data with their source; a county may set its own beside them.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from gongkai.calendar import in_chinese
from gongkai.law.citations import OUR_RULE

UNITS = {"week": "周", "month": "个月"}
HOME = "home"


@dataclass(frozen=True, slots=True)
class Interval:
    """How long a column may go without anything new; `own`: a county's setting, with no source."""

    key: str
    zh: str
    amount: int
    unit: str
    source: str = ""
    tag: str = ""
    match: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """The interval in words, with where it comes from."""
        return f"{self.amount}{UNITS[self.unit]}（{self.source or OUR_RULE}）"

    def after(self, day: date) -> date:
        """The last day of the interval that begins with a day."""
        if self.unit == "week":
            return day + timedelta(weeks=self.amount)
        year, month = divmod(day.year * 12 + day.month - 1 + self.amount, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def intervals() -> dict[str, Interval]:
    """The intervals that came with the system, by key."""
    data = tomllib.loads(files(__package__).joinpath("staleness.toml").read_text("utf-8"))["interval"]
    return {e["key"]: Interval(**{**e, **{k: tuple(e.get(k, ())) for k in ("match", "columns")}}) for e in data}


def interval_of(column: str, name: str, own: Mapping[str, Mapping[str, object]] | None = None) -> Interval | None:
    """The interval of a column: the county's own, else the one that its key or its name falls under; else none."""
    said = (own or {}).get(column)
    if said:
        return Interval(column, name, int(str(said["amount"])), str(said.get("unit", "month")))
    for each in intervals().values():
        if column in each.columns or any(words in name for words in each.match):
            return each
    return None


@dataclass(frozen=True, slots=True)
class Freshness:
    """When a column was last updated, by when the next is due, and whether that has passed; never: no day at all."""

    last_on: date | None
    due_on: date | None
    stale: bool
    says: str


def freshness(interval: Interval, last_on: date | None, today: date) -> Freshness:
    """How a column stands on a day. One in which nothing was ever published is empty, not stale."""
    if last_on is None:
        return Freshness(None, None, stale=False, says="还没有公开过信息。")
    due_on = interval.after(last_on)
    if today > due_on:
        says = f"{in_chinese(last_on)}以后没有更新，已超过{interval.amount}{UNITS[interval.unit]}。"
        return Freshness(last_on, due_on, stale=True, says=says)
    return Freshness(last_on, due_on, stale=False, says=f"{in_chinese(due_on)}以前应当有更新。")
