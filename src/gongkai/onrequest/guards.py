"""The guards of the procedure: what must be so before an act, and the sentence with its provision when it is not.

A guard that rests on a provision that was read quotes it; any other says 本系统规则. An act that its guards refuse may
still have happened on paper: `recordable` guards let it be entered as a fact, without the effect the law denies it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.law.citations import LIMIT_TO_EXTEND, REGULATIONS, Citation, short_basis
from gongkai.law.parameters import PARAMETERS
from gongkai.onrequest.decisions import decision, evidence_for
from gongkai.onrequest.events import Event
from gongkai.onrequest.progress import FINAL, Progress, State

ASK_ONCE = Citation(
    REGULATIONS,
    "第三十条",
    "自收到申请之日起7个工作日内一次性告知申请人作出补正，说明需要补正的事项和合理的补正期限",
)
NOT_SUPPLEMENTED = Citation(REGULATIONS, "第三十条", "申请人无正当理由逾期不补正的，视为放弃申请")
EXCESSIVE = Citation(REGULATIONS, "第三十五条", "数量、频次明显超过合理范围，行政机关可以要求申请人说明理由")
UNREASONABLE = Citation(REGULATIONS, "第三十五条", "行政机关认为申请理由不合理的，告知申请人不予处理")
DEFERRAL = Citation(
    REGULATIONS, "第三十五条", "行政机关认为申请理由合理，但是无法在本条例第三十三条规定的期限内答复申请人的"
)
MAY_CHARGE = Citation(REGULATIONS, "第四十二条第一款", "数量、频次明显超过合理范围的，行政机关可以收取信息处理费")
ANOTHER_ORGAN = Citation(
    REGULATIONS, "第三十六条第五项", "所申请公开信息不属于本行政机关负责公开的，告知申请人并说明理由"
)
THIRD_PARTY = Citation(REGULATIONS, "第三十二条", "行政机关应当书面征求第三方的意见")
REASONS_PER_PART = Citation(REGULATIONS, "第三十七条", "并对不予公开的内容说明理由")

CITATIONS = (
    ASK_ONCE,
    NOT_SUPPLEMENTED,
    EXCESSIVE,
    UNREASONABLE,
    DEFERRAL,
    MAY_CHARGE,
    ANOTHER_ORGAN,
    THIRD_PARTY,
    REASONS_PER_PART,
)


@dataclass(frozen=True, slots=True)
class Leading:
    """The application into which another is merged."""

    number: str
    organ: str
    state: State


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """All that the procedure asks about a case, as values.

    `supplement_due_on` and `due_on` come from the clock, None while they are not running. `draft` is the decision
    proposed, `parts` the grounds of what is kept back, `on_file` the keys of the evidence. `excessive`: it was found
    that number and frequency are clearly beyond reason. `charges`: the office has switched the fee on. `ordered`: a
    reconsideration decision or judgment that orders new handling is on file.
    """

    events: tuple[Event, ...]
    today: date
    organ: str = ""
    supplement_due_on: date | None = None
    due_on: date | None = None
    draft: str = ""
    parts: tuple[str, ...] = ()
    on_file: frozenset[str] = frozenset()
    leading: Leading | None = None
    excessive: bool = False
    charges: bool = False
    ordered: bool = False


Check = Callable[[CaseFacts, Progress], str]
"""The sentence of refusal, or nothing."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of an act."""

    key: str
    says: str
    check: Check
    cites: Citation | None = None
    recordable: bool = False

    @property
    def basis(self) -> str:
        """The provision, or 本系统规则."""
        return short_basis(self.cites)


def proposed(facts: CaseFacts, progress: Progress) -> str:
    """The decision under way: the one sent for review, else the one chosen."""
    return progress.draft or facts.draft


def _asked_once(_: CaseFacts, progress: Progress) -> str:
    return "已经告知补正一次，不得再次要求补正。" if progress.supplements_asked else ""


def _within_seven(facts: CaseFacts, _: Progress) -> str:
    if facts.supplement_due_on is None or facts.today <= facts.supplement_due_on:
        return ""
    return f"告知补正的期限（收到申请之日起7个工作日）已于{facts.supplement_due_on}届满。"


def _extension_left(facts: CaseFacts, progress: Progress) -> str:
    most = PARAMETERS["extension"].amount(facts.today)
    if progress.extended_days < most:
        return ""
    return f"已延长{progress.extended_days}个工作日，延长的期限最长不得超过{most}个工作日。"


