"""In which pieces PostgreSQL is asked for months, and how it counts them. Only where there is one (see conftest)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.web.search.marks import MONTH, YEAR, mark
from gongkai.web.search.positions import first_of, last_of

pytestmark = pytest.mark.django_db
many_days = settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])


def answered(call, *values):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", values)
        return cursor.fetchone()[0]


def spans(months, many):
    return answered("search_spans(%s, %s)", months, many)


@pytest.mark.parametrize(
    ("newest", "many", "asked"),
    [
        (date(2026, 3, 1), 2, ["202603", "202602"]),
        (date(2026, 2, 1), 14, ["202602", "202601", "2025"]),
        (date(2025, 12, 1), 12, ["2025"]),
        (date(2025, 12, 1), 11, [f"2025{month:02}" for month in range(12, 1, -1)]),
        (date(2026, 1, 1), 26, ["202601", "2025", "2024", "202312"]),
    ],
)
def test_whole_years_are_asked_for_as_years(newest, many, asked):
    expected = [mark(YEAR if len(each) == 4 else MONTH, each) for each in asked]
    assert spans(newest.year * 12 + newest.month - 1, many) == expected


@many_days
@given(st.integers(2000 * 12, 2100 * 12), st.integers(1, 300))
def test_the_pieces_are_all_the_months_once(newest, many):
    known = {mark(YEAR, year): [year * 12 + month for month in range(12)] for year in range(1970, 2101)}
    known |= {mark(MONTH, f"{m // 12}{m % 12 + 1:02}"): [m] for m in range(1970 * 12, 2101 * 12)}
    months = [month for piece in spans(newest, many) for month in known[piece]]
    assert sorted(months) == list(range(newest - many + 1, newest + 1))


@many_days
@given(st.dates(date(1, 1, 2)), st.booleans())
def test_a_position_lies_in_the_month_of_its_day_and_after_all_before_it(day, end):
    position = last_of(day) if end else first_of(day)
    months = answered("search_month(%s)", position)
    assert months == day.year * 12 + day.month - 1
    if day.year > 1 or day.month > 1:
        assert answered("search_before(%s)", months) == last_of(day.replace(day=1) - timedelta(1))
