"""May this person set what holds for the whole county? The table of `people` decides."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act

LOOK, SET = "rules.look", "rules.set"


def can_set_county(person: Person) -> bool:
    """Whether this person sets what holds for the whole county, and not for their own organ alone."""
    return can_act(person, SET, "other")


def check_set_county(person: Person) -> None:
    """PermissionDenied for who sets only what concerns their own organ."""
    if not can_set_county(person):
        raise PermissionDenied("您的身份是本机关人员，全县的设置由主管部门修改。")
