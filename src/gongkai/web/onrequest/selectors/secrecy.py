"""The files that are set apart for the secrecy office."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.web.onrequest.models import Attachment
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act

ACT = "onrequest.secrecy_file"
LIMIT = 500


@dataclass(frozen=True, slots=True)
class Apart:
    """An isolated file: neither its name nor its content stands here, only what identifies it."""

    key: uuid.UUID
    application: uuid.UUID
    number: str
    organ: str
    role: str
    size: int
    sha256: str
    since: datetime
    gone_on: date | None


def set_apart(person: Person) -> list[Apart]:
    """The isolated files that this person may deal with, those still here first."""
    rows = Attachment.objects.filter(county=person.county, file__isolated=True, application__isnull=False)
    if not can_act(person, ACT, "other"):
        rows = rows.filter(application__organ=person.organ_id)
    found = []
    for row in rows.select_related("file", "application__organ").order_by("-id")[:LIMIT]:
        assert row.application is not None
        found.append(
            Apart(
                key=row.pk,
                application=row.application.pk,
                number=row.application.number,
                organ=row.application.organ.name,
                role=row.get_role_display(),
                size=row.file.size,
                sha256=row.file.sha256,
                since=row.recorded_at,
                gone_on=row.file.gone_on,
            )
        )
    return sorted(found, key=lambda one: one.gone_on is not None)


def isolated(county: uuid.UUID, key: uuid.UUID) -> Attachment | None:
    """One of them."""
    rows = Attachment.objects.filter(county=county, pk=key, file__isolated=True, application__isnull=False)
    return rows.select_related("file", "application__organ").first()
