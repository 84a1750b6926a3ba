"""May this person do this? Pairs: `check_…` explains by refusing, `can_…` answers."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from gongkai.web.people.models import Person
from gongkai.web.people.permissions import ACTS, PERMISSIONS, ROLES, Whose


def can_act(person: Person, act: str, whose: Whose = "own") -> bool:
    """Whether the table lets this person do `act`. KeyError for an act that the table does not know."""
    if act not in ACTS:
        raise KeyError(f"权限表中没有这一行为：{act}")
    return whose in PERMISSIONS.get(person.role, {}).get(act, ())


def check_act(person: Person, act: str, whose: Whose = "own") -> None:
    """PermissionDenied with a sentence when the table does not let this person do `act`."""
    if not can_act(person, act, whose):
        role = ROLES.get(person.role, person.role)
        raise PermissionDenied(f"您的身份是“{role}”，不能{ACTS[act]}。如确需办理，请联系管理员调整权限。")


def check_keep_list(person: Person) -> None:
    """PermissionDenied when this person does not keep the county's list of organs.

    Stands here and not in `organs`, which knows no people.
    """
    check_act(person, "organs.keep_list")


def can_keep_list(person: Person) -> bool:
    """Whether this person keeps the county's list of organs."""
    return can_act(person, "organs.keep_list")
