"""The state of a count while `clock` takes the events of a case one by one, and the reckoning of the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gongkai.calendar import Calendar, in_chinese
from gongkai.law.citations import DEFERRED_REPLY, LIMIT_TO_REPLY, Citation
from gongkai.law.errors import LawGap
from gongkai.law.parameters import Parameters
from gongkai.onrequest.events import Event, Kind
from gongkai.onrequest.standing import Clock, Refused, Standing, Step

_WAITING = {
    Kind.SUPPLEMENT_ASKED: Standing.AWAITING_SUPPLEMENT,
    Kind.FEE_NOTIFIED: Standing.AWAITING_PAYMENT,
}
_SUPPLEMENT = {Kind.SUPPLEMENT_ASKED, Kind.SUPPLEMENTED}


@dataclass(frozen=True, slots=True)
class Span:
    """A consultation: the days after `begun_on` up to and including `ended_on` are left out; open where that is None."""

    kind: Kind
    matter: str
    begun_on: date
    ended_on: date | None = None


class Count:
    """What the events so far add up to. An object serves one reckoning."""

    def __init__(self, calendar: Calendar, parameters: Parameters) -> None:
        self.calendar = calendar
        self.parameters = parameters
        self.steps: list[Step] = []
        self.refused: list[Refused] = []
        self.received_on: date | None = None
        self.counted_from: date | None = None
        self.extended: list[tuple[date, int]] = []
        self.spans: list[Span] = []
        self.dropped: set[tuple[Kind, str]] = set()
        self.fixed: tuple[date, date] | None = None
        self.ordered = False
        self.ordered_days: int | None = None
        self.waiting: Event | None = None
        self.waiting_until: date | None = None
        self.seen: set[Kind] = set()
        self.supplement_due_on: date | None = None
        self.ended: Event | None = None
        self.unsettled = False

    # ── what the acts ask and tell ───────────────────────────────────────────────────────────────────────────────────

    def is_ordered(self, event: Event) -> bool:
        """Whether a reconsideration decision or judgment set the limit: then nothing done in the case moves it."""
        if self.ordered:
            self.refuse(event, "期限由复议决定或者判决确定，不因此变动")
        return self.ordered

    def is_waiting(self, event: Event) -> bool:
        """Whether nothing runs because the applicant is to act first."""
        if self.waiting:
            self.refuse(event, "正在等待申请人补正或者缴费，没有在计算的答复期限")
        return self.waiting is not None

    def step(self, event: Event, says: str, citation: Citation | None = None) -> None:
        """A step that this event made."""
        self.steps.append(Step(event.on, says, citation))

    def refuse(self, event: Event, says: str, citation: Citation | None = None) -> None:
        """Keep the event as a fact without effect."""
        self.refused.append(Refused(event, says, citation))

    # ── reckoning ────────────────────────────────────────────────────────────────────────────────────────────────────

    def left_out(self) -> tuple[date, ...]:
        """The working days left out by consultations that have ended, each once, in order."""
        assert self.counted_from is not None
        return tuple(
            sorted(
                {
                    day
                    for span in self.spans
                    if span.ended_on
                    for day in self.calendar.workdays_in(span.begun_on, span.ended_on)
                }
            )
        )

    def _effective(self, due: date | None) -> tuple[date, ...]:
        """Those left out that moved the day: none where it is fixed, none past it."""
        if self.fixed or self.waiting or self.unsettled:
            return ()
        return tuple(day for day in self.left_out() if due is None or day <= due)

    def _total(self) -> int:
        assert self.received_on is not None
        if self.ordered_days:
            return self.ordered_days
        return self.parameters["reply"].amount(self.received_on) + sum(days for _, days in self.extended)

    def due(self) -> date | None:
        """The last day to answer as things stand; None while there is none."""
        if self.waiting or self.unsettled:
            return None
        if self.fixed:
            return self.fixed[1]
        assert self.counted_from is not None
        open_since = min((span.begun_on for span in self.spans if span.ended_on is None), default=None)
        left_out, missing = set(self.left_out()), self._total()
        days = self.calendar.workdays_after(self.counted_from)
        day = self.counted_from
        while missing:
            day = next(days)
            if open_since is not None and day > open_since:
                return None
            missing -= day not in left_out
        return day

    def clock(self) -> Clock:
        """The clock after the last event."""
        if self.received_on is None:
            return Clock(Standing.NOT_RECEIVED, refused=tuple(self.refused))
        if self.ended is not None and self.ended.kind is not Kind.DELIVERED:
            says = "申请人撤回申请" if self.ended.kind is Kind.WITHDRAWN else "并入另一件一并答复"
            self.step(self.ended, f"{says}，本件不再计算答复期限")
            return self.without_day(Standing.ENDED)
        due = self.due()
        if due is not None:
            self.steps.append(self._last_step(due))
        standing = self._standing(due)
        if self.ended is not None:
            late = due is not None and self.ended.on > due
            self.step(self.ended, "送达答复" + ("，晚于到期日" if late else ""))
            self.steps.sort(key=lambda step: step.on)
        return self._with_day(standing, due)

    def _standing(self, due: date | None) -> Standing:
        if self.ended is not None:
            return Standing.ANSWERED
        if self.waiting is not None:
            return _WAITING[self.waiting.kind]
        if self.unsettled:
            return Standing.UNSETTLED
        return Standing.CONSULTING if due is None else Standing.RUNNING

    def _last_step(self, due: date) -> Step:
        assert self.counted_from is not None
        says = f"答复到期日为{in_chinese(due)}"
        if self.fixed:
            return Step(due, says, None if self.ordered else DEFERRED_REPLY)
        left_out = self._effective(due)
        also = f"（不计征求意见的{len(left_out)}个工作日）" if left_out else ""
        says += f"：自{in_chinese(self.counted_from)}的次日起第{self._total()}个工作日{also}"
        if self.calendar.provisional(due):
            says += f"；{due.year}年的放假通知还没有录入，暂按周末推算"
        return Step(due, says, None if self.ordered else LIMIT_TO_REPLY)

    def _with_day(self, standing: Standing, due: date | None) -> Clock:
        moves = self.ended is None and self.waiting is None and self.fixed is None and not self.ordered
        extended = sum(days for _, days in self.extended)
        assert self.received_on is not None
        return replace(
            self.without_day(standing),
            due_on=due,
            provisional=due is not None and self.fixed is None and self.calendar.provisional(due),
            left_out=self._effective(due),
            total=None if self.fixed or self.waiting or self.unsettled else self._total(),
            extension_left=self.parameters["extension"].amount(self.received_on) - extended if moves else 0,
            on_time=self.ended.on <= due if self.ended and due else None,
            gap=LawGap("责令重新处理没有写明期限，期限未定") if standing is Standing.UNSETTLED else None,
        )

    def without_day(self, standing: Standing) -> Clock:
        """The clock as far as it can be told without a due day."""
        may_ask = self.ended is None and not self.ordered and not self.seen & _SUPPLEMENT
        return Clock(
            standing,
            steps=tuple(self.steps),
            refused=tuple(self.refused),
            received_on=self.received_on,
            counted_from=self.counted_from,
            supplement_due_on=self.supplement_due_on if may_ask else None,
            waiting_until=self.waiting_until if self.ended is None else None,
            ended_on=self.ended.on if self.ended else None,
        )
