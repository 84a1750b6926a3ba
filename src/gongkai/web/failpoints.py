"""Named points at which a crash test ends the process, as a power cut would: no clean-up, nothing flushed.

`failpoint("number.before_commit")` does nothing unless GONGKAI_TESTING=1 and GONGKAI_FAILPOINT names that point; with
`name:3` the process ends when the point is reached for the third time.
"""

from __future__ import annotations

import os
from collections import Counter

STATUS = 137
"""The exit status of a process that was killed."""


class _Armed:
    """The point at which this process is to end; none by default."""

    name = ""
    left = 0
    seen: Counter[str] | None = None


def arm(name: str, hit: int = 1) -> None:
    """End this process when `name` is reached for the `hit`-th time. RuntimeError outside of tests."""
    _check_testing()
    _Armed.name, _Armed.left = name, hit


def watch() -> Counter[str]:
    """Count the points that are reached from now on, to learn which there are. RuntimeError outside of tests."""
    _check_testing()
    _Armed.seen = Counter()
    return _Armed.seen


def _check_testing() -> None:
    if os.environ.get("GONGKAI_TESTING") != "1":
        raise RuntimeError("failpoints exist only under GONGKAI_TESTING=1")


def failpoint(name: str) -> None:
    """A point that a crash test can name."""
    if _Armed.seen is not None:
        _Armed.seen[name] += 1
    if name != _Armed.name:
        return
    _Armed.left -= 1
    if _Armed.left <= 0:
        os._exit(STATUS)


def _from_environment() -> None:
    wanted = os.environ.get("GONGKAI_FAILPOINT", "")
    if wanted and os.environ.get("GONGKAI_TESTING") == "1":
        name, _, hit = wanted.partition(":")
        arm(name, int(hit or 1))


_from_environment()
