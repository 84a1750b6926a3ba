"""What applications, disputes and letters tell, as they were known at a moment."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.onrequest.disputes import Dispute as CoreDispute
from gongkai.onrequest.disputes import DisputeKind, Result, Ruling, result_on
from gongkai.oversight import Counts
from gongkai.web.assessment.computing.base import Asked, Member, Reckoned, rate
from gongkai.web.interaction.models import LetterAct, LetterStanding
from gongkai.web.onrequest.models import Application, Case, CaseEvent, Dispute
from gongkai.web.onrequest.selectors.facts import event_rows, standing_of


@dataclass(frozen=True, slots=True)
class _Known:
    """A case as it was known."""

    key: str
    organ: uuid.UUID
    number: str
    delivered_on: date | None
    due_on: date | None
    over: bool


def _cases(asked: Asked) -> Iterator[_Known]:
    """The cases: as the cache says, and from their facts where something became known later."""
    later = set(
        CaseEvent.objects.filter(application__organ__in=asked.organs, recorded_at__gt=asked.known_at).values_list(
            "application_id", flat=True
        )
    )
    rows = Case.objects.filter(organ__in=asked.organs).exclude(application__in=later)
    for row in rows.only("application_id", "organ_id", "number", "delivered_on", "due_on", "open"):
        yield _Known(str(row.application_id), row.organ_id, row.number, row.delivered_on, row.due_on, row.open != 1)
    for application in Application.objects.filter(pk__in=later):
        if not event_rows(application, asked.known_at):
            continue
        then = standing_of(application, asked.known_at)
        over = then.delivered_on is not None or then.closed_on is not None or then.state in ("withdrawn", "merged")
        key = str(application.pk)
        yield _Known(key, application.organ_id, application.number, then.delivered_on, then.clock.due_on, over)


def reply_in_time(asked: Asked) -> Reckoned:
    """Answers delivered in the period that had a due day, and those of them that reached the applicant by it."""
    found = [
        Member(
            each.number,
            each.delivered_on <= each.due_on,
            asked.told(each.organ, f"{each.delivered_on}送达，期限{each.due_on}"),
            "case",
            each.key,
        )
        for each in _cases(asked)
        if each.delivered_on and each.due_on and asked.first <= each.delivered_on <= asked.last
    ]
    return rate(found, "答复的申请")


def no_reply_overdue(asked: Asked) -> Reckoned:
    """Applications whose day lay in the period or before and had passed at that moment, still without an answer."""
    until = min(asked.on - timedelta(days=1), asked.last)
    found = [
        Member(each.number, False, asked.told(each.organ, f"期限{each.due_on}，到{asked.on}仍未答复"), "case", each.key)
        for each in _cases(asked)
        if not each.over and each.due_on is not None and each.due_on <= until
    ]
    said = f"期限不晚于{until}、到{asked.on}仍未答复的申请{len(found)}件。"
    return Reckoned(Counts({"overdue": len(found)}), tuple(found), said)


def _dispute(row: Dispute, asked: Asked) -> CoreDispute:
    steps = [step for step in row.steps.all() if step.recorded_at <= asked.known_at]
    return CoreDispute(
        number=row.case_number or str(row.pk),
        kind=DisputeKind(row.kind),
        received_on=row.received_on,
        rulings=tuple(Ruling(step.on, step.outcome) for step in steps if step.step == "decided"),
        appealed_on=tuple(step.on for step in steps if step.step == "appealed"),
    )


def not_corrected(asked: Asked) -> Reckoned:
    """Disputes that came to stand as corrected within the period."""
    counts = {"reconsideration": 0, "litigation": 0}
    found = []
    rows = Dispute.objects.filter(organ__in=asked.organs, recorded_at__lte=asked.known_at).prefetch_related("steps")
    for row in rows.order_by("id"):
        known = _dispute(row, asked)
        last = min(asked.last, asked.on)
        before = result_on(known, asked.first - timedelta(days=1))
        if result_on(known, last) is not Result.CORRECTED or before is Result.CORRECTED:
            continue
        kind = "reconsideration" if row.kind == "reconsideration" else "litigation"
        counts[kind] += 1
        words = "复议" if kind == "reconsideration" else "诉讼"
        why = asked.told(row.organ_id, "结果纠正")
        found.append(Member(f"{words}{row.case_number}", good=False, why=why, url_name="dispute", key=str(row.pk)))
    said = f"期间内复议纠正{counts['reconsideration']}件、诉讼纠正{counts['litigation']}件。"
    return Reckoned(Counts(dict(counts)), tuple(found), said)


def letters_in_time(asked: Asked) -> Reckoned:
    """Letters answered in the period by the day that was set for them."""
    later = LetterAct.objects.filter(kind="answered", recorded_at__gt=asked.known_at).values("letter")
    rows = LetterStanding.objects.filter(
        organ__in=asked.organs, answered_on__range=(asked.first, asked.last), due_on__isnull=False
    ).exclude(letter__in=later)
    found = [
        Member(
            row.number,
            row.answered_on <= row.due_on,
            asked.told(row.organ_id, f"{row.answered_on}答复，期限{row.due_on}"),
            "talk-letter",
            str(row.letter_id),
        )
        for row in rows
        if row.answered_on is not None and row.due_on is not None
    ]
    return rate(found, "答复的来信")
