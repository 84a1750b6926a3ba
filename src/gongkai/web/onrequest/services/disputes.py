"""Reconsideration and litigation about a case: registered, moved on step by step, and handed back as ordered."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.calendar import in_chinese
from gongkai.onrequest.disputes import OUTCOMES, DisputeKind, Result, result_on
from gongkai.onrequest.procedure import Act
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.covered import Cover, covering, keep_typed, open_words
from gongkai.web.onrequest.models import Application, CaseEvent, Dispute, DisputeStep
from gongkai.web.onrequest.selectors.disputes import PROCEDURES, core_of, outcomes_of
from gongkai.web.onrequest.selectors.facts import standing_of
from gongkai.web.onrequest.services import records
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.organs.models import Organ
from gongkai.web.typed import check_come

WORDS_LIMIT = 5000


def register(
    *,
    audit: Audit,
    organ: Organ,
    kind: str,
    before: str,
    received_on: date,
    application: Application | None = None,
    case_number: str = "",
    procedure: str = "ordinary",
    co_defendant: bool = False,
    follows: Dispute | None = None,
) -> Dispute:
    """Register a dispute on the day its notice, or the copy of the complaint, was received.

    It stands with the organ of the act, also where the county government is co-defendant. Refused for a day to come, a
    case of another organ, and for what is registered already: an appeal is a step, never a dispute of its own.
    """
    if kind not in dict(Dispute.KINDS):
        raise Refused("请选择行政复议、未经复议直接起诉，或者复议后起诉。")
    if procedure not in PROCEDURES:
        raise Refused("请选择通知书写明的程序。")
    if not before.strip():
        raise Refused("请写明行政复议机关或者受理法院的名称。")
    check_come(received_on, "收到日期")
    _check_case(application, organ, received_on)
    if follows is not None and (follows.kind != DisputeKind.RECONSIDERATION or follows.organ_id != organ.pk):
        raise Refused("所接续的应当是同一机关的行政复议，请核对。")
    if follows is not None and kind != DisputeKind.LITIGATION_AFTER_RECONSIDERATION:
        raise Refused("只有复议后起诉才接续一件行政复议，请核对种类。")
    number = "".join(case_number.split())
    key = new_key()
    typed = {"before": before, "case_number": number}
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=organ.pk)
        shown = open_words(Dispute, covering(application) if application else Cover(), **typed)
        known = Dispute.objects.filter(county=audit.county, organ=organ, case_number=shown["case_number"])
        if number and known.exists():
            raise Refused(f"“{number}”已经登记。上诉、二审请在原来的登记里记一步，一审、二审合并计为一件。")
        row = Dispute.objects.create(
            id=key,
            county=audit.county,
            application=application,
            organ=organ,
            kind=kind,
            **shown,
            co_defendant=int(co_defendant),
            follows=follows,
            received_on=received_on,
            by=audit.actor,
        )
        keep_typed(row, application, **typed)
        audit.record("onrequest.register_dispute", row, {"kind": kind, "received_on": str(received_on)})
        _write(audit, row, "notified", received_on, outcome=procedure)
    return row


def _check_case(application: Application | None, organ: Organ, received_on: date) -> None:
    if application is None:
        return
    if application.organ_id != organ.pk:
        raise Refused("复议、诉讼应当登记在作出该行为的机关名下，请核对。")
    since = standing_of(application).received_on
    if received_on < since:
        raise Refused(f"收到日期早于收到这件申请的日期{in_chinese(since)}，请核对。")


def _write(
    audit: Audit, row: Dispute, step: str, on: date, *, outcome: str = "", instance: int = 1, words: str = ""
) -> DisputeStep:
    key = new_key()
    made = DisputeStep.objects.create(
        id=key,
        county=row.county,
        dispute=row,
        step=step,
        on=on,
        outcome=outcome,
        instance=instance,
        by=audit.actor,
        **personal.keep(DisputeStep, key, words=words.strip()),
    )
    audit.record(f"onrequest.dispute_{step}", made, {"dispute": str(row.pk), "on": str(on), "outcome": outcome})
    return made


def take_step(
    *, audit: Audit, dispute: Dispute, step: str, on: date, outcome: str = "", words: str = ""
) -> DisputeStep:
    """What happened in a dispute on a day. The instance follows from the appeals.

    Refused for an end without its outcome, an outcome of another kind, a second end without an appeal between, an
    appeal before a judgment or in a reconsideration, and a lesson without words.
    """
    if step not in dict(DisputeStep.STEPS) or step == "notified":
        raise Refused("请选择发生了什么。")
    check_come(on)
    if on < dispute.received_on:
        raise Refused(f"日期早于收到通知的日期{in_chinese(dispute.received_on)}，请核对。")
    if len(words) > WORDS_LIMIT:
        raise Refused(f"说明最多{WORDS_LIMIT}字，现有{len(words)}字。")
    with transaction.atomic():
        row = Dispute.objects.select_for_update().get(pk=dispute.pk)
        taken = sorted(row.steps.all(), key=lambda each: (each.on, each.pk))
        rulings = [each for each in taken if each.step == "decided"]
        appeals = [each for each in taken if each.step == "appealed"]
        instance = 2 if appeals else 1
        if step == "decided":
            _check_ruling(row, outcome, instance, rulings, appeals)
        elif outcome:
            raise Refused("只有作出决定或者裁判时才填写结果。")
        if step == "appealed":
            _check_appeal(row, on, rulings, appeals)
        if step == "performed" and not rulings:
            raise Refused("还没有作出决定或者裁判，不能登记履行完毕。")
        if step == "resumed" and [e.step for e in taken if e.step in ("suspended", "resumed")][-1:] != ["suspended"]:
            raise Refused("没有登记中止，不能登记恢复。")
        if step == "lesson" and not words.strip():
            raise Refused("请写明经验教训：哪里出了问题，以后怎样办。")
        return _write(audit, row, step, on, outcome=outcome, instance=instance, words=words)


def _check_ruling(
    row: Dispute, outcome: str, instance: int, rulings: list[DisputeStep], appeals: list[DisputeStep]
) -> None:
    if outcome not in {each.code for each in outcomes_of(row)}:
        raise Refused("请选择决定或者裁判的结果。")
    if instance == 1 and OUTCOMES[outcome].result in (None, Result.PENDING):
        raise Refused("这是二审的结果，请先登记上诉。")
    if len(rulings) > len(appeals):
        raise Refused("这一审已经登记了结果。如已上诉，请先登记上诉。")


def _check_appeal(row: Dispute, on: date, rulings: list[DisputeStep], appeals: list[DisputeStep]) -> None:
    if row.kind == DisputeKind.RECONSIDERATION:
        raise Refused("行政复议没有上诉。对复议决定起诉的，请另行登记为“复议后起诉”。")
    if len(rulings) <= len(appeals):
        raise Refused("还没有登记一审的裁判，不能登记上诉。")
    if on < rulings[-1].on:
        raise Refused("上诉日期早于裁判日期，请核对。")


def reopen(
    *,
    audit: Audit,
    dispute: Dispute,
    on: date,
    words: str,
    days: int | None = None,
    until: date | None = None,
) -> CaseEvent:
    """Handle the case anew, as the decision or judgment orders: a new clock on the old case, no second count.

    Refused unless the dispute is about a case and ended with a correction.
    """
    if dispute.application is None:
        raise Refused("这件复议、诉讼没有对应的申请，不能重新办理。请先登记申请。")
    if result_on(core_of(dispute), timezone.localdate()) is not Result.CORRECTED:
        raise Refused("只有结果纠正（撤销、变更、确认违法、责令履行等）的，才能据以重新办理。")
    if not words.strip():
        raise Refused("请照抄决定或者判决中责令重新办理的内容。")
    if days is not None and until is not None:
        raise Refused("期限请只填一项：工作日数，或者最后一日。")
    ruled = max(step.on for step in dispute.steps.all() if step.step == "decided")
    if on < ruled:
        raise Refused(f"日期早于作出决定或者裁判的日期{in_chinese(ruled)}，请核对。")
    with transaction.atomic():
        told = {"dispute": dispute.case_number, "before": dispute.before}
        records.record(audit=audit, application=dispute.application, kind="ordered", on=on, words=words, told=told)
        return perform(
            audit=audit,
            application=dispute.application,
            act=Act.REOPEN,
            on=on,
            days=days,
            until=until,
            reason="依复议决定或者判决",
        )
