"""May this person confirm that the personal data of this matter are erased? The table of `people`, asked with whose it is."""

from __future__ import annotations

import uuid

from gongkai.web.erasure.selectors import Due
from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, check_act, organs_for, whose

LOOK, CONFIRM = "erasure.look", "erasure.confirm"


def can_erase(person: Person, organ: uuid.UUID) -> bool:
    """Whether the table lets this person confirm for an organ."""
    return can_act(person, CONFIRM, whose(person, organ))


def check_erase(person: Person, matter: Due | None) -> None:
    """PermissionDenied when the matter is of an organ for which this person may not; what is not there is refused later."""
    if matter is not None:
        check_act(person, CONFIRM, whose(person, matter.organ))


def organs_seen(person: Person) -> Organs:
    """The organs whose matters this person sees: None for the whole county, else their own one."""
    return organs_for(person, LOOK)
