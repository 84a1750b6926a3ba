"""Reading people."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from gongkai.web.people.models import Person


def local_operator() -> Person | None:
    """The one person of a desk without accounts; None before the first start."""
    return Person.objects.filter(role="local_operator").order_by("id").first()


def names_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names behind actor ids."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("id", "name"))
