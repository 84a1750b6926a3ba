"""A calendar as a value: which days are working days, and how to count them.

What the notices say stands before the weekday; what a county adds (a holiday of its own under art. 4 of the
全国年节及纪念日放假办法) stands before both. That an office is closed of its own accord is no holiday: nothing here
takes such days. Days after the last notice's year go by the weekday alone and are provisional; a day more than one
year past it is refused, and so is one before the first notice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from gongkai.law.citations import Citation
from gongkai.law.errors import LawGap

LOCAL_HOLIDAYS = Citation(
    "全国年节及纪念日放假办法",
    "第四条",
    "少数民族习惯的节日，由各少数民族聚居地区的地方人民政府，按照各该民族习惯，规定放假日期",
)


class DayKind(StrEnum):
    """What a day is."""

    WORKDAY = "workday"
    MAKEUP = "makeup_workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    LOCAL_HOLIDAY = "local_holiday"

    @property
    def label(self) -> str:
        """As a legend names it."""
        return _LABELS[self]


_LABELS = {
    DayKind.WORKDAY: "工作日",
    DayKind.MAKEUP: "调休上班",
    DayKind.WEEKEND: "周末",
    DayKind.HOLIDAY: "放假",
    DayKind.LOCAL_HOLIDAY: "地方放假",
}


@dataclass(frozen=True, slots=True)
class SetDay:
    """A day that a notice or a local rule names: off, or worked."""

    day: date
    works: bool
    name: str = ""
    local: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day as a strip or a month sheet draws it."""

    day: date
    kind: DayKind
    name: str
    provisional: bool

    @property
    def works(self) -> bool:
        """Whether it counts as a working day."""
        return self.kind in (DayKind.WORKDAY, DayKind.MAKEUP)


@dataclass(frozen=True, slots=True)
class Notice:
    """One year's arrangement: its days off and make-up working days, and where it was published.

    `issued_on` and `number` are empty where our source does not give them.
    """

    year: int
    days: tuple[SetDay, ...] = ()
    addresses: tuple[str, ...] = ()
    issued_on: date | None = None
    number: str = ""


