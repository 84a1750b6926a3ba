"""The clock that a test sets: what the services take for now."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Monday at nine, on which the holidays of its year are known."""


class Clock:
    """It stands until it is moved."""

    def __init__(self) -> None:
        self.now = NINE

    def on(self, **by: float) -> datetime:
        """Move it, by so many days or hours; what it says then."""
        self.now += timedelta(**by)
        return self.now
