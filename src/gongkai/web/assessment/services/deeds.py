"""The steps of an assessment: 自评、评分、复核、申诉、最终; each once, in its stage, by whom the rules let."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.oversight import Value
from gongkai.oversight.values import to_data
from gongkai.text.personal import masked
from gongkai.web.assessment.models import Assessed, Deed, Mark, Result
from gongkai.web.assessment.progress import MAY
from gongkai.web.assessment.selectors.sheets import Sheet, sheet
from gongkai.web.assessment.services.guard import not_at_home
from gongkai.web.assessment.services.marks import said_of
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused

WORDS = 1000
KINDS = dict(Deed.KINDS)
JUDGING = ("returned", "scored", "sent_back", "reviewed", "replied")
NEED_WORDS = ("returned", "sent_back", "appealed", "replied", "reopened")


def step(*, audit: Audit, assessed: Assessed, kind: str, words: str = "", seen: int | None = None, **said: Any) -> Deed:
    """Take one step. Refused in another stage, when someone else took one meanwhile, or when its own rule forbids it.

    `seen` is the number of the last step that the person saw; `said`: indicator of an appeal, `about`, `agreed`.
    """
    with transaction.atomic():
        held = (
            Assessed.objects.select_for_update()
            .select_related("round", "round__scheme")
            .get(pk=assessed.pk, county=audit.county)
        )
        now = sheet(held)
        _check(audit, now, kind, words, seen)
        row = Deed.objects.create(
            county=audit.county,
            assessed=held,
            seq=now.standing.seq + 1,
            kind=kind,
            words=masked(words.strip()),
            by=audit.actor,
            **said,
        )
        audit.record(f"assessment.{kind}", row, {"assessed": str(held.pk), "seq": row.seq})
        if kind == "finished":
            _result(audit, now)
    return row


def _check(audit: Audit, now: Sheet, kind: str, words: str, seen: int | None) -> None:
    then, said = now.standing, words.strip()
    if then.stage not in MAY[kind]:
        raise Refused(f"现在是“{then.stage_zh}”阶段，不能{KINDS[kind]}。请刷新后核对。")
    if kind in JUDGING:
        not_at_home(audit, now.assessed.organ_id)
    if seen is not None and seen != then.seq:
        raise Refused("刚刚有人办理过这一步，请核对最新情况后再办。")
    if kind in NEED_WORDS and not said:
        raise Refused("请写明理由。")
    if len(said) > WORDS:
        raise Refused(f"最多写{WORDS}字。")
    if kind in ("handed_in", "scored") and timezone.now() <= now.assessed.round.cutoff_at:
        raise Refused(f"截止时间是{timezone.localtime(now.assessed.round.cutoff_at):%Y-%m-%d}，过后才能{KINDS[kind]}。")
    if kind in ("handed_in", "scored") and any(
        line.of.computed and (line.computed is None or line.computed.known_at != now.assessed.round.cutoff_at)
        for line in now.lines
    ):
        raise Refused("由系统计算的指标还没有按截止时间计算，请先点“按截止时间计算”。")
    if kind == "reviewed" and (then.scored_by == audit.actor or _scored(now.assessed, audit.actor)):
        raise Refused("复核人不能是评分人，请由另一人复核。")
    if kind == "finished" and (why := then.may_finish(timezone.localdate(), now.assessed.round.appeal_due_on)):
        raise Refused(why)
    due = now.assessed.round.appeal_due_on
    if kind == "appealed" and due is not None and timezone.localdate() > due:
        raise Refused(f"申诉期到{due:%Y-%m-%d}为止，已经过了。")


def _scored(assessed: Assessed, person: uuid.UUID) -> bool:
    """Whether a person ever entered a score of this sheet, also one that another has changed since."""
    return Mark.objects.filter(assessed=assessed, said_by="scored", by=person).exists()


def appeal(*, audit: Audit, assessed: Assessed, indicator: str, words: str) -> Deed:
    """Appeal against one indicator, or against the whole ("")."""
    if indicator and sheet(assessed).line(indicator) is None:
        raise Refused("方案中没有这个指标。")
    return step(audit=audit, assessed=assessed, kind="appealed", words=words, indicator=indicator)


def reply(
    *, audit: Audit, assessed: Assessed, about: Deed, agreed: bool, words: str, value: Value | None = None
) -> Deed:
    """Answer an appeal. Agreeing to one about an indicator, the new value is needed."""
    if about.kind != "appealed" or about.assessed_id != assessed.pk:
        raise Refused("没有这件申诉。")
    if agreed and about.indicator and value is None:
        raise Refused("同意申诉的，请填写调整后的结果。")
    with transaction.atomic():
        Assessed.objects.select_for_update().get(
            pk=assessed.pk, county=audit.county
        )  # two who reply wait for one another
        if Deed.objects.filter(about=about).exists():
            raise Refused("这件申诉已经答复过。")
        row = step(audit=audit, assessed=assessed, kind="replied", words=words, about=about, agreed=agreed)
        if agreed and about.indicator and value is not None:
            said_of(audit, sheet(assessed), about.indicator, value, words[:500], "appeal")
    return row


def _result(audit: Audit, now: Sheet) -> None:
    found = now.score
    values = {
        line.of.key: {
            "value": to_data(line.value),
            "mark": str(line.holds.pk) if line.holds else "",
            "said_by": line.holds.said_by if line.holds else "",
        }
        for line in now.lines
    }
    steps = [
        {"key": s.key, "title": s.title, "words": s.words, "low": str(s.low), "high": str(s.high), "of": str(s.of)}
        for s in found.steps
    ]
    number = Result.objects.filter(assessed=now.assessed).count() + 1
    content = {"scheme": now.assessed.round.scheme.sha256, "values": values, "steps": steps, "verdict": found.verdict}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = Result.objects.create(
        county=audit.county,
        assessed=now.assessed,
        number=number,
        scheme=now.assessed.round.scheme,
        values=values,
        steps=steps,
        low=found.low,
        high=found.high,
        of=found.of,
        verdict=found.verdict,
        vetoed=bool(found.vetoed),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        by=audit.actor,
    )
    audit.record("assessment.keep_result", row, {"number": number, "sha256": row.sha256})
