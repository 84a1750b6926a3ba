"""May this person read or write these words? The table of `people`, asked with whose report it is."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, check_act, organs_for, reports_of, whose_report

LOOK, WRITE = "narrative.look", "narrative.write"


def check_words(person: Person, act: str, organ: Organ) -> None:
    """PermissionDenied when the table does not let this person do `act` to this organ's words."""
    if organ.county != person.county:
        raise PermissionDenied("没有这个机关。")
    check_act(person, act, whose_report(person, organ))


def can_words(person: Person, act: str, organ: Organ) -> bool:
    """Whether the table lets this person do `act` to this organ's words."""
    return organ.county == person.county and can_act(person, act, whose_report(person, organ))


def organs_seen(person: Person, act: str = LOOK) -> Organs:
    """The organs whose words a list may show this person: None for the whole county, else their own one."""
    return organs_for(person, act, reports_of)
