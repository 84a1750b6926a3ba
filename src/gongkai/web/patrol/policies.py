"""May this person see or do this with a task? The table of `people`, asked with whose task it is."""

from __future__ import annotations

from gongkai.web.organs.selectors import Organs
from gongkai.web.patrol.models import Task
from gongkai.web.people.models import Person
from gongkai.web.people.permissions import Whose
from gongkai.web.people.policies import can_act, check_act, organs_for, whose

LOOK = "patrol.look"
PERMISSION = {
    "assign": "patrol.assign",
    "answer": "patrol.answer",
    "verify": "patrol.verify",
    "dismiss": "patrol.verify",
    "reopen": "patrol.verify",
}
"""Which line of the table an act falls under."""


def whose_task(person: Person, task: Task) -> Whose:
    """Whose task it is for this person; one that no organ has yet is everyone's who may see others'."""
    return whose(person, task.organ_id)


def check_task(person: Person, act: str, task: Task) -> None:
    """PermissionDenied when the table does not let this person do `act` to this task."""
    check_act(person, act, whose_task(person, task))


def can_task(person: Person, act: str, task: Task) -> bool:
    """Whether the table lets this person do `act` to this task."""
    return can_act(person, act, whose_task(person, task))


def organs_seen(person: Person) -> Organs:
    """The organs whose tasks a list may show this person: None for all, else their own one."""
    return organs_for(person, LOOK)
