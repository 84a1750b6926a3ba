"""Where a duty stands, from what was done about it. Pure: the row of the duty is a cache of this."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

State = Literal["open", "answered", "done", "withdrawn"]
Name = Literal["assign", "report", "answer", "return", "close", "change", "withdraw", "reopen"]

MAY: dict[str, tuple[State, ...]] = {
    "report": ("open",),
    "answer": ("open",),
    "return": ("answered",),
    "close": ("answered",),
    "change": ("open", "answered"),
    "withdraw": ("open", "answered"),
    "reopen": ("done", "withdrawn"),
}
"""What a person may do in which state."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done. `due_on` is the day it set, if any."""

    name: Name
    on: date
    by: uuid.UUID
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a duty stands."""

    state: State
    due_on: date
    answered_on: date | None = None
    answered_by: uuid.UUID | None = None
    closed_on: date | None = None
    returned: int = 0

    @property
    def late(self) -> bool:
        """Whether the answer came after the day that held when it was accepted."""
        return self.state == "done" and self.answered_on is not None and self.answered_on > self.due_on


def standing(events: Iterable[Event]) -> Standing | None:
    """Where a duty stands after its events, in the order in which they became known; None before it was assigned."""
    now: Standing | None = None
    for event in events:
        if now is not None:
            now = _after(now, event)
        elif event.name == "assign" and event.due_on is not None:
            now = Standing("open", event.due_on)
    return now


def _after(now: Standing, event: Event) -> Standing:
    if event.name not in MAY or now.state not in MAY[event.name]:
        return now
    due = event.due_on or now.due_on
    match event.name:
        case "answer":
            return replace(now, state="answered", answered_on=event.on, answered_by=event.by)
        case "return":
            return replace(now, state="open", due_on=due, answered_on=None, answered_by=None, returned=now.returned + 1)
        case "close":
            return replace(now, state="done", closed_on=event.on)
        case "withdraw":
            return replace(now, state="withdrawn", closed_on=event.on)
        case "reopen":
            return replace(now, state="open", due_on=due, answered_on=None, answered_by=None, closed_on=None)
        case _:
            return replace(now, due_on=due)
