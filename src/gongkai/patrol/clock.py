"""The clock of a walk on a machine."""

from __future__ import annotations

import time
from datetime import datetime


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
