"""The standard catalogues of grass-roots fields: their lines, what a limit in words means, and how a line stands.

A catalogue is a county's own; what it says of limits is the catalogue's and never called law. Words that are not
understood stay words: nothing is called stale or late by them. Unknown is not missing.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from gongkai.calendar import Calendar, in_chinese
from gongkai.proactive.rhythm import span_of, words
from gongkai.text.numbers import spelled_number

OF_FIELDS = "领域名称为本系统所列的参考，不是法定名称；目录以本县导入的为准。"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of grass-roots disclosure."""

    key: str
    zh: str


@cache
def fields() -> dict[str, Field]:
    """The fields by key."""
    data = tomllib.loads(files(__package__).joinpath("fields.toml").read_text("utf-8"))
    return {entry["key"]: Field(**entry) for entry in data["field"]}


COLUMNS: dict[str, str] = {
    "number": "序号",
    "first": "一级事项",
    "second": "二级事项",
    "content": "公开内容（要素）",
    "basis": "公开依据",
    "limit": "公开时限",
    "duty": "公开主体",
    "channels": "公开渠道和载体",
    "audience": "公开对象",
    "manner": "公开方式",
    "level": "公开层级",
}
"""The columns of a catalogue in their order."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a catalogue: an item with one of its elements, and what is asked of it, in the catalogue's words."""

    first: str
    second: str
    content: str
    number: str = ""
    basis: str = ""
    limit: str = ""
    duty: str = ""
    channels: str = ""
    audience: str = ""
    manner: str = ""
    level: str = ""

    def key(self, field: str) -> str:
        """What stays the same from one version of a catalogue to the next: field, item and element."""
        said = "\n".join("".join(part.split()) for part in (field, self.first, self.second, self.content))
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    @property
    def item(self) -> str:
        """The item as it is named: 一级事项／二级事项."""
        return "／".join(part for part in (self.first, self.second) if part)


# ── limits in words ──────────────────────────────────────────────────────────────────────────────────────────────────

