"""What is done once a day: every frozen report is compiled anew, and what differs is told on the start page."""

from __future__ import annotations

from datetime import date

from gongkai.web.issuing.services.looking import look_at_all
from gongkai.web.jobs.daily import every_day
from gongkai.web.organs.selectors import home_county


@every_day("issuing.look")
def look_at_frozen(day: date) -> None:
    """Compare what was frozen with what is known now."""
    county = home_county()
    if county is not None:
        look_at_all(county.pk)
