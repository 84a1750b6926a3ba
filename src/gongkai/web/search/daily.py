"""What the worker does by itself: every minute the index of relevance takes in what changed, where there is one."""

from __future__ import annotations

from gongkai.web.jobs.daily import every_minute
from gongkai.web.search.embedded.following import tick


@every_minute("search.embedded")
def follow() -> None:
    """Bring the index up to date."""
    tick()