def _before_due(facts: CaseFacts, _: Progress) -> str:
    if facts.due_on is None or facts.today <= facts.due_on:
        return ""
    return f"答复期限已于{facts.due_on}届满，届满之后不再延长。"


def _excessive(facts: CaseFacts, _: Progress) -> str:
    return "" if facts.excessive else "还没有认定申请的数量、频次明显超过合理范围。"


def _charges(facts: CaseFacts, _: Progress) -> str:
    return "" if facts.charges else "本机关没有启用信息处理费。"


def _charged_once(_: CaseFacts, progress: Progress) -> str:
    return "已就本件收过费，不再另行发出收费通知。" if progress.fee_paid else ""


def _reasons_given(_: CaseFacts, progress: Progress) -> str:
    return "" if progress.reasons_given else "还没有收到申请人说明的理由。"


def _reasons_heard(facts: CaseFacts, progress: Progress) -> str:
    if not progress.reasons_asked:
        return "还没有要求申请人说明理由。"
    return _not_lapsed(facts, progress.reasons_open, progress.reasons_until, "说明理由")


def _not_lapsed(facts: CaseFacts, still_open: bool, until: date | None, what: str) -> str:
    if not still_open:
        return ""
    if until is None:
        return f"{what}的通知没有写明期限，不能认定逾期。"
    return "" if facts.today > until else f"{what}的期限到{until}，还没有届满。"


def _supplement_lapsed(facts: CaseFacts, progress: Progress) -> str:
    if not progress.supplements_asked:
        return "没有告知过补正，不能以逾期不补正结案。"
    if not progress.supplement_open:
        return "已经收到补正，不能以逾期不补正结案。"
    return _not_lapsed(facts, True, progress.supplement_until, "补正")


def _supplement_received(_: CaseFacts, progress: Progress) -> str:
    return "" if progress.supplemented else "没有收到补正，不能认定“补正后仍不明确”。"


def _fee_lapsed(facts: CaseFacts, progress: Progress) -> str:
    if not progress.fee_open:
        return "没有未缴的信息处理费，不能以逾期未缴费结案。"
    return _not_lapsed(facts, True, progress.fee_until, "缴费")


def _third_party_heard(_: CaseFacts, progress: Progress) -> str:
    return "" if progress.third_party_heard else "还没有书面征求第三方的意见，或者征求意见尚未结束。"


def _not_by_withdrawal(_: CaseFacts, __: Progress) -> str:
    return "申请人撤回的，登记“撤回”即可，不作处理决定。"


def _not_ordered(_: CaseFacts, progress: Progress) -> str:
    return "责令重新办理的，期限以复议决定、判决为准，不因此变动。" if progress.reopened else ""


def _not_deferred(_: CaseFacts, progress: Progress) -> str:
    return "已经确定延迟答复的日期，不再延长。" if progress.deferred else ""


def _not_waiting(facts: CaseFacts, progress: Progress) -> str:
    if facts.due_on is None and (progress.supplement_open or progress.fee_open):
        return "正在等候补正或者缴费，此时没有答复到期日，不须延长。"
    return ""


def _draft_chosen(facts: CaseFacts, progress: Progress) -> str:
    return "" if proposed(facts, progress) else "还没有选定处理决定。"


def _parts_named(facts: CaseFacts, progress: Progress) -> str:
    code = proposed(facts, progress)
    if not code or not decision(code).parts or facts.parts:
        return ""
    return "部分公开的，须写明不公开部分的理由。"


def _evidence_on_file(facts: CaseFacts, progress: Progress) -> str:
    code = proposed(facts, progress)
    lacking = [e.zh for e in evidence_for(code, facts.parts) if e.key not in facts.on_file] if code else []
    return f"卷内还缺：{'、'.join(lacking)}。" if lacking else ""


def _leading_chosen(facts: CaseFacts, _: Progress) -> str:
    if facts.leading is None:
        return "还没有选定并入哪一件。"
    if facts.leading.organ != facts.organ:
        return f"{facts.leading.number}由另一机关办理，不能并案。"
    if facts.leading.state in FINAL or facts.leading.state in (State.START, State.DELIVERED):
        return f"{facts.leading.number}已经办完，不能再并入。"
    return ""


def _never_reopened(_: CaseFacts, progress: Progress) -> str:
    return "责令重新办理的案件单独答复，不再并案。" if progress.reopened else ""


