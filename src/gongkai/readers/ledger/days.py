"""Days as people write them in ledgers. One reading or none: what can be two days is no day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import isfinite

from gongkai.text.normal import fold
from gongkai.text.numbers import spelled_number

EXPECTED = "应为日期，如2026-3-1"

_EARLIEST, _LATEST = date(2008, 5, 1), date(2099, 12, 31)
"""The first Regulations took effect on the former; a day outside is a slip of the keyboard or another number."""

_SERIALS = range((_EARLIEST - date(1899, 12, 30)).days, (_LATEST - date(1899, 12, 30)).days + 1)
_TIME = r"(?:[T\s]*(?:上午|下午)?\s*\d{1,2}[:时点]\d{1,2}(?:分|[:]\d{1,2}(?:\.\d+)?)?Z?)?"
_WEEKDAY = r"\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\s*"
_FULL = re.compile(
    rf"(?P<y>\d{{4}})\s*(?P<s>[-./年])\s*(?P<m>\d{{1,2}})\s*(?:[-./]|月)\s*(?P<d>\d{{1,2}})\s*[日号]?{_WEEKDAY}{_TIME}"
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_NO_YEAR = re.compile(rf"(?P<m>\d{{1,2}})\s*(?:月|[-./])\s*(?P<d>\d{{1,2}})\s*[日号]?{_WEEKDAY}")
_SHORT = re.compile(r"(?P<y>\d{1,2})\s*(?:年|[-./])\s*(?P<m>\d{1,2})\s*(?:月|[-./])\s*(?P<d>\d{1,2})\s*[日号]?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_SPELLED = re.compile(
    r"([二〇零○一三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_BLANK = re.compile(r"[\s/\\\-—－_*×无空暂未否.。]*|N/?A", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:至|到|~|～|—+|--|－|–)\s*")


class NoDay(ValueError):
    """A cell is no day that can be told for certain; the message says what was expected."""


def is_blank(text: str) -> bool:
    """Whether a cell says that there is nothing: empty, a stroke, 无, 暂无."""
    return _BLANK.fullmatch(text) is not None


def day_of(value: object, year: int | None = None) -> date | None:
    """The day in a cell; None where it is blank. `year` is the ledger's, for days written without one.

    Raises `NoDay` for anything that is no day or may be two.
    """
    if isinstance(value, datetime):
        return _bounded(value.date())
    if isinstance(value, date):
        return _bounded(value)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _of_number(float(value))
    return _of_text(str(value), year)


def period_of(value: object, year: int | None = None) -> tuple[date | None, date | None]:
    """The two days of a cell such as 2026-3-1至2026-3-20; the second may be missing or without its year."""
    if not isinstance(value, str):
        return day_of(value, year), None
    if is_blank(value):
        return None, None
    parts = _BETWEEN.split(fold(value).strip(), maxsplit=1)
    first = day_of(parts[0], year)
    return first, day_of(parts[1], first.year if first else year) if len(parts) > 1 else None


def _of_number(number: float) -> date:
    whole = int(number) if isfinite(number) else 0
    if whole in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=whole)
    if number == whole and len(str(whole)) == 8:
        return _of_parts(whole // 10_000, whole // 100 % 100, whole % 100)
    raise NoDay(f"{EXPECTED}；数字“{number:g}”不能确定是哪一天")


@lru_cache(maxsize=20_000)
def _of_text(text: str, year: int | None) -> date | None:
    if is_blank(text):
        return None
    words = fold(text).strip().strip(".。,;，；")
    for pattern in (_FULL, _COMPACT):
        if found := pattern.fullmatch(words):
            return _of_parts(int(found["y"]), int(found["m"]), int(found["d"]))
    if found := _SPELLED.fullmatch(words.replace("○", "〇")):
        parts = [spelled_number(part) for part in found.groups()]
        if None not in parts:
            return _of_parts(*(part or 0 for part in parts))
    if words.isdecimal() and len(words) == 5 and int(words) in _SERIALS:
        return _of_number(float(words))
    if found := _YEAR_LAST.fullmatch(words):
        return _year_last(*(int(part) for part in found.groups()))
    if found := _SHORT.fullmatch(words):
        if int(found["y"]) <= 12:
            raise NoDay(f"{EXPECTED}；年份请写四位")
        return _of_parts(2000 + int(found["y"]), int(found["m"]), int(found["d"]))
    if found := _NO_YEAR.fullmatch(words):
        if year is None:
            raise NoDay(f"{EXPECTED}；没有年份，台账标题中也没有")
        return _of_parts(year, int(found["m"]), int(found["d"]))
    many = len(_FULL.findall(words)) > 1
    raise NoDay("应为一个日期，现有几个" if many else EXPECTED)


def _year_last(first: int, second: int, year: int) -> date:
    """3/15/2026 can be one day only; 3/1/2026 may be two."""
    if first == second or second > 12:
        return _of_parts(year, first, second)
    if first > 12:
        return _of_parts(year, second, first)
    raise NoDay(f"{EXPECTED}；不能确定月和日的先后")


def _of_parts(year: int, month: int, day: int) -> date:
    try:
        return _bounded(date(year, month, day))
    except NoDay:
        raise
    except ValueError as error:
        raise NoDay(f"{EXPECTED}；没有这一天") from error


def _bounded(day: date) -> date:
    if not _EARLIEST <= day <= _LATEST:
        raise NoDay(f"{EXPECTED}；年份不在2008年至2099年之间")
    return day
