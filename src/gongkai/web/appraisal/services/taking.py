"""Taking answers in, from the portal and from paper. Nobody is named; what was written is masked before it is kept."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.oversight.questions import Choice, Fault, Given, checked
from gongkai.text.personal import masked
from gongkai.web import personal, sealed
from gongkai.web.appraisal.models import Answer, Batch, InvitationUse, Questionnaire, Sifting
from gongkai.web.appraisal.selectors.questionnaires import last_day, questions_of, state_of
from gongkai.web.appraisal.services.inviting import invitation
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.typed import said

MOST_SHEETS = 2000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of one sheet about one organ, as they come."""

    organ: uuid.UUID
    choices: Mapping[str, Choice]
    texts: Mapping[str, str] = field(default_factory=dict)


def known(county: uuid.UUID, once: str) -> Answer | None:
    """What this very form has become, when it was sent before."""
    return Answer.objects.filter(county=county, once=once).first() if once else None


def take(
    *, audit: Audit, row: Questionnaire, sheet: Sheet, once: str, code: str = "", at: datetime | None = None
) -> Answer:
    """Take in what somebody answered on line: while the version is open, one answer for each form and each code.

    `at` is when it came; now, unless a demonstration tells another moment.
    """
    before = known(audit.county, once)
    if before is not None:
        return before
    moment = at or timezone.now()
    check_open(row, timezone.localdate(moment))
    _check_organ(row, sheet.organ)
    given = _checked(row, sheet, paper=False)
    try:
        with transaction.atomic():
            if row.invited:
                InvitationUse.objects.create(
                    id=uuid.uuid4(),  # a key in the order of time would lead to the answer
                    county=audit.county,
                    invitation=invitation(row, code),
                    questionnaire=row,
                    organ_id=sheet.organ,
                    recorded_at=_the_day(moment),
                )
            return _write(audit, row, sheet.organ, given, origin="portal", received_at=moment, once=once)
    except IntegrityError as error:
        before = known(audit.county, once)
        if before is not None:
            return before
        raise Refused("这个邀请码对这个机关已经用过。一个邀请码对一个机关只能用一次。") from error


def check_open(row: Questionnaire, on: date) -> None:
    """Refused where a version takes no answers on a day, with the reason."""
    state = state_of(row, on)
    if state in ("draft", "coming"):
        raise Refused(f"评议还没有开始，{row.opens_on.year}年{row.opens_on.month}月{row.opens_on.day}日起可以填写。")
    if state == "over":
        raise Refused("评议已经结束，不再接收答卷。")


def _check_organ(row: Questionnaire, organ: uuid.UUID) -> None:
    if str(organ) not in row.subjects:
        raise Refused("这份问卷不评议这个机关，请重新选择。")


def _the_day(moment: datetime) -> datetime:
    """The beginning of its day: the use of a code is not to be matched with an answer by the second."""
    return datetime.combine(timezone.localdate(moment), time.min, timezone.get_current_timezone())


def _checked(row: Questionnaire, sheet: Sheet, *, paper: bool) -> Given:
    try:
        return checked(questions_of(row), sheet.choices, sheet.texts, paper=paper)
    except Fault as error:
        raise Refused("".join(error.faults)) from None


def _write(
    audit: Audit,
    row: Questionnaire,
    organ: uuid.UUID,
    given: Given,
    *,
    origin: str,
    received_at: datetime,
    once: str = "",
    batch: Batch | None = None,
    place: tuple[int | None, int] = (None, 1),
) -> Answer:
    key = new_key()
    words = {question: masked(text) for question, text in given.texts.items()}
    told = json.dumps([given.choices, words], ensure_ascii=False, sort_keys=True)
    made = Answer.objects.create(
        id=key,
        county=audit.county,
        questionnaire=row,
        organ_id=organ,
        origin=origin,
        received_at=received_at,
        choices=dict(given.choices),
        written=sorted(words),
        alike=sealed.lookup("appraisal alike", told),
        once=once or f"own:{key}",
        batch=batch,
        sheet=place[0],
        entry=place[1],
        by=audit.actor,
        **personal.keep(Answer, key, words=json.dumps(words, ensure_ascii=False) if words else ""),
    )
    audit.record("appraisal.answer", made, {"questionnaire": str(row.pk), "origin": origin})
    return made


