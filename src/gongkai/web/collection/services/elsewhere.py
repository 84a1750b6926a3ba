"""Stating that a report is public outside of the system, since when and where; and taking that back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.annual.models import Submission
from gongkai.web.audit.services import Audit, salted
from gongkai.web.collection.models import Elsewhere
from gongkai.web.collection.selectors.elsewhere import stated
from gongkai.web.facts import Refused
from gongkai.web.issuing.models import Frozen
from gongkai.web.organs.models import Organ
from gongkai.web.typed import said_on_a_line

PLACE = 200


def state(*, audit: Audit, organ: Organ, year: int, on: date | None, place: str) -> Elsewhere:
    """State since which day an organ's report is public, and where; no day and no place: take it back.

    Refused while the report is not there, for a day before the year was over or after today, and for one half of it.
    """
    where = said_on_a_line(place, "公布的地方", needed=False, most=PLACE)
    if (on is None) != (not where):
        raise Refused("公布的日期和地方都要填写；两项都留空，是撤销原来的登记。")
    if on is not None and not date(year, 12, 31) < on <= timezone.localdate():
        raise Refused(f"{year}年度报告的公布日期应在{year}年以后、不晚于今天。")
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=organ.pk)
        there = Submission.objects.filter(organ=organ, year=year, aside=False).exists()
        if on is not None and not there and not Frozen.objects.filter(organ=organ, year=year).exists():
            raise Refused("还没有收到这个单位的报告，请先交入报告，再登记它在哪里公布。")
        standing = stated(organ.county, year).get(organ.pk)
        if (standing.on, standing.place) == (on, where) if standing else on is None:
            raise Refused("已经是这样，不必重复登记。")
        row = Elsewhere.objects.create(county=organ.county, organ=organ, year=year, on=on, place=where, by=audit.actor)
        facts = {"organ": str(organ.pk), "year": year, "on": on.isoformat() if on else None, "place": salted(where)}
        audit.record("collection.state_public", row, facts)
    return row
