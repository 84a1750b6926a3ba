"""Help that was asked for in a case, as those who asked and those who help see it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Passing
from gongkai.web.onrequest.selectors import rows as case_rows
from gongkai.web.onrequest.selectors.hidden import hiding
from gongkai.web.people.models import Person


@dataclass(frozen=True, slots=True)
class Help:
    """A request for help and how it ended."""

    key: uuid.UUID
    purpose: str
    purpose_zh: str
    organ: str
    on: date
    until: date | None
    asks: str
    ended_on: date | None
    ended: str


def _help(row: Passing, end: Passing | None) -> Help:
    return Help(
        key=row.pk,
        purpose=row.purpose,
        purpose_zh=row.get_purpose_display(),
        organ=row.organ.name if row.organ else "本机关人员",
        on=row.on,
        until=row.until,
        asks=personal.reveal(row, "asks"),
        ended_on=end.on if end else None,
        ended=personal.reveal(end, "asks") if end else "",
    )


def helps_of(application: Application) -> list[Help]:
    """All help that was asked for in a case, oldest first."""
    rows = case_rows.passings(application)
    ends = {row.ends_id: row for row in rows if row.ends_id}
    return [_help(row, ends.get(row.pk)) for row in rows if row.ends_id is None]


def helps_for(person: Person, application: Application) -> list[Passing]:
    """What this person, or the organ at which they act, was asked for and has not ended."""
    rows = Passing.objects.filter(application=application, ends=None, ended_by=None).select_related("organ")
    if "local_operator" in person.roles:
        return list(rows.order_by("id"))
    return [row for row in rows.order_by("id") if row.person == person.pk or row.organ_id == person.organ_id]


def shown(row: Passing) -> Help:
    """A request for help, for the side that helps."""
    return _help(row, None)


def passing_of(application: Application, key: uuid.UUID) -> Passing | None:
    """A request for help of this case that has not ended."""
    return Passing.objects.filter(application=application, pk=key, ends=None, ended_by=None).first()


def content_without_applicant(application: Application) -> str:
    """What is applied for, with the applicant's name and whatever looks like personal data written over."""
    return hiding(application)(personal.reveal(application, "content"))
