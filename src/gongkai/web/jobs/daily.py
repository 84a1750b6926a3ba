"""What is done once a day, whoever's worker comes first: hooks that the apps register in their module `daily`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tasks_db.models import DBTaskResult

from gongkai.web.jobs.models import DailyRun, Ticket

Hook = Callable[[date], None]
_hooks: dict[str, Hook] = {}
_ticks: dict[str, Callable[[], None]] = {}
_log = logging.getLogger(__name__)

CUT_OFF = timedelta(hours=1)
"""A hook that was begun so long ago and is not done was cut off: it is begun anew."""


def every_day(name: str) -> Callable[[Hook], Hook]:
    """Register a hook under a name of its own. It takes the day, may run twice on it, and must bear that."""

    def register(hook: Hook) -> Hook:
        known = _hooks.get(name)
        if known is not None and known.__module__ != hook.__module__:
            raise ValueError(f"a daily hook {name} is there already")
        _hooks[name] = hook
        return hook

    return register


def hooks() -> dict[str, Hook]:
    """Every registered hook, by name."""
    autodiscover_modules("daily")
    return dict(sorted(_hooks.items()))


def every_minute(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register what every worker does about once a minute while it has nothing else to do: small, and safe to repeat."""

    def register(hook: Callable[[], None]) -> Callable[[], None]:
        _ticks[name] = hook
        return hook

    return register


def run_ticks() -> None:
    """Run what is done every minute; one that fails does not keep the others from running."""
    autodiscover_modules("daily")
    for name, hook in sorted(_ticks.items()):
        try:
            hook()
        except Exception as error:  # noqa: BLE001 - said in the next line
            _log.warning("%s failed: %s", name, type(error).__name__)


def run_daily(day: date | None = None) -> list[str]:
    """Run each hook that was not done on `day` (today, in the office's time zone). Returns the names of those run.

    A hook that fails is tried again at the next call; the others run all the same.
    """
    today = day or timezone.localdate()
    return [name for name, hook in hooks().items() if _begin(name, today) and _run(name, hook, today)]


def _begin(name: str, day: date) -> bool:
    now = timezone.now()
    found = DailyRun.objects.filter(name=name, day=day).first()
    if found is None:
        try:
            with transaction.atomic():
                DailyRun.objects.create(name=name, day=day, begun_at=now)
        except IntegrityError:
            return False  # another worker came first
        return True
    if found.done_at or (not found.failure and found.begun_at > now - CUT_OFF):
        return False
    again = DailyRun.objects.filter(pk=found.pk, begun_at=found.begun_at, done_at=None)
    return bool(again.update(begun_at=now, failure=""))


def _run(name: str, hook: Hook, day: date) -> bool:
    try:
        hook(day)
    except Exception as error:  # noqa: BLE001 - said in the next line
        _log.warning("daily %s failed: %s", name, type(error).__name__)
        DailyRun.objects.filter(name=name, day=day).update(failure=type(error).__name__)
        return False
    DailyRun.objects.filter(name=name, day=day).update(done_at=timezone.now())
    return True


KEPT_DAYS = 30


@every_day("jobs.prune")
def prune(day: date) -> None:
    """Forget jobs that were done a month ago; what became of them stands with what they were about."""
    old = timezone.now() - timedelta(days=KEPT_DAYS)
    while done := list(DBTaskResult.objects.filter(finished_at__lt=old).values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            Ticket.objects.filter(task__in=done).delete()
            DBTaskResult.objects.filter(pk__in=done).delete()
