"""Deciding whose figures count, who reports together, and until which day reports are to be there."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.annual.forms import edition_for
from gongkai.web.audit.services import Audit, salted
from gongkai.web.collection.models import Choice
from gongkai.web.collection.rulekeys import INTERNAL_DAY, TOGETHER
from gongkai.web.collection.selectors.contributions import chosen
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.rules.services import set_value

REASON = 300


def choose(*, audit: Audit, organ: Organ, year: int, way: str, reason: str) -> Choice:
    """Say by which figures an organ counts in a year, with the reason. Refused when it stands so already."""
    if way not in dict(Choice.WAYS):
        raise Refused("请选择按哪里的数计入。")
    if edition_for(year) is None:
        raise Refused(f"没有{year}年度的年度报告格式。")
    why = " ".join(reason.split())
    if not why:
        raise Refused("请写明理由，例如“该局在省级系统办理申请，以交来的报告为准”。")
    if len(why) > REASON:
        raise Refused(f"理由最多{REASON}字，现有{len(why)}字。")
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
    plain = day.strip()
    if plain:
        try:
            said = date.fromisoformat(f"2024-{plain}")
        except ValueError:
            raise Refused("日期写法不对，应像01-20这样写月和日。") from None
        if said > date(2024, 1, 31):
            raise Refused("内部期限不能晚于1月31日（《条例》第四十九条）。")
        plain = f"{said:%m-%d}"
    set_value(audit=audit, key=INTERNAL_DAY, value=plain, valid_from=valid_from)
