"""What of the assessments waits for somebody: an organ's own stage and what it may appeal against; judging and replying."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from gongkai.web.assessment.models import Assessed, Deed, Result
from gongkai.web.assessment.progress import Standing, standing


@dataclass(frozen=True, slots=True)
class Waits:
    """One sheet that waits: what is to be done, and by when where a day was set."""

    assessed: Assessed
    act: str
    due_on: date | None


def waiting(
    county: uuid.UUID, own: Collection[uuid.UUID], now: datetime, *, reports: bool, judges: bool, most: int
) -> Iterator[Waits]:
    """What waits for who reports for their `own` organs, and for who judges the others."""
    again = Deed.objects.filter(assessed=OuterRef("pk"), kind="reopened")
    ended = Result.objects.filter(assessed=OuterRef("pk"))
    rows = Assessed.objects.filter(~Exists(ended) | Exists(again), county=county)
    rows = rows.select_related("round").prefetch_related("deeds")
    if not judges:
        rows = rows.filter(organ__in=own)
    for one in rows.order_by("-id")[:most]:
        then = standing(one.deeds.all())
        act, due = _own(one, then) if one.organ_id in own and reports else ("", None)
        if not act and judges and one.organ_id not in own and now > one.round.cutoff_at:
            act = _others(then)
        if act:
            yield Waits(one, act, due)


def _own(one: Assessed, then: Standing) -> tuple[str, date | None]:
    if then.stage == "self":
        return "填写并提交自评", one.round.self_due_on
    if then.stage == "told" and not then.accepted and not then.appeals:
        return "核对结果，有异议的申诉", one.round.appeal_due_on
    return "", None


def _others(then: Standing) -> str:
    if then.appeals:
        return "答复申诉"
    return {"scoring": "评分", "reviewing": "复核"}.get(then.stage, "")
