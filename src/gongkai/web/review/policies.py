"""Who may do which stage: the table of people, and where the county serves an organ, only the county's people."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gongkai.proactive.stages import BY_COUNTY, STAGES, Plan, Stage
from gongkai.web.organs.selectors import competent_department
from gongkai.web.people.models import Person
from gongkai.web.people.permissions import PERMISSIONS
from gongkai.web.people.policies import can_act, check_act, whose
from gongkai.web.people.selectors import accounts_on, holding, may_coincide

STAGE_PERMISSION: dict[Stage, str] = {
    Stage.SECRECY: "proactive.review_secrecy",
    Stage.FIRST: "proactive.review_first",
    Stage.SECOND: "proactive.review_second",
    Stage.LEGALITY: "proactive.review_legality",
    Stage.FINAL: "proactive.review_final",
}
"""Which line of the table a stage falls under."""

SMALL_ORGAN = "人员不足，按登记的例外由一人办理"
ONE_PERSON = "单人使用，没有启用账号"


def can_stage(person: Person, organ: uuid.UUID, stage: Stage, plan: Plan) -> bool:
    """Whether this person may do a stage for an entry of an organ under a plan."""
    if "local_operator" in person.roles:
        return True
    if plan.by(stage) == BY_COUNTY:
        competent = competent_department(person.county)
        here = competent is not None and person.organ_id == competent.pk
        return here and can_act(person, STAGE_PERMISSION[stage], whose(person, person.organ_id))
    return whose(person, organ) == "own" and can_act(person, STAGE_PERMISSION[stage])


def check_stage(person: Person, organ: uuid.UUID, stage: Stage, plan: Plan) -> None:
    """PermissionDenied when this person may not do a stage."""
    if can_stage(person, organ, stage, plan):
        return
    if plan.by(stage) == BY_COUNTY:
        raise PermissionDenied(f"本机关的“{STAGES[stage].zh}”由政府信息公开工作主管部门代办。")
    check_act(person, STAGE_PERMISSION[stage], whose(person, organ))
    raise PermissionDenied(f"您不能办理这一条目的“{STAGES[stage].zh}”。")


def stands_in_for(actor: uuid.UUID, organ: uuid.UUID, stage: Stage, plan: Plan) -> Person | None:
    """For whom somebody does a stage at an organ as a deputy; None for who holds the stage in their own right.

    Where the county serves the organ, it is the appointments at the competent department that count.
    """
    person = Person.objects.filter(pk=actor).first()
    if person is None:
        return None
    county = competent_department(person.county) if plan.by(stage) == BY_COUNTY else None
    act = STAGE_PERMISSION[stage]
    rows = holding(timezone.localdate()).filter(person=actor, organ=county.pk if county else organ)
    rows = rows.select_related("deputy_of")
    holds = [row for row in rows.order_by("id") if "own" in PERMISSIONS.get(row.role, {}).get(act, ())]
    if not holds or any(row.deputy_of_id is None for row in holds):
        return None
    return holds[0].deputy_of


def exception_at(organ: uuid.UUID) -> str:
    """The recorded exception under which one person may do several stages at an organ; empty where there is none."""
    if not accounts_on():
        return ONE_PERSON
    return SMALL_ORGAN if may_coincide(organ) else ""
