"""The clock that a walk goes by: what it asks of one, and the one of a machine."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time of day, the seconds that go by, and waiting: given from outside, so that nothing here depends on them."""

    def now(self) -> datetime:
        """The moment, with its time zone."""
        ...

    def seconds(self) -> float:
        """Seconds of a clock that only goes forward."""
        ...

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        ...


class SystemClock:
    """The machine's own clock, in its own time zone."""

    def now(self) -> datetime:
        """The moment, with its time zone."""
        return datetime.now().astimezone()

    def seconds(self) -> float:
        """Seconds of a clock that only goes forward."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        time.sleep(seconds)
