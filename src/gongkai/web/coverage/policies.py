"""May this person do this to an organ's lines? The table of `people`, asked with whose they are."""

from __future__ import annotations

from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, check_act, organs_for, whose

LOOK, PLACE, DECLARE, KEEP = "coverage.look", "coverage.place", "coverage.declare", "coverage.keep"


def organs_seen(person: Person) -> Organs:
    """The organs whose lines a list may show this person: None for the whole county, else their own one."""
    return organs_for(person, LOOK)


def check_organ(person: Person, act: str, organ: Organ) -> None:
    """PermissionDenied when the table does not let this person do `act` for an organ."""
    check_act(person, act, whose(person, organ.pk))


def can_organ(person: Person, act: str, organ: Organ) -> bool:
    """Whether the table lets this person do `act` for an organ."""
    return can_act(person, act, whose(person, organ.pk))
