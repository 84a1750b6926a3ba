"""Once a day: what crashes left on disk is swept."""

from __future__ import annotations

from datetime import date

from gongkai.web.files.services import sweep
from gongkai.web.jobs.daily import every_day


@every_day("files.sweep")
def sweep_files(day: date) -> None:
    """Remove orphans and parts of files that are a day old."""
    sweep()
