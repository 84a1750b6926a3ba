"""Confirming and dismissing findings, correcting cells. Rows are added, never changed."""

from __future__ import annotations

from django.db import transaction

from gongkai.annual.forms import cell
from gongkai.web.annual.effective import number_of, original_text
from gongkai.web.annual.models import CellCorrection, Checking, JudgementOfFinding, Submission
from gongkai.web.annual.selectors.readings import newest_reading, read_report
from gongkai.web.annual.services.checking import check_again, count_again, followers
from gongkai.web.audit.services import Audit, salted
from gongkai.web.facts import Refused
from gongkai.web.typed import said_on_a_line

REASON_LIMIT = 500
_VERDICTS = dict(JudgementOfFinding.VERDICTS)


def _reason(text: str, *, needed: bool) -> str:
    plain = said_on_a_line(text, "理由", REASON_LIMIT, needed=False)
    if needed and len(plain) < 2:
        raise Refused("请写明理由，例如“已电话核实，原件如此”。")
    return plain


def judge(*, audit: Audit, submission: Submission, fingerprint: str, verdict: str, reason: str) -> JudgementOfFinding:
    """Confirm, dismiss or withdraw. A dismissal and a confirmation need a reason. Refused for an unknown finding."""
    if verdict not in _VERDICTS:
        raise Refused("请选择“确认”或者“排除”。")
    words = _reason(reason, needed=verdict != "withdrawn")
    checking = Checking.objects.filter(submission=submission).first()
    finding = next((f for f in checking.findings if f["fingerprint"] == fingerprint), None) if checking else None
    if finding is None:
        raise Refused("没有找到这个问题，可能数据已经更正。请刷新后再看。")
    with transaction.atomic():
        row = JudgementOfFinding.objects.create(
            county=submission.county,
            submission=submission,
            fingerprint=fingerprint,
            verdict=verdict,
            reason=words,
            finding=finding["id"],
            rule_version=finding["rule_version"],
            message=finding["message"][:1000],
            by=audit.actor,
        )
        audit.record(
            f"annual.{'confirm' if verdict == 'confirmed' else 'dismiss' if verdict == 'dismissed' else 'withdraw'}"
            "_finding",
            submission,
            {
                "fingerprint": fingerprint,
                "finding": finding["id"],
                "rule_version": finding["rule_version"],
                "judgement": str(row.pk),
                "reason": salted(words),
            },
        )
        count_again(submission, checking)
    return row


def correct(
    *, audit: Audit, submission: Submission, address: str, action: str, value: str, reason: str
) -> CellCorrection:
    """Correct one cell, or go back to what was read. Refused when the cell cannot hold the value."""
    try:
        cell(address)
    except KeyError:
        raise Refused("没有这个单元格。") from None
    if action not in dict(CellCorrection.ACTIONS):
        raise Refused("请选择“更正为”“更正为空白”或者“恢复原读取”。")
    words = _reason(reason, needed=True)
    number = number_of(address, value) if action == "value" else None
    reading = newest_reading(submission)
    report = read_report(reading)
    if report is None:
        raise Refused("这份文件没有读出数据，不能更正单元格。")
    with transaction.atomic():
        row = CellCorrection.objects.create(
            county=submission.county,
            submission=submission,
            address=address,
            action=action,
            value="" if number is None else format(number, "f") if not isinstance(number, int) else str(number),
            original=original_text(report, address),
            reason=words,
            by=audit.actor,
        )
        audit.record(
            "annual.correct_cell",
            submission,
            {
                "address": address,
                "action": action,
                "value": row.value,
                "correction": str(row.pk),
                "reading": str(reading.pk) if reading else None,
                "reason": salted(words),
            },
        )
    for each in (submission, *followers(submission)):
        check_again(each)
    return row
