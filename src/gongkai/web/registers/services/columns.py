"""What stands in the columns and cells of an office's own table, as values of a register's fields. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.proactive.registers import FILES, Field, Register
from gongkai.readers.ledger.days import NoDay
from gongkai.readers.ledger.days import day_of as day_in
from gongkai.text.normal import fold

HEAD_ROWS = 10
_AROUND = re.compile(r"[\s*＊:：]+|\((?:必填|选填)\)")
_UNIT = re.compile(r"\(([^()]{1,8})\)$")
_MONTH = re.compile(r"((?:19|20)\d\d)\s*[-./年]?\s*(0?[1-9]|1[0-2])\s*月?(?:份)?")
_YES = frozenset({"是", "有", "√", "1", "y", "yes"})
_NOT = frozenset({"否", "无", "没有", "0", "n", "no", "×"})
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_YUAN = Decimal(10000)


class NoValue(ValueError):
    """A cell holds no value of its field; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its place from 0, its head, the field it fills, and whether its unit is 元 beside our 万元."""

    place: int
    head: str
    field: Field
    in_yuan: bool = False

    @property
    def letter(self) -> str:
        """The column as a spreadsheet calls it."""
        return letters(self.place)


def letters(place: int) -> str:
    """A column from 0 as A, B, … AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found


def importable(of: Register) -> list[Field]:
    """The fields that a table may bring: all but files."""
    return [each for each in of.fields if each.kind not in FILES]


def plain(head: Any) -> str:
    """A head without blanks, stars and 必填."""
    return _AROUND.sub("", fold(str(head)).strip())


def columns_of(of: Register, heads: Sequence[Any]) -> tuple[list[Column], list[str]]:
    """The columns that fill a field, and the heads that fill none. An amount must say its unit.

    Raises `NoValue` for an amount without unit, and for two columns of one field.
    """
    known = {plain(each.zh): each for each in importable(of)}
    found: list[Column] = []
    unused: list[str] = []
    for place, head in enumerate(heads):
        words = plain(head)
        if not words:
            continue
        unit = _UNIT.search(words)
        each = known.get(words) or (known.get(_UNIT.sub("", words)) if unit else None)
        if each is None:
            unused.append(str(head).strip()[:40])
            continue
        if any(column.field.key == each.key for column in found):
            raise NoValue(f"有两列都是“{each.zh}”，请删去一列。")
        said = unit[1] if unit and words != plain(each.zh) else ""
        if each.unit == "万元" and said not in ("元", "万元"):
            raise NoValue(f"“{each.zh}”一列没有写单位，请把表头写成“{each.zh}（万元）”或者“{each.zh}（元）”。")
        found.append(Column(place, str(head).strip(), each, in_yuan=each.unit == "万元" and said == "元"))
    return found, unused


def value_of(column: Column, cell: Any, rows: Mapping[str, str], this: date) -> str:
    """A cell as a value of its field; empty for a blank one. Raises `NoValue`."""
    each = column.field
    if isinstance(cell, dict):
        cell = date.fromisoformat(cell["day"])
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return ""
    if each.kind == "day":
        return _day(cell, this)
    if each.kind == "month":
        return _month(cell)
    if each.kind in ("count", "amount"):
        return _number(column, cell)
    words = _words(cell)
    if each.kind == "choice":
        return _choice(each, words)
    if each.kind == "choices":
        return ",".join(_choice(each, part) for part in re.split(r"[、，,;；]+", words) if part.strip())
    if each.kind == "yes":
        if words.lower() in _NOT:
            return ""
        if words.lower() in _YES:
            return "yes"
        raise NoValue("应当填“是”，或者留空")
    if each.kind == "row":
        if words not in rows:
            raise NoValue("登记的各项中没有这一项，名称应当完全相同")
        return rows[words]
    return words


def _words(cell: Any) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell).strip()


def _day(cell: Any, this: date) -> str:
    try:
        day = day_in(cell)
    except NoDay as error:
        raise NoValue(str(error)) from error
    if day is not None and day > date(this.year + 30, 12, 31):
        raise NoValue("年份太远，请核对")
    return day.isoformat() if day else ""


def _month(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell:%Y-%m}"
    met = _MONTH.fullmatch(fold(_words(cell)).strip())
    if met is None:
        raise NoValue("应为月份，如2026-03")
    return f"{met[1]}-{int(met[2]):02}"


def _number(column: Column, cell: Any) -> str:
    said = fold(str(cell) if not isinstance(cell, float) else repr(cell)).strip()
    if isinstance(cell, float) and cell == int(cell):
        said = str(int(cell))
    if not _NUMBER.fullmatch(said):
        raise NoValue("应为不小于0的数，不带单位和其他文字")
    try:
        number = Decimal(said.replace(",", ""))
    except InvalidOperation as error:
        raise NoValue("应为数") from error
    if column.in_yuan:
        number /= _YUAN
    if column.field.kind == "count" and number != number.to_integral_value():
        raise NoValue("应为整数")
    found = f"{number:f}"
    return found.rstrip("0").rstrip(".") if "." in found else found


def _choice(each: Field, words: str) -> str:
    wanted = plain(words)
    for key, zh in each.choices.items():
        if wanted in (key, plain(zh)):
            return key
    raise NoValue(f"应为{'、'.join(each.choices.values())}之一")
