"""What supervision tells the words of a yearly report: trainings, inspections, notices. Never that there were none."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from gongkai.annual.narrative.facts import Fact, definitions
from gongkai.web.compilation.selectors.covered import covered
from gongkai.web.narrative.suppliers import Opens, Told
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import known_as
from gongkai.web.oversight.models import Inspection, NoticeAct
from gongkai.web.oversight.selectors import trainings
from gongkai.web.oversight.selectors.notices import KINDS
from gongkai.web.registers.selectors.known import versions_known
from gongkai.web.registers.selectors.nothing import holding

GROUP = "supervision"


def told(organ: Organ, year: int, known_at: datetime | None = None) -> Iterator[Told]:
    """The facts of an organ's year, with the trainings of those that were merged into it.

    The competent department's are also those of what it did for the county.
    Trainings take the place of the register's figures only where the register has none of them: both may hold them.
    """
    today = timezone.localdate(known_at)
    last = min(date(year, 12, 31), today)
    hosts = tuple(each.pk for each in covered(organ, year, known_at).organs)
    held = trainings.counted(organ.county, year, last, hosts, known_at)
    if held.held and not any(_registered(organ.county, host, year, known_at) for host in hosts):
        opens = Opens("oversight-trainings", query=f"year={year}")
        source = "监督考核“培训”"
        yield Told(definitions()["trainings.total"].fact(held.held, source), opens)
        yield Told(definitions()["trainings.people"].fact(held.people, source), opens)
    if not known_as(organ, today, known_at).competent:
        return
    ended = Q(end__isnull=False) if known_at is None else Q(recorded_at__lte=known_at, end__recorded_at__lte=known_at)
    done = Inspection.objects.filter(ended, county=organ.county, on__year=year)
    if visits := done.count():
        opens = Opens("oversight-inspections")
        yield Told(Fact("inspections.total", "监督检查次数", "次", GROUP, visits, "监督考核“检查”"), opens)
        places = done.values("organ").distinct().count()
        yield Told(Fact("inspections.organs", "检查单位数", "个", GROUP, places, "监督考核“检查”"), opens)
    acts = NoticeAct.objects.filter(county=organ.county, act="send", on__year=year)
    acts = acts if known_at is None else acts.filter(recorded_at__lte=known_at)
    for kind, zh in KINDS.items():
        if sent := acts.filter(notice__kind=kind).values("notice").distinct().count():
            opens = Opens("oversight-notices", query="group=sent")
            yield Told(Fact(f"notices.{kind}", f"{zh}份数", "份", GROUP, sent, "监督考核“通知和通报”"), opens)


def _registered(county: uuid.UUID, organ: uuid.UUID, year: int, known_at: datetime | None) -> bool:
    """Whether the register of trainings has rows of that year, or says that there were none."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = versions_known(county, "trainings", (organ,), known_at, first, last)
    said = holding(organ, "trainings", known_at)
    return bool(rows) or any(each.first <= last and each.last >= first for each in said)