@dataclass(frozen=True)
class Calendar:
    """The days of the years that have a notice, and one year beyond by weekday. Never changed; `with_…` gives another."""

    notices: tuple[Notice, ...]
    local: tuple[SetDay, ...] = field(default=())

    # ── what it rests on ─────────────────────────────────────────────────────────────────────────────────────────────

    def with_notice(self, notice: Notice) -> Calendar:
        """This calendar with one more year's notice; a newer notice of a year takes the place of the older one."""
        kept = [old for old in self.notices if old.year != notice.year]
        return replace(self, notices=tuple(sorted([*kept, notice], key=lambda each: each.year)))

    def with_days(
        self,
        *,
        off: Iterable[date] = (),
        work: Iterable[date] = (),
        years: Iterable[int] = (),
    ) -> Calendar:
        """This calendar with days set one by one, and with years whose notice was entered in that way.

        A day of such a year is the notice's; any other was set locally.
        """
        entered = set(years) - {notice.year for notice in self.notices}
        new = self
        for year in sorted(entered):
            new = new.with_notice(Notice(year))
        days = [SetDay(day, works=False, name="放假", local=day.year not in entered) for day in off]
        days += [SetDay(day, works=True, name="调休上班", local=day.year not in entered) for day in work]
        return replace(new, local=(*new.local, *days))

    @cached_property
    def first_on(self) -> date:
        """The first day it knows."""
        return date(self.notices[0].year, 1, 1)

    @cached_property
    def known_through(self) -> date:
        """The last day that is not provisional: the end of the last year up to which no year lacks its notice."""
        year = self.notices[0].year
        years = {notice.year for notice in self.notices}
        while year + 1 in years:
            year += 1
        return date(year, 12, 31)

    @cached_property
    def last_on(self) -> date:
        """The last day that it answers for: one year past the last notice."""
        return date(self.known_through.year + 1, 12, 31)

    @cached_property
    def _named(self) -> Mapping[date, SetDay]:
        national = (day for notice in self.notices for day in notice.days)
        return {day.day: day for day in (*national, *self.local)}

    @cached_property
    def _workdays(self) -> tuple[date, ...]:
        whole = (self.first_on + timedelta(days=n) for n in range((self.last_on - self.first_on).days + 1))
        return tuple(day for day in whole if self._works(day))

    def _works(self, day: date) -> bool:
        named = self._named.get(day)
        return named.works if named else day.weekday() < 5

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def provisional(self, day: date) -> bool:
        """Whether `day` lies after the last notice's year, so that only its weekday is known."""
        return day > self.known_through

    def is_workday(self, day: date) -> bool:
        """Whether `day` is a working day."""
        self._within(day)
        return self._works(day)

    def surely_works(self, day: date) -> bool:
        """Whether `day` is a working day by a notice: no promise is made on a weekday alone."""
        return not self.provisional(day) and self.is_workday(day)

    def day(self, day: date) -> Day:
        """What `day` is, with the holiday's name."""
        self._within(day)
        named = self._named.get(day)
        works = self._works(day)
        if works:
            kind = DayKind.MAKEUP if day.weekday() >= 5 else DayKind.WORKDAY
        elif named is None:
            kind = DayKind.WEEKEND
        else:
            kind = DayKind.LOCAL_HOLIDAY if named.local else DayKind.HOLIDAY
        name = named.name if named and kind is not DayKind.WORKDAY else ""
        return Day(day, kind, name, self.provisional(day))

    def days(self, start: date, end: date) -> tuple[Day, ...]:
        """Every day from `start` to `end`, both included."""
        return tuple(self.day(start + timedelta(days=n)) for n in range((end - start).days + 1))

    def add_workdays(self, start: date, number: int) -> date:
        """The `number`-th working day after `start`, which itself does not count."""
        return self.next_workdays(start, number)[-1]

    def next_workdays(self, start: date, number: int) -> tuple[date, ...]:
        """The first `number` working days after `start`."""
        if number < 1:
            raise ValueError(number)
        self._within(start)
        first = bisect_right(self._workdays, start)
        if first + number > len(self._workdays):
            raise self._too_late()
        return self._workdays[first : first + number]

    def workdays_before(self, day: date, number: int) -> date:
        """The `number`-th working day before `day`: when to remind of it."""
        if number < 1:
            raise ValueError(number)
        self._within(day)
        index = bisect_left(self._workdays, day) - number
        if index < 0:
            raise self._too_early(day)
        return self._workdays[index]

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; below zero where `end` comes first."""
        self._within(start)
        self._within(end)
        return bisect_right(self._workdays, end) - bisect_right(self._workdays, start)

    def left(self, today: date, due: date | None) -> int | None:
        """How many working days are left until the end of `due`, below zero once it has passed.

        None without a day, and where the calendar ends before either: lists are shown all the same.
        """
        if due is None or not self.first_on <= min(today, due) <= max(today, due) <= self.last_on:
            return None
        return self.workdays_between(today, due)

    def soon(self, today: date, number: int) -> date:
        """The `number`-th working day after `today`, up to which lists look ahead; by calendar days where the calendar ends."""
        try:
            return self.add_workdays(today, number)
        except LawGap:
            return today + timedelta(days=round(number * 7 / 5))

    def workdays_in(self, start: date, end: date) -> tuple[date, ...]:
        """The working days after `start` up to and including `end`."""
        self._within(start)
        self._within(end)
        return self._workdays[bisect_right(self._workdays, start) : bisect_right(self._workdays, end)]

    def workdays_after(self, start: date) -> Iterator[date]:
        """The working days after `start`, one by one; a refusal where the calendar ends."""
        self._within(start)
        yield from self._workdays[bisect_right(self._workdays, start) :]
        raise self._too_late()

    def roll(self, day: date) -> date:
        """`day` if it is a working day, else the first working day after it."""
        return day if self.is_workday(day) else self.add_workdays(day, 1)

    def _within(self, day: date) -> None:
        if day < self.first_on:
            raise self._too_early(day)
        if day > self.last_on:
            raise self._too_late(day)

    def _too_early(self, day: date) -> LawGap:
        return LawGap(f"{in_chinese(day)}早于日历的第一天（{in_chinese(self.first_on)}），推算不了")

    def _too_late(self, day: date | None = None) -> LawGap:
        which = in_chinese(day) if day else f"{in_chinese(self.last_on)}以后的日期"
        return LawGap(
            f"放假安排只公布到{self.known_through.year}年，{which}超出一年以上，推算不了；新的放假通知公布后录入即可"
        )


def in_chinese(day: date) -> str:
    """2026年3月2日, as a sentence writes it."""
    return f"{day.year}年{day.month}月{day.day}日"
