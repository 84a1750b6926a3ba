"""Where the yearly report of each organ stands when it is due, and on which day it is due.

Article 49 sets a day for departments, by which a report is handed in and public, and one for the report of a
government, by which it is public. For townships, sub-districts and bodies
that are run from above it sets none: their day is the county's own rule, or there is none. A county may also ask for
the reports on an earlier day: the day of the law may be a holiday, and it does not move. By a day of the county's own
a report is to be handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.calendar import Calendar, in_chinese
from gongkai.law.citations import REPORT_OF_DEPARTMENT, REPORT_OF_GOVERNMENT, Citation
from gongkai.law.errors import LawGap

DEPARTMENT, GOVERNMENT = "department", "county_government"
LOCAL: dict[str, str] = {
    "township": "乡镇人民政府",
    "subdistrict": "街道办事处",
    "vertical": "垂直管理部门",
    "other": "其他单位",
}
"""The kinds of organs for which article 49 names no day."""
OUR_COUNTY = "本县规定"
MonthDay = tuple[int, int]
BY_LAW: dict[str, tuple[MonthDay, Citation]] = {
    DEPARTMENT: ((1, 31), REPORT_OF_DEPARTMENT),
    GOVERNMENT: ((3, 31), REPORT_OF_GOVERNMENT),
}


class State(StrEnum):
    """Where a report stands."""

    NONE = "none"
    UNREADABLE = "unreadable"
    CONFLICT = "conflict"
    DRAFTED = "drafted"
    SIGNED = "signed"
    HANDED_IN = "handed_in"
    PUBLISHED = "published"


STATES: dict[State, str] = {
    State.NONE: "未开始",
    State.DRAFTED: "起草中",
    State.CONFLICT: "有不一致",
    State.UNREADABLE: "文件打不开",
    State.SIGNED: "已签发，未报送",
    State.HANDED_IN: "已报送，未见公布",
    State.PUBLISHED: "已公布",
}
"""In the order in which a page shows them."""


class Late(StrEnum):
    """Which day has passed."""

    NO = ""
    COUNTY = "county"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a report. `conflicts`: how many contradictions its figures have."""

    begun: bool = False
    signed: bool = False
    handed_on: date | None = None
    unreadable: bool = False
    public_on: date | None = None
    conflicts: int = 0

    @property
    def state(self) -> State:
        """Where it stands. Figures that contradict each other stand before whatever was done with them."""
        if self.conflicts and (self.begun or self.signed or self.handed_on or self.public_on):
            return State.CONFLICT
        if self.unreadable:
            return State.UNREADABLE
        if self.public_on:
            return State.PUBLISHED
        if self.handed_on:
            return State.HANDED_IN
        if self.signed:
            return State.SIGNED
        return State.DRAFTED if self.begun else State.NONE


