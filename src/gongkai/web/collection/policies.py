"""Who may look at what the county gathers, and keep it. The table of `people` decides."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from gongkai.web.facts import Fact
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_some, check_some

LOOK, KEEP, REMIND = "collection.look", "collection.keep", "collection.remind"


def check_look(person: Person) -> None:
    """PermissionDenied when the table does not let this person look at the whole county's figures."""
    check_some(person, LOOK)


def can_keep(person: Person) -> bool:
    """Whether the table lets this person decide what counts and keep templates."""
    return can_some(person, KEEP)


def check_keep(person: Person, about: Fact) -> None:
    """PermissionDenied when the table does not let this person keep it, or it is of another county."""
    if about.county != person.county:
        raise PermissionDenied("没有这一项。")
    check_some(person, KEEP)
