"""An earlier moment for the demonstration: what the services write within it, they write as of then.

Only for the process that fills an empty house and ends: the clock is the whole process's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.utils import timezone

from gongkai.web.facts import Fact

_DEFAULT = "_get_default"
"""Where a field keeps the function that it asks for its default; gone again, it looks anew."""


@contextmanager
def then(day: date, hour: int = 9) -> Iterator[None]:
    """Let it be an earlier day until the end. The clock goes on from there as fast as ever. ValueError for a later one."""
    real, begun = timezone.now, timezone.now()
    moment = timezone.make_aware(datetime.combine(day, time(hour)))
    if moment > begun:
        raise ValueError(day)

    def now() -> datetime:
        passed: timedelta = real() - begun
        return moment + passed

    fields = [model._meta.get_field("recorded_at") for model in apps.get_models() if issubclass(model, Fact)]
    timezone.now = now
    for field in fields:
        field.__dict__[_DEFAULT] = now
    try:
        yield
    finally:
        timezone.now = real
        for field in fields:
            field.__dict__.pop(_DEFAULT, None)
