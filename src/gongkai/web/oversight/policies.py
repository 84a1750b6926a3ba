"""May this person see or do this? The table of `people`, asked with whose matter it is.

What was an organ's that is no more is its successor's now: the people there see it and go on with it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from gongkai.web.organs.selectors import Organs
from gongkai.web.organs.succession import succession
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, check_act, organs_for, whose

LOOK, ASSIGN, REPORT, VERIFY = "oversight.look", "oversight.assign", "oversight.report", "oversight.verify"
INSPECT, TRAIN, LEARN = "oversight.inspect", "oversight.train", "oversight.learn"
NOTIFY, SEND, ACCOUNT = "oversight.notify", "oversight.send", "oversight.account"
PERMISSION = {
    "report": REPORT,
    "answer": REPORT,
    "return": VERIFY,
    "close": VERIFY,
    "change": ASSIGN,
    "withdraw": ASSIGN,
    "reopen": VERIFY,
}
"""Which line of the table an act on a duty falls under."""
NOTICE_PERMISSION = {"edit": NOTIFY, "drop": NOTIFY, "send": SEND, "receive": REPORT, "reply": REPORT}
"""Which line of the table an act on a notice falls under."""
TRAINING_PERMISSION = {"change": TRAIN, "attended": TRAIN, "paper": TRAIN, "files": TRAIN, "sign": LEARN, "sit": LEARN}
"""Which line of the table an act on a training falls under."""


def _now(county: uuid.UUID, organ: uuid.UUID) -> uuid.UUID:
    """Who has an organ's matters today; itself where it is there, or where nobody took them over."""
    return succession(county).taker(organ) or organ


def carried(person: Person) -> tuple[uuid.UUID, ...]:
    """The organs whose matters this person's organ has: itself, and those that were merged into it."""
    return succession(person.county).carried(person.organ_id) if person.organ_id else ()


def check_organ(person: Person, act: str, county: uuid.UUID, organ: uuid.UUID) -> None:
    """PermissionDenied when the table does not let this person do `act` for this organ, or it is another county's."""
    if county != person.county:
        raise PermissionDenied("没有这一事项。")
    check_act(person, act, whose(person, _now(county, organ)))


def can_organ(person: Person, act: str, organ: uuid.UUID) -> bool:
    """Whether the table lets this person do `act` for this organ."""
    return can_act(person, act, whose(person, _now(person.county, organ)))


def organs_seen(person: Person, act: str = LOOK) -> Organs:
    """The organs of which a list may show this person something: None for all, else their own and what it took over."""
    return organs_for(person, act, carried)


def check_notice(person: Person, act: str, county: uuid.UUID, organs: Iterable[uuid.UUID], *, sent: bool) -> None:
    """PermissionDenied unless this person does `act` for the whole county, or for an organ to which the notice went."""
    if county != person.county:
        raise PermissionDenied("没有这份通知。")
    if sent and set(carried(person)) & set(organs):
        check_act(person, act, "own")
    else:
        check_act(person, act, "other")


def check_training(person: Person, act: str, county: uuid.UUID, host: uuid.UUID, *, for_all: bool) -> None:
    """PermissionDenied when a training is neither the person's organ's own nor one for all."""
    if county != person.county:
        raise PermissionDenied("没有这次培训。")
    more = [person.organ_id] if for_all and person.organ_id else ()
    check_act(person, act, whose(person, _now(county, host), more))


def can_training(person: Person, act: str, host: uuid.UUID, *, for_all: bool) -> bool:
    """Whether the table lets this person do `act` in a training."""
    more = [person.organ_id] if for_all and person.organ_id else ()
    return can_act(person, act, whose(person, _now(person.county, host), more))