_NUMBER = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_WITHIN = re.compile(_NUMBER + r"\s*个?(工作日|自然日|天|日|个?月)(?:以内|之内|内)")
_EVERY: dict[str, re.Pattern[str]] = {
    "week": re.compile(r"[每按]周(?!年)|[每按]星期"),
    "month": re.compile(r"[每按]个?月(?!内)|月度"),
    "quarter": re.compile(r"[每按]个?季度?|季度"),
    "half_year": re.compile(r"[每按]?半年"),
    "year": re.compile(r"[每按]年度?|[每按]一年"),
}
_PROMPT = re.compile(r"实时|及时|即时|随时|第一时间|立即")
_ALWAYS = re.compile(r"长期|常年|固定公开|持续公开")
_UNITS = {"工作日": "workday", "自然日": "day", "天": "day", "日": "day", "月": "month", "个月": "month"}
EVERY_WORDS = {"week": "周", "month": "月", "quarter": "季度", "half_year": "半年", "year": "年"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a limit in words asks for: within so many days of coming about, anew every so often, or no count at all.

    `understood` is false where the words hold nothing that can be counted, or several counts that contradict.
    """

    words: str
    amount: int = 0
    unit: str = ""
    every: str = ""
    prompt: bool = False
    always: bool = False
    note: str = ""

    @property
    def understood(self) -> bool:
        """Whether anything in the words was understood."""
        return bool(self.amount or self.every or self.prompt or self.always)

    @property
    def says(self) -> str:
        """How the words were taken, in a sentence."""
        if self.note:
            return self.note
        said = []
        if self.amount:
            unit = {"workday": "个工作日", "day": "日", "month": "个月"}[self.unit]
            said.append(f"形成或者变更后{self.amount}{unit}内公开")
        if self.every:
            said.append(f"每{EVERY_WORDS[self.every]}至少更新一次")
        if self.prompt and not said:
            said.append("没有写明天数，不判断是否及时")
        if self.always and not said:
            said.append("长期公开，不判断是否更新")
        return "，".join(said) + "。"


def rhythm_of(text: str) -> Rhythm:
    """What a catalogue's limit asks for."""
    plain = "".join(text.split())
    if not plain:
        return Rhythm(text, note="没有写明时限。")
    counts = {(_count(amount), _UNITS[unit]) for amount, unit in _WITHIN.findall(plain)} - {(0, "workday")}
    rest = _WITHIN.sub("", plain)
    every = [key for key, pattern in _EVERY.items() if pattern.search(rest)]
    found = Rhythm(text, prompt=bool(_PROMPT.search(rest)), always=bool(_ALWAYS.search(rest)))
    if len(counts) > 1 or len(every) > 1:
        return Rhythm(text, note="写了几个不同的时限，没有换算，不判断是否及时。")
    if counts:
        [(amount, unit)] = counts
        found = replace(found, amount=amount, unit=unit)
    if every:
        found = replace(found, every=every[0])
    return found if found.understood else Rhythm(text, note="没有读懂这一时限，不判断是否及时。")


def _count(said: str) -> int:
    return int(said) if said.isdecimal() else (spelled_number(said) or 0)


@dataclass(frozen=True, slots=True)
class Counted:
    """A day that the catalogue's limit leads to, and how."""

    due_on: date
    says: str
    provisional: bool = False


def within(rhythm: Rhythm, formed_on: date, calendar: Calendar) -> Counted | None:
    """By when something that came about on a day is to be public by the catalogue; None where it counts no days."""
    if not rhythm.amount:
        return None
    if rhythm.unit == "workday":
        day = calendar.add_workdays(formed_on, rhythm.amount)
        provisional = calendar.provisional(day)
    elif rhythm.unit == "month":
        day, provisional = _months_on(formed_on, rhythm.amount), False
    else:
        day, provisional = formed_on + timedelta(days=rhythm.amount), False
    unit = {"workday": "个工作日", "day": "日", "month": "个月"}[rhythm.unit]
    says = (
        f"自形成或者变更之日（{in_chinese(formed_on)}）起{rhythm.amount}{unit}，至{in_chinese(day)}（标准目录的时限）。"
    )
    return Counted(day, says, provisional)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def renewed(rhythm: Rhythm, last_on: date) -> Counted | None:
    """By when what was last renewed on a day is to be renewed again; None where the catalogue names no rhythm."""
    if not rhythm.every:
        return None
    here = span_of(rhythm.every, last_on)
    following = span_of(rhythm.every, here.last + timedelta(days=1))
    said, then = words(rhythm.every, here), words(rhythm.every, following)
    says = (
        f"每{EVERY_WORDS[rhythm.every]}至少更新一次：{said}更新过，{then}应当再更新，至{in_chinese(following.last)}。"
    )
    return Counted(following.last, says)


# ── how a line stands ────────────────────────────────────────────────────────────────────────────────────────────────


class Stand(StrEnum):
    """How an element stands at an organ."""

    LATE = "late"
    STALE = "stale"
    MISSING = "missing"
    PRESENT = "present"
    NOT_APPLICABLE = "not_applicable"
    UNASSIGNED = "unassigned"


STANDS: dict[Stand, str] = {
    Stand.PRESENT: "有",
    Stand.MISSING: "缺",
    Stand.STALE: "久未更新",
    Stand.LATE: "迟",
    Stand.NOT_APPLICABLE: "不涉及",
    Stand.UNASSIGNED: "责任机关未对应",
}
OPEN = frozenset({Stand.MISSING, Stand.STALE, Stand.LATE})
"""What somebody has to do something about."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry that a person said belongs to a line. Days are those of the calendar; None: never public."""

    formed_on: date
    first_public_on: date | None = None
    last_on: date | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """How a line stands, in a sentence why, and the day by which something is due."""

    stand: Stand
    says: str
    due_on: date | None = None


def judged(
    rhythm: Rhythm, entries: Iterable[Placed], today: date, calendar: Calendar, not_applicable: str = ""
) -> Judged:
    """How a line stands at an organ today, by the entries that were placed on it."""
    if not_applicable:
        return Judged(Stand.NOT_APPLICABLE, f"本机关不涉及：{not_applicable}")
    placed = list(entries)
    if not placed:
        return Judged(Stand.MISSING, "还没有对应的条目。")
    if overdue := _overdue(rhythm, placed, today, calendar):
        return overdue
    public = [each for each in placed if each.public and each.last_on]
    if not public:
        drafted = any(each.first_public_on is None for each in placed)
        return Judged(
            Stand.MISSING, "已经起草，还没有公开。" if drafted else "对应的条目已经撤下或者期满，现在没有公开的。"
        )
    return _of_public(rhythm, public, today, calendar)


def _overdue(rhythm: Rhythm, placed: list[Placed], today: date, calendar: Calendar) -> Judged | None:
    """What was drafted, never public, and should have been by now."""
    for each in sorted(placed, key=lambda each: each.formed_on):
        counted = within(rhythm, each.formed_on, calendar) if each.first_public_on is None else None
        if counted and today > counted.due_on:
            return Judged(Stand.LATE, f"已经起草，没有按时公开。{counted.says}", counted.due_on)
    return None


def _of_public(rhythm: Rhythm, public: list[Placed], today: date, calendar: Calendar) -> Judged:
    newest = max(public, key=lambda each: each.last_on or date.min)
    assert newest.last_on is not None
    again = renewed(rhythm, newest.last_on)
    if again and today > again.due_on:
        return Judged(Stand.STALE, f"{in_chinese(newest.last_on)}以后没有更新。{again.says}", again.due_on)
    counted = within(rhythm, newest.formed_on, calendar)
    if counted and newest.first_public_on and newest.first_public_on > counted.due_on:
        late = f"{in_chinese(newest.first_public_on)}才公开。{counted.says}"
        return Judged(Stand.LATE, late, counted.due_on)
    if again:
        return Judged(Stand.PRESENT, again.says, again.due_on)
    return Judged(Stand.PRESENT, rhythm.says if not rhythm.amount else f"{in_chinese(newest.last_on)}公开。")


# ── whose line it is ─────────────────────────────────────────────────────────────────────────────────────────────────

_SPLIT = re.compile(r"[、，,；;/\n]|以及|和|及|或者?")
_OF_COUNTY = re.compile(r"^(?:县级|区级|市级|本级|县|区|市|旗)(?=.{2,})")
_TOWNS = re.compile(r"乡镇|乡\（镇\）|镇\（街道\）|街道办|乡级|镇人民政府|乡人民政府")


@dataclass(frozen=True, slots=True)
class Bearer:
    """An organ that may have to disclose: its key, name and form."""

    key: str
    name: str
    form: str


def bearers(duty: str, organs: Iterable[Bearer], county: str) -> tuple[str, ...]:
    """The organs that the words of 公开主体 mean, by key, where that is plain; none where a person must say."""
    plain = "".join(duty.split())
    if not plain:
        return ()
    every = list(organs)
    found = {each.key for each in every if each.name in plain}
    if _TOWNS.search(plain):
        found |= {each.key for each in every if each.form in ("township", "subdistrict")}
    said = {_bare(part, county) for part in _SPLIT.split(plain)} - {""}
    found |= {
        each.key for each in every if each.form not in ("township", "subdistrict") and _bare(each.name, county) in said
    }
    return tuple(each.key for each in every if each.key in found)


def _bare(name: str, county: str) -> str:
    """An organ's name without the place: 云岭县教育局, 县教育局 and 教育局 are one."""
    return _OF_COUNTY.sub("", name.removeprefix(county))
