"""Columns that go stale: the intervals of the national check of sites, and a county's own beside them."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.proactive.staleness import freshness, interval_of, intervals


@pytest.mark.parametrize(
    ("column", "name", "amount", "unit"),
    (
        ("notices", "公示公告", 6, "month"),
        ("policies", "政策文件", 6, "month"),
        ("own.1", "县内要闻", 2, "week"),
        ("own.2", "工作动态", 2, "week"),
        ("own.3", "通知公告", 6, "month"),
    ),
)
def test_a_column_falls_under_an_interval_by_its_key_or_name(column, name, amount, unit):
    found = interval_of(column, name)
    assert found is not None
    assert (found.amount, found.unit) == (amount, unit)
    assert "国办秘函〔2019〕19号" in found.says


def test_of_other_columns_nothing_is_said_until_the_county_sets_it():
    assert interval_of("meetings", "会议公开") is None
    own = interval_of("meetings", "会议公开", {"meetings": {"amount": 3, "unit": "month"}})
    assert own is not None
    assert "本系统规则" in own.says
    assert "国办" not in own.says
    stricter = interval_of("notices", "公示公告", {"notices": {"amount": 1, "unit": "month"}})
    assert stricter is not None
    assert stricter.amount == 1


@pytest.mark.parametrize(
    ("key", "last", "today", "due", "stale"),
    (
        ("news", "2026-11-08", "2026-11-22", "2026-11-22", False),
        ("news", "2026-11-08", "2026-11-23", "2026-11-22", True),
        ("policies", "2026-05-22", "2026-11-22", "2026-11-22", False),
        ("policies", "2026-05-21", "2026-11-22", "2026-11-21", True),
        ("notices", "2025-08-31", "2026-02-28", "2026-02-28", False),
        ("home", "2026-11-01", "2026-11-22", "2026-11-15", True),
    ),
)
def test_a_column_is_stale_the_day_after_its_interval(key, last, today, due, stale):
    found = freshness(intervals()[key], date.fromisoformat(last), date.fromisoformat(today))
    assert (found.due_on, found.stale) == (date.fromisoformat(due), stale)


def test_a_column_in_which_nothing_ever_stood_is_empty_and_not_stale():
    found = freshness(intervals()["news"], None, date(2026, 11, 22))
    assert not found.stale
    assert found.says == "还没有公开过信息。"


def test_every_interval_that_came_with_the_system_was_read_at_its_source():
    assert {each.tag for each in intervals().values()} == {"S"}
    assert all(each.source for each in intervals().values())
