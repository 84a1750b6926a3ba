"""Next year's notice, pasted by a person: read into a table, with what was read shown and what is doubtful refused.

The notice says each holiday in a few sentences: 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
Weekdays and sums of days that it names must fit, else the sentence is refused and no table is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.calendar.days import Notice, SetDay, in_chinese

HOLIDAYS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
_TITLE = re.compile("关于(20[0-9]{2})年部分节假日安排")
_NUMBER = re.compile("国办发明电〔20[0-9]{2}〕[0-9]{1,3}号")
_HEAD = re.compile("^[一二三四五六七八九十]{1,2}、([^：:]{1,20})[：:](.*)$")
_NOTE = "[（(]([^）)]*)[）)]"
_DAY = f"(?:(20[0-9]{{2}})年)?(?:([0-9]{{1,2}})月)?([0-9]{{1,2}})日(?:{_NOTE})?"
_SPAN = re.compile(f"{_DAY}(?:至{_DAY})?")
_WEEKDAY = re.compile("(?:周|星期)([一二三四五六日天])")
_SUM = re.compile("(?:共|放假)([0-9]{1,2})天")
_ADVICE = ("鼓励", "值班", "请各", "各地区", "节假日期间")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the notice and the days that were read from it."""

    text: str
    days: tuple[SetDay, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read, sentence by sentence, and why there is no table where something was refused.

    `notice` is None as long as `refused` holds a sentence. `left_out`: sentences that set no day.
    """

    notice: Notice | None
    lines: tuple[Line, ...]
    refused: tuple[str, ...]
    left_out: tuple[str, ...]


def read_notice(text: str, *, year: int | None = None, address: str = "", issued_on: date | None = None) -> Preview:
    """Read a pasted notice; the year is the title's unless it is given."""
    title = _TITLE.search(text)
    if year is None and title:
        year = int(title[1])
    if year is None:
        return Preview(None, (), ("没有看到“关于某年部分节假日安排的通知”，请写明年份",), ())
    reading = _Reading(year)
    if title and int(title[1]) != year:
        reading.refused.append(f"标题写的是{title[1]}年，不是{year}年")
    for paragraph in text.splitlines():
        reading.paragraph("".join(paragraph.split()))
    reading.whole()
    if reading.refused:
        return Preview(None, tuple(reading.lines), tuple(reading.refused), tuple(reading.left_out))
    days = sorted((day for line in reading.lines for day in line.days), key=lambda each: each.day)
    number = _NUMBER.search(text)
    notice = Notice(year, tuple(days), (address,) if address else (), issued_on, number[0] if number else "")
    return Preview(notice, tuple(reading.lines), (), tuple(reading.left_out))


class _Reading:
    """The sentences so far."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.lines: list[Line] = []
        self.refused: list[str] = []
        self.left_out: list[str] = []
        self.holidays: list[str] = []

    def paragraph(self, text: str) -> None:
        """One paragraph: a holiday's, or anything else, which sets no day."""
        head = _HEAD.match(text)
        if head is None:
            if "放假" in text and _SPAN.search(text):
                self.refused.append(f"这一段没有节日名称，不知道属于哪个节日：{text}")
            return
        name = head[1]
        self.holidays.append(name)
        for sentence in re.split("[。；]", head[2]):
            if sentence:
                self._sentence(name, sentence)

    def _sentence(self, name: str, text: str) -> None:
        if any(word in text for word in _ADVICE):
            self.left_out.append(text)
            return
        works = text.endswith("上班")
        if not works and "放假" not in text:
            (self.refused if _SPAN.search(text) else self.left_out).append(text)
            return
        says = text if works else text[: text.index("放假")]
        days: list[date] = []
        try:
            for match in _SPAN.finditer(says):
                days += self._days(match)
        except ValueError as error:
            self.refused.append(f"{error}：{text}")
            return
        total = _SUM.search(text)
        if not days:
            self.refused.append(f"没有读出日期：{text}")
        elif len(set(days)) != len(days):
            self.refused.append(f"同一天写了两次：{text}")
        elif not works and total and int(total[1]) != len(days):
            self.refused.append(f"写的是{total[1]}天，日期却有{len(days)}天：{text}")
        elif works and any(day.weekday() < 5 for day in days):
            self.refused.append(f"调休上班的日子不是周末：{text}")
        else:
            self.lines.append(Line(text, tuple(SetDay(day, works=works, name=name) for day in days)))

    def _days(self, match: re.Match[str]) -> list[date]:
        first = self._day(match[1], match[2], match[3], match[4], None)
        if match[7] is None:
            return [first]
        last = self._day(match[5], match[6], match[7], match[8], first)
        if not timedelta(0) < last - first < timedelta(days=15):
            raise ValueError("起止日期不对")
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def _day(self, year: str | None, month: str | None, day: str, note: str | None, after: date | None) -> date:
        if month is None and after is None:
            raise ValueError("没有写月份")
        written = int(year) if year else after.year if after else self.year
        try:
            found = date(written, int(month) if month else after.month if after else 0, int(day))
        except ValueError:
            raise ValueError("没有这一天") from None
        if found.year not in (self.year - 1, self.year) or (found.year < self.year and found.month < 12):
            raise ValueError(f"{in_chinese(found)}不属于{self.year}年的安排")
        weekday = _WEEKDAY.search(note) if note else None
        if weekday and "一二三四五六日".index(weekday[1].replace("天", "日")) != found.weekday():
            raise ValueError(f"{in_chinese(found)}是周{'一二三四五六日'[found.weekday()]}，不是周{weekday[1]}")
        return found

    def whole(self) -> None:
        """What only the whole can show: a holiday missing, a day set twice."""
        said = "".join(self.holidays)
        missing = [name for name in HOLIDAYS if name not in said]
        if missing:
            self.refused.append(f"没有读到这些节日：{'、'.join(missing)}")
        seen: set[date] = set()
        for day in (each.day for line in self.lines for each in line.days):
            if day in seen:
                self.refused.append(f"{in_chinese(day)}在两个节日里都有安排")
            seen.add(day)
