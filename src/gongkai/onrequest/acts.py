"""What each kind of event does to the count: the one place where the effect of an act on the due day is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gongkai.calendar import in_chinese
from gongkai.law.citations import (
    COUNT_ANEW_AFTER_SUPPLEMENT,
    DEFERRED_REPLY,
    LIMIT_TO_ASK_FOR_SUPPLEMENT,
    LIMIT_TO_EXTEND,
    RECEIPT,
    TIME_NOT_COUNTED,
    Citation,
)
from gongkai.law.errors import LawGap
from gongkai.onrequest.counting import Count, Span
from gongkai.onrequest.events import CONSULTATIONS, Event, Kind

_RANK = {
    Kind.RECEIVED: 0,
    Kind.SUPPLEMENT_ASKED: 1,
    Kind.FEE_NOTIFIED: 1,
    Kind.SUPPLEMENTED: 2,
    Kind.FEE_PAID: 2,
}

_ANSWERS = {Kind.SUPPLEMENTED: Kind.SUPPLEMENT_ASKED, Kind.FEE_PAID: Kind.FEE_NOTIFIED}
_BEGINS = {ends: begins for begins, ends in CONSULTATIONS.items()}
_WHOM = {Kind.THIRD_PARTY_CONSULTED: "第三方", Kind.ORGAN_CONSULTED: "其他机关"}
_NEVER_STOPS = {
    Kind.COUNSEL_ASKED: "征求法律顾问、司法行政部门意见",
    Kind.ASSISTANCE_ASKED: "请内设机构或者其他机关协助检索",
    Kind.REASONS_ASKED: "要求申请人说明理由",
}


def rank(event: Event) -> int:
    """Of one day: what opens the count comes first, and what starts it anew before what the new count contains."""
    return _RANK.get(event.kind, 3)


def take(count: Count, event: Event) -> None:
    """Let one event have its effect."""
    act = _ACTS.get(event.kind)
    if act is None:
        return
    if count.received_on is None and event.kind is not Kind.RECEIVED:
        count.refuse(event, "收到申请以前的事项，不影响答复期限")
    elif count.ended is not None and event.kind is not Kind.REOPENED:
        count.refuse(event, "本件已经答复或者终结，此后的事项不影响答复期限")
    else:
        act(count, event)


def _receive(count: Count, event: Event) -> None:
    if count.received_on is not None:
        count.refuse(event, "收到申请之日已经登记，以先登记的为准")
        return
    count.parameters["reply"].on(event.on)
    count.received_on = count.counted_from = event.on
    limit = count.parameters["supplement_notice"].amount(event.on)
    count.supplement_due_on = count.calendar.add_workdays(event.on, limit)
    count.step(event, "收到申请，当日不计算在答复期限内", RECEIPT)


def _ask_for_supplement(count: Count, event: Event) -> None:
    if count.is_ordered(event) or count.is_waiting(event):
        return
    if Kind.SUPPLEMENT_ASKED in count.seen or Kind.SUPPLEMENTED in count.seen:
        count.refuse(event, "补正应当一次性告知，再次告知不影响答复期限", LIMIT_TO_ASK_FOR_SUPPLEMENT)
        return
    count.seen.add(event.kind)
    assert count.supplement_due_on is not None
    if event.on > count.supplement_due_on:
        limit = in_chinese(count.supplement_due_on)
        count.refuse(event, f"告知补正超过期限（{limit}），收到补正以前仍按原期限", LIMIT_TO_ASK_FOR_SUPPLEMENT)
        return
    until = f"，补正期限至{in_chinese(event.until)}" if event.until else ""
    _wait(count, event, event.until, f"告知申请人补正{until}；收到补正以前没有答复到期日", COUNT_ANEW_AFTER_SUPPLEMENT)


def _notify_fee(count: Count, event: Event) -> None:
    if count.is_ordered(event) or count.is_waiting(event):
        return
    if Kind.FEE_PAID in count.seen:
        count.refuse(event, "已经缴费并重新计算过一次答复期限，再次通知收费不影响答复期限")
        return
    due = count.due()
    if due is not None and event.on > due:
        count.refuse(event, f"收费通知晚于答复到期日（{in_chinese(due)}），不影响答复期限")
        return
    until = event.until or _payment_limit(count, event.on)
    says = f"，缴费期限至{in_chinese(until)}" if until else ""
    _wait(count, event, until, f"发出收费通知{says}；缴费以前没有答复到期日", None)


def _payment_limit(count: Count, on: date) -> date | None:
    """The last day to pay where the notice does not say it; None before there was a rule."""
    try:
        return count.calendar.add_workdays(on, count.parameters["payment"].amount(on))
    except LawGap:
        return None


def _wait(count: Count, event: Event, until: date | None, says: str, citation: Citation | None) -> None:
    count.waiting, count.waiting_until = event, until
    count.step(event, says, citation)


def _restart(count: Count, event: Event) -> None:
    """A supplement or a payment: the count begins anew, and what was done in the old one falls away."""
    if count.is_ordered(event):
        return
    if event.kind in count.seen:
        count.refuse(event, "答复期限已经因同一事由重新计算过一次，不再重新计算")
        return
    count.seen.add(event.kind)
    count.counted_from = event.on
    count.dropped |= {(span.kind, span.matter) for span in count.spans if span.begun_on < event.on}
    count.spans = [span for span in count.spans if span.begun_on >= event.on]
    count.extended = [(on, days) for on, days in count.extended if on >= event.on]
    if count.fixed and count.fixed[0] < event.on:
        count.fixed = None
    if count.waiting and (count.waiting.on < event.on or count.waiting.kind is _ANSWERS[event.kind]):
        count.waiting = count.waiting_until = None
    if event.kind is Kind.SUPPLEMENTED:
        says = "收到补正的申请，答复期限重新计算，当日不计算在内；此前的征求意见和延期不再计入"
        count.step(event, says, COUNT_ANEW_AFTER_SUPPLEMENT)
    else:
        count.step(event, "申请人缴费，答复期限自次日起重新计算；此前的征求意见和延期不再计入")


def _consult(count: Count, event: Event) -> None:
    if count.is_ordered(event):
        return
    if any(span.ended_on is None and _same(span, event.kind, event.matter) for span in count.spans):
        count.refuse(event, "同一事项的征求意见还没有结束，不重复计算")
        return
    due = count.due()
    count.spans.append(Span(event.kind, event.matter, event.on))
    count.dropped.discard((event.kind, event.matter))
    whom = _WHOM[event.kind]
    if count.fixed:
        count.step(event, f"征求{whom}意见；延迟答复的日期已经确定，不因此变动")
    elif due is not None and event.on >= due:
        count.step(event, f"征求{whom}意见时答复期限已经届满（{in_chinese(due)}），到期日不变", TIME_NOT_COUNTED)
    else:
        count.step(event, f"征求{whom}意见，自次日起所需时间不计算在答复期限内", TIME_NOT_COUNTED)


def _end_consultation(count: Count, event: Event) -> None:
    kind = _BEGINS[event.kind]
    for place, span in enumerate(count.spans):
        if span.ended_on is None and _same(span, kind, event.matter):
            before = set(count.left_out())
            count.spans[place] = Span(kind, event.matter, span.begun_on, event.on)
            count.step(event, _says_left_out(count, _WHOM[kind], count.spans[place], before), TIME_NOT_COUNTED)
            return
    if (kind, event.matter) not in count.dropped and not count.ordered:
        count.refuse(event, "没有找到与之对应的征求意见，不影响答复期限")


def _says_left_out(count: Count, whom: str, span: Span, before: set[date]) -> str:
    assert span.ended_on is not None
    days = count.calendar.workdays_in(span.begun_on, span.ended_on)
    new = [day for day in days if day not in before]
    says = f"征求{whom}意见结束，其间{len(days)}个工作日不计算在答复期限内"
    return says if len(new) == len(days) else says + f"（其中{len(days) - len(new)}个与其他征求意见重合，只扣除一次）"


def _extend(count: Count, event: Event) -> None:
    if count.is_ordered(event) or count.is_waiting(event):
        return
    most = count.parameters["extension"].amount(event.on)
    so_far = sum(days for _, days in count.extended)
    due = count.due()
    if count.fixed:
        count.refuse(event, "已经确定延迟答复的日期，不再延长")
    elif event.days is None or event.days < 1:
        count.refuse(event, "没有写明延长几个工作日，不影响到期日")
    elif so_far + event.days > most:
        also = f"此前已延长{so_far}个，" if so_far else ""
        count.refuse(event, f"延长{event.days}个工作日，{also}合计超过{most}个工作日", LIMIT_TO_EXTEND)
    elif due is not None and event.on > due:
        count.refuse(event, f"延长答复期限应当在到期日（{in_chinese(due)}）以前作出并告知申请人")
    else:
        count.extended.append((event.on, event.days))
        count.step(event, f"延长答复期限{event.days}个工作日", LIMIT_TO_EXTEND)


def _defer(count: Count, event: Event) -> None:
    if count.is_ordered(event) or count.is_waiting(event):
        return
    due = count.due()
    if event.until is None:
        count.refuse(event, "没有写明延迟答复到哪一天，不影响到期日")
    elif due is not None and event.on > due:
        count.refuse(event, f"确定延迟答复时已过答复到期日（{in_chinese(due)}），不影响到期日")
    elif event.until <= (due or event.on):
        count.refuse(event, "延迟答复的日期不晚于原来的到期日，仍以原来的到期日为准")
    else:
        count.fixed = (event.on, event.until)
        count.step(event, f"申请数量、频次明显超过合理范围，延迟至{in_chinese(event.until)}答复", DEFERRED_REPLY)


def _reopen(count: Count, event: Event) -> None:
    count.ended, count.ordered, count.ordered_days = None, True, event.days
    count.counted_from, count.spans, count.extended = event.on, [], []
    count.waiting = count.waiting_until = count.fixed = None
    count.unsettled = not (event.until or event.days)
    if event.until:
        count.fixed = (event.on, event.until)
        count.step(event, f"责令重新处理，应当在{in_chinese(event.until)}以前答复")
    elif event.days:
        count.step(event, f"责令重新处理，自次日起{event.days}个工作日内答复")
    else:
        count.step(event, "责令重新处理，没有写明期限")


def _end(count: Count, event: Event) -> None:
    count.ended = event
    if event.kind is Kind.DELIVERED:
        count.spans = [
            span if span.ended_on else Span(span.kind, span.matter, span.begun_on, event.on) for span in count.spans
        ]


def _note(count: Count, event: Event) -> None:
    count.step(event, f"{_NEVER_STOPS[event.kind]}，不影响答复期限")


def _same(span: Span, kind: Kind, matter: str) -> bool:
    return (span.kind, span.matter) == (kind, matter)


_ACTS: dict[Kind, Callable[[Count, Event], None]] = {
    Kind.RECEIVED: _receive,
    Kind.SUPPLEMENT_ASKED: _ask_for_supplement,
    Kind.SUPPLEMENTED: _restart,
    Kind.FEE_PAID: _restart,
    Kind.FEE_NOTIFIED: _notify_fee,
    Kind.EXTENDED: _extend,
    Kind.DEFERRED: _defer,
    Kind.REOPENED: _reopen,
    Kind.DELIVERED: _end,
    Kind.WITHDRAWN: _end,
    Kind.MERGED: _end,
    **dict.fromkeys(CONSULTATIONS, _consult),
    **dict.fromkeys(_BEGINS, _end_consultation),
    **dict.fromkeys(_NEVER_STOPS, _note),
}
