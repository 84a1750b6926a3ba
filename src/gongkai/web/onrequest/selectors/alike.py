"""Applications that may be the same: shown side by side, decided by a person, never by the program."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from gongkai.text.signature import likeness
from gongkai.web.onrequest.models import Application, Case, Link

LIKE = 0.6
"""Share of character pairs from which two applications are shown side by side."""

SAME = 0.9
"""Share from which the content is called nearly the same."""

LOOKED_AT = 800
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


def alike(application: Application, limit: int = 10) -> list[Alike]:
    """Applications that may repeat this one, likest first: of the same applicant in the county, of anyone at the organ."""
    case = Case.objects.get(application=application)
    mine = bytes(application.likeness)
    others = Case.objects.exclude(application=application)
    # No order here: it would have the database walk the county's cases by day instead of looking the person up.
    same = others.filter(county=application.county, identity_key=case.identity_key)
    near = others.filter(organ=case.organ_id).order_by("-received_on", "-application_id")
    known = {
        key: theirs
        for rows in (same, near)
        for key, theirs in rows.values_list("application_id", "application__likeness")[:LOOKED_AT]
    }
    scored = [(likeness(mine, bytes(theirs)), key) for key, theirs in known.items()]
    best = sorted((pair for pair in scored if pair[0] >= LIKE), reverse=True)[:limit]
    cases = Case.objects.in_bulk([key for _, key in best])
    judged = judgements(application)
    return [
        Alike(
            key=key,
            organ=cases[key].organ_id,
            number=cases[key].number,
            subject=cases[key].subject,
            received_on=cases[key].received_on,
            same_applicant=cases[key].identity_key == case.identity_key,
            percent=round(share * 100),
            judged=judged.get(key, ""),
        )
        for share, key in best
    ]


def judgements(application: Application) -> dict[uuid.UUID, str]:
    """What people decided about other applications beside this one: the newest link of each pair, in words."""
    found: dict[uuid.UUID, str] = {}
    for link in Link.objects.filter(application=application).order_by("id"):
        found[link.other_id] = link.get_kind_display()
    for link in Link.objects.filter(other=application).order_by("id"):
        found[link.application_id] = link.get_kind_display()
    return found
