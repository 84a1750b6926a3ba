"""May this person see or do this? The table of `people`, asked with whose questionnaire it is, or whom it appraises."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied

from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, check_act, organs_for, whose

LOOK, DRAFT, ENTER = "appraisal.look", "appraisal.draft", "appraisal.enter"
SIFT, PUBLISH, SET = "appraisal.sift", "appraisal.publish", "appraisal.set"


def check_organ(person: Person, act: str, county: uuid.UUID, organ: uuid.UUID) -> None:
    """PermissionDenied when the table does not let this person do `act` for this organ, or it is another county's."""
    if county != person.county:
        raise PermissionDenied("没有这份问卷。")
    check_act(person, act, whose(person, organ))


def can_organ(person: Person, act: str, organ: uuid.UUID) -> bool:
    """Whether the table lets this person do `act` for this organ."""
    return can_act(person, act, whose(person, organ))


def organs_seen(person: Person, act: str = LOOK) -> Organs:
    """The organs whose questionnaires a list may show this person: None for all, else their own one."""
    return organs_for(person, act)
