"""Asking for a job: in the transaction of the act, once for each thing it is about, and without personal data."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.web.jobs.models import Ticket

_CODE = re.compile(r"[a-z][a-z0-9_.:-]{0,63}")
_LONG_NUMBER = re.compile(r"\d{7}")
_LARGEST = 10_000_000

Argument = uuid.UUID | date | int | str


class NotForAJob(ValueError):
    """An argument that might tell of a person. Jobs carry keys, codes, days and small numbers."""


def _argument(value: Argument) -> str | int:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, int) and abs(value) < _LARGEST:
        return value
    if isinstance(value, str) and _CODE.fullmatch(value) and not _LONG_NUMBER.search(value):
        return value
    raise NotForAJob("a job takes keys, codes, days and small numbers")


def enqueue(task: Any, *arguments: Argument, key: str, run_after: datetime | None = None) -> Ticket | None:
    """Queue a task of the library for a worker; None when a job of that key is waiting already.

    Inside a transaction the job appears with its commit and never without. A job that is waiting already is held until
    then too, so that it cannot run without seeing what this transaction wrote. `task` is a function decorated with
    `django_tasks.task`; it may run more than once and must bear that.
    """
    plain = [_argument(value) for value in arguments]
    with transaction.atomic():
        if Ticket.objects.select_for_update().filter(key=key, state="waiting").exists():
            return None
        try:
            with transaction.atomic():
                queued = (task.using(run_after=run_after) if run_after else task).enqueue(*plain)
                return Ticket.objects.create(task=uuid.UUID(queued.id), key=key)
        except IntegrityError:
            return None  # another process asked for the same in this moment, and has committed
