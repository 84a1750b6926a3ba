"""The registers as data: what each row holds, how it is checked, by which day it counts, and in which cell of table 二.

Values are words by field: days as 2026-03-02, months as 2026-03, numbers as digits, a choice by its key, several joined
with commas, what is linked to by its key. Nothing here knows who may write them or where they are kept.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.citations import REGULATIONS, Citation, short_basis
from gongkai.proactive.items import items

FieldKind = Literal[
    "day", "month", "period", "text", "words", "choice", "choices", "count", "amount", "organ", "entry", "row",
    "file", "photo", "yes", "party",
]  # fmt: skip
Values = Mapping[str, str]
GROUPS: dict[str, str] = {
    "report": "进入年度报告表二",
    "content": "公开的内容",
    "place": "渠道和场所",
    "work": "工作机制",
}
RHYTHMS: dict[str, str] = {"week": "每周", "month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年"}
FILES = ("file", "photo")
LINKS = ("entry", "row", "organ")
MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a register. `when` is the condition under which it is asked for; `public`: it may stand in a list outside."""

    key: str
    zh: str
    kind: FieldKind
    need: Literal["must", "optional", "when"] = "optional"
    when: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    of: tuple[str, ...] = ()
    help: str = ""
    public: bool = False

    @property
    def label(self) -> str:
        """The name with its unit, as a form and the head of a column say it."""
        return f"{self.zh}（{self.unit}）" if self.unit else self.zh

    def asked(self, values: Values) -> bool:
        """Whether the field has a meaning beside these values."""
        if not self.when:
            return True
        key, _, value = self.when.partition("=")
        return values.get(key, "") == value

    def needed(self, values: Values) -> bool:
        """Whether it must be filled in beside these values."""
        return self.need == "must" or (self.need == "when" and self.asked(values))


@dataclass(frozen=True, slots=True)
class CountedIn:
    """A cell of table 二 that a row counts in: as one, by a number of pieces where it has one, or with an amount."""

    edition: str
    address: str
    rule: Literal["rows", "count", "sum"]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """Rows that are followed up: a row of `child` every so often until `closed` is filled in.

    `stale` is a day in the newest row of `child` that may not lie further back than `days`.
    """

    child: str
    every: str
    closed: str = ""
    stale: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class FromTo:
    """A day by which another is to be filled in; without `days` the county sets how many, or nothing is judged."""

    start: str
    end: str
    days: int | None = None
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its fields and all that follows from a row."""

    key: str
    zh: str
    group: str
    says: str
    tag: str
    fields: tuple[Field, ...]
    day: tuple[str, ...]
    head: tuple[str, ...]
    natural: tuple[str, ...] = ()
    cells: tuple[CountedIn, ...] = ()
    rhythm: str = ""
    follow: Follow | None = None
    limit: FromTo | None = None
    parent: str = ""
    publishable: bool = False
    cites: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision where one was read, else 本系统规则."""
        return short_basis(self.cites)

    def field(self, key: str) -> Field:
        """The field with this key. KeyError when it has none."""
        return next(each for each in self.fields if each.key == key) if key in self.keys else _no(self, key)

    @property
    def public_fields(self) -> list[str]:
        """The keys of the fields that a list outside may show."""
        return [each.key for each in self.fields if each.public]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its fields."""
        return frozenset(each.key for each in self.fields)


def _no(register: Register, key: str) -> Field:
    raise KeyError(f"{register.zh}没有字段“{key}”")


def _register(entry: dict[str, Any]) -> Register:
    told = dict(entry)
    item, article, words = told.pop("item", ""), told.pop("article", ""), told.pop("quotation", "")
    cites = items()[item].cites if item else Citation(REGULATIONS, article, words) if article else None
    limit = told.pop("limit", None)
    follow = told.pop("follow", None)
    return Register(
        **{
            **told,
            "fields": tuple(Field(**{**each, "of": tuple(each.get("of", ()))}) for each in told["fields"]),
            **{name: tuple(told.get(name, ())) for name in ("day", "head", "natural")},
            "cells": tuple(CountedIn(**each) for each in told.get("cells", ())),
            "follow": Follow(**follow) if follow else None,
            "limit": FromTo(limit["from"], limit["to"], limit.get("days"), limit.get("unless", "")) if limit else None,
            "cites": cites,
        }
    )


@cache
def registers() -> dict[str, Register]:
    """Every register by key, in the order in which they are shown."""
    text = files(__package__).joinpath("registers.toml").read_text("utf-8")
    return {entry["key"]: _register(entry) for entry in tomllib.loads(text)["register"]}


def register(key: str) -> Register:
    """The register with this key. KeyError for any other."""
    return registers()[key]


def citations() -> tuple[Citation, ...]:
    """Every provision quoted here."""
    return tuple(dict.fromkeys(each.cites for each in registers().values() if each.cites))


# ── what follows from a row ──────────────────────────────────────────────────────────────────────────────────────────


def day_of(value: str) -> date | None:
    """The day that a value says; the first of a period, the last of a month: a month's total is known when it is over."""
    if MONTH.fullmatch(value):
        year, month = int(value[:4]), int(value[5:])
        following = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    try:
        return date.fromisoformat(value.partition("/")[0])
    except ValueError:
        return None


def counting_day(of: Register, values: Values) -> date | None:
    """The day by which a row counts; None while none of its days is filled in."""
    return next((day for key in of.day if (day := day_of(values.get(key, "")))), None)


def weight(cell: CountedIn, values: Values) -> Decimal:
    """What a row adds to a cell."""
    said = values.get(cell.field, "") if cell.field else ""
    try:
        number = Decimal(said) if said else None
    except InvalidOperation:
        number = None
    if cell.rule == "sum":
        return number if number is not None else Decimal(0)
    return number if cell.rule == "count" and number is not None else Decimal(1)


def cell_of(of: Register, address: str, edition: str) -> CountedIn | None:
    """The cell of an edition with this address, when the register's rows count in it."""
    return next((cell for cell in of.cells if cell.address == address and cell.edition == edition), None)


def shown(each: Field, value: str) -> str:
    """A value in words; what is linked to is named by whoever knows it."""
    if not value:
        return ""
    if each.kind == "choice":
        return each.choices.get(value, value)
    if each.kind == "choices":
        return "、".join(each.choices.get(part, part) for part in value.split(","))
    if each.kind == "period":
        return value.replace("/", "至")
    if each.kind == "yes":
        return "是"
    if each.kind in ("amount", "count") and each.unit:
        return f"{value}{each.unit}"
    return value


def heading(of: Register, values: Values) -> str:
    """The line by which a list calls a row."""
    parts = [shown(of.field(key), values.get(key, "")) for key in of.head]
    return "　".join(part for part in parts if part)[:200] or of.zh


def natural_key(of: Register, values: Values) -> str:
    """What makes the thing itself, so that it is not entered twice; empty where the row does not tell."""
    parts = [values.get(key, "") for key in of.natural]
    return "\x1f".join("".join(part.split()) for part in parts) if of.natural and all(parts) else ""


def alike(of: Register, values: Values) -> str:
    """All that a row says, in the order of its fields: two rows with the same are pointed out."""
    return "\x1f".join(values.get(each.key, "") for each in of.fields if each.kind not in FILES)
