"""The shape of a scenario, and the office in which it is played."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.web.audit.services import Audit


@dataclass(frozen=True, slots=True)
class Scenario:
    """`act` does one thing and gives what the user is then told; it may be killed at any moment.

    `recover`, if there is one, is what a restart does by itself. `check` gets what users were told since the last check
    and says what is not as it must be.
    """

    name: str
    act: Callable[[Audit, int], Any]
    check: Callable[[Audit, list[Any]], list[str]]
    recover: Callable[[Audit], None] = lambda _audit: None


def office() -> Audit:
    """Who acts, in which county; made at the first call."""
    from gongkai.web.organs.services import ensure_county
    from gongkai.web.people.services import ensure_local_operator

    county = ensure_county()
    return Audit(actor=ensure_local_operator(county.pk).pk, county=county.pk)


def log_of(name: str) -> Path:
    """A file that outlives the killed process: what it told the outside world."""
    return Path(os.environ["GONGKAI_DATA"]).parent / f"{name}.told"


def tell(name: str, told: Any) -> None:
    """Say something to the outside world: it cannot be unsaid."""
    handle = os.open(log_of(name), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, json.dumps(told).encode() + b"\n")
    finally:
        os.close(handle)


def told(name: str) -> list[Any]:
    """What was said to the outside world, in order."""
    path = log_of(name)
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
