"""What is done once a day: our own pages are walked again when the days that the county set have gone by."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.jobs.daily import every_day
from gongkai.web.organs.selectors import home_county
from gongkai.web.patrol.models import Walk
from gongkai.web.patrol.selectors.settings import own_every
from gongkai.web.patrol.services.own import begin
from gongkai.web.people.selectors import local_operator


@every_day("patrol.own")
def walk_own_pages(day: date) -> None:
    """Have our own pages walked where that is due."""
    county, operator = home_county(), local_operator()
    if county is None or operator is None:
        return
    every = own_every(county.pk, day)
    last = Walk.objects.filter(county=county.pk, own=True).first()
    if every and (last is None or timezone.localtime(last.started_at).date() + timedelta(days=every) <= day):
        begin(audit=Audit(actor=operator.pk, county=county.pk))
