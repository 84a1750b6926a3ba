"""The procedure as one table: in which state, which act, by whom, on what condition, on which provision, to which state.

The state of a case is the fold of its events over the same table; what may be done next, and why something may not,
is read from it; the diagram of the manual is drawn from it. Facts are never refused by the fold: what happened
happened, also unlawfully; what may be *done* is refused with a sentence and its basis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.law.citations import (
    COUNT_ANEW_AFTER_SUPPLEMENT,
    LIMIT_TO_EXTEND,
    LIMIT_TO_REPLY,
    OUR_RULE,
    REGULATIONS,
    Citation,
    short_basis,
)
from gongkai.law.procedure import ActInfo, Transition, because, drawn, named, row_of, state_after
from gongkai.onrequest import guards
from gongkai.onrequest.decisions import decision
from gongkai.onrequest.events import Event, Kind, in_order
from gongkai.onrequest.guards import GUARDS, CaseFacts, Guard
from gongkai.onrequest.progress import FINAL, STATES, UNDELIVERED, Progress, State, after


class Act(StrEnum):
    """What a person may do with an application; most are named as the fact they leave behind."""

    REGISTER = "register"
    ASK_FOR_SUPPLEMENT = "ask_for_supplement"
    RECEIVE_SUPPLEMENT = "receive_supplement"
    ASK_FOR_REASONS = "ask_for_reasons"
    RECEIVE_REASONS = "receive_reasons"
    DEFER = "defer"
    CONSULT_THIRD_PARTY = "consult_third_party"
    END_THIRD_PARTY = "end_third_party"
    CONSULT_ORGAN = "consult_organ"
    END_ORGAN = "end_organ"
    ASK_COUNSEL = "ask_counsel"
    END_COUNSEL = "end_counsel"
    ASK_ASSISTANCE = "ask_assistance"
    END_ASSISTANCE = "end_assistance"
    EXTEND = "extend"
    NOTIFY_FEE = "notify_fee"
    RECEIVE_FEE = "receive_fee"
    MERGE = "merge"
    TRANSFER = "transfer"
    SUBMIT = "submit"
    RETURN = "return"
    DECIDE = "decide"
    DELIVER = "deliver"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    CLOSE = "close"


JOINTLY_MADE = Citation(REGULATIONS, "第三十四条", "牵头制作的行政机关收到政府信息公开申请后可以征求相关行政机关的意见")
WORK_SYSTEM = Citation(REGULATIONS, "第四十五条", "申请登记、审核、办理、答复、归档的工作制度")
WRITTEN = Citation(REGULATIONS, "第二十九条第一款", "应当向行政机关的政府信息公开工作机构提出")

CITATIONS = (JOINTLY_MADE, WORK_SYSTEM, WRITTEN)


_CLERK, _HEAD, _APPLICANT = "经办人", "政府信息公开工作机构负责人", "申请人"

ACTS: dict[Act, ActInfo[Kind]] = {
    Act.REGISTER: ActInfo("登记", _CLERK, Kind.RECEIVED, WRITTEN),
    Act.ASK_FOR_SUPPLEMENT: ActInfo("告知补正", _CLERK, Kind.SUPPLEMENT_ASKED, guards.ASK_ONCE),
    Act.RECEIVE_SUPPLEMENT: ActInfo("收到补正", _APPLICANT, Kind.SUPPLEMENTED, COUNT_ANEW_AFTER_SUPPLEMENT),
    Act.ASK_FOR_REASONS: ActInfo("要求说明理由", _CLERK, Kind.REASONS_ASKED, guards.EXCESSIVE),
    Act.RECEIVE_REASONS: ActInfo("收到理由说明", _APPLICANT, Kind.REASONS_GIVEN, guards.EXCESSIVE),
    Act.DEFER: ActInfo("确定延迟答复期限", _HEAD, Kind.DEFERRED, guards.DEFERRAL),
    Act.CONSULT_THIRD_PARTY: ActInfo("征求第三方意见", _CLERK, Kind.THIRD_PARTY_CONSULTED, guards.THIRD_PARTY),
    Act.END_THIRD_PARTY: ActInfo("第三方意见到达或者期限届满", _CLERK, Kind.THIRD_PARTY_ENDED, guards.THIRD_PARTY),
    Act.CONSULT_ORGAN: ActInfo("征求其他机关意见", _CLERK, Kind.ORGAN_CONSULTED, JOINTLY_MADE),
    Act.END_ORGAN: ActInfo("其他机关意见到达或者期限届满", _CLERK, Kind.ORGAN_ENDED, JOINTLY_MADE),
    Act.ASK_COUNSEL: ActInfo("征求法律意见", _CLERK, Kind.COUNSEL_ASKED),
    Act.END_COUNSEL: ActInfo("收到法律意见", _CLERK, Kind.COUNSEL_ENDED),
    Act.ASK_ASSISTANCE: ActInfo("请求协助检索", _CLERK, Kind.ASSISTANCE_ASKED),
    Act.END_ASSISTANCE: ActInfo("收到协助结果", _CLERK, Kind.ASSISTANCE_ENDED),
    Act.EXTEND: ActInfo("延长答复期限", _HEAD, Kind.EXTENDED, LIMIT_TO_EXTEND),
    Act.NOTIFY_FEE: ActInfo("发出收费通知", _CLERK, Kind.FEE_NOTIFIED, guards.MAY_CHARGE),
    Act.RECEIVE_FEE: ActInfo("收到缴费", _APPLICANT, Kind.FEE_PAID, guards.MAY_CHARGE),
    Act.MERGE: ActInfo("并案答复", _CLERK, Kind.MERGED),
    Act.TRANSFER: ActInfo("移送其他机关", _CLERK, None),
    Act.SUBMIT: ActInfo("送审", _CLERK, Kind.SUBMITTED, WORK_SYSTEM),
    Act.RETURN: ActInfo("退回", "审核人", Kind.RETURNED, WORK_SYSTEM),
    Act.DECIDE: ActInfo("签发", "机关负责人", Kind.DECIDED, LIMIT_TO_REPLY),
    Act.DELIVER: ActInfo("送达", _CLERK, Kind.DELIVERED, LIMIT_TO_REPLY),
    Act.WITHDRAW: ActInfo("撤回申请", _APPLICANT, Kind.WITHDRAWN),
    Act.REOPEN: ActInfo("重新办理", _HEAD, Kind.REOPENED),
    Act.CLOSE: ActInfo("归档办结", _CLERK, Kind.CLOSED, WORK_SYSTEM),
}

_ACT_OF: dict[Kind, Act] = {info.event: act for act, info in ACTS.items() if info.event}


_S = State
_WORKING = (_S.REGISTERED, _S.HANDLING, _S.REOPENED)
_ACTIVE = (*_WORKING, _S.CONSULTING)
_WAITING = (_S.AWAITING_SUPPLEMENT, _S.AWAITING_REASONS, _S.AWAITING_PAYMENT)
_EXTENDING = ("not_ordered", "not_deferred", "not_waiting", "extension_left", "before_due")
_CHARGING = ("not_ordered", "fee_switched_on", "charged_once", "may_charge")
_PROPOSING = ("draft_chosen", "parts_named", "needs")

_WHEN: dict[str, Callable[[Progress], bool]] = {
    "": lambda _: True,
    "consulting": lambda p: bool(p.consultations),
    "supplement_open": lambda p: p.supplement_open,
    "fee_open": lambda p: p.fee_open,
    "reasons_open": lambda p: p.reasons_open,
}

WHEN: dict[str, str] = {
    "": "",
    "consulting": "还有别的征求意见未结束",
    "supplement_open": "补正未到",
    "fee_open": "费用未缴",
    "reasons_open": "理由未到",
}

TABLE: tuple[Transition[State, Act], ...] = (
    Transition((_S.START,), Act.REGISTER, _S.REGISTERED),
    Transition(_WORKING, Act.ASK_FOR_SUPPLEMENT, _S.AWAITING_SUPPLEMENT, ("not_ordered", "asked_once", "within_seven")),
    Transition((_S.AWAITING_SUPPLEMENT, _S.FOR_REVIEW), Act.RECEIVE_SUPPLEMENT, _S.HANDLING, ("supplement_open",)),
    Transition(_WORKING, Act.ASK_FOR_REASONS, _S.AWAITING_REASONS, ("found_excessive",)),
    Transition((_S.AWAITING_REASONS, _S.FOR_REVIEW), Act.RECEIVE_REASONS, _S.HANDLING, ("reasons_open",)),
    Transition(_WORKING, Act.DEFER, _S.HANDLING, ("not_ordered", "reasons_given")),
    Transition(_ACTIVE, Act.CONSULT_THIRD_PARTY, _S.CONSULTING),
    Transition((_S.CONSULTING,), Act.END_THIRD_PARTY, _S.CONSULTING, ("third_party_open",), "consulting"),
    Transition((_S.CONSULTING,), Act.END_THIRD_PARTY, _S.HANDLING, ("third_party_open",)),
    Transition(_ACTIVE, Act.CONSULT_ORGAN, _S.CONSULTING),
    Transition((_S.CONSULTING,), Act.END_ORGAN, _S.CONSULTING, ("organ_open",), "consulting"),
    Transition((_S.CONSULTING,), Act.END_ORGAN, _S.HANDLING, ("organ_open",)),
    Transition((*_ACTIVE, _S.AWAITING_REASONS, _S.FOR_REVIEW), Act.ASK_COUNSEL, None),
    Transition(tuple(UNDELIVERED), Act.END_COUNSEL, None, ("counsel_open",)),
    Transition((*_ACTIVE, _S.AWAITING_REASONS, _S.FOR_REVIEW), Act.ASK_ASSISTANCE, None),
    Transition(tuple(UNDELIVERED), Act.END_ASSISTANCE, None, ("assistance_open",)),
    Transition(_WORKING, Act.EXTEND, _S.HANDLING, _EXTENDING),
    Transition((_S.CONSULTING, _S.AWAITING_REASONS, _S.FOR_REVIEW), Act.EXTEND, None, _EXTENDING),
    Transition(_WORKING, Act.NOTIFY_FEE, _S.AWAITING_PAYMENT, _CHARGING),
    Transition((_S.AWAITING_PAYMENT, _S.FOR_REVIEW), Act.RECEIVE_FEE, _S.HANDLING, ("fee_open",)),
    Transition((_S.REGISTERED, _S.HANDLING), Act.MERGE, _S.MERGED, ("never_reopened", "leading_chosen")),
    Transition((*_WORKING, *_WAITING), Act.SUBMIT, _S.FOR_REVIEW, _PROPOSING),
    Transition((_S.FOR_REVIEW,), Act.RETURN, _S.AWAITING_SUPPLEMENT, (), "supplement_open"),
    Transition((_S.FOR_REVIEW,), Act.RETURN, _S.AWAITING_PAYMENT, (), "fee_open"),
    Transition((_S.FOR_REVIEW,), Act.RETURN, _S.AWAITING_REASONS, (), "reasons_open"),
    Transition((_S.FOR_REVIEW,), Act.RETURN, _S.HANDLING),
    Transition((_S.FOR_REVIEW,), Act.DECIDE, _S.DECIDED, ("draft_chosen", "parts_named", "needs", "evidence_on_file")),
    Transition((_S.DECIDED,), Act.DELIVER, _S.DELIVERED),
    Transition(tuple(UNDELIVERED), Act.WITHDRAW, _S.WITHDRAWN),
    Transition((*UNDELIVERED, _S.DELIVERED, _S.CLOSED, _S.WITHDRAWN), Act.REOPEN, _S.REOPENED, ("ordered",)),
    Transition((_S.DELIVERED, _S.WITHDRAWN), Act.CLOSE, _S.CLOSED),
    Transition((_S.MERGED,), Act.CLOSE, _S.CLOSED, ("leading_done",)),
    Transition((_S.DECIDED,), Act.CLOSE, _S.CLOSED, ("may_close_undelivered",)),
)

_ALWAYS: dict[Kind, tuple[frozenset[State], State]] = {
    Kind.RECEIVED: (frozenset({_S.START}), _S.REGISTERED),
    Kind.MERGED: (UNDELIVERED, _S.MERGED),
    Kind.SUBMITTED: (UNDELIVERED - {_S.DECIDED}, _S.FOR_REVIEW),
    Kind.DECIDED: (UNDELIVERED, _S.DECIDED),
    Kind.DELIVERED: (UNDELIVERED, _S.DELIVERED),
    Kind.CLOSED: (frozenset(State), _S.CLOSED),
}
"""Where a fact leads that came by no row of the table: what was entered from a ledger or happened out of order."""

_SPECIAL: dict[tuple[State, Act], tuple[str, Citation | None]] = {
    (_S.AWAITING_SUPPLEMENT, Act.ASK_FOR_SUPPLEMENT): ("已经告知补正一次，不得再次要求补正。", guards.ASK_ONCE),
    (_S.CONSULTING, Act.SUBMIT): ("征求意见尚未结束；请先登记意见到达或者期限届满。", None),
}
_AT_LAPSE = {_S.AWAITING_SUPPLEMENT: "O1", _S.AWAITING_REASONS: "R4", _S.AWAITING_PAYMENT: "O2"}
"""The decision that each wait ends in when nothing came; any other means that the office waits no longer."""
_AFTER_DELIVERY = "处理决定已经送达，除依复议决定、判决重新办理和归档外，不再变动。"
_NO_TRANSFER = (
    "条例对申请没有规定移送，本系统不设移送。由本机关负责公开的，可以请其他机关协助检索，仍以本机关名义答复；"
    f"不属于本机关负责公开的，依《{guards.ANOTHER_ORGAN.law}》{guards.ANOTHER_ORGAN.article}答复申请人并说明理由。"
)


@dataclass(frozen=True, slots=True)
class Possibility:
    """Whether an act may be done now. Refused: `reason` is a sentence that ends with its basis in brackets.

    `as_fact`: refused, yet if it has happened it may be entered as a fact. `warnings` are for an allowed act: it may be
    done, but a person should know.
    """

    act: Act
    allowed: bool
    to: State | None = None
    reason: str = ""
    basis: str = ""
    as_fact: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def zh(self) -> str:
        """The act's name."""
        return ACTS[self.act].zh


