"""Setting answers aside: by a person, with a reason that is published with the count; and taking that back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction

from gongkai.text.personal import masked
from gongkai.web.appraisal.models import Answer, Questionnaire, Sifting
from gongkai.web.appraisal.selectors.results import standing
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.typed import said


def sift(
    *,
    audit: Audit,
    row: Questionnaire,
    answers: Iterable[uuid.UUID],
    kind: str,
    reason: str = "",
    words: str = "",
) -> int:
    """Set answers of a version aside, or (`back`) count them again; how many."""
    keys = set(answers)
    if kind not in ("aside", "back"):
        raise Refused("请选择剔除或者恢复计入。")
    if not keys:
        raise Refused("请先选择答卷。")
    if kind == "aside" and reason not in dict(Sifting.REASONS):
        raise Refused("请选择剔除的原因。")
    plain = masked(said(words, "剔除的依据" if kind == "aside" else "恢复计入的理由", 200))
    with transaction.atomic():
        Questionnaire.objects.select_for_update().get(pk=row.pk)
        held = list(Answer.objects.filter(county=audit.county, questionnaire=row, pk__in=keys))
        if len(held) != len(keys):
            raise Refused("有一份答卷不属于这份问卷，请刷新后重新选择。")
        now = standing(row)
        wrong = "aside" if kind == "aside" else None
        if any((now[each.pk][0] if each.pk in now else None) == wrong or _struck(now, each) for each in held):
            raise Refused("选中的答卷中有的刚刚有人处理过，请刷新后核对。")
        made = [
            Sifting(
                county=audit.county,
                answer=each,
                kind=kind,
                reason=reason if kind == "aside" else "",
                words=plain,
                by=audit.actor,
            )
            for each in held
        ]
        for each in Sifting.objects.bulk_create(made):
            audit.record(f"appraisal.{kind}", each, {"answer": str(each.answer_id), "reason": each.reason})
    return len(made)


def _struck(now: dict[uuid.UUID, tuple[str, str]], answer: Answer) -> bool:
    return answer.pk in now and now[answer.pk][0] == "struck"
