"""Messages: each that was written leaves, none that was not; a job is done however often its worker dies."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.jobs import worker
from gongkai.web.jobs.models import Ticket
from gongkai.web.messages import channels, services
from gongkai.web.messages.models import Message
from tests.crash.scenarios.scenario import Scenario, tell, told


def _leave(*, to: str, key: Any, template: str, fields: Any) -> None:
    """The way out of these tests: a line in a file."""
    tell("sent", str(key))


def _send(audit: Audit, number: int) -> Any:
    channels.send_email = _leave
    channels.is_on = lambda _channel: True
    with transaction.atomic():
        message = services.send(
            audit=audit,
            channel="email",
            template="application.received",
            to="nobody@example.cn",
            key=f"crash-{number}",
            number=f"{number % 100000}号",
        )
    tell("promised", str(message.pk))
    worker.run_waiting("crashing")
    return str(message.pk)


def _recover(audit: Audit) -> None:
    """A new worker: takes over what the dead one held, and time goes on until nothing waits."""
    from django_tasks_db.models import DBTaskResult

    channels.send_email = _leave
    channels.is_on = lambda _channel: True
    for _ in range(12):
        worker.reclaim(seconds=-1)
        Message.objects.filter(state="waiting").update(taken_at=None, next_at=timezone.now())
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
        if not worker.run_waiting("recovering"):
            return


def _check(audit: Audit, receipts: list[Any]) -> list[str]:
    left = told("sent")
    promised = set(told("promised")) | set(receipts)
    wrong = [f"message {key} was promised and never left" for key in promised - set(left)]
    known = {str(key) for key in Message.objects.filter(state="sent").values_list("pk", flat=True)}
    wrong += [f"message {key} left and no row says so" for key in set(left) - known]
    wrong += [f"message {key} is said to be sent and never left" for key in known - set(left)]
    if open_jobs := Ticket.objects.exclude(state__in=("done", "failed")).count():
        wrong.append(f"{open_jobs} jobs are neither done nor given up")
    return wrong


SCENARIOS = [Scenario("messages.send", _send, _check, _recover)]
