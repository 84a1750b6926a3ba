"""Shares add up to a hundred whatever is counted; spans that follow each other join, and their sums balance."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.period import Span, period_tally, span
from gongkai.annual.shares import shares
from gongkai.annual.tally import Case, tally
from gongkai.onrequest.applicants import ApplicantKind
from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.disputes import Dispute, DisputeKind, Ruling
from gongkai.onrequest.events import Event, Kind

COUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=40)
ORGAN = "青禾县水务局"


@given(COUNTS, st.integers(0, 4))
def test_shares_add_up_and_each_is_its_exact_value_rounded(counts, digits):
    found = shares(counts, digits)
    if not any(counts):
        assert found is None
        return
    step = Fraction(1, 10**digits)
    assert sum(found) == Decimal(100)
    for count, share in zip(counts, found, strict=True):
        exact = Fraction(100 * count, sum(counts))
        assert abs(Fraction(share) - exact) < step
        assert -share.as_tuple().exponent == digits
        if exact % step == 0:
            assert Fraction(share) == exact
    pairs = sorted(zip(counts, found, strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(pairs) if a[0] < b[0])


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([1, 1, 1], ["33.4", "33.3", "33.3"]),
        ([2, 1], ["66.7", "33.3"]),
        ([0, 5, 0], ["0.0", "100.0", "0.0"]),
        ([1, 1, 1, 1, 1, 1], ["16.7", "16.7", "16.7", "16.7", "16.6", "16.6"]),
    ],
)
def test_shares_of_small_counts(counts, expected):
    assert [str(share) for share in shares(counts)] == expected


@pytest.mark.parametrize("year", [-1, 0, 10_000, 10**20])
def test_a_year_that_no_calendar_has_is_no_span(year):
    with pytest.raises(ValueError, match="没有这一期"):
        span(year, "month", 12)


def test_the_last_month_of_all_is_a_span():
    assert span(9999, "quarter", 4) == Span(date(9999, 10, 1), date(9999, 12, 31))
    assert Span(date(9999, 1, 1), date(9999, 12, 31)).zh == "9999年"


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="负数"):
        shares([3, -1])


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (span(2026, "month", 2), "2026年2月"),
        (span(2026, "quarter", 4), "2026年第四季度"),
        (span(2026, "half", 2), "2026年下半年"),
        (span(2026, "year"), "2026年"),
        (Span(date(2026, 1, 1), date(2026, 3, 20)), "2026年1月1日至3月20日"),
    ],
)
def test_a_span_has_its_words(days, words):
    assert days.zh == words


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 3, 1), date(2026, 2, 1)), (date(2025, 12, 1), date(2026, 1, 31))]
)
def test_days_of_no_year_are_refused(first, last):
    with pytest.raises(ValueError, match="起止日期"):
        Span(first, last)


@pytest.mark.parametrize(("every", "number"), [("month", 13), ("quarter", 5), ("half", 0), ("year", 2)])
def test_a_part_that_a_year_does_not_have_is_refused(every, number):
    with pytest.raises(ValueError, match=f"没有这一期：{number}"):
        span(2026, every, number)


def test_a_span_before_the_first_form_is_refused():
    with pytest.raises(KeyError, match="没有2018年度"):
        period_tally([], ORGAN, span(2018, "quarter", 4))
    assert not any(period_tally([], ORGAN, span(2019, "quarter", 1)).members.values())


DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))


@st.composite
def ledgers(draw: st.DrawFn) -> list[Case]:
    found = []
    for n in range(draw(st.integers(0, 12))):
        received = draw(DAYS)
        events = [Event(Kind.RECEIVED, received)]
        if draw(st.booleans()):
            on = received + timedelta(draw(st.integers(0, 400)))
            code = draw(st.sampled_from(list(decisions())))
            events += [Event(Kind.DECIDED, on, decision=code), Event(Kind.DELIVERED, on)]
        began = draw(DAYS)
        ruled = draw(st.lists(st.integers(0, 400), max_size=1))
        rulings = tuple(Ruling(began + timedelta(d), "suit_revoked") for d in ruled)
        appeals = tuple(r.on + timedelta(draw(st.integers(0, 400))) for r in rulings if draw(st.booleans()))
        argued = (Dispute(f"诉{n}", DisputeKind.DIRECT_LITIGATION, began, rulings, appeals),) * draw(st.integers(0, 1))
        kind = draw(st.sampled_from(ApplicantKind))
        found.append(Case(str(n), ORGAN, kind, tuple(events), disputes=argued))
    return found


@settings(max_examples=60)
@given(ledgers(), st.sampled_from(["month", "quarter", "half"]))
def test_the_spans_of_a_year_join_and_make_the_year(cases, every):
    parts = [
        period_tally(cases, ORGAN, span(2024, every, n + 1))
        for n in range({"month": 12, "quarter": 4, "half": 2}[every])
    ]
    year = tally(cases, ORGAN, 2024)
    row = "applications.{}.total".format
    for part in parts:
        came = part.members[row("received")] + part.members[row("brought_forward")]
        went = part.members[row("concluded")] + part.members[row("carried_forward")]
        assert sorted(came) == sorted(went)
    for one, after in pairwise(parts):
        assert sorted(one.carried_forward) == sorted(after.members[row("brought_forward")])
    for key in ("received", "disclosed", "concluded", "withheld.state_secret"):
        assert sorted(n for part in parts for n in part.members[row(key)]) == sorted(year.members[row(key)])
    assert parts[0].members[row("brought_forward")] == year.members[row("brought_forward")]
    assert parts[-1].carried_forward == year.carried_forward


@settings(max_examples=60)
@given(ledgers())
def test_the_span_of_a_whole_year_is_the_yearly_table(cases):
    whole, year = period_tally(cases, ORGAN, span(2024, "year")), tally(cases, ORGAN, 2024)
    assert {a: sorted(m) for a, m in whole.members.items()} == {a: sorted(m) for a, m in year.members.items()}
