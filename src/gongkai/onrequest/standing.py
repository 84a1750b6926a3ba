"""The values that the clock gives: where a limit stands, the steps to it, and the facts denied any effect on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.citations import Citation, basis
from gongkai.law.errors import LawGap
from gongkai.onrequest.events import Event


class Standing(StrEnum):
    """Whether a due day runs, and if not, why not."""

    NOT_RECEIVED = "not_received"
    RUNNING = "running"
    CONSULTING = "consulting"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_PAYMENT = "awaiting_payment"
    UNSETTLED = "unsettled"
    ANSWERED = "answered"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """As a page says it."""
        return _LABELS[self]


_LABELS = {
    Standing.NOT_RECEIVED: "尚未收到",
    Standing.RUNNING: "答复期限在计算",
    Standing.CONSULTING: "征求意见中，暂无到期日",
    Standing.AWAITING_SUPPLEMENT: "等待补正，答复期限自收到补正之日起计算",
    Standing.AWAITING_PAYMENT: "等待缴费，答复期限自缴费次日起计算",
    Standing.UNSETTLED: "期限未定",
    Standing.ANSWERED: "已答复",
    Standing.ENDED: "已终结",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning: on which day, what, and by which provision; without one it is a rule of ours."""

    on: date
    says: str
    citation: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision with its words, or 本系统规则."""
        return basis(self.citation)


@dataclass(frozen=True, slots=True)
class Refused:
    """A fact that the law, or a rule of ours, denies any effect on the due day."""

    event: Event
    says: str
    citation: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision with its words, or 本系统规则."""
        return basis(self.citation)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the limit of an application stands.

    `due_on`: the last day to answer; None while there is none, for the reason that `standing` gives. `provisional`:
    the day lies where no holiday notice has been published yet. `counted_from`: the day after which working days are
    counted. `left_out`: the working days that consultations leave out, each once. `total`: the working days in all;
    None where a fixed day was set. `extension_left`: working days by which it may still be extended.
    `supplement_due_on`: until when a supplement may be asked for. `waiting_until`: until when the applicant has time to
    supplement or to pay. `on_time`: whether the answer was delivered by the due day; None while there is nothing to
    say. `gap`: why no day can be told at all.
    """

    standing: Standing
    due_on: date | None = None
    provisional: bool = False
    steps: tuple[Step, ...] = ()
    refused: tuple[Refused, ...] = ()
    received_on: date | None = None
    counted_from: date | None = None
    left_out: tuple[date, ...] = ()
    total: int | None = None
    extension_left: int = 0
    supplement_due_on: date | None = None
    waiting_until: date | None = None
    ended_on: date | None = None
    on_time: bool | None = None
    gap: LawGap | None = None

    @property
    def reason(self) -> str:
        """Why it stands so, in one sentence."""
        return self.gap.says if self.gap else self.standing.label

    @property
    def running(self) -> bool:
        """Whether a due day is there to be kept."""
        return self.standing is Standing.RUNNING
