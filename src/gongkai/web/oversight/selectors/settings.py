"""What the county set for supervision, and the days that follow from it."""

from __future__ import annotations

import uuid
from datetime import date

from gongkai.web.oversight.rulekeys import PASS_MARK, PROBLEM_DAYS, REPLY_DAYS
from gongkai.web.rules.selectors import calendar_of, number_set


def _after(county: uuid.UUID, on: date, days: int) -> date:
    """A day so many working days on; by calendar days where the calendar ends."""
    return calendar_of(county).soon(on, days)


def problem_due(county: uuid.UUID, on: date) -> date:
    """The day by which a problem found on a day is to be put right, where nobody set another."""
    return _after(county, on, number_set(county, *PROBLEM_DAYS, on))


def reply_due(county: uuid.UUID, on: date) -> date:
    """The day by which an organ replies to a notice of a day, where nobody set another."""
    return _after(county, on, number_set(county, *REPLY_DAYS, on))


def pass_mark(county: uuid.UUID, on: date) -> int:
    """Of a hundred: the mark from which a test is passed."""
    return number_set(county, *PASS_MARK, on)
