"""Publishing a result: a person confirms what they looked at, and it is frozen. A later one says why and what changed."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.oversight.answers import differences
from gongkai.text.personal import masked
from gongkai.web.appraisal.models import Publication, Questionnaire
from gongkai.web.appraisal.selectors.questionnaires import state_of
from gongkai.web.appraisal.selectors.results import apart, canonical, incomplete, live, mark_of, published
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused
from gongkai.web.typed import said

CHANGED = "您查看以后数字又有变动，请核对最新的结果后再公布。"


def publish(*, audit: Audit, row: Questionnaire, seen: str, remarks: str = "", why: str = "") -> Publication:
    """Freeze the result and show it to everybody. `seen` is the mark of the result that the person looked at."""
    words = masked(said(remarks, "说明", 1000, needed=False))
    try:
        with transaction.atomic():
            Questionnaire.objects.select_for_update().get(pk=row.pk)
            if state_of(row, timezone.localdate()) != "over":
                raise Refused("评议还没有结束，不能公布结果。")
            if waiting := incomplete(row):
                batch, left = waiting[0]
                raise Refused(f"第{batch.number}批纸质答卷还有{left}份没有录入，录完以后再公布。")
            result = live(row)
            if mark_of(result) != seen:
                raise Refused(CHANGED)
            before = published(row)
            changes = differences(before[0].result, result) if before else []
            if before and not changes and before[0].result["remarks"] == words:
                raise Refused("与已经公布的结果没有不同，不需要再公布。")
            reason = masked(said(why, "更正的原因", 300, needed=bool(before)))
            frozen = result | {
                "remarks": words,
                "edition": len(before) + 1,
                "why": reason,
                "changes": changes,
                "apart": [list(each) for each in apart(row)],
            }
            made = Publication.objects.create(
                county=audit.county,
                questionnaire=row,
                edition=len(before) + 1,
                snapshot=canonical(frozen),
                sha256=mark_of(frozen),
                why=reason,
                by=audit.actor,
            )
            audit.record("appraisal.publish", made, {"edition": made.edition, "sha256": made.sha256})
            touch(county=audit.county)
    except IntegrityError as error:
        raise Refused(CHANGED) from error
    return made
