"""May this person confirm that the personal data of this matter are erased? The table of `people`, asked with whose it is."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied

from gongkai.web.erasure.selectors.due import Due
from gongkai.web.people.models import Person
from gongkai.web.people.policies import allowed, can_act, check_act, whose

LOOK, CONFIRM = "erasure.look", "erasure.confirm"


def can_erase(person: Person, organ: uuid.UUID) -> bool:
    """Whether the table lets this person confirm for an organ."""
    return can_act(person, CONFIRM, whose(person, organ))


def check_erase(person: Person, matter: Due | None) -> None:
    """PermissionDenied when the matter is of an organ for which this person may not; what is not there is refused later."""
    if matter is not None:
        check_act(person, CONFIRM, whose(person, matter.organ))


def check_county(sets: bool) -> None:
    """PermissionDenied for who sets only what concerns their own organ."""
    if not sets:
        raise PermissionDenied("您的身份是本机关人员，保存年限是全县的设置，由主管部门修改。")


def organs_seen(person: Person) -> tuple[uuid.UUID, ...] | None:
    """The organs whose matters this person sees: None for the whole county, else their own one."""
    if "other" in allowed(person, LOOK) or "local_operator" in person.roles:
        return None
    return (person.organ_id,) if person.organ_id and "own" in allowed(person, LOOK) else ()