def _next(progress: Progress, act: Act, state: State) -> State | None:
    return state_after(TABLE, state, act, lambda when: _WHEN[when](progress))


def step(progress: Progress, event: Event) -> Progress:
    """One more fact. Without a row of the table the strong facts still lead where they must; the others stay."""
    then = after(progress, event)
    to = _next(then, _ACT_OF[event.kind], progress.state)
    if to is None:
        froms, always = _ALWAYS.get(event.kind, (frozenset(), None))
        to = always if always and progress.state in froms else progress.state
    return replace(then, state=to)


def progress_of(events: Iterable[Event]) -> Progress:
    """The fold of a case's events; of one day, the receipt comes first."""
    progress = Progress()
    for event in sorted(in_order(events), key=lambda event: (event.on, event.kind is not Kind.RECEIVED)):
        progress = step(progress, event)
    return progress


def state_of(events: Iterable[Event]) -> State:
    """Where a case stands."""
    return progress_of(events).state


def _refused(act: Act, reason: str, basis: str, *, as_fact: bool = False) -> Possibility:
    return Possibility(act, False, None, because(reason, basis), basis, as_fact)


def _no_row(state: State, act: Act) -> Possibility:
    if act is Act.TRANSFER:
        return _refused(act, _NO_TRANSFER, OUR_RULE)
    if (state, act) in _SPECIAL:
        reason, cites = _SPECIAL[state, act]
        return _refused(act, reason, short_basis(cites))
    if state in (State.DELIVERED, State.CLOSED):
        return _refused(act, _AFTER_DELIVERY, OUR_RULE)
    return _refused(act, f"现为“{STATES[state]}”，不能“{ACTS[act].zh}”。", OUR_RULE)


