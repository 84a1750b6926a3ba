"""What can happen to an application, as dated facts.

The clock, the procedure and the yearly tables are folds over these facts. A fact says when it was true (`on`); when it
became known is the business of whoever stores it, and who replays a case "as known then" passes only the facts known
by then. Facts are never changed: a mistaken one is left out and another passed in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter


class Kind(StrEnum):
    """A kind of fact in the life of an application, named as the Regulations name the act."""

    RECEIVED = "received"
    """收到申请: the day of article 31; opens the case and the clock."""
    SUPPLEMENT_ASKED = "supplement_asked"
    """告知补正 (art. 30): `until` is the reasonable period's last day."""
    SUPPLEMENTED = "supplemented"
    """收到补正的申请 (art. 30): the count begins anew."""
    REASONS_ASKED = "reasons_asked"
    """要求说明理由 (art. 35): `until` is the last day for it."""
    REASONS_GIVEN = "reasons_given"
    """收到理由说明 (art. 35)."""
    DEFERRED = "deferred"
    """确定延迟答复的合理期限 (art. 35): `until` is the day told to the applicant."""
    THIRD_PARTY_CONSULTED = "third_party_consulted"
    """征求第三方意见 (art. 32): `matter` names the consultation; stops the clock."""
    THIRD_PARTY_ENDED = "third_party_ended"
    """第三方意见到达或者期限届满: ends the consultation of the same `matter`."""
    ORGAN_CONSULTED = "organ_consulted"
    """征求其他机关意见 (art. 34): `matter` names the consultation; stops the clock."""
    ORGAN_ENDED = "organ_ended"
    """其他机关意见到达或者期限届满: ends the consultation of the same `matter`."""
    COUNSEL_ASKED = "counsel_asked"
    """征求法律顾问、司法行政部门意见: never stops the clock."""
    COUNSEL_ENDED = "counsel_ended"
    ASSISTANCE_ASKED = "assistance_asked"
    """请本机关内设机构或者其他机关协助检索: never stops the clock."""
    ASSISTANCE_ENDED = "assistance_ended"
    EXTENDED = "extended"
    """延长答复期限 (art. 33(2)): `days` working days, approved and told to the applicant on `on`."""
    FEE_NOTIFIED = "fee_notified"
    """发出收费通知 (art. 42): `until` is the last day to pay."""
    FEE_PAID = "fee_paid"
    """缴费: the count begins anew, the day after payment being its first day."""
    SUBMITTED = "submitted"
    """拟处理决定送审: `decision` is the code of the decision proposed."""
    RETURNED = "returned"
    """审核退回: the proposal goes back to whoever handles the case."""
    DECIDED = "decided"
    """作出处理决定: `decision` is the code of the decision type; signed on `on`."""
    DELIVERED = "delivered"
    """送达: the day that counts for "answered in time" (signing; posting when by post)."""
    WITHDRAWN = "withdrawn"
    """申请人撤回."""
    MERGED = "merged"
    """并入另一件合并答复: `matter` is the number of the leading application."""
    REOPENED = "reopened"
    """复议决定、判决责令重新处理: a new clock on the same case; `days` working days or `until`, as ordered."""
    CLOSED = "closed"
    """归档办结, after the decision was delivered."""


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact. Which of the optional parts a kind carries is said at the kind.

    `on`: the day on which it was true. `until`: a last day (inclusive). `days`: working days. `matter`: links the two
    ends of one consultation, or names another application. `decision`: a code of `onrequest.decisions`.
    """

    kind: Kind
    on: date
    until: date | None = None
    days: int | None = None
    matter: str = ""
    decision: str = ""


CONSULTATIONS: dict[Kind, Kind] = {
    Kind.THIRD_PARTY_CONSULTED: Kind.THIRD_PARTY_ENDED,
    Kind.ORGAN_CONSULTED: Kind.ORGAN_ENDED,
}
"""The consultations whose time is left out of the count (art. 33(3)): the kind that begins one and the kind that ends it."""


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events by day; those of one day keep the order in which they were passed (that of their recording)."""
    return tuple(sorted(events, key=attrgetter("on")))
