"""Writing what an office sets: settings from a day on, days of the calendar, a year's notice."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from gongkai.calendar import Notice, in_chinese, published
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused
from gongkai.web.rules.models import CalendarDay, NoticeOfYear, Setting
from gongkai.web.rules.selectors import calendar_of, setting

REASON_LIMIT = 300
MOST_DAYS = 31
"""How many local days one entry may set: a slip in a year would set thousands."""


def set_value(
    *, audit: Audit, key: str, value: Any, valid_from: date, organ: uuid.UUID | None = None, reason: str = ""
) -> Setting | None:
    """Set a matter from a day on, for one organ or (None) the county; None when it stands so already."""
    if len(reason) > REASON_LIMIT:
        raise Refused(f"说明最多{REASON_LIMIT}字。")
    with transaction.atomic():
        if setting(audit.county, key, organ=organ, on=valid_from) == value:
            return None
        row = Setting.objects.create(
            county=audit.county,
            key=key,
            organ=organ,
            value=value,
            valid_from=valid_from,
            reason=reason.strip(),
            by=audit.actor,
        )
        audit.record("rules.set", row, {"key": key, "organ": str(organ or ""), "from": str(valid_from)})
        touch(county=audit.county)
    return row


def _set_day(audit: Audit, day: date, meaning: str, source: str, *, local: bool) -> CalendarDay:
    row = CalendarDay.objects.create(
        county=audit.county, day=day, meaning=meaning, local=local, source=source, by=audit.actor
    )
    audit.record("rules.set_day", row, {"day": str(day), "meaning": meaning, "local": local})
    return row


def _newest(county: uuid.UUID) -> dict[date, CalendarDay]:
    return {row.day: row for row in CalendarDay.objects.filter(county=county).order_by("id")}


def set_local_days(*, audit: Audit, first: date, last: date, meaning: str, source: str) -> list[CalendarDay]:
    """Days that the local government set off (or to be worked instead), or taken back.

    Refused without the document that says so, for days worked on weekdays, and for years outside the calendar.
    """
    if meaning not in dict(CalendarDay.MEANINGS):
        raise Refused("请选择放假、上班，或者恢复为平常日。")
    if last < first:
        raise Refused("最后一日早于第一日，请核对。")
    if (last - first).days >= MOST_DAYS:
        raise Refused(f"一次最多设定{MOST_DAYS}日，请核对起止日期。")
    calendar = calendar_of(audit.county)
    if not calendar.first_on <= first <= last <= calendar.last_on + timedelta(days=366):
        raise Refused("日期超出日历的范围，请核对年份。")
    if not source.strip():
        raise Refused("请写明依据的文件，例如“某州人民政府关于某节放假的通知”。本机关自行休息的日子不是法定节假日。")
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if meaning == "work" and any(day.weekday() < 5 for day in days):
        raise Refused("调休上班的日子应当是周六、周日，请核对。")
    with transaction.atomic():
        return [_set_day(audit, day, meaning, source.strip()[:200], local=True) for day in days]


def enter_notice(*, audit: Audit, notice: Notice, title: str) -> NoticeOfYear:
    """Write a year's notice into the calendar; entered again, the newer days take the place of the older.

    Refused for a year whose notice came with the system, and for one after a year that lacks its own.
    """
    known = {each.year for each in published().notices}
    entered = set(NoticeOfYear.objects.filter(county=audit.county).values_list("year", flat=True))
    if notice.year in known:
        raise Refused(f"{notice.year}年的放假安排已经随系统提供，不必录入。本地规定的放假请在“地方放假”中设定。")
    if notice.year - 1 not in known | entered:
        raise Refused(f"{notice.year - 1}年的放假安排还没有录入，请先录入上一年的。")
    if not notice.days:
        raise Refused("没有读出放假的日期，请核对粘贴的内容。")
    source = (title.strip() or f"关于{notice.year}年部分节假日安排的通知")[:200]
    with transaction.atomic():
        held = _newest(audit.county)
        wanted = {each.day: each for each in notice.days}
        for day, old in held.items():
            if day.year == notice.year and not old.local and old.meaning != "usual" and day not in wanted:
                _set_day(audit, day, "usual", source, local=False)
        for day, each in wanted.items():
            meaning = "work" if each.works else "off"
            if day not in held or held[day].meaning != meaning:
                _set_day(audit, day, meaning, source, local=False)
        row, made = NoticeOfYear.objects.get_or_create(
            county=audit.county,
            year=notice.year,
            defaults={"title": source, "issued_on": notice.issued_on, "by": audit.actor},
        )
        audit.record("rules.enter_notice", row, {"year": notice.year, "again": not made})
    return row


def days_in_words(days: Iterable[CalendarDay]) -> str:
    """The days that were set, as a message says them."""
    return "、".join(in_chinese(row.day) for row in days)
