"""Where a task stands, from what walks met and people did. Pure: the rows of the task are a cache of this."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

State = Literal["open", "answered", "done", "dismissed"]
Name = Literal["met", "gone", "unknown", "assign", "answer", "verify", "dismiss", "reopen"]

MAY: dict[str, tuple[State, ...]] = {
    "assign": ("open", "answered"),
    "answer": ("open",),
    "verify": ("open", "answered"),
    "dismiss": ("open", "answered"),
    "reopen": ("done", "dismissed"),
}
"""What a person may do in which state."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a task. `at` is when it was so: for a sighting the beginning of the walk."""

    name: Name
    at: datetime
    on: date
    organ: uuid.UUID | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a task stands."""

    state: State
    organ: uuid.UUID | None
    due_on: date | None
    met_on: date
    closed_on: date | None = None
    times: int = 1
    answered_at: datetime | None = None

    @property
    def late(self) -> bool:
        """Whether it was closed after its day."""
        return bool(self.closed_on and self.due_on and self.closed_on > self.due_on)


def standing(events: Iterable[Event]) -> Standing | None:
    """Where a task stands after its events, in the order in which they became known; None before it was met."""
    now: Standing | None = None
    for event in events:
        if now is None:
            now = Standing("open", event.organ, event.due_on, event.on) if event.name == "met" else None
            continue
        now = _after(now, event)
    return now


def _after(now: Standing, event: Event) -> Standing:
    if event.name == "met":
        return _met(now, event)
    if event.name == "gone":
        closed = {"state": "done", "closed_on": event.on}
        return replace(now, **closed) if now.state in ("open", "answered") else now  # type: ignore[arg-type]
    if event.name == "unknown" or now.state not in MAY[event.name]:
        return now
    if event.name == "assign":
        return replace(now, organ=event.organ, due_on=event.due_on or now.due_on)
    if event.name == "answer":
        return replace(now, state="answered", answered_at=event.at)
    if event.name == "reopen":
        return _again(now, event)
    return replace(now, state="done" if event.name == "verify" else "dismissed", closed_on=event.on)


def _met(now: Standing, event: Event) -> Standing:
    """Met again: what was closed comes back, what was answered before the walk was not put right."""
    seen = replace(now, met_on=max(now.met_on, event.on))
    if now.state == "done":
        return _again(seen, event)
    if now.state == "answered" and now.answered_at is not None and event.at > now.answered_at:
        return replace(seen, state="open", answered_at=None)
    return seen


def _again(now: Standing, event: Event) -> Standing:
    again = {"state": "open", "closed_on": None, "answered_at": None, "times": now.times + 1}
    return replace(now, **again, due_on=event.due_on or now.due_on, organ=now.organ or event.organ)  # type: ignore[arg-type]
