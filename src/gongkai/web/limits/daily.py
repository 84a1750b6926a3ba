"""Once a day: old counters go."""

from __future__ import annotations

from datetime import date

from gongkai.web.jobs.daily import every_day
from gongkai.web.limits.services import sweep


@every_day("limits.sweep")
def old_counters(day: date) -> None:
    """Remove counters of days ago."""
    sweep()
