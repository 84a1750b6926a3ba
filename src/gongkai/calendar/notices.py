"""The published notices, 2019 on, as our own table; each with its address."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.calendar.days import Calendar, Notice, SetDay


@cache
def published() -> Calendar:
    """The calendar of all notices that came with this version."""
    table = tomllib.loads(files(__package__).joinpath("notices.toml").read_text("utf-8"))
    return Calendar(tuple(_notice(int(year), table[year]) for year in sorted(table)))


def _notice(year: int, table: dict[str, Any]) -> Notice:
    days = [SetDay(day, works=False, name=name) for name, spans in table["off"].items() for day in _spans(spans)]
    days += [SetDay(day, works=True, name=name) for name, spans in table["work"].items() for day in _spans(spans)]
    return Notice(year, tuple(sorted(days, key=lambda each: each.day)), tuple(table["addresses"]))


def _spans(spans: list[str]) -> Iterator[date]:
    for span in spans:
        first, _, last = span.partition("..")
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
        yield from (start + timedelta(days=n) for n in range((end - start).days + 1))
