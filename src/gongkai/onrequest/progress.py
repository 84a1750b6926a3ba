"""How far an application has come: the facts of its life gathered, whatever order and lawfulness they had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gongkai.onrequest.events import CONSULTATIONS, Event, Kind


class State(StrEnum):
    """Where an application stands."""

    START = "start"
    REGISTERED = "registered"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_REASONS = "awaiting_reasons"
    CONSULTING = "consulting"
    AWAITING_PAYMENT = "awaiting_payment"
    HANDLING = "handling"
    FOR_REVIEW = "for_review"
    DECIDED = "decided"
    DELIVERED = "delivered"
    REOPENED = "reopened"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


STATES: dict[State, str] = {
    State.START: "未登记",
    State.REGISTERED: "已登记",
    State.AWAITING_SUPPLEMENT: "待补正",
    State.AWAITING_REASONS: "待说明理由",
    State.CONSULTING: "征求意见中",
    State.AWAITING_PAYMENT: "待缴费",
    State.HANDLING: "办理中",
    State.FOR_REVIEW: "审核中",
    State.DECIDED: "已签发，待送达",
    State.DELIVERED: "已送达",
    State.REOPENED: "重新办理",
    State.CLOSED: "已办结归档",
    State.WITHDRAWN: "已撤回",
    State.MERGED: "已并案",
}

FINAL = frozenset({State.CLOSED, State.WITHDRAWN, State.MERGED})
"""The states in which a case may rest for good."""

UNDELIVERED = frozenset(set(State) - FINAL - {State.START, State.DELIVERED})
"""The states of a case that is open and whose decision has not reached the applicant."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What the events of a case add up to. A reopening begins the rounds anew, but not what the case has seen."""

    state: State = State.START
    received_on: date | None = None
    supplements_asked: int = 0
    supplement_open: bool = False
    supplement_until: date | None = None
    supplemented: bool = False
    reasons_asked: bool = False
    reasons_open: bool = False
    reasons_until: date | None = None
    reasons_given: bool = False
    consultations: frozenset[tuple[Kind, str]] = frozenset()
    third_party_heard: bool = False
    asked: frozenset[tuple[Kind, str]] = frozenset()
    extended_days: int = 0
    deferred: bool = False
    fee_open: bool = False
    fee_until: date | None = None
    fee_paid: bool = False
    draft: str = ""
    decision: str = ""
    decided_on: date | None = None
    delivered_on: date | None = None
    withdrawn_on: date | None = None
    merged_into: str = ""
    reopened: int = 0


_BEGINS = {Kind.COUNSEL_ASKED: Kind.COUNSEL_ENDED, Kind.ASSISTANCE_ASKED: Kind.ASSISTANCE_ENDED}
_ENDS_CONSULTATION = {end: begin for begin, end in CONSULTATIONS.items()}
_ENDS_ASKING = {end: begin for begin, end in _BEGINS.items()}


def after(progress: Progress, event: Event) -> Progress:
    """The facts after one more event; the state is the procedure's business."""
    kind = event.kind
    if kind in CONSULTATIONS:
        return replace(progress, consultations=progress.consultations | {(kind, event.matter)})
    if kind in _ENDS_CONSULTATION:
        begun = (_ENDS_CONSULTATION[kind], event.matter)
        heard = progress.third_party_heard or kind is Kind.THIRD_PARTY_ENDED
        return replace(progress, consultations=progress.consultations - {begun}, third_party_heard=heard)
    if kind in _BEGINS:
        return replace(progress, asked=progress.asked | {(kind, event.matter)})
    if kind in _ENDS_ASKING:
        return replace(progress, asked=progress.asked - {(_ENDS_ASKING[kind], event.matter)})
    return _of_the_case(progress, event)


def _of_the_case(progress: Progress, event: Event) -> Progress:
    match event.kind:
        case Kind.RECEIVED:
            return replace(progress, received_on=progress.received_on or event.on)
        case Kind.SUPPLEMENT_ASKED:
            asked = progress.supplements_asked + 1
            return replace(progress, supplements_asked=asked, supplement_open=True, supplement_until=event.until)
        case Kind.SUPPLEMENTED:
            return replace(progress, supplement_open=False, supplemented=True, extended_days=0, deferred=False)
        case Kind.REASONS_ASKED:
            return replace(progress, reasons_asked=True, reasons_open=True, reasons_until=event.until)
        case Kind.REASONS_GIVEN:
            return replace(progress, reasons_open=False, reasons_given=True)
        case Kind.DEFERRED:
            return replace(progress, deferred=True)
        case Kind.EXTENDED:
            return replace(progress, extended_days=progress.extended_days + (event.days or 0))
        case Kind.FEE_NOTIFIED:
            return replace(progress, fee_open=True, fee_until=event.until)
        case Kind.FEE_PAID:
            return replace(progress, fee_open=False, fee_paid=True, extended_days=0, deferred=False)
        case Kind.SUBMITTED:
            return replace(progress, draft=event.decision)
        case Kind.RETURNED:
            return replace(progress, draft="")
        case Kind.DECIDED:
            return replace(progress, decision=event.decision, decided_on=event.on)
        case Kind.DELIVERED:
            return replace(progress, delivered_on=event.on)
        case Kind.WITHDRAWN:
            return replace(progress, withdrawn_on=event.on)
        case Kind.MERGED:
            return replace(progress, merged_into=event.matter)
        case Kind.REOPENED:
            return replace(
                progress,
                reopened=progress.reopened + 1,
                draft="",
                extended_days=0,
                deferred=False,
                consultations=frozenset(),
                third_party_heard=False,
                supplement_open=False,
                reasons_open=False,
                fee_open=False,
            )
        case _:
            return progress
