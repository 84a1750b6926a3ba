"""The clock against a clock that lives through every day, over random histories."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.calendar import published
from gongkai.onrequest.clock import Standing, clock, strip
from gongkai.onrequest.events import Event, Kind
from tests.oracle_clock import lived, works

FIRST, LAST = date(2019, 5, 15), date(2026, 10, 31)
CALENDAR = published()
LATER = sorted(set(Kind) - {Kind.RECEIVED})


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """A receipt and up to nine facts within some months of it, in the order of their recording."""
    received = draw(st.dates(FIRST, LAST))
    events = [Event(Kind.RECEIVED, received)]
    for _ in range(draw(st.integers(0, 9))):
        on = received + timedelta(days=draw(st.one_of(st.integers(0, 45), st.integers(-3, 90))))
        until = draw(st.none() | st.integers(-5, 60).map(lambda days, on=on: on + timedelta(days=days)))
        days = draw(st.none() | st.integers(1, 21))
        events.append(Event(draw(st.sampled_from(LATER)), on, until, days, draw(st.sampled_from("ab"))))
    return draw(st.permutations(events))


@settings(max_examples=1000, deadline=None)
@given(histories())
def test_every_day_is_that_of_a_clock_which_lives_through_it(events: list[Event]) -> None:
    due, on_time = lived(list(events))

    found = clock(events, CALENDAR)

    assert (found.due_on, found.on_time) == (due, on_time)
    assert found.provisional == (bool(due) and found.total is not None and due.year > 2026)
    if found.due_on and found.standing is Standing.RUNNING and found.total:
        left_out = set(found.left_out)
        days = [found.counted_from + timedelta(days=n + 1) for n in range((due - found.counted_from).days)]
        assert sum(works(day) and day not in left_out for day in days) == found.total


@settings(max_examples=300, deadline=None)
@given(histories())
def test_a_strip_numbers_the_days_up_to_the_due_day(events: list[Event]) -> None:
    found = clock(events, CALENDAR)
    days = strip(found, CALENDAR)
    numbers = [day.number for day in days if day.number]

    assert numbers == list(range(1, len(numbers) + 1))
    if found.due_on and found.total:
        assert numbers[-1] == found.total
        assert next(day for day in days if day.due).number == found.total


@settings(max_examples=300, deadline=None)
@given(st.dates(FIRST, LAST), st.integers(1, 40))
def test_counting_there_and_back(start: date, number: int) -> None:
    end = CALENDAR.add_workdays(start, number)

    assert works(end)
    assert CALENDAR.workdays_between(start, end) == number == -CALENDAR.workdays_between(end, start)
    assert CALENDAR.workdays_before(end + timedelta(days=1), 1) == end
    assert len(CALENDAR.workdays_in(start, end)) == number
