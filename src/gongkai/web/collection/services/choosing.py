"""Deciding whose figures count, who reports together, and until which day reports are to be there."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from django.db import transaction

from gongkai.annual.forms import edition_for
from gongkai.annual.january import LOCAL
from gongkai.web.audit.services import Audit, salted
from gongkai.web.collection.models import Choice
from gongkai.web.collection.rulekeys import INTERNAL_DAY, LOCAL_DAYS, TOGETHER
from gongkai.web.collection.selectors.contributions import chosen
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.rules.services import set_value
from gongkai.web.typed import said_on_a_line

_MONTH_AND_DAY = re.compile("[0-9]{2}-[0-9]{2}")


def choose(*, audit: Audit, organ: Organ, year: int, way: str, reason: str) -> Choice:
    """Say by which figures an organ counts in a year, with the reason. Refused when it stands so already."""
    if way not in dict(Choice.WAYS):
        raise Refused("请选择按哪里的数计入。")
    if edition_for(year) is None:
        raise Refused(f"没有{year}年度的年度报告格式。")
    why = said_on_a_line(reason, "理由", needed=False)
    if not why:
        raise Refused("请写明理由，例如“该局在省级系统办理申请，以交来的报告为准”。")
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=organ.pk)
        standing = chosen(organ, year)
        if way == (standing.way if standing else "usual"):
            raise Refused("已经是这样，不必重复指定。")
        row = Choice.objects.create(county=organ.county, organ=organ, year=year, way=way, reason=why, by=audit.actor)
        audit.record("collection.choose", row, {"organ": str(organ.pk), "year": year, "way": way, "why": salted(why)})
    return row


def set_together(*, audit: Audit, office: Organ | None, valid_from: date) -> None:
    """Say which organ reports for the county government too; None: each reports by itself."""
    set_value(audit=audit, key=TOGETHER, value=str(office.pk) if office else "", valid_from=valid_from)


def set_internal_day(*, audit: Audit, day: str, valid_from: date) -> None:
    """Set the day (MM-DD) by which organs hand in; empty: that of the law. Refused for a later one than the law's."""
    plain = _day(day)
    if plain > "01-31":
        raise Refused("内部期限不能晚于1月31日（《条例》第四十九条）。")
    set_value(audit=audit, key=INTERNAL_DAY, value=plain, valid_from=valid_from)


def set_local_day(*, audit: Audit, form: str, day: str, valid_from: date) -> None:
    """Set the county's own day (MM-DD) for organs of a form of which the Regulations say none; empty: none.

    Refused for a form that has the law's day, and for a day after that of the county's own report.
    """
    if form not in LOCAL:
        raise Refused("这一类单位的期限由《条例》规定，本县不能另定。")
    plain = _day(day)
    if plain > "03-31":
        raise Refused(f"{LOCAL[form]}的日期不能晚于3月31日：全县的报告在这一天以前公布（《条例》第四十九条）。")
    set_value(audit=audit, key=LOCAL_DAYS[form], value=plain, valid_from=valid_from)


def _day(day: str) -> str:
    """A month and a day as they are kept; empty for none. Refused for what is no day of any year."""
    plain = day.strip()
    if not plain:
        return ""
    if _MONTH_AND_DAY.fullmatch(plain):
        with suppress(ValueError):
            return f"{date.fromisoformat(f'2023-{plain}'):%m-%d}"
    raise Refused("日期写法不对，应像01-20这样写月和日。")
