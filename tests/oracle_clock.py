"""A slow clock that lives through every day, written from the rules alone: what the fold of the product must agree with.

It knows nothing of intervals. Each morning it asks whether the day counts, and each evening it reads the day's post.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).resolve().parents[1] / "src" / "gongkai" / "calendar" / "notices.toml"
ORDER = ["received", "supplement_asked fee_notified", "supplemented fee_paid"]


@cache
def named() -> dict[str, bool]:
    """ISO day → whether it is worked, for the days that notices name."""
    found: dict[str, bool] = {}
    for notice in tomllib.loads(TABLE.read_text("utf-8")).values():
        for which, works in (("off", False), ("work", True)):
            for span in (each for spans in notice[which].values() for each in spans):
                day, last = (date.fromisoformat(span.split("..")[i]) for i in (0, -1))
                while day <= last:
                    found[day.isoformat()] = works
                    day += timedelta(days=1)
    return found


def works(day: date) -> bool:
    return named().get(day.isoformat(), day.isoweekday() not in (6, 7))


@dataclass
class Life:
    """One application, day after day."""

    today: date
    alive: bool = False
    since_receipt: int = 0
    counted: int = 0
    allowance: int = 20
    reached_on: date | None = None
    given: list[tuple[date, int]] = field(default_factory=list)
    away: dict[tuple[str, str], date] = field(default_factory=dict)
    waiting: str = ""
    waiting_since: date | None = None
    appointed: tuple[date, date] | None = None
    ordered: bool = False
    no_day: bool = False
    asked: bool = False
    renewed: set[str] = field(default_factory=set)
    over: str = ""
    over_on: date | None = None

    def morning(self) -> None:
        if not self.alive or not works(self.today):
            return
        self.since_receipt += 1
        if self.waiting or self.no_day or self.reached_on:
            return
        if any(begun < self.today for begun in self.away.values()):
            return
        self.counted += 1
        if self.counted == self.allowance:
            self.reached_on = self.today

    def due(self) -> date | None:
        return self.appointed[1] if self.appointed else self.reached_on

    def expired(self) -> bool:
        due = self.due()
        return due is not None and not self.waiting and not self.no_day and self.today > due

    def evening(self, event: Any) -> None:
        kind = event.kind.value
        if not self.alive:
            self.alive = kind == "received"
        elif not self.over or kind == "reopened":
            getattr(self, "_" + kind, lambda _: None)(event)

    def _supplement_asked(self, event: Any) -> None:
        if self.ordered or self.waiting or self.asked or "supplemented" in self.renewed:
            return
        self.asked = True
        late = self.since_receipt > 7 or (self.since_receipt == 7 and not works(self.today))
        if not late:
            self.waiting, self.waiting_since = "supplemented", self.today

    def _fee_notified(self, event: Any) -> None:
        if self.ordered or self.waiting or self.expired() or "fee_paid" in self.renewed:
            return
        self.waiting, self.waiting_since = "fee_paid", self.today

    def _supplemented(self, event: Any) -> None:
        self._anew("supplemented")

    def _fee_paid(self, event: Any) -> None:
        self._anew("fee_paid")

    def _anew(self, why: str) -> None:
        if self.ordered or why in self.renewed:
            return
        self.renewed.add(why)
        self.counted, self.reached_on = 0, None
        # What began today belongs to the new count; by the order of a day nothing of it can have been read yet, but
        # for a wait of the other kind.
        self.away, self.given, self.allowance, self.appointed = {}, [], 20, None
        if self.waiting == why or self.waiting_since != self.today:
            self.waiting = ""

    def _begin(self, event: Any, kind: str) -> None:
        if self.ordered or (kind, event.matter) in self.away:
            return
        self.away[(kind, event.matter)] = self.today

    def _finish(self, event: Any, kind: str) -> None:
        self.away.pop((kind, event.matter), None)

    def _third_party_consulted(self, event: Any) -> None:
        self._begin(event, "third")

    def _organ_consulted(self, event: Any) -> None:
        self._begin(event, "organ")

    def _third_party_ended(self, event: Any) -> None:
        self._finish(event, "third")

    def _organ_ended(self, event: Any) -> None:
        self._finish(event, "organ")

    def _extended(self, event: Any) -> None:
        days = event.days or 0
        spent = sum(each for _, each in self.given)
        if self.ordered or self.waiting or self.appointed or self.expired() or days < 1 or spent + days > 20:
            return
        self.given.append((self.today, days))
        self.allowance += days
        self.reached_on = None

    def _deferred(self, event: Any) -> None:
        if self.ordered or self.waiting or not event.until or self.expired():
            return
        if event.until <= (self.promised() or self.today):
            return
        self.appointed = (self.today, event.until)

    def promised(self) -> date | None:
        """The due day if nothing else happened: lived through to the end in thought."""
        if self.waiting or self.no_day:
            return None
        if self.due():
            return self.due()
        if self.away and min(self.away.values()) <= self.today:
            return None
        day, counted = self.today, self.counted
        while counted < self.allowance:
            day += timedelta(days=1)
            counted += works(day)
        return day

    def _reopened(self, event: Any) -> None:
        self.over, self.over_on, self.ordered = "", None, True
        self.counted, self.reached_on, self.away, self.given = 0, None, {}, []
        self.waiting, self.appointed = "", (self.today, event.until) if event.until else None
        self.allowance, self.no_day = event.days or 0, not (event.until or event.days)

    def _delivered(self, event: Any) -> None:
        self.away = {}
        self.over, self.over_on = "delivered", self.today

    def _withdrawn(self, event: Any) -> None:
        self.over, self.over_on = "ended", self.today

    _merged = _withdrawn


def lived(events: list[Any]) -> tuple[date | None, bool | None]:
    """The due day, whether the answer came in time."""
    rank = {kind: number for number, kinds in enumerate(ORDER) for kind in kinds.split()}
    post = sorted(events, key=lambda event: (event.on, rank.get(event.kind.value, 3)))
    life = Life(post[0].on)
    while True:
        life.morning()
        for event in post:
            if event.on == life.today:
                life.evening(event)
        if life.today >= post[-1].on:
            break
        life.today += timedelta(days=1)
    if life.over == "ended" or not life.alive:
        return None, None
    due = life.promised()
    on_time = life.over_on <= due if life.over_on and due else None
    return due, on_time
