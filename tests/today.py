"""The day on which the tests run: always the same one, whatever the machine's is.

Tests take their days from `timezone.localdate()`, as the product does. In a process of the tests Django's now is the
machine's moved to DAY, from where it goes on. GONGKAI_TEST_DAY names another moment: `2027-01-01T00:30+08:00`.
A process that a test starts goes by the machine's clock, as its user's would.

This is a plugin of pytest (see pyproject.toml), since it must come before there are models: a field keeps the function
that is its default. In a worker Django is set up before any conftest is read.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from django.utils import timezone

DAY = "2026-11-23T09:00+08:00"
"""A Monday of a year whose holidays are known."""

_AWAY = datetime.fromisoformat(os.environ.get("GONGKAI_TEST_DAY") or DAY) - datetime.now(UTC)


def now() -> datetime:
    """The moment, as Django is to have it."""
    return datetime.now(UTC) + _AWAY


timezone.now = now
