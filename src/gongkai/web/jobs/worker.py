"""The worker: takes one job after another, says all the while that it lives, and takes over from those that died."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gongkai.web.failpoints import failpoint
from gongkai.web.jobs.daily import run_daily, run_ticks
from gongkai.web.jobs.models import Ticket

BEAT_SECONDS = 5.0
LEASE_SECONDS = 30.0
"""A worker that was silent for so long is taken for dead, and its job is given to another."""
POLL_SECONDS = 1.0
DAILY_SECONDS = 60.0
ATTEMPTS = 5
_BACK_OFF = (10, 60, 600, 3600)

_log = logging.getLogger(__name__)


def _path(error: BaseException) -> str:
    """The class of an exception. What it says may quote a row, so it is kept nowhere."""
    return f"{type(error).__module__}.{type(error).__qualname__}"[:120]


def claim(worker: str) -> tuple[DBTaskResult, Ticket] | None:
    """Take the first job that is due and that nobody holds; None when there is none."""
    if not DBTaskResult.objects.ready().exists():
        return None
    passed: list[Any] = []
    with transaction.atomic():
        while task := DBTaskResult.objects.ready().exclude(pk__in=passed).get_locked():
            ticket = Ticket.objects.select_for_update(skip_locked=True).filter(task=task.pk, state="waiting").first()
            if ticket is None:
                passed.append(task.pk)  # being asked for again by a transaction that is still open
                continue
            task.claim(worker)
            ticket.state, ticket.worker, ticket.beat_at = "running", worker, timezone.now()
            ticket.attempts += 1
            ticket.save(update_fields=["state", "worker", "beat_at", "attempts"])
            return task, ticket
    return None


def run(task: DBTaskResult, ticket: Ticket) -> bool:
    """Do one claimed job. Whether it was done; a failure is tried again later, five times in all."""
    failpoint("jobs.before_run")
    try:
        task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
    except Exception as error:  # noqa: BLE001 - said in the next line
        _log.warning("job %s failed: %s", task.task_path, _path(error))
        _put_back(ticket, _path(error))
        return False
    failpoint("jobs.before_done")
    with transaction.atomic():
        if Ticket.objects.filter(pk=ticket.pk, state="running", worker=ticket.worker).update(state="done"):
            DBTaskResult.objects.filter(pk=task.pk).update(status="SUCCESSFUL", finished_at=timezone.now())
    failpoint("jobs.after_done")
    return True


def _put_back(ticket: Ticket, failure: str, *, at_once: bool = False) -> None:
    """Let a job wait again, or give it up after its last attempt."""
    with transaction.atomic():
        held = Ticket.objects.select_for_update().filter(pk=ticket.pk, state="running", worker=ticket.worker).first()
        if held is None:
            return  # another worker took it over meanwhile
        row = DBTaskResult.objects.filter(pk=held.task)
        held.failure = failure
        if held.attempts >= ATTEMPTS or Ticket.objects.filter(key=held.key, state="waiting").exists():
            # Given up; or the same is wanted anew, and that job does it.
            held.state = "failed" if held.attempts >= ATTEMPTS else "done"
            row.update(status="FAILED", finished_at=timezone.now(), exception_class_path=failure)
        else:
            wait = 0 if at_once else _BACK_OFF[min(held.attempts, len(_BACK_OFF)) - 1]
            held.state = "waiting"
            row.update(status="READY", run_after=timezone.now() + timedelta(seconds=wait))
        held.worker, held.beat_at = "", None
        held.save(update_fields=["state", "worker", "beat_at", "failure"])


def reclaim(*, seconds: float = LEASE_SECONDS) -> int:
    """Let the jobs of workers that fell silent wait again. Returns how many there were."""
    silent = Ticket.objects.filter(state="running", beat_at__lt=timezone.now() - timedelta(seconds=seconds))
    count = 0
    for ticket in silent:
        _put_back(ticket, "worker died", at_once=True)
        count += 1
    return count


def run_waiting(worker: str = "here") -> int:
    """Do every job that is due now, in this thread. Returns how many were taken."""
    count = 0
    while (found := claim(worker)) is not None:
        run(*found)
        count += 1
    return count


class _Beating:
    """Says every few seconds that a job's worker lives, from a thread and a connection of its own."""

    def __init__(self, ticket: Ticket, seconds: float) -> None:
        self._ticket, self._seconds = ticket, seconds
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="beat", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._done.set()
        self._thread.join()

    def _beat(self) -> None:
        held = Ticket.objects.filter(pk=self._ticket.pk, state="running", worker=self._ticket.worker)
        while not self._done.wait(self._seconds):
            try:
                held.update(beat_at=timezone.now())
            except DatabaseError:
                _log.warning("the worker could not say that it lives")
        connection.close()


class Worker:
    """One worker; `stop` lets it end after the job in hand."""

    def __init__(self, *, poll: float = POLL_SECONDS, beat: float = BEAT_SECONDS, lease: float = LEASE_SECONDS) -> None:
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._poll, self._beat, self._lease = poll, beat, lease
        self._stopped = threading.Event()
        self._idle: dict[str, float] = {}

    def stop(self) -> None:
        """End soon."""
        self._stopped.set()

    def step(self) -> bool:
        """Do one job, if one is due. Whether there was one."""
        found = claim(self.name)
        if found is None:
            return False
        with _Beating(found[1], self._beat):
            run(*found)
        return True

    def _now_and_then(self, name: str, seconds: float, do: Callable[[], object]) -> None:
        if time.monotonic() >= self._idle.get(name, 0.0):
            do()
            self._idle[name] = time.monotonic() + seconds

    def work(self) -> None:
        """Work until stopped. A database that does not answer is waited for."""
        while not self._stopped.is_set():
            try:
                close_old_connections()
                self._now_and_then("reclaim", self._lease / 3, lambda: reclaim(seconds=self._lease))
                self._now_and_then("daily", DAILY_SECONDS, run_daily)
                self._now_and_then("ticks", DAILY_SECONDS, run_ticks)
                if self.step():
                    continue
            except DatabaseError:
                _log.warning("the worker could not reach the database", exc_info=False)
                connection.close()
            self._stopped.wait(self._poll)
        connection.close()
