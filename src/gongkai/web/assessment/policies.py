"""May this person see or do this with an assessment? The table of `people`, asked with whose assessment it is.

Beside the table stands one rule that no table can lift: who belongs to an organ never assesses it. What was an organ's
that is no more is its successor's now: the people there report for it, and do not judge it.
"""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gongkai.web.assessment.models import Assessed
from gongkai.web.organs.selectors import Organs
from gongkai.web.organs.succession import succession
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, check_act, organs_for, whose
from gongkai.web.people.selectors import seats

LOOK, REPORT, SCORE, KEEP = "assessment.look", "assessment.report", "assessment.score", "assessment.keep"
REVIEW, RANKING, MOCK = "assessment.review", "assessment.ranking", "assessment.mock"
PERMISSION: dict[str, str] = {
    "handed_in": REPORT,
    "appealed": REPORT,
    "accepted": REPORT,
    "returned": SCORE,
    "scored": SCORE,
    "replied": REVIEW,
    "sent_back": REVIEW,
    "reviewed": REVIEW,
    "finished": KEEP,
    "reopened": KEEP,
    "mark": REPORT,
    "reckon": REPORT,
    "prove": REPORT,
    "unprove": REPORT,
}
"""Which line of the table a step falls under; `mark` and `reckon` in the first stage, later by `OF_STAGE`."""
OF_STAGE: dict[str, str] = {"self": REPORT, "scoring": SCORE, "reviewing": REVIEW, "told": REVIEW}
JUDGING = (SCORE, REVIEW)
OWN = "不能评价自己所在的机关，请由其他人员办理。"


def _now(person: Person, organ: uuid.UUID) -> uuid.UUID:
    """Who has an organ's matters today; itself where it is there, or where nobody took them over."""
    return succession(person.county).taker(organ) or organ


def carried(person: Person) -> tuple[uuid.UUID, ...]:
    """The organs whose matters this person's organ has: itself, and those that were merged into it."""
    return succession(person.county).carried(person.organ_id) if person.organ_id else ()


def at_home(person: Person, organ: uuid.UUID) -> bool:
    """Whether this person belongs to an organ, at whatever seat, or to the one that took it over."""
    if "local_operator" in person.roles:
        return False
    here = {seat.organ.pk for seat in seats(person, timezone.localdate()) if seat.organ is not None}
    here |= {person.organ_id} if person.organ_id else set()
    return not {organ, _now(person, organ)}.isdisjoint({*here, *(_now(person, each) for each in here)})


def can_assessed(person: Person, act: str, assessed: Assessed) -> bool:
    """Whether the table lets this person do `act` for this organ, and it is not their own one that they judge."""
    if act in JUDGING and at_home(person, assessed.organ_id):
        return False
    return can_act(person, act, whose(person, _now(person, assessed.organ_id)))


def check_mock(person: Person, organ: uuid.UUID) -> None:
    """PermissionDenied when the table does not let this person test this organ, or it is their own one."""
    if at_home(person, organ):
        raise PermissionDenied(OWN)
    check_act(person, MOCK, whose(person, _now(person, organ)))


def check_assessed(person: Person, act: str, assessed: Assessed) -> None:
    """PermissionDenied with a sentence when `can_assessed` says no."""
    if act in JUDGING and at_home(person, assessed.organ_id):
        raise PermissionDenied(OWN)
    check_act(person, act, whose(person, _now(person, assessed.organ_id)))


def organs_seen(person: Person) -> Organs:
    """The organs whose assessment this person may see: None for all, else their own and what it took over."""
    return organs_for(person, LOOK, carried)
