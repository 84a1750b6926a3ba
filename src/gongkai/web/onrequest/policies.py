"""May this person do this to this case? The table of `people`, asked with whose case it is."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied

from gongkai.onrequest.procedure import Act
from gongkai.web.memo import once_a_page
from gongkai.web.onrequest.models import Application, Passing
from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.permissions import Whose
from gongkai.web.people.policies import can_act, check_act, organs_for, whose

ACT_PERMISSION: dict[Act, str] = {
    Act.ASK_FOR_SUPPLEMENT: "onrequest.ask_supplement",
    Act.CONSULT_THIRD_PARTY: "onrequest.consult",
    Act.END_THIRD_PARTY: "onrequest.consult",
    Act.CONSULT_ORGAN: "onrequest.consult",
    Act.END_ORGAN: "onrequest.consult",
    Act.EXTEND: "onrequest.extend",
    Act.DEFER: "onrequest.extend",
    Act.MERGE: "onrequest.merge",
    Act.SUBMIT: "onrequest.draft_decision",
    Act.RETURN: "onrequest.review",
    Act.DECIDE: "onrequest.sign",
    Act.DELIVER: "onrequest.deliver",
    Act.REOPEN: "onrequest.reopen",
    Act.CLOSE: "onrequest.archive",
}
"""Which line of the table an act of the procedure falls under; all others are `onrequest.handle`."""


def permission_of(act: Act) -> str:
    """The line of the table for an act of the procedure."""
    return ACT_PERMISSION.get(act, "onrequest.handle")


def passed_to(application: Application) -> set[uuid.UUID]:
    """The organs to which this case was shown and from which it was not taken back."""
    rows = Passing.objects.filter(application=application, ends=None, ended_by=None, organ__isnull=False)
    return {row.organ_id for row in rows if row.organ_id is not None}


@once_a_page
def whose_case(person: Person, application: Application) -> Whose:
    """Whose case it is for this person."""
    plain = whose(person, application.organ_id)
    if plain != "other":
        return plain
    shown = Passing.objects.filter(application=application, person=person.pk, ends=None, ended_by=None)
    return "passed_on" if shown.exists() else whose(person, application.organ_id, passed_to(application))


def check_case(person: Person, act: str, application: Application) -> None:
    """PermissionDenied when the table does not let this person do `act` to this case, or it is of another county."""
    if application.county != person.county:
        raise PermissionDenied("没有这件申请。")
    check_act(person, act, whose_case(person, application))


def can_case(person: Person, act: str, application: Application) -> bool:
    """Whether the table lets this person do `act` to this case."""
    return application.county == person.county and can_act(person, act, whose_case(person, application))


def organs_seen(person: Person, act: str = "onrequest.look") -> Organs:
    """The organs whose cases a list may show this person: None for the whole county, else their own one."""
    return organs_for(person, act)
