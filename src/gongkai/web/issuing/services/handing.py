"""Answering the checker's doubts, handing a report over for signature, taking it back, returning it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.annual.forms import edition_for
from gongkai.annual.report import OWN
from gongkai.web.audit.services import Audit, salted
from gongkai.web.facts import Refused
from gongkai.web.issuing.models import Answer, Draft, DraftEnd, Frozen
from gongkai.web.issuing.packing import pack
from gongkai.web.issuing.scopes import supplier_of
from gongkai.web.issuing.selectors.assembled import Assembled, Verdict, assembled, verdict
from gongkai.web.issuing.selectors.differences import kept
from gongkai.web.issuing.selectors.versions import answers_of, newest, open_draft
from gongkai.web.narrative.selectors.texts import unready
from gongkai.web.organs.models import Organ
from gongkai.web.typed import said_on_a_line

SHOWN = 3


def answer(
    *,
    audit: Audit,
    organ: Organ,
    year: int,
    fingerprint: str,
    finding: str,
    message: str,
    reason: str,
    scope: str = OWN,
) -> Answer:
    """Say why a doubt of the checker is right as it stands; an empty reason takes the answer back."""
    supplier_of(scope)
    words = said_on_a_line(reason, "理由", needed=False)
    if not fingerprint or len(fingerprint) > 64:
        raise Refused("没有找到这个问题，请刷新后再看。")
    if not words and fingerprint not in answers_of(organ, year, scope):
        raise Refused("请写明理由，例如“已与经办科室核实，数据无误”。")
    with transaction.atomic():
        row = Answer.objects.create(
            county=organ.county,
            organ=organ,
            year=year,
            scope=scope,
            fingerprint=fingerprint,
            finding=finding[:60],
            message=message[:1000],
            reason=words,
            by=audit.actor,
        )
        facts = {
            "organ": str(organ.pk),
            "year": year,
            "scope": scope,
            "fingerprint": fingerprint,
            "finding": finding[:60],
        }
        audit.record("issuing.answer", row, {**facts, "reason": salted(words)})
    return row


def why_not_yet(organ: Organ, year: int, made: Assembled, found: Verdict) -> list[str]:
    """Why a report cannot go for signature yet, each in a sentence; empty when it can."""
    reasons = list(unready(organ, year, made.scope))
    conflicts, answers = found.of_grade("conflict"), answers_of(organ, year, made.scope)
    if conflicts:
        reasons.append(f"核对发现{len(conflicts)}处不一致，请更正后再送签。")
    doubts = [each for each in found.of_grade("doubt") if each["fingerprint"] not in answers]
    if doubts:
        reasons.append(f"还有{len(doubts)}处存疑没有答复，请更正或者写明理由。")
    if not made.report.cells:
        reasons.append("三张表都没有数据。")
    return reasons


def hand_over(*, audit: Audit, organ: Organ, year: int, reason: str = "", scope: str = OWN) -> Draft:
    """Hand the report as it is now for signature: figures, words, what stands behind each cell, what the checker said.

    Refused with conflicts, unanswered doubts or unfinished words, while another draft is open, and for a frozen year
    without a reason or without any change.
    """
    if organ.county != audit.county or edition_for(year) is None:
        raise Refused(f"没有{year}年度的年度报告格式。")
    if not_its := supplier_of(scope).why_not(organ, year):
        raise Refused(not_its)
    _check_none_open(organ, year, scope)
    stands = newest(organ, year, scope)
    words = said_on_a_line(
        reason,
        f"更正的理由（{year}年度报告已经定稿，现为第{stands.version}版）" if stands else "说明",
        needed=bool(stands),
    )
    known_at = timezone.now()
    made = assembled(organ, year, known_at, scope)
    found = verdict(organ, made)
    _check_ready(organ, year, made, found, stands)
    answers = _answered(organ, year, scope, found)
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=organ.pk)
        _check_none_open(organ, year, scope)
        if Frozen.objects.filter(organ=organ, year=year, scope=scope).count() != (stands.version if stands else 0):
            raise Refused("刚刚有新的一版定稿，请刷新后核对再送签。")
        row = Draft.objects.create(
            county=organ.county,
            organ=organ,
            year=year,
            scope=scope,
            number=Draft.objects.filter(organ=organ, year=year, scope=scope).count() + 1,
            known_at=known_at,
            figures=made.packed.figures,
            report=made.packed.report,
            members=pack(made.packed.members),
            texts=made.texts,
            findings=list(found.findings),
            answers=answers,
            verdicts=found.verdicts,
            seal=made.packed.seal,
            reason=words,
            by=audit.actor,
        )
        facts = {"organ": str(organ.pk), "year": year, "scope": scope, "number": row.number, "seal": row.seal}
        audit.record("issuing.hand_over", row, {**facts, "reason": salted(words)})
    return row


def _check_ready(organ: Organ, year: int, made: Assembled, found: Verdict, stands: Frozen | None) -> None:
    if reasons := why_not_yet(organ, year, made, found):
        more = f"（另有{len(reasons) - SHOWN}项）" if len(reasons) > SHOWN else ""
        raise Refused("还不能送签：" + "".join(reasons[:SHOWN]) + more)
    if stands and kept(stands.draft) == (made.packed.report, made.packed.members):
        raise Refused(f"{year}年度报告已经定稿，现在的数据和文字与第{stands.version}版完全一致，不需要更正。")


def _answered(organ: Organ, year: int, scope: str, found: Verdict) -> list[dict[str, str]]:
    """What people answered to the findings that there are now."""
    shown = {each["fingerprint"] for each in found.findings}
    return [
        {"fingerprint": key, "reason": each.reason, "by": str(each.by)}
        for key, each in answers_of(organ, year, scope).items()
        if key in shown
    ]


def _check_none_open(organ: Organ, year: int, scope: str) -> None:
    found = open_draft(organ, year, scope)
    if found is not None:
        state = "已经签发，请先定稿" if hasattr(found, "signature") else "正在等候签发，请先撤回"
        raise Refused(f"{year}年度报告第{found.number}稿{state}。")


def end(*, audit: Audit, draft: Draft, why: str, reason: str) -> DraftEnd:
    """Take a draft back (`withdrawn`) or return it unsigned (`returned`), with the reason."""
    if why not in dict(DraftEnd.WHYS):
        raise Refused("请选择撤回或者退回。")
    words = said_on_a_line(reason, "撤回的原因" if why == "withdrawn" else "退回的原因")
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=draft.organ_id)
        if Frozen.objects.filter(draft=draft).exists():
            raise Refused("这一稿已经定稿。需要更正的，请重新送签，形成新的一版。")
        if DraftEnd.objects.filter(draft=draft).exists():
            raise Refused("这一稿已经撤回或者退回。")
        if why == "returned" and hasattr(draft, "signature"):
            raise Refused("这一稿已经签发，不能退回；需要修改的，由承办人撤回。")
        row = DraftEnd.objects.create(county=draft.county, draft=draft, why=why, reason=words, by=audit.actor)
        act = "issuing.take_back" if why == "withdrawn" else "issuing.return"
        audit.record(act, draft, {"number": draft.number, "reason": salted(words)})
    return row