@dataclass(frozen=True, slots=True)
class Due:
    """The days of an organ's report: that of the law, and the county's own where it set one. Either may be missing."""

    form: str
    law: date | None = None
    basis: Citation | None = None
    county: date | None = None

    @property
    def first(self) -> date | None:
        """The day that falls due first; None where nobody set one."""
        return min((day for day in (self.law, self.county) if day is not None), default=None)

    @property
    def last(self) -> date | None:
        """The day after which it is late by law, else by the county's own rule."""
        return self.law or self.county

    def next(self, seen: Seen, today: date) -> date | None:
        """The day that counts down: the first that has not passed and asks for something still, else the last."""
        county = None if self.handed_on(seen) else self.county
        ahead = [day for day in (county, self.law) if day is not None and day >= today]
        return min(ahead, default=self.last)

    def handed_on(self, seen: Seen) -> date | None:
        """When it was there and could be read: what the county's own day asks for."""
        return None if seen.unreadable else seen.handed_on or seen.public_on

    def done_on(self, seen: Seen) -> date | None:
        """When all that is asked for was done: of a government to be public, of a department also to be handed in."""
        handed = self.handed_on(seen)
        if self.form == GOVERNMENT:
            return seen.public_on
        if self.form == DEPARTMENT:
            return max(handed, seen.public_on) if handed and seen.public_on else None
        return handed

    def missing(self, seen: Seen) -> str:
        """What of it was not done, in a word; empty when all was. What is not seen here may be public elsewhere."""
        if self.done_on(seen):
            return ""
        if self.form == GOVERNMENT:
            return "未公布"
        return "已报送，未见公布" if self.handed_on(seen) else "未报送"

    def late(self, seen: Seen, today: date) -> Late:
        """Which day passed before what it asks for was done, or has passed while it is not."""
        if self.law is not None and (self.done_on(seen) or today) > self.law:
            return Late.LAW
        return Late.COUNTY if self.county is not None and (self.handed_on(seen) or today) > self.county else Late.NO

    def overdue(self, seen: Seen, today: date) -> Late:
        """Which day has passed while what it asks for is not done."""
        late = self.late(seen, today)
        done = self.done_on(seen) if late is Late.LAW else self.handed_on(seen)
        return Late.NO if done else late


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition of a report on the portal: from a day on, and until which; None: it stands."""

    first: date
    until: date | None = None


def public_on(shown: Iterable[Shown], law: date | None) -> date | None:
    """The day on which a report was made public; None where nothing of it stands.

    It is that of the first edition, whatever editions took its place: what is corrected later was public in time. One
    that was taken back, so that nothing was public on the day of the law, counts from when it was public again.
    """
    runs: list[Shown] = []
    for each in sorted(shown, key=lambda each: each.first):
        before = runs[-1] if runs else None
        if before is not None and (before.until is None or each.first <= before.until):
            until = None if before.until is None or each.until is None else max(before.until, each.until)
            runs[-1] = Shown(before.first, until)
        else:
            runs.append(each)
    if not runs or runs[-1].until is not None:
        return None
    return next(run.first for run in runs if law is None or run.until is None or run.until >= law)


def day_of_law(form: str, year: int) -> date | None:
    """The day that article 49 sets for the report of an organ of a form; None where it sets none."""
    return date(year + 1, *BY_LAW[form][0]) if form in BY_LAW else None


def due(form: str, year: int, internal: MonthDay | None = None, local: Mapping[str, MonthDay] | None = None) -> Due:
    """The days of an organ of a form for the report of a year.

    `internal` is the day on which the county wants all reports, `local` its days for the forms of which no law speaks.
    """
    asked = date(year + 1, *internal) if internal else None
    law = day_of_law(form, year)
    if law is not None:
        basis = BY_LAW[form][1]
        return Due(form, law, basis, asked if form == DEPARTMENT and asked and asked < law else None)
    own = (local or {}).get(form)
    return Due(form, county=date(year + 1, *own) if own else asked)


_FIRST: dict[State, int] = {
    State.UNREADABLE: 4,
    State.CONFLICT: 5,
    State.NONE: 6,
    State.DRAFTED: 7,
    State.SIGNED: 8,
    State.HANDED_IN: 9,
    State.PUBLISHED: 10,
}


def urgency(seen: Seen, of: Due, today: date) -> tuple[int, date]:
    """What puts the organs in the order in which they are to be chased: what is late and not begun first."""
    late = of.overdue(seen, today)
    rank = _FIRST[seen.state]
    if late:
        rank = (0 if late is Late.LAW else 2) + (seen.state is not State.NONE)
    return rank, of.next(seen, today) or date.max


def day_words(calendar: Calendar, day: date) -> str:
    """A day with its weekday, and whether people work on it; where they do not, the last day before on which they do."""
    weekday = f"星期{'一二三四五六日'[day.weekday()]}"
    try:
        found = calendar.day(day)
        works, sure = calendar.is_workday(day), not found.provisional
        before = None if works else calendar.workdays_before(day, 1)
    except LawGap:
        return f"{in_chinese(day)}（{weekday}）"
    said = [weekday]
    if before is not None:
        said += [found.name or "休息日", f"此前最后一个工作日是{before.month}月{before.day}日"]
    else:
        said.append("工作日")
    if not sure:
        said.append("放假安排公布以前按周末推算")
    return f"{in_chinese(day)}（{'，'.join(said)}）"
