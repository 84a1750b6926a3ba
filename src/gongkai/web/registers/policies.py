"""May this person do this to this row? The table of `people`, asked with whose row it is."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, check_act, organs_for, whose
from gongkai.web.registers.models import Row

LOOK, ENTER = "registers.look", "registers.enter"


def check_row(person: Person, act: str, row: Row) -> None:
    """PermissionDenied when the table does not let this person do `act` to this row, or it is of another county."""
    if row.county != person.county:
        raise PermissionDenied("没有这一行。")
    check_act(person, act, whose(person, row.organ_id))


def can_row(person: Person, act: str, row: Row) -> bool:
    """Whether the table lets this person do `act` to this row."""
    return row.county == person.county and can_act(person, act, whose(person, row.organ_id))


def organs_seen(person: Person, act: str = LOOK) -> Organs:
    """The organs whose rows a list may show this person: None for the whole county, else their own one."""
    return organs_for(person, act)
