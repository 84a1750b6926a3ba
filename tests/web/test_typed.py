"""What a person typed, as it is kept: each refusal beside what is taken."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.facts import Refused
from gongkai.web.typed import (
    LINE,
    SOUGHT,
    check_come,
    day_asked,
    day_said,
    key_asked,
    keys_asked,
    number_said,
    page_asked,
    said,
    said_on_a_line,
    whole_number,
    words_asked,
    year_asked,
)

TAKEN = (
    (" 已电话核实\n原件如此 ", {}, "已电话核实\n原件如此"),
    ("核", {}, "核"),
    ("五个字以内", {}, "五个字以内"),
    (" \n ", {"needed": False}, ""),
)
REFUSED = (
    ("  ", {}, "请写明理由。"),
    ("核实", {"least": 3}, "请写明理由。"),
    ("甲\x00乙", {}, "不能识别的控制字符"),
    ("\x00", {"needed": False}, "不能识别的控制字符"),
    ("已经核实无误了", {}, "理由最多6字，现有7字。"),
    ("已经核实无误了", {"needed": False}, "理由最多6字，现有7字。"),
)


@pytest.mark.parametrize(("words", "how", "kept"), TAKEN)
def test_words_are_kept_without_the_blanks_around_them(words, how, kept):
    assert said(words, "理由", 20, **how) == kept


@pytest.mark.parametrize(("words", "how", "says"), REFUSED)
def test_what_cannot_be_kept_is_refused_by_its_name(words, how, says):
    with pytest.raises(Refused, match=says):
        said(words, "理由", 6, **how)


def test_a_line_has_single_blanks_and_at_least_two_characters_where_it_is_needed():
    assert said_on_a_line(" 已\n电话 \t 核实 ", "理由") == "已 电话 核实"
    assert said_on_a_line("无", "说明", needed=False) == "无"
    with pytest.raises(Refused, match="请写明理由。"):
        said_on_a_line("无", "理由")
    with pytest.raises(Refused, match=f"理由最多{LINE}字，现有{LINE + 1}字。"):
        said_on_a_line("长" * (LINE + 1), "理由")


@given(st.text(max_size=30), st.integers(0, 20), st.booleans())
def test_what_is_kept_fits_and_is_kept_again_as_it_is(words, most, needed):
    for keep in (said, said_on_a_line):
        try:
            kept = keep(words, "理由", most, needed=needed)
        except Refused:
            continue
        assert len(kept) <= most
        assert "\x00" not in kept
        assert kept or not needed
        assert [each for each in kept if not each.isspace()] == [each for each in words if not each.isspace()]
        assert keep(kept, "理由", most, needed=needed) == kept


@pytest.mark.parametrize(
    ("words", "digits", "found"),
    [("12", 5, 12), (" ７ ", 5, 7), ("99999", 5, 99_999), ("100000", 5, None), ("100000", 6, 100_000)]
    + [(words, 5, None) for words in ("", "-1", "1.0", "²", "十二", "9" * 5000)],
)
def test_a_whole_number_is_short_and_of_digits_alone(words, digits, found):
    assert whole_number(words, digits) == found


@pytest.mark.parametrize(
    ("words", "year"),
    [("2026", 2026), ("２０２６", 2026), ("1900", 1900), ("2199", 2199)]
    + [(words, None) for words in ("", "0000", "1899", "2200", "9999", "²²²²", "26", "二〇二六")],
)
def test_a_year_is_one_that_days_can_be_counted_in(words, year):
    assert year_asked(words) == year


@pytest.mark.parametrize(
    ("words", "day"),
    [("2026-03-19", date(2026, 3, 19)), (" 2026-3-9 ", date(2026, 3, 9)), ("2199-12-31", date(2199, 12, 31))]
    + [
        (words, None)
        for words in ("", "0001-01-01", "9999-12-31", "2026-02-30", "2026-03-19T09:00", "三月", "9" * 5000)
    ],
)
def test_a_day_is_one_that_has_days_before_and_after_it(words, day):
    assert day_asked(words) == day


@pytest.mark.parametrize(
    ("asked", "page"), [({}, 1), ({"page": "0"}, 1), ({"page": "3"}, 3), ({"page": "9" * 5000}, 1)]
)
def test_an_address_asks_for_a_page_that_there_may_be(asked, page):
    assert page_asked(asked) == page


def test_what_a_list_looks_for_holds_no_sign_that_no_row_has():
    assert words_asked({"words": "  道路\x00施工 "}) == "道路施工"
    assert words_asked({"q": "长" * 100}, "q") == "长" * SOUGHT
    assert words_asked({}) == ""


KEY = "00000000-0000-0000-0000-000000000007"


def test_a_key_is_one_or_none():
    assert key_asked(KEY) == UUID(int=7)
    assert [key_asked(words) for words in ("", "7", KEY + "0", "甲")] == [None] * 4
    assert keys_asked([KEY, "甲", "", KEY]) == [UUID(int=7), UUID(int=7)]


def test_a_day_that_is_needed_or_wrong_is_refused_by_what_was_typed():
    assert (day_said(" 2026-03-19 "), day_said("  ")) == (date(2026, 3, 19), None)
    with pytest.raises(Refused, match="请填写收到日期。"):
        day_said(" ", needed="收到日期")
    for words in ("2026-02-30", "0001-01-01", "昨天"):
        with pytest.raises(Refused, match=f"^“{words}”不是有效的日期"):
            day_said(words)
        with pytest.raises(Refused, match=f"^收到日期“{words}”不是有效的日期"):
            day_said(words, needed="收到日期")


def test_a_day_that_is_still_to_come_is_refused_by_its_name(clock):
    check_come(date(2026, 3, 2))
    with pytest.raises(Refused, match="^收到日期2026年3月3日还没有到，请核对。$"):
        check_come(date(2026, 3, 3), "收到日期")
    clock.on(days=1)
    check_come(date(2026, 3, 3), "收到日期")


def test_a_number_is_refused_by_its_name():
    assert number_said(" 12 ", "份数") == 12
    for words in ("", "半", "-1", "9" * 6):
        with pytest.raises(Refused, match="“份数”请填整数。"):
            number_said(words, "份数")
