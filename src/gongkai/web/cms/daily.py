"""What the worker does by itself: every minute it asks for what waits to be exported, once a day all is looked at again."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from gongkai.web.changes.selectors import behind
from gongkai.web.cms.models import Target
from gongkai.web.cms.tasks import export_waiting, look_again
from gongkai.web.jobs.daily import every_day, every_minute
from gongkai.web.jobs.services import enqueue


@every_minute("cms.export")
def ask_for_exports() -> None:
    """A job for each target that is behind and whose next attempt is due."""
    now = timezone.now()
    due = Q(next_at=None) | Q(next_at__lte=now)
    for target in Target.objects.filter(due, ended_at=None):
        if behind(target.county, target.reader):
            enqueue(export_waiting, target.pk, key=f"cms.export:{target.pk}")


@every_day("cms.look_again")
def look(day: date) -> None:
    """Documents that lapsed by time, and what a person changed beside the releases."""
    for key in Target.objects.filter(ended_at=None).values_list("pk", flat=True):
        enqueue(look_again, key, f"d{day.isoformat()}", key=f"cms.look:{key}")
