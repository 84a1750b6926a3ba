"""What a person typed, as it may be kept or counted: not too long, and without signs that no page can show."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone
from django.utils.dateparse import parse_date

from gongkai.calendar import in_chinese
from gongkai.web.facts import Refused

LINE = 300
"""How long a reason or a note on one line may be, where nothing else is said."""
SOUGHT = 60
"""How many characters a list looks for."""
DIGITS = 5
"""How long the number of a page or a version may be: none goes so far, and what is longer may be too long to count."""
EARLIEST, LATEST = 1900, 2199
"""Years of which there may be something: beside them a day has none before or after it to count to."""


def said(words: str, what: str, most: int, *, needed: bool = True, least: int = 1) -> str:
    """The words without blanks around them. Refused, with the name of `what` they are, when they cannot be kept."""
    plain = words.strip()
    if needed and len(plain) < least:
        raise Refused(f"请写明{what}。")
    if "\x00" in plain:
        raise Refused("填写的文字中有不能识别的控制字符，请删去后重新填写。")
    if len(plain) > most:
        raise Refused(f"{what}最多{most}字，现有{len(plain)}字。")
    return plain


def said_on_a_line(words: str, what: str, most: int = LINE, *, needed: bool = True) -> str:
    """The same with every gap one blank. Where they are needed one character says nothing."""
    return said(" ".join(words.split()), what, most, needed=needed, least=2)


def whole_number(words: str, digits: int = DIGITS) -> int | None:
    """The whole number that was typed; None for what is none, or too long a one."""
    plain = words.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= digits else None


def year_asked(words: str, least: int = EARLIEST) -> int | None:
    """The year that was typed; None for what is none, or one of which nothing here could tell."""
    year = whole_number(words, 4)
    return year if year is not None and least <= year <= LATEST else None


def key_asked(words: str) -> uuid.UUID | None:
    """The key that a form or an address sends; None for what is none."""
    try:
        return uuid.UUID(words)
    except ValueError:
        return None


def keys_asked(said: Iterable[str]) -> list[uuid.UUID]:
    """Keys as a form sends them; what is none is left out."""
    return [key for words in said if (key := key_asked(words))]


def in_reach(day: date) -> bool:
    """Whether there are days before and after this one to count to."""
    return EARLIEST <= day.year <= LATEST


def day_asked(words: str) -> date | None:
    """The day that was typed; None for what is none, or one of a year of which nothing here could tell."""
    try:
        day = parse_date(words.strip())
    except ValueError:
        return None
    return day if day is not None and in_reach(day) else None


def day_said(words: str, *, needed: str = "") -> date | None:
    """A day that was typed; None for nothing typed. Refused for what is no day, or for nothing where `needed` names it."""
    plain = words.strip()
    if not plain:
        if needed:
            raise Refused(f"请填写{needed}。")
        return None
    found = day_asked(plain)
    if found is None:
        raise Refused(f"{needed}“{plain[:40]}”不是有效的日期，请按“2026-03-19”的样子填写。")
    return found


def check_come(day: date, what: str = "日期") -> None:
    """Refused for a day that is still to come; `what` it is the day of."""
    if day > timezone.localdate():
        raise Refused(f"{what}{in_chinese(day)}还没有到，请核对。")


def number_said(words: str, what: str) -> int:
    """A whole number that was typed. Refused, with the name of `what` it is, for anything else."""
    number = whole_number(words)
    if number is None:
        raise Refused(f"“{what}”请填整数。")
    return number


def page_asked(said: Mapping[str, str]) -> int:
    """Which page of a list an address asks for, from 1."""
    return whole_number(said.get("page", "")) or 1


def words_asked(said: Mapping[str, str], name: str = "words") -> str:
    """What an address asks a list to look for."""
    return said.get(name, "").replace("\x00", "").strip()[:SOUGHT]
