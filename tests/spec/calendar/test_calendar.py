"""Working days: law.md's own vectors, the notices day by day, what is provisional and what is refused."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai.calendar import DayKind, Notice, SetDay, after_days, after_months, in_chinese, published
from gongkai.law.errors import LawGap

HOLIDAYS = Path(__file__).resolve().parents[4] / "shared" / "data" / "holidays"
CALENDAR = published()
D = date.fromisoformat

COUNTED = [
    ("2026-02-13", 20, "2026-03-19"),
    ("2026-02-13", 7, "2026-03-02"),
    ("2026-02-15", 20, "2026-03-20"),
    ("2026-04-30", 20, "2026-06-01"),
    ("2026-09-18", 20, "2026-10-22"),
    ("2026-09-30", 7, "2026-10-15"),
    ("2025-01-24", 20, "2025-02-27"),
    ("2025-09-26", 20, "2025-10-30"),
    ("2025-09-26", 15, "2025-10-23"),
    ("2024-12-31", 20, "2025-02-05"),
    ("2021-12-20", 20, "2022-01-18"),
    ("2019-05-15", 20, "2019-06-13"),
    ("2022-09-30", 20, "2022-11-02"),
]


@pytest.mark.parametrize(("start", "number", "end"), COUNTED)
def test_the_nth_working_day_after(start, number, end):
    assert CALENDAR.add_workdays(D(start), number) == D(end)
    assert CALENDAR.next_workdays(D(start), number)[-1] == D(end)


YEARS = {2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}


@pytest.mark.parametrize(("year", "number"), YEARS.items())
def test_working_days_of_a_year(year, number):
    assert (
        sum(CALENDAR.is_workday(date(year, 1, 1) + timedelta(days=n)) for n in range(365 + (year % 4 == 0))) == number
    )


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_a_year_is_as_the_public_data_set_has_it(year):
    if not HOLIDAYS.is_dir():
        pytest.skip("旁边没有放假数据（shared/data/holidays）")
    said = json.loads((HOLIDAYS / f"{year}.json").read_text("utf-8"))
    [notice] = [each for each in CALENDAR.notices if each.year == year]
    assert {(day.day.isoformat(), day.works, day.name) for day in notice.days} == {
        (day["date"], not day["isOffDay"], day["name"]) for day in said["days"]
    }
    assert list(notice.addresses) == said["papers"]


KINDS = [
    ("2026-02-13", DayKind.WORKDAY, ""),
    ("2026-02-14", DayKind.MAKEUP, "春节"),
    ("2026-02-16", DayKind.HOLIDAY, "春节"),
    ("2026-03-07", DayKind.WEEKEND, ""),
    ("2020-02-03", DayKind.WORKDAY, ""),
]


@pytest.mark.parametrize(("day", "kind", "name"), KINDS)
def test_what_a_day_is(day, kind, name):
    found = CALENDAR.day(D(day))
    assert (found.kind, found.name) == (kind, name)
    assert found.works is (kind in (DayKind.WORKDAY, DayKind.MAKEUP))
    assert kind.label


def test_days_after_the_last_notice_go_by_weekday_and_say_so():
    assert CALENDAR.known_through == date(2026, 12, 31)
    assert not CALENDAR.provisional(date(2026, 12, 31))
    assert CALENDAR.day(date(2027, 1, 1)).provisional
    assert CALENDAR.is_workday(date(2027, 1, 1))
    assert CALENDAR.add_workdays(date(2026, 12, 18), 20) == date(2027, 1, 15)


REFUSED = [
    lambda: CALENDAR.is_workday(date(2018, 12, 31)),
    lambda: CALENDAR.is_workday(date(2028, 1, 1)),
    lambda: CALENDAR.add_workdays(date(2027, 12, 20), 20),
    lambda: CALENDAR.workdays_before(date(2019, 1, 3), 5),
    lambda: list(CALENDAR.workdays_after(date(2027, 12, 20))),
    lambda: after_days(date(2027, 12, 20), 60, CALENDAR),
]


@pytest.mark.parametrize("asked", REFUSED)
def test_what_no_notice_can_say_is_a_gap(asked):
    with pytest.raises(LawGap):
        asked()


LEFT = [
    ("2026-03-02", "2026-03-06", 4),
    ("2026-03-09", "2026-03-06", -1),
    ("2026-03-02", "", None),
    ("2027-12-30", "2027-12-31", 1),
    ("2027-12-30", "2028-01-05", None),
    ("2028-01-03", "2027-12-31", None),
    ("2019-01-02", "2018-12-28", None),
]


@pytest.mark.parametrize(("today", "due", "left"), LEFT)
def test_a_list_says_nothing_of_days_left_where_the_calendar_ends(today, due, left):
    assert CALENDAR.left(D(today), D(due) if due else None) == left


SOON = [
    ("2026-02-13", 7, "2026-03-02"),
    ("2027-12-30", 5, "2028-01-06"),
    ("2029-06-01", 5, "2029-06-08"),
]


@pytest.mark.parametrize(("today", "number", "until"), SOON)
def test_a_list_looks_ahead_by_calendar_days_where_the_calendar_ends(today, number, until):
    assert CALENDAR.soon(D(today), number) == D(until)


SURE = [("2026-03-02", True), ("2026-03-01", False), ("2026-10-10", True), ("2027-01-01", False), ("2029-06-01", False)]


@pytest.mark.parametrize(("day", "works"), SURE)
def test_no_promise_is_made_of_a_day_whose_notice_is_not_out(day, works):
    assert CALENDAR.surely_works(D(day)) is works


@pytest.mark.parametrize("ask", [CALENDAR.add_workdays, CALENDAR.workdays_before])
def test_no_working_day_is_no_number_of_days(ask):
    with pytest.raises(ValueError):
        ask(date(2026, 1, 5), 0)


def test_next_years_notice_moves_the_due_day_and_makes_it_certain():
    notice = Notice(2027, tuple(SetDay(date(2027, 1, n), works=False, name="元旦") for n in (1, 2, 3)))
    known = CALENDAR.with_notice(notice)

    assert known.add_workdays(date(2026, 12, 18), 20) == date(2027, 1, 18)
    assert not known.provisional(date(2027, 1, 18))
    assert known.last_on == date(2028, 12, 31)
    assert CALENDAR.is_workday(date(2027, 1, 1))


def test_a_later_notice_takes_the_place_of_the_older_one():
    assert CALENDAR.with_notice(Notice(2026)).is_workday(date(2026, 2, 16))


def test_a_missing_year_between_keeps_what_follows_provisional():
    assert CALENDAR.with_notice(Notice(2028)).known_through == date(2026, 12, 31)


def test_a_holiday_of_the_locality_is_no_working_day():
    local = CALENDAR.with_days(off=[date(2026, 3, 20)])

    assert local.day(date(2026, 3, 20)).kind is DayKind.LOCAL_HOLIDAY
    assert local.add_workdays(date(2026, 3, 19), 1) == date(2026, 3, 23)
    assert local.roll(date(2026, 3, 20)) == date(2026, 3, 23)


def test_days_entered_one_by_one_belong_to_the_notice_of_their_year_or_to_the_locality():
    entered = CALENDAR.with_days(off=[date(2027, 1, 1), date(2026, 3, 20)], work=[date(2027, 1, 2)], years=[2026, 2027])
    kinds = [entered.day(day).kind for day in (date(2027, 1, 1), date(2026, 3, 20), date(2027, 1, 2))]

    assert kinds == [DayKind.HOLIDAY, DayKind.LOCAL_HOLIDAY, DayKind.MAKEUP]
    assert entered.known_through == date(2027, 12, 31)


PERIODS = [
    (after_days, "2025-03-03", 60, "2025-05-06", "五一假期，顺延"),
    (after_days, "2025-03-04", 60, "2025-05-06", "五一假期，顺延"),
    (after_days, "2026-02-12", 2, "2026-02-14", "周六调休上班，不顺延"),
    (after_months, "2025-08-31", 6, "2026-02-28", "当月没有31日，月末为周六调休上班"),
    (after_months, "2025-04-01", 6, "2025-10-09", "国庆假期，顺延"),
    (after_months, "2025-11-15", 1, "2025-12-15", "同日"),
]


@pytest.mark.parametrize(("count", "start", "number", "end", "why"), PERIODS)
def test_periods_of_days_and_months_give_way_to_the_next_working_day(count, start, number, end, why):
    period = count(D(start), number, CALENDAR)
    assert period.last_on == D(end)
    assert period.rolled is ("，顺延" in why)


def test_working_days_between_two_days():
    assert CALENDAR.workdays_between(D("2026-02-13"), D("2026-03-19")) == 20
    assert CALENDAR.workdays_between(D("2026-03-19"), D("2026-02-13")) == -20
    assert CALENDAR.workdays_before(D("2026-03-19"), 20) == D("2026-02-13")


def test_a_day_as_a_sentence_writes_it():
    assert in_chinese(date(2026, 3, 2)) == "2026年3月2日"