def guards_of(row: Transition[State, Act], facts: CaseFacts, progress: Progress) -> tuple[Guard, ...]:
    """The guards of a row; `needs` stands for those of the decision proposed."""
    keys: list[str] = []
    for key in row.guards:
        code = guards.proposed(facts, progress)
        if key != "needs":
            keys.append(key)
        elif code:
            keys += decision(code).needs
    return tuple(GUARDS[key] for key in keys)


def _warnings(act: Act, facts: CaseFacts, progress: Progress) -> tuple[str, ...]:
    found = []
    if act in (Act.DECIDE, Act.DELIVER) and facts.due_on and facts.today > facts.due_on:
        found.append(
            f"答复期限已于{facts.due_on}届满，请写明逾期的原因（《{LIMIT_TO_REPLY.law}》{LIMIT_TO_REPLY.article}）。"
        )
    code = guards.proposed(facts, progress)
    if act is Act.DECIDE and code:
        found += [f"卷内没有“{e.zh}”（{e.basis}）。" for e in decision(code).advised_but_lacking(facts.on_file)]
    if act is Act.RECEIVE_SUPPLEMENT and progress.supplement_until and facts.today > progress.supplement_until:
        found.append(f"补正期限已于{progress.supplement_until}届满；收到之后仍重新起算答复期限（{OUR_RULE}）。")
    if act is Act.SUBMIT and progress.state in _WAITING and code != _AT_LAPSE[progress.state]:
        found.append(f"现为“{STATES[progress.state]}”，请核实是否不再等候（{OUR_RULE}）。")
    if act in (Act.SUBMIT, Act.DECIDE) and progress.asked:
        found.append(f"还有未收到的法律意见或者协助结果（{OUR_RULE}）。")
    return tuple(found)