# ── paper ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def bring(*, audit: Audit, row: Questionnaire, place: str, collected_on: date, sheets: int) -> Batch:
    """Register sheets of paper that came from one place: where, when, how many."""
    if state_of(row, timezone.localdate()) == "draft":
        raise Refused("问卷还没有开放，不能登记纸质答卷。")
    if not row.opens_on <= collected_on <= min(last_day(row), timezone.localdate()):
        raise Refused("收回的日期应当在评议期之内，并且不晚于今天。")
    if not 1 <= sheets <= MOST_SHEETS:
        raise Refused(f"一批应为1至{MOST_SHEETS}份。")
    with transaction.atomic():
        Questionnaire.objects.select_for_update().get(pk=row.pk)
        made = Batch.objects.create(
            county=audit.county,
            questionnaire=row,
            number=row.batches.count() + 1,
            place=masked(said(place, "收回的地点", 120)),
            collected_on=collected_on,
            sheets=sheets,
            by=audit.actor,
        )
        audit.record("appraisal.bring_paper", made, {"questionnaire": str(row.pk), "sheets": sheets})
    return made


def enter(*, audit: Audit, batch: Batch, number: int, printed: str, sheet: Sheet, void: str = "") -> Answer:
    """Enter one sheet of a batch under its number. `printed` is the code on it: a sheet of another version is refused.

    With `void` the sheet counts as received and is set aside at once, for this reason; then it may be empty.
    """
    row = batch.questionnaire
    if "".join(printed.split()).upper() != row.code:
        raise Refused(f"答卷上印的编号应为{row.code}。编号不同的是另一版问卷，请登记到那一版的批次。")
    _check_organ(row, sheet.organ)
    if not 1 <= number <= batch.sheets:
        raise Refused(f"这一批共{batch.sheets}份，序号应为1至{batch.sheets}。")
    given = Given({}, {}) if void.strip() else _checked(row, sheet, paper=True)
    try:
        with transaction.atomic():
            Batch.objects.select_for_update().get(pk=batch.pk)
            rows = Answer.objects.filter(batch=batch, sheet=number)
            if rows.exclude(siftings__kind="struck").exists():
                raise Refused(f"第{number}份已经录入。录错了的，请先冲销再重新录入。")
            on = datetime.combine(batch.collected_on, time(12), timezone.get_current_timezone())
            place = (number, rows.count() + 1)
            made = _write(audit, row, sheet.organ, given, origin="paper", received_at=on, batch=batch, place=place)
            if void.strip():
                words = masked(said(void, "作废的原因", 200))
                kept = Sifting.objects.create(
                    county=audit.county, answer=made, kind="aside", reason="void", words=words, by=audit.actor
                )
                audit.record("appraisal.aside", kept, {"answer": str(made.pk), "reason": "void"})
    except IntegrityError as error:
        raise Refused(f"第{number}份刚刚有人录入，请核对。") from error
    return made


def strike(*, audit: Audit, answer: Answer, why: str) -> Sifting:
    """Take a sheet that was entered wrongly out of all counts; then its number can be entered again."""
    if answer.origin != "paper":
        raise Refused("网上的答卷不能冲销，只能由主管部门剔除。")
    with transaction.atomic():
        Answer.objects.select_for_update().get(pk=answer.pk)
        if answer.siftings.filter(kind="struck").exists():
            raise Refused("这一份已经冲销。")
        words = masked(said(why, "冲销的原因", 200))
        row = Sifting.objects.create(county=audit.county, answer=answer, kind="struck", words=words, by=audit.actor)
        audit.record("appraisal.strike", row, {"answer": str(answer.pk)})
    return row
