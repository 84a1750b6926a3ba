"""Reconsideration and litigation about a case: how they end, which column of table 四 counts it, and their own limits.

First and second instance of one case count once. The columns are the form's; which outcome goes into which is the
system's own reading (本系统规则), said here once and used everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from gongkai.law.citations import OUR_RULE


class DisputeKind(StrEnum):
    """The three groups of table 四."""

    RECONSIDERATION = "reconsideration"
    DIRECT_LITIGATION = "direct_litigation"
    LITIGATION_AFTER_RECONSIDERATION = "litigation_after_reconsideration"


DISPUTE_KINDS: dict[DisputeKind, str] = {
    DisputeKind.RECONSIDERATION: "行政复议",
    DisputeKind.DIRECT_LITIGATION: "未经复议直接起诉",
    DisputeKind.LITIGATION_AFTER_RECONSIDERATION: "复议后起诉",
}


class Result(StrEnum):
    """The columns of table 四 in each group, the total left out."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = "pending"


RESULTS: dict[Result, str] = {
    Result.UPHELD: "结果维持",
    Result.CORRECTED: "结果纠正",
    Result.OTHER: "其他结果",
    Result.PENDING: "尚未审结",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way a dispute ends. `result` None: the instance ends, the case goes on or keeps what it had."""

    code: str
    zh: str
    of: Literal["reconsideration", "litigation"]
    result: Result | None
    article: str = ""


_R: Literal["reconsideration"] = "reconsideration"
_L: Literal["litigation"] = "litigation"

_OUTCOMES = (
    Outcome("upheld", "维持", _R, Result.UPHELD, "第六十八条"),
    Outcome("claim_rejected", "驳回行政复议请求", _R, Result.UPHELD, "第六十九条"),
    Outcome("varied", "变更", _R, Result.CORRECTED, "第六十三条"),
    Outcome("revoked", "撤销或者部分撤销", _R, Result.CORRECTED, "第六十四条"),
    Outcome("declared_unlawful", "确认违法", _R, Result.CORRECTED, "第六十五条"),
    Outcome("ordered_to_act", "责令履行", _R, Result.CORRECTED, "第六十六条"),
    Outcome("declared_void", "确认无效", _R, Result.CORRECTED, "第六十七条"),
    Outcome("not_accepted", "不予受理", _R, Result.OTHER, "第三十条"),
    Outcome("application_dismissed", "驳回行政复议申请", _R, Result.OTHER, "第三十三条"),
    Outcome("terminated", "终止", _R, Result.OTHER, "第四十一条"),
    Outcome("mediated", "调解", _R, Result.OTHER, "第七十三条"),
    Outcome("settled", "和解撤回", _R, Result.OTHER, "第七十四条"),
    Outcome("suit_claims_rejected", "判决驳回诉讼请求", _L, Result.UPHELD),
    Outcome("suit_revoked", "判决撤销或者部分撤销", _L, Result.CORRECTED),
    Outcome("suit_varied", "判决变更", _L, Result.CORRECTED),
    Outcome("suit_declared_unlawful", "判决确认违法", _L, Result.CORRECTED),
    Outcome("suit_declared_void", "判决确认无效", _L, Result.CORRECTED),
    Outcome("suit_ordered_to_act", "判决责令履行", _L, Result.CORRECTED),
    Outcome("suit_withdrawn", "撤诉", _L, Result.OTHER),
    Outcome("suit_dismissed", "裁定驳回起诉", _L, Result.OTHER),
    Outcome("suit_mediated", "调解", _L, Result.OTHER),
    Outcome("appeal_rejected", "二审驳回上诉，维持原判", _L, None),
    Outcome("appeal_withdrawn", "撤回上诉", _L, None),
    Outcome("remanded", "二审发回重审", _L, Result.PENDING),
)

OUTCOMES: dict[str, Outcome] = {outcome.code: outcome for outcome in _OUTCOMES}
COUNTED_AS = OUR_RULE
"""On what the mapping from outcome to column rests."""


def outcomes_of(kind: DisputeKind) -> tuple[Outcome, ...]:
    """The outcomes that a dispute of a kind may have."""
    of = _R if kind is DisputeKind.RECONSIDERATION else _L
    return tuple(outcome for outcome in _OUTCOMES if outcome.of == of)


@dataclass(frozen=True, slots=True)
class Ruling:
    """An instance that ended on a day with an outcome."""

    on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute about a case, all instances together. `appealed_on`: days on which some party appealed."""

    number: str
    kind: DisputeKind
    received_on: date
    rulings: tuple[Ruling, ...] = ()
    appealed_on: tuple[date, ...] = ()


def result_on(dispute: Dispute, day: date) -> Result | None:
    """How a dispute stands at the end of a day; None while it has not begun.

    A ruling stands until an appeal against it has been brought; a rejected appeal leaves the ruling before it.
    """
    if dispute.received_on > day:
        return None
    steps = sorted(
        [(ruling.on, 0, ruling.outcome) for ruling in dispute.rulings if ruling.on <= day]
        + [(on, 1, "") for on in dispute.appealed_on if on <= day]
    )
    standing, now = Result.PENDING, Result.PENDING
    for _, appeal, code in steps:
        if appeal:
            now = Result.PENDING
        else:
            standing = OUTCOMES[code].result or standing
            now = standing
    return now


def counted_in(dispute: Dispute, year: int) -> Result | None:
    """The column in which the report of a year counts a dispute; None where it counts none.

    It counts where it stood at the end of the year, unless it had already ended in an earlier one: what was counted as
    ended is not counted again because of a later appeal.
    """
    for earlier in range(dispute.received_on.year, year):
        if result_on(dispute, date(earlier, 12, 31)) is not Result.PENDING:
            return None
    return result_on(dispute, date(year, 12, 31))


LIMITS: dict[DisputeKind, tuple[str, ...]] = {
    DisputeKind.RECONSIDERATION: (
        "reconsideration_answer",
        "reconsideration_answer_simplified",
        "reconsideration_decide",
        "reconsideration_decide_simplified",
    ),
    DisputeKind.DIRECT_LITIGATION: ("litigation_answer", "appeal_judgment", "appeal_ruling"),
    DisputeKind.LITIGATION_AFTER_RECONSIDERATION: ("litigation_answer", "appeal_judgment", "appeal_ruling"),
}
"""The limits that a dispute's own clock has, as keys of the law's parameters; `onrequest.limits` reckons the day."""
