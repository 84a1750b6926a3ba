"""Working days, from the yearly notices of the State Council's office; a year without a notice is never guessed."""

from gongkai.calendar.days import Calendar, Day, DayKind, Notice, SetDay, in_chinese
from gongkai.calendar.notices import published
from gongkai.calendar.periods import Period, after_days, after_months

__all__ = [
    "Calendar",
    "Day",
    "DayKind",
    "Notice",
    "Period",
    "SetDay",
    "after_days",
    "after_months",
    "in_chinese",
    "published",
]
