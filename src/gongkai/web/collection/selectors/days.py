"""The days of the yearly reports in a county: those of the Regulations, and those that the county set itself."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.annual.january import DEPARTMENT, Due, MonthDay, due
from gongkai.web.collection.rulekeys import INTERNAL_DAY, LOCAL_DAYS
from gongkai.web.memo import once_a_page
from gongkai.web.rules.selectors import setting


@dataclass(frozen=True)
class Days:
    """What a county set for the reports on a year."""

    year: int
    internal: MonthDay | None
    local: Mapping[str, MonthDay]

    def of(self, form: str) -> Due:
        """The days of an organ of this form."""
        return due(form, self.year, self.internal, self.local)

    @property
    def department(self) -> Due:
        """The days of the departments."""
        return self.of(DEPARTMENT)


def _day(words: object) -> MonthDay | None:
    if not words:
        return None
    month, day = (int(part) for part in str(words).split("-"))
    return month, day


@once_a_page
def days_of(county: uuid.UUID, year: int, known_at: datetime | None = None) -> Days:
    """The days that hold for the reports on a year, as they were known at a moment (now)."""
    on = date(year + 1, 1, 1)

    def known(key: str) -> MonthDay | None:
        return _day(setting(county, key, on=on, known_at=known_at))

    return Days(year, known(INTERNAL_DAY), {form: day for form, key in LOCAL_DAYS.items() if (day := known(key))})
