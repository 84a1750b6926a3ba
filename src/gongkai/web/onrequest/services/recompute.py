"""Computing the open cases again when the calendar or a rule changed: what follows is a cache, the facts stay."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.onrequest.models import Case, CaseEvent
from gongkai.web.onrequest.selectors.facts import standing, stands
from gongkai.web.onrequest.services.facts import copy_standing
from gongkai.web.rules.selectors import calendar_of

BATCH = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """An open case whose due day, or its being provisional, changed."""

    key: uuid.UUID
    number: str
    subject: str
    organ: str
    before: date | None
    after: date | None
    provisional: bool


def recompute(county: uuid.UUID, *, audit: Audit | None = None) -> list[Moved]:
    """Every open case of a county again; those whose due day changed, by the new day.

    In batches, each its own transaction: it may be cut off and begun again, and a case that someone acts on meanwhile
    is computed by that act. With `audit` each change leaves its row.
    """
    keys = list(Case.objects.filter(county=county, open=1).order_by("pk").values_list("pk", flat=True))
    moved = [
        each for start in range(0, len(keys), BATCH) for each in _batch(county, keys[start : start + BATCH], audit)
    ]
    return sorted(moved, key=lambda each: (each.after is None, each.after or date.min, each.number))


def _rows(keys: list[uuid.UUID]) -> Iterator[tuple[uuid.UUID, Iterable[CaseEvent]]]:
    events = CaseEvent.objects.filter(application__in=keys).order_by("application_id", "id")
    yield from groupby(events, key=lambda row: row.application_id)


def _batch(county: uuid.UUID, keys: list[uuid.UUID], audit: Audit | None) -> list[Moved]:
    calendar = calendar_of(county)
    found = []
    with transaction.atomic():
        held = {case.pk: case for case in Case.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
        names = dict(Case.objects.filter(pk__in=keys).values_list("pk", "organ__name"))
        for key, rows in _rows(list(held)):
            case = held[key]
            before = (case.due_on, case.provisional)
            copy_standing(case, stands(calendar, standing(rows)))
            if (case.due_on, case.provisional) == before:
                continue
            case.save(update_fields=["due_on", "provisional"])
            found.append(
                Moved(key, case.number, case.subject, names[key], before[0], case.due_on, bool(case.provisional))
            )
            if audit is not None:
                said = {"before": str(before[0] or ""), "after": str(case.due_on or "")}
                audit.record("onrequest.recompute", case.application, said)
    return found
