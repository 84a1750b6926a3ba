"""台账里的值怎样说给人听，按月、按期填写的怎样核对，一行在表二里算多少。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.proactive.register_checks import _month, _period
from gongkai.proactive.registers import CountedIn, Field, register, shown, weight

SHOWN = [
    (Field("a", "名称", "text"), "", ""),
    (Field("a", "方式", "choice", choices={"web": "网站"}), "web", "网站"),
    (Field("a", "方式", "choice", choices={"web": "网站"}), "fax", "fax"),
    (Field("a", "渠道", "choices", choices={"web": "网站", "board": "公告栏"}), "web,board", "网站、公告栏"),
    (Field("a", "期间", "period"), "2026-03-02/2026-03-20", "2026-03-02至2026-03-20"),
    (Field("a", "已公开", "yes"), "1", "是"),
    (Field("a", "金额", "amount", unit="万元"), "1.5", "1.5万元"),
]


@pytest.mark.parametrize(("each", "value", "words"), SHOWN)
def test_a_value_in_words(each, value, words):
    assert shown(each, value) == words


@pytest.mark.parametrize(
    ("cell", "said", "adds"),
    [
        (CountedIn("2021", "x", "rows"), {}, "1"),
        (CountedIn("2021", "x", "count", "pieces"), {"pieces": "3"}, "3"),
        (CountedIn("2021", "x", "count", "pieces"), {"pieces": "许多"}, "1"),
        (CountedIn("2021", "x", "sum", "money"), {"money": "2.50"}, "2.50"),
        (CountedIn("2021", "x", "sum", "money"), {}, "0"),
    ],
)
def test_what_a_row_adds(cell, said, adds):
    assert weight(cell, said) == Decimal(adds)


def test_months_and_spans_as_they_are_typed():
    month, span = Field("m", "月份", "month"), Field("p", "期间", "period")
    assert _month(month, "2026-03") == ""
    assert "应当像2026-03" in _month(month, "2026年3月")
    assert _period(span, "2026-03-02/2026-03-20") == ""
    assert _period(span, "2026-03-02/") == ""
    assert "应当像2026-03-02至" in _period(span, "2026-03-02/以后")
    assert "早于起始日期" in _period(span, "2026-03-20/2026-03-02")


def test_a_field_that_is_not_there_is_named():
    of = next(iter([register("penalties")]))
    with pytest.raises(KeyError, match="没有字段“colour”"):
        of.field("colour")
