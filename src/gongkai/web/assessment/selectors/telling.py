"""What assessments tell the words of a yearly report: how many were ended and of how many organs. Never that there were none."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual.narrative.facts import Fact
from gongkai.web.assessment.models import Ranked
from gongkai.web.narrative.suppliers import Opens, Told
from gongkai.web.organs.models import Organ

GROUP, SOURCE = "supervision", "监督考核“考核”"


def told(organ: Organ, year: int) -> Iterator[Told]:
    """The facts of a year for the competent department: assessments whose ranking was made known in it."""
    if not organ.competent:
        return
    rows = Ranked.objects.filter(county=organ.county, number=1, recorded_at__year=year)
    found = {row.round_id: len(row.rows) for row in rows}
    if not found:
        return
    opens = Opens("assessment")
    yield Told(Fact("assessments.total", "工作考核次数", "次", GROUP, len(found), SOURCE), opens)
    yield Told(Fact("assessments.organs", "参加考核的单位数", "个", GROUP, max(found.values()), SOURCE), opens)
