"""May this person do this to this letter or consultation? The table of `people`, asked with whose it is."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied

from gongkai.web.interaction.models import Letter
from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.permissions import Whose
from gongkai.web.people.policies import can_act, check_act, organs_for, whose

LOOK, SEE = "interaction.look", "interaction.see_personal"


def whose_letter(person: Person, letter: Letter) -> Whose:
    """Whose letter it is for this person: an organ that was asked to join has it passed on."""
    standing = letter.standing
    return whose(person, standing.organ_id, map(uuid.UUID, standing.joined))


def check_letter(person: Person, act: str, letter: Letter) -> None:
    """PermissionDenied when the table does not let this person do `act` to this letter, or it is another county's."""
    if letter.county != person.county:
        raise PermissionDenied("没有这件来信。")
    check_act(person, act, whose_letter(person, letter))


def can_letter(person: Person, act: str, letter: Letter) -> bool:
    """Whether the table lets this person do `act` to this letter."""
    return letter.county == person.county and can_act(person, act, whose_letter(person, letter))


def check_organ(person: Person, act: str, county: uuid.UUID, organ: uuid.UUID) -> None:
    """PermissionDenied when the table does not let this person do `act` for this organ."""
    if county != person.county:
        raise PermissionDenied("没有这一事项。")
    check_act(person, act, whose(person, organ))


def organs_seen(person: Person, act: str = LOOK) -> Organs:
    """The organs whose letters a list may show this person: None for the whole county, else their own one."""
    return organs_for(person, act)


def may(person: Person, letter: Letter, *acts: str) -> dict[str, Any]:
    """For a page: which of these acts this person may do to a letter, by the word after the dot."""
    return {act.partition(".")[2]: can_letter(person, act, letter) for act in acts}
