"""一月：各单位年度报告的情况、期限从哪里来、先催谁。"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.january import (
    LOCAL,
    Due,
    Late,
    Seen,
    Shown,
    State,
    day_of_law,
    day_words,
    due,
    public_on,
    urgency,
)
from gongkai.calendar import published

JAN, MAR = date(2026, 1, 31), date(2026, 3, 31)
ON_TIME, LATER = date(2026, 1, 20), date(2026, 2, 3)
DEPARTMENT = due("department", 2025)
ASKED = due("department", 2025, (1, 20))
TOWN = due("township", 2025, local={"township": (2, 10)})
COUNTY = due("county_government", 2025)

SEEN = [
    ({}, "none"),
    ({"conflicts": 2}, "none"),  # figures that nobody has begun to report contradict nothing
    ({"begun": True}, "drafted"),
    ({"begun": True, "conflicts": 1}, "conflict"),
    ({"begun": True, "signed": True}, "signed"),
    ({"signed": True, "conflicts": 1}, "conflict"),
    ({"handed_on": ON_TIME}, "handed_in"),
    ({"handed_on": ON_TIME, "unreadable": True}, "unreadable"),
    ({"handed_on": ON_TIME, "conflicts": 3}, "conflict"),
    ({"handed_on": ON_TIME, "public_on": ON_TIME}, "published"),
    ({"handed_on": ON_TIME, "public_on": ON_TIME, "conflicts": 1}, "conflict"),
    ({"handed_on": ON_TIME, "public_on": ON_TIME, "unreadable": True}, "unreadable"),
]


@pytest.mark.parametrize(("seen", "state"), SEEN)
def test_where_a_report_stands(seen: dict, state: str) -> None:
    assert Seen(**seen).state == state


DAYS = [
    # form, internal, local, day of the law, day of the county
    ("department", None, {}, JAN, None),
    ("department", (1, 20), {}, JAN, date(2026, 1, 20)),
    ("department", (2, 5), {}, JAN, None),  # no rule of a county moves the law's day
    ("county_government", (1, 20), {}, MAR, None),
    ("township", None, {}, None, None),
    ("township", (1, 20), {}, None, date(2026, 1, 20)),
    ("township", (1, 20), {"township": (2, 10)}, None, date(2026, 2, 10)),
    ("subdistrict", None, {"township": (2, 10)}, None, None),
    ("vertical", None, {"vertical": (1, 31)}, None, JAN),
    ("", None, {}, None, None),
]


@pytest.mark.parametrize(("form", "internal", "local", "law", "county"), DAYS)
def test_whose_day_is_the_laws_and_whose_the_countys(form, internal, local, law, county) -> None:
    of = due(form, 2025, internal, local)
    assert (of.law, of.county) == (law, county)
    assert (of.basis.article if of.basis else "") == {"department": "第四十九条第一款", "county_government": "第四十九条第二款"}.get(form, "")  # fmt: skip


@pytest.mark.parametrize("form", [*LOCAL, ""])
def test_the_31st_of_january_is_never_said_to_be_the_laws_day_of_others(form: str) -> None:
    assert due(form, 2025).law is None
    assert due(form, 2025).late(Seen(), date(2030, 1, 1)) is Late.NO


LATE = [
    (DEPARTMENT, {}, JAN, ""),
    (DEPARTMENT, {}, date(2026, 2, 1), "law"),
    (DEPARTMENT, {"handed_on": ON_TIME}, JAN, ""),
    (DEPARTMENT, {"handed_on": ON_TIME}, LATER, "law"),  # a department's duty is both: handed in, and public
    (DEPARTMENT, {"handed_on": ON_TIME, "public_on": JAN}, date(2026, 6, 1), ""),
    (DEPARTMENT, {"handed_on": ON_TIME, "public_on": LATER}, date(2026, 6, 1), "law"),
    (DEPARTMENT, {"handed_on": LATER, "public_on": ON_TIME}, date(2026, 6, 1), "law"),
    (DEPARTMENT, {"handed_on": ON_TIME, "public_on": ON_TIME, "unreadable": True}, LATER, "law"),
    (ASKED, {}, date(2026, 1, 20), ""),
    (ASKED, {}, date(2026, 1, 21), "county"),
    (ASKED, {}, LATER, "law"),
    (ASKED, {"handed_on": date(2026, 1, 25), "public_on": JAN}, LATER, "county"),
    (ASKED, {"handed_on": ON_TIME}, JAN, ""),  # by the county's own day it is to be handed in, no more
    (ASKED, {"handed_on": date(2026, 1, 25)}, JAN, "county"),
    (ASKED, {"handed_on": date(2026, 1, 25)}, LATER, "law"),
    (TOWN, {"handed_on": ON_TIME}, date(2026, 6, 1), ""),  # no law asks a township for more
    (TOWN, {}, LATER, ""),
    (TOWN, {}, date(2026, 2, 11), "county"),
    (COUNTY, {"handed_on": LATER}, date(2026, 4, 1), "law"),  # of a government it is the publication that has a day
    (COUNTY, {"handed_on": LATER, "public_on": MAR}, date(2026, 4, 1), ""),
]


@pytest.mark.parametrize(("of", "seen", "today", "late"), LATE)
def test_what_is_late(of: Due, seen: dict, today: date, late: str) -> None:
    assert of.late(Seen(**seen), today) == late


HANDED, BOTH = {"handed_on": ON_TIME}, {"handed_on": ON_TIME, "public_on": ON_TIME}
OVERDUE = [
    # the days, what was done, today, the day that has passed, what is missing
    (DEPARTMENT, {}, LATER, "law", "未报送"),
    (DEPARTMENT, {"public_on": ON_TIME, "handed_on": ON_TIME, "unreadable": True}, LATER, "law", "未报送"),
    (DEPARTMENT, HANDED, JAN, "", "已报送，未见公布"),
    (DEPARTMENT, HANDED, LATER, "law", "已报送，未见公布"),
    (DEPARTMENT, BOTH, LATER, "", ""),
    (DEPARTMENT, {"handed_on": LATER, "public_on": LATER}, LATER, "", ""),
    (ASKED, {}, date(2026, 1, 25), "county", "未报送"),
    (ASKED, {"handed_on": date(2026, 1, 25)}, date(2026, 1, 28), "", "已报送，未见公布"),
    (ASKED, HANDED, LATER, "law", "已报送，未见公布"),
    (TOWN, {}, date(2026, 2, 11), "county", "未报送"),
    (TOWN, HANDED, date(2026, 2, 11), "", ""),
    (COUNTY, HANDED, date(2026, 4, 1), "law", "未公布"),
    (COUNTY, {"public_on": MAR}, date(2026, 4, 1), "", ""),
]


@pytest.mark.parametrize(("of", "seen", "today", "over", "missing"), OVERDUE)
def test_what_is_overdue_and_what_of_it_is_missing(of: Due, seen: dict, today: date, over: str, missing: str) -> None:
    assert (of.overdue(Seen(**seen), today), of.missing(Seen(**seen))) == (over, missing)


def test_the_day_that_counts_down_is_the_next_that_has_not_passed() -> None:
    assert ASKED.next(Seen(), date(2026, 1, 5)) == date(2026, 1, 20)
    assert ASKED.next(Seen(**HANDED), date(2026, 1, 5)) == JAN, "what is handed in is to be public by the law's day"
    assert ASKED.next(Seen(), date(2026, 1, 21)) == JAN
    assert ASKED.next(Seen(), LATER) == JAN
    assert due("township", 2025).next(Seen(), LATER) is None


def test_who_is_chased_first() -> None:
    today = LATER
    wanted = [
        (DEPARTMENT, Seen()),
        (DEPARTMENT, Seen(handed_on=ON_TIME)),
        (due("township", 2025, (1, 20)), Seen()),
        (due("township", 2025, (1, 20)), Seen(begun=True, conflicts=1)),
        (DEPARTMENT, Seen(handed_on=ON_TIME, public_on=ON_TIME, conflicts=1)),
        (TOWN, Seen()),
        (TOWN, Seen(begun=True)),
        (TOWN, Seen(signed=True)),
        (TOWN, Seen(handed_on=LATER)),
        (DEPARTMENT, Seen(handed_on=ON_TIME, public_on=ON_TIME)),
    ]
    for other in (list(reversed(wanted)), wanted[3:] + wanted[:3]):
        assert sorted(other, key=lambda pair: urgency(pair[1], pair[0], today)) == wanted


seen_reports = st.builds(
    Seen,
    begun=st.booleans(),
    signed=st.booleans(),
    handed_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 5, 1)),
    unreadable=st.booleans(),
    public_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 5, 1)),
    conflicts=st.integers(0, 3),
)


@given(seen_reports, st.sampled_from([DEPARTMENT, ASKED, TOWN, COUNTY]), st.dates(date(2026, 1, 1), date(2026, 5, 1)))
def test_nothing_becomes_less_late_by_waiting(seen: Seen, of: Due, today: date) -> None:
    order = list(Late)
    later = today.replace(year=2027)
    assert order.index(of.late(seen, later)) >= order.index(of.late(seen, today))
    if of.done_on(seen):
        assert of.late(seen, later) == of.late(seen, today)
        assert not of.overdue(seen, later)
    assert of.overdue(seen, today) in ("", of.late(seen, today))
    assert bool(of.missing(seen)) == (of.done_on(seen) is None)
    assert seen.state in State


WORDS = [
    (date(2026, 1, 31), "2026年1月31日（星期六，休息日，此前最后一个工作日是1月30日）"),
    (date(2025, 1, 31), "2025年1月31日（星期五，春节，此前最后一个工作日是1月27日）"),
    (date(2026, 1, 20), "2026年1月20日（星期二，工作日）"),
    (date(2027, 1, 31), "2027年1月31日（星期日，休息日，此前最后一个工作日是1月29日，放假安排公布以前按周末推算）"),
    (date(2031, 1, 31), "2031年1月31日（星期五）"),
]


@pytest.mark.parametrize(("day", "words"), WORDS)
def test_a_day_says_whether_people_work_on_it(day: date, words: str) -> None:
    assert day_words(published(), day) == words


def day(words: str) -> date:
    return date.fromisoformat(f"2026-{words}")


PUBLIC = [
    # the editions (since, until), and on which day the report was made public
    ("没有公布过", "", None),
    ("一直在门户上", "01-20", "01-20"),
    ("期限以后才公布", "02-10", "02-10"),
    ("按期公布，后来由新版代替", "01-20..02-10 02-10", "01-20"),
    ("代替了两次", "01-20..02-10 02-10..03-05 03-05", "01-20"),
    ("撤回，没有再公布", "01-20..01-25", None),
    ("由新版代替，新版撤回", "01-20..02-10 02-10..02-12", None),
    ("撤回，当天换上新版", "01-20..01-25 01-25", "01-20"),
    ("撤回后在期限以前重新公布", "01-10..01-12 01-20", "01-20"),
    ("期限那天不在门户上", "01-20..01-25 02-10", "02-10"),
    ("期限那天在门户上，以后撤回再公布", "01-20..03-01 03-10", "01-20"),
    ("期限那天撤回", "01-20..01-31 02-10", "01-20"),
    ("都在期限以后", "02-10..02-12 03-01", "02-10"),
]


@pytest.mark.parametrize(("editions", "on"), [row[1:] for row in PUBLIC], ids=[row[0] for row in PUBLIC])
def test_a_report_was_public_from_its_first_edition_unless_the_day_of_the_law_fell_between(editions, on) -> None:
    def shown(words: str) -> Shown:
        first, _, until = words.partition("..")
        return Shown(day(first), day(until) if until else None)

    told = [shown(each) for each in editions.split()]
    assert public_on(told, JAN) == (day(on) if on else None)
    assert public_on(told[::-1], JAN) == public_on(told, JAN), "in whatever order they are told"


def test_where_the_law_sets_no_day_the_first_edition_counts() -> None:
    told = [Shown(ON_TIME, day("01-25")), Shown(LATER)]
    assert public_on(told, None) == ON_TIME
    assert [day_of_law(form, 2025) for form in ("department", "county_government", *LOCAL)] == [JAN, MAR] + [None] * 4
