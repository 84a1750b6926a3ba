"""Where a letter stands: a fold over its acts, the same for every page, and the day by which it is to be answered."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol


class State(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    HANDLING = "handling"
    REVIEW = "review"
    ANSWERED = "answered"
    ASIDE = "aside"
    TURNED = "turned"


STATES: dict[State, str] = {
    State.WAITING: "待转办",
    State.HANDLING: "承办中",
    State.REVIEW: "答复待审核",
    State.ANSWERED: "已答复",
    State.ASIDE: "不予办理",
    State.TURNED: "已转为其他事项",
}
OPEN = (State.WAITING, State.HANDLING, State.REVIEW)
"""Somebody still owes an answer."""


class Done(Protocol):
    """An act as the fold reads it."""

    kind: str
    on: date
    organ_id: uuid.UUID | None
    until: date | None
    ground: str
    answer: int


@dataclass(slots=True)
class Progress:
    """What follows from the acts. `joined` are organs that were asked and have not yet answered, `helped` all others."""

    state: State = State.WAITING
    organ: uuid.UUID | None = None
    joined: tuple[uuid.UUID, ...] = ()
    helped: tuple[uuid.UUID, ...] = ()
    extended_to: date | None = None
    answered_on: date | None = None
    ground: str = ""
    answer: int = 0
    back_to: State = State.WAITING

    @property
    def open(self) -> bool:
        """Whether somebody still owes an answer."""
        return self.state in OPEN

    @property
    def near(self) -> tuple[uuid.UUID, ...]:
        """The organs that are or were asked to join, each once."""
        return tuple(dict.fromkeys((*self.helped, *self.joined)))


def _apply(then: Progress, act: Done) -> None:
    if act.kind == "routed":
        then.state, then.organ = State.HANDLING, act.organ_id
        then.helped, then.joined = then.near, ()
    elif act.kind == "returned":
        then.state, then.organ = State.WAITING, None
        then.helped, then.joined = then.near, ()
    elif act.kind == "joined" and act.organ_id:
        then.joined = (*(each for each in then.joined if each != act.organ_id), act.organ_id)
    elif act.kind == "contributed" and act.organ_id:
        then.joined = tuple(each for each in then.joined if each != act.organ_id)
        then.helped = (*then.helped, act.organ_id)
    elif act.kind == "extended":
        then.extended_to = act.until
    elif act.kind == "submitted":
        then.state, then.answer = State.REVIEW, act.answer
    elif act.kind == "sent_back":
        then.state = State.HANDLING
    elif act.kind == "answered":
        then.state, then.answered_on = State.ANSWERED, act.on
    elif act.kind == "set_aside":
        then.back_to, then.state, then.ground = then.state, State.ASIDE, act.ground
    elif act.kind == "taken_up":
        then.state, then.ground = then.back_to, ""
    elif act.kind == "turned":
        then.state = State.TURNED


def progress(acts: Iterable[Done]) -> Progress:
    """Where a letter stands after these acts, in their order."""
    then = Progress()
    for act in acts:
        _apply(then, act)
    return then


def months_after(day: date, months: int) -> date:
    """The same day some months on; the last of the month where there is no such day.

    >>> months_after(date(2025, 11, 30), 3)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_after - timedelta(days=1))
