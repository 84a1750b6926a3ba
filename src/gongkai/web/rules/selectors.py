"""Reading what an office has set, and the calendar with its own days in it."""

from __future__ import annotations

import uuid
from datetime import date
from functools import lru_cache
from typing import Any

from gongkai.calendar import Calendar, published
from gongkai.web.rules.models import CalendarDay, NoticeOfYear, Setting


def setting(county: uuid.UUID, key: str, *, organ: uuid.UUID | None = None, on: date) -> Any:
    """What was set for `key` as of a day: the organ's own value before the county's; None when nobody set it."""
    rows = Setting.objects.filter(county=county, key=key, valid_from__lte=on).order_by("valid_from", "id")
    own = [row for row in rows if row.organ == organ and organ is not None]
    shared = [row for row in rows if row.organ is None]
    found = own or shared
    return found[-1].value if found else None


def calendar_of(county: uuid.UUID) -> Calendar:
    """The published calendar with the county's own days and the notices entered here."""
    newest = CalendarDay.objects.filter(county=county).order_by("-id").values_list("id", flat=True).first()
    notice = NoticeOfYear.objects.filter(county=county).order_by("-id").values_list("id", flat=True).first()
    return _calendar(county, newest, notice)


@lru_cache(maxsize=64)
def _calendar(county: uuid.UUID, newest: uuid.UUID | None, notice: uuid.UUID | None) -> Calendar:
    if newest is None and notice is None:
        return published()
    days: dict[date, CalendarDay] = {row.day: row for row in CalendarDay.objects.filter(county=county).order_by("id")}
    return published().with_days(
        off=[day for day, row in days.items() if row.meaning == "off"],
        work=[day for day, row in days.items() if row.meaning == "work"],
        years=NoticeOfYear.objects.filter(county=county).values_list("year", flat=True),
    )
