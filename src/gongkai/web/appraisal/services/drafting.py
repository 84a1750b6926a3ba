"""Drawing a questionnaire up, opening it to the public, stopping it. What was opened is changed by a next version only."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.oversight.questions import Fault, read
from gongkai.text.personal import masked
from gongkai.web.appraisal.models import Ending, Opening, Questionnaire
from gongkai.web.appraisal.selectors.questionnaires import newest, state_of, versions
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused, new_key
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import living_organs
from gongkai.web.typed import said

MOST_DAYS = 366
TAKEN = "这份问卷刚刚有人改过。您填写的内容还在页面上，请核对最新内容后再保存。"


@dataclass(frozen=True, slots=True)
class Told:
    """A questionnaire as it was filled in; `text` says its questions, `subjects` whom it appraises."""

    title: str
    text: str
    subjects: tuple[uuid.UUID, ...]
    opens_on: date
    closes_on: date
    intro: str = ""
    invited: bool = False


def keep(
    *,
    audit: Audit,
    organ: Organ,
    told: Told,
    stem: uuid.UUID | None = None,
    base: uuid.UUID | None = None,
    why: str = "",
) -> Questionnaire:
    """Write a questionnaire, or what changes in one. `base` is the row from which the person set out.

    Once the newest version was opened its questions stand: the change is a next version, which says why.
    """
    try:
        questions = read(told.text)
    except Fault as error:
        raise Refused(str(error)) from None
    if told.closes_on < told.opens_on:
        raise Refused("截止日早于开始日，请核对。")
    if (told.closes_on - told.opens_on).days > MOST_DAYS:
        raise Refused("从开始到截止最长一年，请核对日期。")
    title, intro = masked(said(told.title, "问卷的名称", 120)), masked(said(told.intro, "说明", 500, needed=False))
    try:
        with transaction.atomic():
            before = newest(audit.county, stem) if stem else None
            if stem and (before is None or before.pk != base):
                raise Refused(TAKEN)
            opened = before is not None and Opening.objects.filter(questionnaire=before).exists()
            key = new_key()
            row = Questionnaire.objects.create(
                id=key,
                county=audit.county,
                stem=stem or key,
                version=before.version + opened if before else 1,
                revision=before.revision + 1 if before and not opened else 1,
                organ=before.organ if before else organ,
                title=title,
                intro=intro,
                questions=[each.to_data() for each in questions],
                subjects=_subjects(before.organ if before else organ, told.subjects),
                opens_on=told.opens_on,
                closes_on=told.closes_on,
                invited=told.invited,
                why=_why(why, before, opened=opened),
                by=audit.actor,
            )
            audit.record("appraisal.keep", row, {"stem": str(row.stem), "version": row.version})
    except IntegrityError as error:
        raise Refused(TAKEN) from error
    return row


def _why(words: str, before: Questionnaire | None, *, opened: bool) -> str:
    if opened:
        return masked(said(words, "为什么要有新的一版", 300))
    return before.why if before else ""


def _subjects(organ: Organ, wanted: Iterable[uuid.UUID]) -> list[str]:
    """The organs as they are kept. Refused for none, for strangers, and where an organ would appraise another."""
    asked = set(wanted)
    found = [str(each.pk) for each in living_organs(organ.county) if each.pk in asked]
    if not found:
        raise Refused("请选择评议哪些机关。")
    if len(found) < len(asked):
        raise Refused("有一个机关不在本县的机关之中，请重新选择。")
    if not organ.competent and found != [str(organ.pk)]:
        raise Refused("只有主管部门可以组织对其他机关的评议，本机关只能评议自己的工作。")
    return found


def _newest_locked(row: Questionnaire) -> Questionnaire:
    """The row, held until the transaction ends. Refused when it is not the newest of its questionnaire."""
    held = Questionnaire.objects.select_for_update().get(pk=row.pk)
    last = newest(held.county, held.stem)
    if last is None or last.pk != held.pk:
        raise Refused(TAKEN)
    return held


def open_to_all(*, audit: Audit, row: Questionnaire) -> Opening:
    """Let the public answer it from its first day on. A version that still runs ends with it, its answers kept apart."""
    today = timezone.localdate()
    try:
        with transaction.atomic():
            held = _newest_locked(row)
            if held.closes_on < today:
                raise Refused("截止日已经过去，请先修改日期。")
            made = Opening.objects.create(county=audit.county, questionnaire=held, by=audit.actor)
            for other in versions(audit.county, held.stem):
                if other.pk != held.pk and state_of(other, today) in ("coming", "open"):
                    _end(audit, other, today, f"由第{held.version}版代替")
            audit.record("appraisal.open", held, {"version": held.version})
            touch(county=audit.county)
    except IntegrityError as error:
        raise Refused("这一版已经开放，不需要再开放。") from error
    return made


def stop(*, audit: Audit, row: Questionnaire, why: str) -> Ending:
    """Take no more answers from now on, and say why."""
    today = timezone.localdate()
    with transaction.atomic():
        held = Questionnaire.objects.select_for_update().get(pk=row.pk)
        if state_of(held, today) not in ("coming", "open"):
            raise Refused("这一版没有开放或者已经结束，不能停止。")
        return _end(audit, held, today, masked(said(why, "停止的原因", 300)))


def _end(audit: Audit, row: Questionnaire, on: date, why: str) -> Ending:
    made = Ending.objects.create(county=audit.county, questionnaire=row, on=on, why=why, by=audit.actor)
    audit.record("appraisal.stop", row, {"version": row.version})
    touch(county=audit.county)
    return made
