"""May this person look at these figures or enter one? The table of `people`, asked with whose report it is."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, check_act, organs_for, whose

LOOK, ENTER = "compilation.look", "compilation.enter"
OF_RECORD = {
    "application": "onrequest.look",
    "dispute": "onrequest.look",
    "row": "registers.look",
    "item": "proactive.look",
}
"""What the page of a record asks for, by its kind."""


def check_year(person: Person, act: str, organ: Organ) -> None:
    """PermissionDenied when the table does not let this person do `act` to this organ's figures."""
    if organ.county != person.county:
        raise PermissionDenied("没有这个机关。")
    check_act(person, act, whose(person, organ.pk))


def can_year(person: Person, act: str, organ: Organ) -> bool:
    """Whether the table lets this person do `act` to this organ's figures."""
    return organ.county == person.county and can_act(person, act, whose(person, organ.pk))


def may_open(person: Person, kind: str, organ: Organ) -> bool:
    """Whether this person may see what a record of this organ is about, and open it."""
    return can_act(person, OF_RECORD[kind], whose(person, organ.pk))


def organs_seen(person: Person, act: str = LOOK) -> Organs:
    """The organs whose figures a list may show this person: None for the whole county, else their own one."""
    return organs_for(person, act)
