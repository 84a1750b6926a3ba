"""Days as pages print them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)")
_SHORT = re.compile(r"(?<![\d-])[\[（(【]?\s*(0?[1-9]|1[0-2])-([0-3]?\d)\s*[\]）)】]?(?![\d-])")
_SAID = re.compile(
    r"(?:发布|发文|公布|更新|发稿|录入|添加)?(?:时间|日期)\s*[:：]?\s*((?:19|20)\d{2}\s*(?:年|[-/.])\s*\d{1,2}\s*(?:月|[-/.])\s*\d{1,2})"
)


def day_in(text: str) -> date | None:
    """The first whole day in a text.

    >>> day_in("发布时间：2026年3月5日 08:30"), day_in("2026-02-30"), day_in("电话 0551-1234567")
    (datetime.date(2026, 3, 5), None, None)
    """
    for met in _DAY.finditer(text):
        found = _date(int(met[1]), int(met[2]), int(met[3]))
        if found:
            return found
    return None


def day_of_row(text: str, today: date) -> date | None:
    """The day beside an item of a list; one without a year is the newest such day that is not to come.

    >>> day_of_row("关于公布名单的通知 [11-20]", date(2026, 3, 1))
    datetime.date(2025, 11, 20)
    """
    found = day_in(text)
    if found:
        return found
    for met in _SHORT.finditer(text):
        short = _date(today.year, int(met[1]), int(met[2]))
        if short and short > today:
            short = _date(today.year - 1, int(met[1]), int(met[2]))
        if short:
            return short
    return None


def day_said(text: str) -> date | None:
    """The day that a page says it was published on, in so many words."""
    met = _SAID.search(text)
    return day_in(met[1]) if met else None


def months_before(day: date, months: int) -> date:
    """The day so many months earlier; the last of the month where that has no such day.

    >>> months_before(date(2026, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
