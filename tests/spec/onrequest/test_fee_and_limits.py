"""The fee tariff and the other limits of a case, as tables with their refusals beside."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.calendar import published
from gongkai.law.errors import LawGap, Unlawful
from gongkai.onrequest.fee import Charged, in_month, per_application, per_page
from gongkai.onrequest.limits import limit

CALENDAR = published()

ITEMS = [(10, 0), (11, 100), (30, 2000), (31, 2200), (35, 3000), (40, 4000), (41, 4300)]
PAGES = [(1, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (1500, 54700)]


@pytest.mark.parametrize(("items", "yuan"), ITEMS)
def test_per_application(items, yuan):
    found = per_application(items, charging=True)
    assert found.yuan == yuan == sum(step.yuan for step in found.steps)
    assert found.steps[0].first == 1 and found.steps[-1].last == items


@pytest.mark.parametrize(("pages", "yuan"), PAGES)
def test_per_page(pages, yuan):
    found = per_page(pages, charging=True, on=date(2026, 3, 2))
    assert found.yuan == yuan == sum(step.yuan for step in found.steps)
    assert all(step.basis for step in found.steps)


def test_items_counted_before_in_the_month_raise_the_tier():
    assert per_application(5, charging=True, before=8).yuan == 300
    assert per_application(41, charging=True).yuan == sum(
        per_application(1, charging=True, before=n).yuan for n in range(41)
    )


@pytest.mark.parametrize("of", [per_application, per_page])
def test_nothing_is_charged_until_an_office_switches_it_on(of):
    found = of(500, charging=False)
    assert found.yuan == 0
    assert "不收取费用" in found.steps[0].basis


@pytest.mark.parametrize("of", [per_application, per_page])
def test_there_is_no_tariff_before_the_measure_and_none_for_nothing(of):
    with pytest.raises(LawGap):
        of(50, charging=True, on=date(2020, 12, 31))
    with pytest.raises(Unlawful):
        of(0, charging=True)


def test_the_month_is_the_calendar_month_of_one_applicant():
    lines = [
        Charged("a", date(2026, 2, 28), 9),
        Charged("a", date(2026, 3, 2), 4),
        Charged("a", date(2026, 3, 20), 2),
        Charged("b", date(2026, 3, 2)),
    ]
    assert in_month(lines, "a", date(2026, 3, 10)) == 4
    assert in_month(lines, "a", date(2026, 3, 31)) == 6
    assert in_month(lines, "b", date(2026, 3, 31)) == 1


LIMITS = [
    ("supplement_notice", "2026-02-13", "2026-03-02"),
    ("third_party_reply", "2025-09-26", "2025-10-23"),
    ("organ_reply", "2025-09-26", "2025-10-23"),
    ("payment", "2026-02-13", "2026-03-19"),
    ("publish_budget", "2026-02-01", "2026-02-21"),
    ("reconsideration_apply", "2025-03-04", "2025-05-06"),
    ("reconsideration_accept", "2025-01-24", "2025-02-07"),
    ("reconsideration_answer_simplified", "2025-01-24", "2025-02-07"),
    ("reconsideration_decide", "2025-01-24", "2025-03-25"),
    ("reconsideration_apply_uninformed", "2025-01-24", "2026-01-26"),
    ("litigation_direct", "2025-08-31", "2026-02-28"),
    ("litigation_after_reconsideration", "2025-01-24", "2025-02-08"),
    ("litigation_after_refusal", "2025-09-20", "2025-10-09"),
    ("litigation_inaction", "2025-04-01", "2025-10-09"),
    ("litigation_answer", "2026-03-02", "2026-03-17"),
    ("appeal_ruling", "2025-01-24", "2025-02-05"),
]


@pytest.mark.parametrize(("key", "start", "due"), LIMITS)
def test_a_limit_and_its_steps(key, start, due):
    found = limit(key, date.fromisoformat(start), CALENDAR)

    assert found.due_on == date.fromisoformat(due)
    assert found.steps[-1].on == found.due_on
    assert found.steps[0].on == date.fromisoformat(start)
    assert found.says and not found.provisional


def test_a_payment_rests_on_a_rule_of_ours():
    assert {step.basis for step in limit("payment", date(2026, 3, 2), CALENDAR).steps} == {"本系统规则"}


def test_the_time_to_decide_may_be_extended_by_thirty_days():
    found = limit("reconsideration_decide", date(2025, 1, 24), CALENDAR, further_days=30)
    assert found.due_on == date(2025, 4, 24)


@pytest.mark.parametrize(
    ("key", "days", "basis"),
    [
        ("reconsideration_decide", 31, "第六十二条"),
        ("reconsideration_decide", -1, "第六十二条"),
        ("reply", 5, "本系统规则"),
    ],
)
def test_an_extension_that_no_law_allows_is_refused(key, days, basis):
    with pytest.raises(Unlawful) as refused:
        limit(key, date(2025, 1, 24), CALENDAR, further_days=days)
    assert basis in refused.value.basis


@pytest.mark.parametrize("start", ["2023-12-31", "2028-01-04"])
def test_a_limit_outside_the_law_or_the_calendar_is_a_gap(start):
    with pytest.raises(LawGap):
        limit("reconsideration_apply", date.fromisoformat(start), CALENDAR)
