"""May this person do this to this entry? The table of `people`, asked with whose entry it is."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from gongkai.proactive.procedure import Act
from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.permissions import Whose
from gongkai.web.people.policies import can_act, check_act, organs_for, whose
from gongkai.web.proactive.models import Item

LOOK = "proactive.look"

ACT_PERMISSION: dict[Act, str] = {
    Act.EDIT: "proactive.draft",
    Act.SUBMIT: "proactive.draft",
    Act.RECALL: "proactive.draft",
    Act.CORRECT: "proactive.draft",
    Act.ABANDON: "proactive.draft",
    Act.OPEN_MATTER: "proactive.coordinate",
    Act.SETTLE_MATTER: "proactive.coordinate",
    Act.RELEASE: "proactive.release",
    Act.KEEP: "proactive.release",
    Act.WITHDRAW: "proactive.withdraw",
    Act.REEVALUATE: "proactive.reevaluate",
}
"""Which line of the table an act falls under. Passing and returning are asked of `review.policies.check_stage`."""


def whose_item(person: Person, item: Item) -> Whose:
    """Whose entry it is for this person."""
    return whose(person, item.organ_id)


def check_item(person: Person, act: str, item: Item) -> None:
    """PermissionDenied when the table does not let this person do `act` to this entry, or it is of another county."""
    if item.county != person.county:
        raise PermissionDenied("没有这一条目。")
    check_act(person, act, whose_item(person, item))


def can_item(person: Person, act: str, item: Item) -> bool:
    """Whether the table lets this person do `act` to this entry."""
    return item.county == person.county and can_act(person, act, whose_item(person, item))


def organs_seen(person: Person, act: str = LOOK) -> Organs:
    """The organs whose entries a list may show this person: None for the whole county, else their own one."""
    return organs_for(person, act)
