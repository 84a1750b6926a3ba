"""Reading what an office has set, and the calendar with its own days in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from gongkai.calendar import Calendar, published
from gongkai.web.memo import once_a_page
from gongkai.web.rules.models import CalendarDay, NoticeOfYear, Setting


def setting(
    county: uuid.UUID, key: str, *, organ: uuid.UUID | None = None, on: date, known_at: datetime | None = None
) -> Any:
    """What was set for `key` as of a day: the organ's own value before the county's; None when nobody set it.

    With `known_at` only what had been set by that moment.
    """
    rows = [row for row in _set_for(county, key) if row.valid_from <= on]
    rows = rows if known_at is None else [row for row in rows if row.recorded_at <= known_at]
    own = [row for row in rows if row.organ == organ and organ is not None]
    shared = [row for row in rows if row.organ is None]
    found = own or shared
    return found[-1].value if found else None


@once_a_page
def _set_for(county: uuid.UUID, key: str) -> list[Setting]:
    return list(Setting.objects.filter(county=county, key=key).order_by("valid_from", "id"))


@once_a_page
def calendar_of(county: uuid.UUID) -> Calendar:
    """The published calendar with the county's own days and the notices entered here."""
    return _calendar(county, *_newest(county))


def _newest(county: uuid.UUID) -> tuple[object, object]:
    """The newest day and the newest notice, in one question: it is asked by every page and every act."""
    asked = CalendarDay._meta.get_field("county").get_db_prep_value(county, connection)
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [asked, asked])
        day, notice = cursor.fetchone()
    return day, notice


_NEWEST = (
    "SELECT (SELECT id FROM rules_calendar_day WHERE county = %s ORDER BY id DESC LIMIT 1),"
    " (SELECT id FROM rules_notice WHERE county = %s ORDER BY id DESC LIMIT 1)"
)


@lru_cache(maxsize=64)
def _calendar(county: uuid.UUID, newest: object, notice: object) -> Calendar:
    if newest is None and notice is None:
        return published()
    days: dict[date, CalendarDay] = {row.day: row for row in CalendarDay.objects.filter(county=county).order_by("id")}
    return published().with_days(
        off=[day for day, row in days.items() if row.meaning == "off"],
        work=[day for day, row in days.items() if row.meaning == "work"],
        years=NoticeOfYear.objects.filter(county=county).values_list("year", flat=True),
    )


def local_days(county: uuid.UUID) -> list[CalendarDay]:
    """The newest word on each day that was set here by hand, latest day first."""
    rows = CalendarDay.objects.filter(county=county, local=True).order_by("id")
    newest = {row.day: row for row in rows}
    return sorted((row for row in newest.values() if row.meaning != "usual"), key=lambda row: row.day, reverse=True)


def notices_entered(county: uuid.UUID) -> list[NoticeOfYear]:
    """The years whose notice was entered here."""
    return list(NoticeOfYear.objects.filter(county=county).order_by("-year"))


def history(county: uuid.UUID, keys: Iterable[str], limit: int = 50) -> list[Setting]:
    """What was set last, newest first."""
    return list(Setting.objects.filter(county=county, key__in=list(keys)).order_by("-id")[:limit])
