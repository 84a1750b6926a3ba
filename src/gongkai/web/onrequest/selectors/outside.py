"""What other systems may read of cases: numbers, states, days. Nothing personal; that is another function, on record."""

from __future__ import annotations

import base64
import binascii
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.selectors.facts import applicant_of
from gongkai.web.typed import in_reach

PAGE = 200
SETTLED = timedelta(seconds=10)
"""A list by time of change ends so long ago: an act still being written may bear an earlier moment."""

_COLUMNS = ("name", "identity", "phone", "email", "address", "agent")


def _mine(county: uuid.UUID, organ: uuid.UUID | None) -> QuerySet[Case]:
    found = Case.objects.filter(county=county).select_related("organ")
    return found if organ is None else found.filter(organ=organ)


def case_by_number(county: uuid.UUID, organ: uuid.UUID | None, number: str) -> Case | None:
    """The case with this number, of that organ (None: of any organ of the county)."""
    return _mine(county, organ).filter(application__county=county, application__number=number).first()


def case_of(application: uuid.UUID) -> Case:
    """The case of an application."""
    return Case.objects.select_related("organ").get(application=application)


@dataclass(frozen=True, slots=True)
class Changed:
    """A page of cases by the moment of their last change, and where the next one begins."""

    cases: list[Case]
    cursor: str
    more: bool


def _cursor(case: Case) -> str:
    return base64.urlsafe_b64encode(f"{case.changed_at.isoformat()}|{case.pk}".encode()).decode().rstrip("=")


def _after(cursor: str) -> tuple[datetime, uuid.UUID]:
    try:
        moment, _, key = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("|")
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None or not in_reach(at):
            raise ValueError
        return at, uuid.UUID(key)
    except (ValueError, binascii.Error):
        raise Refused("游标不能识别，请使用上一页返回的游标，或者不带游标从头读取。") from None


def changed_since(county: uuid.UUID, organ: uuid.UUID | None, cursor: str, limit: int = PAGE) -> Changed:
    """The cases that changed after those read so far, oldest change first. A case that changes again comes again."""
    rows = _mine(county, organ).filter(changed_at__lte=timezone.now() - SETTLED)
    if cursor:
        at, key = _after(cursor)
        rows = rows.filter(changed_at__gte=at).filter(Q(changed_at__gt=at) | Q(application__gt=key))
    found = list(rows.order_by("changed_at", "application_id")[: limit + 1])
    page = found[:limit]
    return Changed(page, _cursor(page[-1]) if page else cursor, len(found) > limit)


def personal_of(audit: Audit, case: Case) -> dict[str, str]:
    """Who applied and for what, for a system that may know; that it was told is on record first."""
    with transaction.atomic():
        told = personal.seen(audit, applicant_of(case.application), *_COLUMNS)
        told |= personal.seen(audit, case.application, "content", "needs")
    return told
