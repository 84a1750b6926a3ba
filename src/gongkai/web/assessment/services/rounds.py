"""Opening a round, and making its ranking known."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from gongkai.oversight import ranking
from gongkai.web.assessment.models import Assessed, Ranked, Round, SchemeVersion
from gongkai.web.assessment.progress import standing
from gongkai.web.assessment.selectors.results import newest_results
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs


def _check(first: date, last: date, cutoff: date, self_due: date | None, appeal_due: date | None) -> None:
    if first > last:
        raise Refused("考核期间的开始日应不晚于结束日。")
    if (last - first).days > 366:
        raise Refused("考核期间最长一年。")
    if cutoff < last:
        raise Refused("截止日应不早于考核期间的结束日。")
    if self_due is not None and self_due < cutoff:
        raise Refused("自评期限应不早于截止日，否则自评时数据还没有定下来。")
    if appeal_due is not None and appeal_due < max(cutoff, self_due or cutoff):
        raise Refused("申诉期限应不早于自评期限。")


def open_round(
    *,
    audit: Audit,
    title: str,
    scheme: SchemeVersion,
    first: date,
    last: date,
    cutoff: date,
    organs: Iterable[uuid.UUID],
    self_due: date | None = None,
    appeal_due: date | None = None,
) -> Round:
    """Begin an assessment of these organs. Refused for a scheme with gaps, days out of order, or no organ.

    What is known at the end of the day `cutoff` is what counts.
    """
    name = title.strip()
    if not name or len(name) > 120:
        raise Refused("请填写考核的名称，最多120字。")
    if not scheme.ready:
        raise Refused("这个方案还有没写的分值或者权重，补齐后才能用来考核。")
    _check(first, last, cutoff, self_due, appeal_due)
    living = {organ.pk: organ for organ in living_organs(audit.county)}
    chosen = list(dict.fromkeys(organs))
    if not chosen or any(key not in living for key in chosen):
        raise Refused("请选择参加考核的单位。")
    with transaction.atomic():
        row = Round.objects.create(
            county=audit.county,
            title=name,
            scheme=scheme,
            first_on=first,
            last_on=last,
            cutoff_at=datetime.combine(cutoff, time(23, 59, 59), timezone.get_current_timezone()),
            self_due_on=self_due,
            appeal_due_on=appeal_due,
            by=audit.actor,
        )
        Assessed.objects.bulk_create(
            Assessed(county=audit.county, round=row, organ=o, name=o.name, form=o.form, by=audit.actor)
            for o in (living[key] for key in chosen)
        )
        facts = {"scheme": str(scheme.pk), "organs": len(chosen), "cutoff": cutoff.isoformat()}
        audit.record("assessment.open_round", row, facts)
    return row


def make_known(*, audit: Audit, of: Round) -> Ranked:
    """Rank the final results and make the ranking known to the organs. Refused while one of them is not final."""
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=of.pk, county=audit.county)
        assessed = list(held.assessed.prefetch_related("deeds"))
        waiting = [each.name for each in assessed if standing(each.deeds.all()).stage != "final"]
        if waiting:
            more = f"等{len(waiting)}个单位" if len(waiting) > 3 else ""
            raise Refused(f"{'、'.join(waiting[:3])}{more}的结果还没有定为最终结果，不能公布排名。")
        results = newest_results(each.pk for each in assessed)
        places = ranking(
            (str(key), row.low if row.low == row.high else None, row.vetoed) for key, row in results.items()
        )
        rows = [
            {
                "assessed": place.key,
                "result": str(results[uuid.UUID(place.key)].pk),
                "place": place.place,
                "tied": place.tied,
            }
            for place in places
        ]
        last = held.rankings.order_by("-number").first()
        if last is not None and last.rows == rows:
            raise Refused("排名没有变化，已经公布过。")
        made = Ranked.objects.create(
            county=audit.county, round=held, number=(last.number if last else 0) + 1, rows=rows, by=audit.actor
        )
        audit.record("assessment.make_known", made, {"round": str(held.pk), "number": made.number})
    return made
