"""May this person do this to an organ's lines? The table of `people`, asked with whose they are."""

from __future__ import annotations

import uuid

from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from gongkai.web.people.policies import allowed, can_act, check_act, whose

LOOK, PLACE, DECLARE, KEEP = "coverage.look", "coverage.place", "coverage.declare", "coverage.keep"


def organs_seen(person: Person) -> tuple[uuid.UUID, ...] | None:
    """The organs whose lines a list may show this person: None for the whole county, else their own one."""
    if "other" in allowed(person, LOOK) or "local_operator" in person.roles:
        return None
    return (person.organ_id,) if person.organ_id and "own" in allowed(person, LOOK) else ()


def check_organ(person: Person, act: str, organ: Organ) -> None:
    """PermissionDenied when the table does not let this person do `act` for an organ."""
    check_act(person, act, whose(person, organ.pk))


def can_organ(person: Person, act: str, organ: Organ) -> bool:
    """Whether the table lets this person do `act` for an organ."""
    return can_act(person, act, whose(person, organ.pk))