def may(facts: CaseFacts, act: Act, progress: Progress | None = None) -> Possibility:
    """Whether an act may be done now, and if not, why."""
    progress = progress or progress_of(facts.events)
    state = progress.state
    row = row_of(TABLE, state, act)
    if row is None:
        return _no_row(state, act)
    refusals = [(g, sentence) for g in guards_of(row, facts, progress) if (sentence := g.check(facts, progress))]
    if refusals:
        guard, sentence = refusals[0]
        return _refused(act, sentence, guard.basis, as_fact=all(g.recordable for g, _ in refusals))
    return Possibility(act, True, _to(row, progress), basis=ACTS[act].basis, warnings=_warnings(act, facts, progress))


def _to(row: Transition[State, Act], progress: Progress) -> State:
    """Where an allowed act leads; how a consultation ends is known only with the fact itself."""
    if row.act in (Act.END_THIRD_PARTY, Act.END_ORGAN):
        return State.CONSULTING if len(progress.consultations) > 1 else State.HANDLING
    if row.act is Act.RETURN:
        return _next(progress, Act.RETURN, State.FOR_REVIEW) or State.HANDLING
    return row.to or progress.state


def what_may_be_done(facts: CaseFacts) -> tuple[Possibility, ...]:
    """Every act with whether it may be done now and, if not, why."""
    progress = progress_of(facts.events)
    return tuple(may(facts, act, progress) for act in Act)


def diagram() -> str:
    """The procedure as a Mermaid state diagram.

    Acts that leave the state as it is are not drawn; what may be done in every state before delivery is drawn once.
    """
    arrows = []
    for row in TABLE:
        everywhere = set(row.froms) >= UNDELIVERED
        origins = [s.value for s in State if s in row.froms and not (everywhere and s in UNDELIVERED)]
        for origin in (*(["undelivered"] if everywhere else []), *origins):
            if row.to is not None and row.to.value != origin:
                arrows.append((origin, row.to.value, ACTS[row.act].zh))
    before = named(STATES, (s for s in State if s in UNDELIVERED), 8)
    others = named(STATES, (s for s in State if s not in UNDELIVERED and s is not State.START))
    heads = ['    state "送达之前" as undelivered {', *before, "    }", *others]
    return drawn(heads, arrows, State.START, (s for s in State if s in FINAL))
