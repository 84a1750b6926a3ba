"""May the list of organs be changed now?"""

from __future__ import annotations

from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, check_act


def check_keep_list(person: Person) -> None:
    """PermissionDenied when this person does not keep the list."""
    check_act(person, "organs.keep_list")


def can_keep_list(person: Person) -> bool:
    """Whether this person keeps the list."""
    return can_act(person, "organs.keep_list")
