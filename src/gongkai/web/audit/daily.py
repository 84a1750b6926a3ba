"""What the audit does beside the pages: chain what was committed every minute, sign a head every day."""

from __future__ import annotations

from datetime import date

from gongkai.web.audit import chain
from gongkai.web.jobs.daily import every_day, every_minute


@every_minute("audit.seal")
def seal() -> None:
    """Chain what was committed since."""
    chain.seal_all()


@every_day("audit.sign")
def sign(day: date) -> None:
    """Sign a head, also on a day on which nothing was done."""
    for county in chain.counties():
        chain.sign_today(county)
