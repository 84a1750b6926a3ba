"""What is done once a day: our own pages are walked again when the days that the county set have gone by."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from gongkai.web.jobs.daily import every_day
from gongkai.web.patrol.models import Walk
from gongkai.web.patrol.selectors.settings import own_every
from gongkai.web.patrol.services.own import begin
from gongkai.web.people.actors import desk_audit


@every_day("patrol.own")
def walk_own_pages(day: date) -> None:
    """Have our own pages walked where that is due."""
    audit = desk_audit()
    if audit is None:
        return
    every = own_every(audit.county, day)
    last = Walk.objects.filter(county=audit.county, own=True).first()
    if every and (last is None or timezone.localtime(last.started_at).date() + timedelta(days=every) <= day):
        begin(audit=audit)
