"""Once a day: messages that wait without a job are given one. None should; a restored copy may have some."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from gongkai.web.jobs.daily import every_day
from gongkai.web.jobs.services import enqueue
from gongkai.web.messages.models import Message
from gongkai.web.messages.tasks import deliver


@every_day("messages.wake")
def wake(day: date) -> None:
    """Ask for a job for each message that should have left an hour ago."""
    late = Message.objects.filter(state="waiting", next_at__lt=timezone.now() - timedelta(hours=1))
    for key in late.values_list("pk", flat=True).iterator():
        enqueue(deliver, key, key=f"message:{key}")
