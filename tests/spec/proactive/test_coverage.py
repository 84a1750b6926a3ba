"""Standard catalogues: what a limit in words means, whose line it is, how it stands."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.calendar import published
from gongkai.proactive.coverage import Bearer, Line, Placed, Stand, bearers, fields, judged, renewed, rhythm_of, within

CALENDAR = published()


def test_there_are_twenty_six_fields_each_with_a_name_of_its_own():
    assert len(fields()) == 26
    assert len({field.zh for field in fields().values()}) == 26


@pytest.mark.parametrize(
    ("words", "amount", "unit", "every"),
    (
        ("自信息形成或者变更之日起20个工作日内公开", 20, "workday", ""),
        ("自该信息形成或变更之日起\n20个工作日内", 20, "workday", ""),
        ("批准后20日内", 20, "day", ""),
        ("二十个工作日之内", 20, "workday", ""),
        ("1个月内公开", 1, "month", ""),
        ("制定或获取之日起 7 个工作日以内", 7, "workday", ""),
        ("按季度公开", 0, "", "quarter"),
        ("每季度第一个月公开上季度情况", 0, "", "quarter"),
        ("每年公开一次", 0, "", "year"),
        ("按年度公开", 0, "", "year"),
        ("每月更新", 0, "", "month"),
        ("每半年公布", 0, "", "half_year"),
        ("每周公示", 0, "", "week"),
        ("每年更新，自信息形成之日起20个工作日内公开", 20, "workday", "year"),
    ),
)
def test_a_limit_in_words_is_counted(words, amount, unit, every):
    found = rhythm_of(words)
    assert (found.amount, found.unit, found.every) == (amount, unit, every)


@pytest.mark.parametrize(
    ("words", "says"),
    (
        ("实时公开", "没有写明天数"),
        ("及时公开", "没有写明天数"),
        ("长期公开", "长期公开，不判断"),
        ("", "没有写明时限"),
        ("依规定", "没有读懂"),
        ("预算20日内，合同2个工作日内", "几个不同的时限"),
        ("每月或者每季度", "几个不同的时限"),
        ("年度预算批复后公开", "没有读懂"),
    ),
)
def test_what_is_not_counted_is_said_and_judges_nothing(words, says):
    found = rhythm_of(words)
    assert says in found.says
    assert within(found, date(2026, 3, 2), CALENDAR) is None
    assert renewed(found, date(2020, 1, 1)) is None
    old = Placed(date(2015, 1, 1), date(2019, 1, 1), date(2019, 1, 1), public=True)
    assert judged(found, [old], date(2026, 3, 2), CALENDAR).stand is Stand.PRESENT


@pytest.mark.parametrize(
    ("words", "formed", "due"),
    (
        ("20个工作日内", "2026-03-02", "2026-03-30"),
        ("2个工作日内", "2026-09-29", "2026-10-08"),
        ("20日内", "2026-03-02", "2026-03-22"),
        ("1个月内", "2026-01-31", "2026-02-28"),
        ("12个月内", "2024-02-29", "2025-02-28"),
    ),
)
def test_days_are_counted_by_the_calendar(words, formed, due):
    counted = within(rhythm_of(words), date.fromisoformat(formed), CALENDAR)
    assert counted is not None
    assert counted.due_on == date.fromisoformat(due)
    assert "标准目录的时限" in counted.says


@pytest.mark.parametrize(
    ("words", "last", "due"),
    (
        ("按季度公开", "2026-05-20", "2026-09-30"),
        ("每年公开", "2025-01-02", "2026-12-31"),
        ("每月公开", "2026-12-31", "2027-01-31"),
        ("每半年公开", "2026-06-30", "2026-12-31"),
        ("每周公开", "2026-11-22", "2026-11-29"),
    ),
)
def test_what_is_renewed_is_due_with_the_end_of_the_next_period(words, last, due):
    counted = renewed(rhythm_of(words), date.fromisoformat(last))
    assert counted is not None
    assert counted.due_on == date.fromisoformat(due)


def entry(formed: str, first: str = "", last: str = "", *, public: bool = True) -> Placed:
    days = [date.fromisoformat(day) if day else None for day in (formed, first, last or first)]
    assert days[0] is not None
    return Placed(days[0], days[1], days[2], public=public and bool(first))


@pytest.mark.parametrize(
    ("words", "entries", "stand", "says"),
    (
        ("20个工作日内", (), "missing", "还没有对应"),
        ("20个工作日内", (entry("2026-10-30"),), "missing", "还没有公开"),
        ("20个工作日内", (entry("2026-03-02"),), "late", "没有按时公开"),
        ("20个工作日内", (entry("2026-03-02", "2026-03-30"),), "present", "公开"),
        ("20个工作日内", (entry("2026-03-02", "2026-03-31"),), "late", "才公开"),
        ("20个工作日内", (entry("2026-03-02", "2026-03-31"), entry("2026-05-06", "2026-05-07")), "present", ""),
        ("按季度公开", (entry("2026-05-01", "2026-05-20"),), "stale", "没有更新"),
        ("按季度公开", (entry("2026-05-01", "2026-05-20"), entry("2026-08-01", "2026-08-03")), "present", ""),
        ("每年公开", (entry("2024-05-01", "2024-05-20"),), "stale", "2025年应当再更新"),
        ("每年公开", (entry("2026-05-01", "2026-05-20", public=False),), "missing", "撤下或者期满"),
        ("长期公开", (entry("2015-05-01", "2015-05-20"),), "present", ""),
    ),
)
def test_a_line_stands_by_what_was_placed_on_it(words, entries, stand, says):
    found = judged(rhythm_of(words), entries, date(2026, 11, 22), CALENDAR)
    assert found.stand == stand
    assert says in found.says


def test_what_an_organ_has_nothing_to_do_with_is_not_missing():
    found = judged(rhythm_of("每年公开"), [], date(2026, 11, 22), CALENDAR, not_applicable="本镇没有该类项目")
    assert found.stand is Stand.NOT_APPLICABLE
    assert "本镇没有该类项目" in found.says


ORGANS = [
    Bearer("a", "云岭县教育局", "department"),
    Bearer("b", "云岭县自然资源局", "department"),
    Bearer("c", "云岭县石桥镇人民政府", "township"),
    Bearer("d", "云岭县城关街道办事处", "subdistrict"),
    Bearer("e", "云岭县人民政府", "county_government"),
]


@pytest.mark.parametrize(
    ("duty", "keys"),
    (
        ("云岭县教育局", "a"),
        ("县教育局", "a"),
        ("教育局、自然资源局", "ab"),
        ("县教育局，各乡镇", "acd"),
        ("各乡镇人民政府（街道办事处）", "cd"),
        ("县级教育行政部门", ""),
        ("有关部门", ""),
        ("", ""),
        ("县人民政府", "e"),
        ("体育局", ""),
    ),
)
def test_whose_line_it_is_only_where_the_words_are_plain(duty, keys):
    assert "".join(bearers(duty, ORGANS, "云岭县")) == keys


def test_a_line_keeps_its_key_through_blanks_and_other_columns_alone():
    one = Line("行政许可", "办学许可", "许可结果", limit="每年")
    assert one.key("education") == Line("行政 许可", "办学\n许可", "许可结果", limit="每月").key("education")
    assert one.key("education") != one.key("health")
    assert one.key("education") != Line("行政许可办学许可", "", "许可结果").key("education")


@given(st.text(alphabet="每按年月季度周半日内工作个自形成之起公开实时及长期0123456789二十", max_size=30))
def test_no_words_are_judged_by_more_than_they_say(words):
    found = rhythm_of(words)
    assert found.says.endswith("。")
    assert bool(found.amount) == (within(found, date(2026, 3, 2), CALENDAR) is not None)
    assert not (found.note and (found.amount or found.every))


@given(
    st.lists(st.dates(date(2025, 1, 1), date(2026, 11, 22)), min_size=1, max_size=4),
    st.dates(date(2026, 1, 1), date(2026, 11, 22)),
)
def test_one_more_fresh_entry_never_makes_a_quarterly_line_stale(days, today):
    rhythm = rhythm_of("按季度公开")
    placed = [Placed(day, day, day, public=True) for day in days]
    fresh = Placed(today, today, today, public=True)
    assert judged(rhythm, [*placed, fresh], today, CALENDAR).stand is Stand.PRESENT
    newest = max(days)
    quarters = (today.year * 4 + (today.month - 1) // 3) - (newest.year * 4 + (newest.month - 1) // 3)
    expected = Stand.STALE if quarters > 1 else Stand.PRESENT
    assert judged(rhythm, placed, today, CALENDAR).stand is expected
