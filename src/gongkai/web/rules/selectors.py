"""Reading what an office has set, and the calendar with its own days in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from gongkai.calendar import Calendar, published
from gongkai.web.memo import once_a_page, remembering
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


def number_set(county: uuid.UUID, key: str, usual: int, on: date) -> int:
    """The number that the county set, as it holds on a day; the usual one where it set none."""
    found = setting(county, key, on=on)
    return found if isinstance(found, int) else usual


def _set_for(county: uuid.UUID, key: str) -> list[Setting]:
    if remembering():  # a page asks for several
        return _all_set(county).get(key, [])
    return list(Setting.objects.filter(county=county, key=key).order_by("valid_from", "id"))


@once_a_page
def _all_set(county: uuid.UUID) -> dict[str, list[Setting]]:
    found: dict[str, list[Setting]] = {}
    for row in Setting.objects.filter(county=county).order_by("valid_from", "id"):
        found.setdefault(row.key, []).append(row)
    return found


@once_a_page
def calendar_of(county: uuid.UUID) -> Calendar:
    """The published calendar with the county's own days and the notices entered here."""
    return _calendar(county, *_newest(county))


def calendar_known(county: uuid.UUID, known_at: datetime) -> Calendar:
    """The calendar as it was known at a moment: what was entered later is not in it."""
    days, notices = CalendarDay.objects.filter(county=county), NoticeOfYear.objects.filter(county=county)
    if not any(rows.filter(recorded_at__gt=known_at).exists() for rows in (days, notices)):
        return calendar_of(county)
    return _with(days.filter(recorded_at__lte=known_at), notices.filter(recorded_at__lte=known_at))


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
    return _with(CalendarDay.objects.filter(county=county), NoticeOfYear.objects.filter(county=county))


def _with(entered: QuerySet[CalendarDay], notices: QuerySet[NoticeOfYear]) -> Calendar:
    days: dict[date, CalendarDay] = {row.day: row for row in entered.order_by("id")}
    return published().with_days(
        off=[day for day, row in days.items() if row.meaning == "off"],
        work=[day for day, row in days.items() if row.meaning == "work"],
        years=notices.values_list("year", flat=True),
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
