"""Who may look at what at a glance. The table of `people` decides."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, check_act, check_some, organs_for, whose

LOOK, COMPARE = "overview.look", "annual.look"


def organs_seen(person: Person) -> Organs:
    """The organs that this person may look at; None for the whole county."""
    return organs_for(person, LOOK)


def check_scope(person: Person, organ: Organ | None) -> None:
    """PermissionDenied when the table does not let this person look at the county (None), or at this organ."""
    if organ is None:
        check_some(person, LOOK)
        if organs_seen(person) is not None:
            raise PermissionDenied("您只能查看本机关的总览。")
        return
    if organ.county != person.county:
        raise PermissionDenied("没有这个机关。")
    check_act(person, LOOK, whose(person, organ.pk))


def can_scope(person: Person, act: str, organ: Organ | None) -> bool:
    """Whether the table lets this person do `act` for just this scope: then a list behind a figure shows the same."""
    if organ is None:
        return organs_for(person, act) is None
    return can_act(person, act, whose(person, organ.pk))


def check_compare(person: Person) -> None:
    """PermissionDenied when this person may not look at reports."""
    check_some(person, COMPARE)
