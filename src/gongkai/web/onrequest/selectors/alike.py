"""Applications that may be the same: shown side by side, decided by a person, never by the program."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import UUIDField

from gongkai.text.signature import likeness
from gongkai.web.onrequest.models import Application, Case
from gongkai.web.onrequest.selectors import rows

LIKE = 0.6
"""Share of character pairs from which two applications are shown side by side."""

SAME = 0.9
"""Share from which the content is called nearly the same."""

LOOKED_AT = 400
"""How many of the organ's newest applications are compared, and how many of the same applicant."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another application and why it is shown."""

    key: uuid.UUID
    organ: uuid.UUID
    number: str
    subject: str
    received_on: date
    same_applicant: bool
    percent: int
    judged: str

    @property
    def says(self) -> str:
        """Why it is shown, in a phrase."""
        who = "同一申请人" if self.same_applicant else "不同申请人"
        return f"{who}，内容相似约{self.percent}%"


_LOOK = (
    "SELECT key, likeness FROM (SELECT c.application_id AS key, a.likeness AS likeness FROM onrequest_case c"
    " JOIN onrequest_application a ON a.id = c.application_id WHERE c.county = %s AND c.identity_key = %s LIMIT %s) same"
    " UNION ALL SELECT key, likeness FROM (SELECT c.application_id AS key, a.likeness AS likeness FROM onrequest_case c"
    " JOIN onrequest_application a ON a.id = c.application_id WHERE c.organ_id = %s"
    " ORDER BY c.received_on DESC, c.application_id DESC LIMIT %s) near"
)
"""The same person's in the county, and the organ's newest. The former in no order: with one the database would walk the
county's cases by day instead of looking the person up. Written out, since a thousand rows of two columns are all it is.
"""


def _near(case: Case) -> dict[object, bytes]:
    """The signatures that are compared, by key as the database writes it."""
    county, organ, own = (UUIDField().get_db_prep_value(k, connection) for k in (case.county, case.organ_id, case.pk))
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [county, case.identity_key, LOOKED_AT, organ, LOOKED_AT])
        found = dict(cursor.fetchall())
    found.pop(own, None)
    return found


def alike(application: Application, limit: int = 10) -> list[Alike]:
    """Applications that may repeat this one, likest first: of the same applicant in the county, of anyone at the organ."""
    case = rows.case_of(application)
    mine = bytes(application.likeness)
    scored = [(likeness(mine, bytes(theirs)), key) for key, theirs in _near(case).items()]
    best = sorted((pair for pair in scored if pair[0] >= LIKE), reverse=True)[:limit]
    if not best:
        return []
    cases = {str(row.pk): row for row in Case.objects.filter(pk__in=[key for _, key in best])}
    judged = judgements(application)
    return [
        Alike(
            key=other.pk,
            organ=other.organ_id,
            number=other.number,
            subject=other.subject,
            received_on=other.received_on,
            same_applicant=other.identity_key == case.identity_key,
            percent=round(share * 100),
            judged=judged.get(other.pk, ""),
        )
        for share, other in ((share, cases[str(uuid.UUID(str(key)))]) for share, key in best)
    ]


def judgements(application: Application) -> dict[uuid.UUID, str]:
    """What people decided about other applications beside this one: the newest link of each pair, in words."""
    found: dict[uuid.UUID, str] = {}
    links = rows.links(application)
    found |= {link.other_id: link.get_kind_display() for link in links if link.application_id == application.pk}
    found |= {link.application_id: link.get_kind_display() for link in links if link.other_id == application.pk}
    return found
