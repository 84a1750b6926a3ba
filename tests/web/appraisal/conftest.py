"""A county whose public is asked: the competent department, two organs, a questionnaire that runs, and a hand for answers."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gongkai.web.appraisal.services import drafting, taking
from gongkai.web.appraisal.services.drafting import Told
from gongkai.web.appraisal.services.taking import Sheet
from tests.web.clock import Clock
from tests.web.oversight.conftest import education, office, water

__all__ = ["education", "office", "water"]

NINE = datetime(2026, 9, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OPENS, CLOSES = date(2026, 9, 1), date(2026, 9, 30)
TEXT = """单选：您从哪里了解政府信息？
网站
公开栏

评价：对信息公开是否满意？
*满意
*基本满意
不满意

文字：还有什么建议？
"""
GOOD, FAIR, BAD = ({"q1": 0, "q2": step} for step in (0, 1, 2))
_numbers = itertools.count()


@pytest.fixture
def clock(clock):
    """The first day of the questionnaire, nine o'clock."""
    clock.now = NINE
    return clock


def later(clock: Clock, **span: float) -> None:
    clock.now += timedelta(**span)


@pytest.fixture
def told(education, water):
    """A questionnaire about both organs; keyword arguments take the place of what it says."""

    def give(**other) -> Told:
        values = {
            "title": "政务公开满意度问卷",
            "text": TEXT,
            "subjects": (education.pk, water.pk),
            "opens_on": OPENS,
            "closes_on": CLOSES,
            "intro": "请如实填写。",
        }
        return Told(**(values | other))

    return give


@pytest.fixture
def drawn(clock, audit, office, told):
    """A questionnaire that nobody opened yet."""

    def give(**other):
        return drafting.keep(audit=audit, organ=office, told=told(**other))

    return give


@pytest.fixture
def running(drawn, audit):
    """A questionnaire that runs since today."""

    def give(**other):
        row = drawn(**other)
        drafting.open_to_all(audit=audit, row=row)
        return row

    return give


@pytest.fixture
def answer(audit, education):
    """Answer on line: about the first organ, under a form of its own."""

    def give(row, choices=GOOD, *, words="", organ=None, **other):
        sheet = Sheet((organ or education).pk, choices, {"q3": words} if words else {})
        once = other.pop("once", f"form:{next(_numbers)}")
        return taking.take(audit=audit, row=row, sheet=sheet, once=once, **other)

    return give
