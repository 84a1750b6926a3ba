"""What people do about a task: pass it to an organ, answer, verify, set aside with a reason, take it up again."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import cast

from django.db import transaction
from django.utils import timezone

from gongkai.text.personal import masked
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.patrol.models import Deed, Sighting, Task
from gongkai.web.patrol.progress import MAY, Event, Name, Standing, standing
from gongkai.web.patrol.selectors.settings import due_day
from gongkai.web.typed import said

WORDS = 500
LONGEST = timedelta(days=366)
_CACHED = (
    "place", "words", "why", "state", "organ", "due_on", "met_on", "closed_on", "times", "late",
)  # fmt: skip


def events_of(tasks: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Event]]:
    """Everything that happened to tasks, each in the order in which it became known."""
    keys = list(tasks)
    found: dict[uuid.UUID, list[tuple[uuid.UUID, Event]]] = defaultdict(list)
    for seen in Sighting.objects.filter(task__in=keys).select_related("walk"):
        at = seen.walk.started_at
        on = timezone.localtime(at).date()
        found[seen.task_id].append((seen.pk, Event(cast(Name, seen.outcome), at, on, seen.organ, seen.due_on)))
    for deed in Deed.objects.filter(task__in=keys):
        at = deed.recorded_at
        event = Event(cast(Name, deed.act), at, timezone.localtime(at).date(), deed.organ, deed.due_on)
        found[deed.task_id].append((deed.pk, event))
    return {key: [event for _, event in sorted(rows, key=lambda row: row[0])] for key, rows in found.items()}


def follow(keys: Iterable[uuid.UUID]) -> None:
    """Bring the caches of tasks in line with their facts."""
    ordered = sorted(keys)
    for some in (ordered[at : at + 300] for at in range(0, len(ordered), 300)):
        events = events_of(some)
        told: dict[uuid.UUID, Sighting] = {}
        for seen in Sighting.objects.filter(task__in=some, outcome="met").order_by("id"):
            told[seen.task_id] = seen
        tasks = list(Task.objects.filter(pk__in=some))
        for task in tasks:
            now = standing(events.get(task.pk, ()))
            assert now is not None
            _write(task, now, told[task.pk])
        Task.objects.bulk_update(tasks, _CACHED)


def _write(task: Task, now: Standing, told: Sighting) -> None:
    task.state, task.organ_id, task.due_on = now.state, now.organ, now.due_on
    task.met_on, task.closed_on, task.times, task.late = now.met_on, now.closed_on, now.times, now.late
    task.place, task.words, task.why = told.place, told.words, told.why


def _done(audit: Audit, task: Task, act: str, **said: object) -> Deed:
    with transaction.atomic():
        held = Task.objects.select_for_update().get(pk=task.pk, county=audit.county)
        if held.state not in MAY[act]:
            raise Refused(f"这个问题现在是“{held.get_state_display()}”，不能{dict(Deed.ACTS)[act]}。请刷新后核对。")
        deed = Deed.objects.create(county=audit.county, task=held, act=act, by=audit.actor, **said)
        follow([held.pk])
        audit.record(f"patrol.{act}", deed, {"task": str(held.pk), "kind": held.kind})
    return deed


def _words(words: str, what: str) -> str:
    return masked(said(words, what, WORDS))


def assign(*, audit: Audit, task: Task, organ: uuid.UUID, due_on: date | None = None, words: str = "") -> Deed:
    """Pass a task to an organ, with a day of its own or the usual one. Refused for an organ that is not the county's."""
    if organ not in {each.pk for each in living_organs(audit.county)}:
        raise Refused("请选择办理的机关。")
    today = timezone.localdate()
    if due_on is not None and not today <= due_on <= today + LONGEST:
        raise Refused("办理期限应在今天以后、一年以内。")
    if len(words.strip()) > WORDS:
        raise Refused(f"说明最多{WORDS}字。")
    return _done(audit, task, "assign", organ=organ, due_on=due_on, words=masked(words.strip()))


def answer(*, audit: Audit, task: Task, words: str) -> Deed:
    """Say what was done about a task; the next walk or a person looks whether it is put right."""
    return _done(audit, task, "answer", words=_words(words, "处理情况"))


def verify(*, audit: Audit, task: Task, words: str) -> Deed:
    """Record that a person looked and found it put right."""
    return _done(audit, task, "verify", words=_words(words, "怎样核对的"))


def dismiss(*, audit: Audit, task: Task, words: str) -> Deed:
    """Set a task aside with a reason that outlives later walks."""
    return _done(audit, task, "dismiss", words=_words(words, "理由"))


def reopen(*, audit: Audit, task: Task, words: str) -> Deed:
    """Take up again what was closed or set aside, with a new day."""
    due = due_day(audit.county, task.kind, timezone.localdate())
    return _done(audit, task, "reopen", words=_words(words, "理由"), due_on=due)