def _leading_done(facts: CaseFacts, _: Progress) -> str:
    if facts.leading and facts.leading.state in (State.DELIVERED, State.CLOSED, State.WITHDRAWN):
        return ""
    return "所并入的一件还没有办完。"


def _ordered(facts: CaseFacts, _: Progress) -> str:
    return "" if facts.ordered else "卷内没有责令重新办理的复议决定或者判决。"


def _may_close_undelivered(_: CaseFacts, progress: Progress) -> str:
    if progress.decision and decision(progress.decision).undelivered:
        return ""
    return "处理决定还没有送达。"


def _is_open(kind_key: str, what: str) -> Check:
    def check(_: CaseFacts, progress: Progress) -> str:
        return "" if any(kind.value == kind_key for kind, __ in (*progress.consultations, *progress.asked)) else what

    return check


def _outstanding(flag: str, what: str) -> Check:
    def check(_: CaseFacts, progress: Progress) -> str:
        return "" if getattr(progress, flag) else what

    return check


_ALL = (
    Guard("asked_once", "只能告知补正一次", _asked_once, ASK_ONCE, recordable=True),
    Guard("within_seven", "自收到申请之日起7个工作日内", _within_seven, ASK_ONCE, recordable=True),
    Guard("extension_left", "累计延长未满20个工作日", _extension_left, LIMIT_TO_EXTEND, recordable=True),
    Guard("before_due", "答复期限届满之前", _before_due, recordable=True),
    Guard("found_excessive", "已认定数量、频次明显超过合理范围", _excessive, EXCESSIVE),
    Guard("may_charge", "已认定数量、频次明显超过合理范围", _excessive, MAY_CHARGE),
    Guard("fee_switched_on", "本机关启用了信息处理费", _charges),
    Guard("charged_once", "没有就本件收过费", _charged_once),
    Guard("reasons_given", "已收到申请人说明的理由", _reasons_given, DEFERRAL),
    Guard("reasons_heard", "已要求说明理由，并已收到或者期限届满", _reasons_heard, UNREASONABLE),
    Guard("supplement_lapsed", "补正期限届满而没有补正", _supplement_lapsed, NOT_SUPPLEMENTED),
    Guard("supplement_received", "已收到补正", _supplement_received),
    Guard("fee_lapsed", "缴费期限届满而没有缴费", _fee_lapsed),
    Guard("third_party_heard", "已书面征求第三方意见", _third_party_heard, THIRD_PARTY),
    Guard("not_by_withdrawal", "撤回不作处理决定", _not_by_withdrawal),
    Guard("not_ordered", "不是责令重新办理的期限", _not_ordered, recordable=True),
    Guard("not_deferred", "没有确定延迟答复的日期", _not_deferred, recordable=True),
    Guard("not_waiting", "不在等候补正或者缴费", _not_waiting, recordable=True),
    Guard("draft_chosen", "已选定处理决定", _draft_chosen),
    Guard("parts_named", "部分公开写明逐处理由", _parts_named, REASONS_PER_PART),
    Guard("evidence_on_file", "应有的材料已在卷", _evidence_on_file),
    Guard("leading_chosen", "并入本机关未办完的一件", _leading_chosen),
    Guard("never_reopened", "不是责令重新办理的案件", _never_reopened),
    Guard("leading_done", "所并入的一件已办完", _leading_done),
    Guard("ordered", "有责令重新办理的决定或者判决", _ordered),
    Guard("may_close_undelivered", "该种处理可以不送达而结案", _may_close_undelivered),
    Guard(
        "third_party_open", "有未结束的第三方征求意见", _is_open("third_party_consulted", "没有正在征求意见的第三方。")
    ),
    Guard("organ_open", "有未结束的机关征求意见", _is_open("organ_consulted", "没有正在征求意见的机关。")),
    Guard("counsel_open", "有未回复的法律意见", _is_open("counsel_asked", "没有未回复的法律意见。")),
    Guard("assistance_open", "有未回复的协助", _is_open("assistance_asked", "没有未回复的协助检索。")),
    Guard("supplement_open", "有未收到的补正", _outstanding("supplement_open", "没有等候中的补正。")),
    Guard("reasons_open", "有未收到的理由", _outstanding("reasons_open", "没有等候中的理由说明。")),
    Guard("fee_open", "有未缴的费用", _outstanding("fee_open", "没有等候中的缴费。")),
)

GUARDS: dict[str, Guard] = {guard.key: guard for guard in _ALL}
