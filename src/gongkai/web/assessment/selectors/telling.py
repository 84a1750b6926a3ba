"""What assessments tell the words of a yearly report: how many were ended and of how many organs. Never that there were none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from gongkai.annual.narrative.facts import Fact
from gongkai.web.assessment.models import Ranked
from gongkai.web.narrative.suppliers import Opens, Told
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import known_as

GROUP, SOURCE = "supervision", "监督考核“考核”"


def told(organ: Organ, year: int, known_at: datetime | None = None) -> Iterator[Told]:
    """The facts of a year for the competent department: assessments whose ranking was made known in it."""
    if not known_as(organ, timezone.localdate(known_at), known_at).competent:
        return
    rows = Ranked.objects.filter(county=organ.county, number=1, recorded_at__year=year)
    rows = rows if known_at is None else rows.filter(recorded_at__lte=known_at)
    found = {row.round_id: len(row.rows) for row in rows}
    if not found:
        return
    opens = Opens("assessment")
    yield Told(Fact("assessments.total", "工作考核次数", "次", GROUP, len(found), SOURCE), opens)
    yield Told(Fact("assessments.organs", "参加考核的单位数", "个", GROUP, max(found.values()), SOURCE), opens)
