"""What a person decided about two applications: repeated, related, not the same; answered together; taken apart.

How merged and split applications count in the yearly form is one policy, declared for all years (`selectors.counting`);
nothing here counts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.onrequest.progress import STATES, State
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.covered import covering, keep_typed, open_words
from gongkai.web.onrequest.models import Application, Case, Link
from gongkai.web.onrequest.selectors.facts import applicant_of, standing_of
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.facts import locked
from gongkai.web.onrequest.services.intake import Incoming, Who, register
from gongkai.web.onrequest.services.records import record

MOST_PARTS = 20
_WORKING = (State.REGISTERED.value, State.HANDLING.value, State.REOPENED.value, State.AWAITING_SUPPLEMENT.value)
BY_ACT = ("merged", "split")
"""Kinds of link that follow from an act and are not simply stated."""


def link(*, audit: Audit, application: Application, other: Application, kind: str, reason: str = "") -> Link:
    """Write down how two applications belong together. Refused for an application with itself or an unknown kind."""
    if kind not in dict(Link.KINDS):
        raise Refused("请选择两件申请的关系。")
    if kind in BY_ACT:
        raise Refused("合并答复和拆分要在案件页的“合并、拆分”中办理，只认定关系不能改变办理。")
    return _link(audit, application, other, kind, reason)


def _link(audit: Audit, application: Application, other: Application, kind: str, reason: str) -> Link:
    if application.pk == other.pk:
        raise Refused("不能与本件自身建立关系，请选择另一件申请。")
    if application.county != other.county:
        raise Refused("不能与其他县的申请建立关系。")
    with transaction.atomic():
        row = Link.objects.create(
            county=application.county,
            application=application,
            other=other,
            kind=kind,
            on=timezone.localdate(),
            by=audit.actor,
            **open_words(Link, covering(application, other), reason=reason),
        )
        keep_typed(row, application, reason=reason)
        audit.record(f"onrequest.link_{kind}", row, {"application": str(application.pk), "other": str(other.pk)})
    return row


def merge(
    *, audit: Audit, application: Application, number: str, reason: str, on: date | None = None, seen: int | None = None
) -> Link:
    """Answer this application together with a leading one of the same organ and applicant, which goes on by itself."""
    if not reason.strip():
        raise Refused("请写明为什么合并答复。")
    leading = (
        Case.objects.filter(county=application.county, number=number.strip()).select_related("application").first()
    )
    if leading is None:
        raise Refused(f"没有登记编号为“{number.strip()}”的申请，请核对。")
    own = Case.objects.get(application=application)
    if leading.identity_key != own.identity_key:
        raise Refused("两件不是同一申请人的申请，应当分别答复，不能合并（本系统规则）。")
    with transaction.atomic():
        # Both cases are locked in one order, so that two people merging crosswise cannot both succeed.
        for each in sorted((application, leading.application), key=lambda row: str(row.pk)):
            locked(each, seen if each.pk == application.pk else None)
        perform(
            audit=audit,
            application=application,
            act=Act.MERGE,
            on=on or timezone.localdate(),
            matter=leading.number,
            reason=reason,
        )
        return _link(audit, application, leading.application, "merged", reason)


def split(
    *, audit: Audit, application: Application, parts: tuple[str, ...], reason: str, seen: int | None = None
) -> list[Application]:
    """Register each further matter of one paper as an application of its own, received on the same day.

    The first of `parts` stays with this application, whose content as it came is kept; the others are new.
    """
    told = tuple(part.strip() for part in parts if part.strip())
    if len(told) < 2:
        raise Refused("请写明至少两个部分：第一部分留在本件办理，其余各部分登记为新的申请。")
    if len(told) > MOST_PARTS:
        raise Refused(f"一次最多拆成{MOST_PARTS}个部分。")
    if not reason.strip():
        raise Refused("请写明为什么拆分。")
    made: list[Application] = []
    with transaction.atomic():
        case = locked(application, seen)
        if case.state not in _WORKING:
            raise Refused(f"本件现为“{STATES[State(case.state)]}”，不能拆分。")
        if Link.objects.filter(other=application, kind="split").exists():
            raise Refused("本件已经拆分过，不能再次拆分。")
        incoming = _incoming(application, reason)
        for place, part in enumerate(told[1:], start=1):
            new = register(audit=audit, incoming=incoming(part, place)).application
            Case.objects.filter(application=new).update(handler=case.handler, to_confirm=0)
            _link(audit, new, application, "split", reason)
            made.append(new)
        record(
            audit=audit,
            application=application,
            kind="split",
            on=timezone.localdate(),
            words=f"本件办理：{told[0]}",
            told={"others": "、".join(row.number for row in made), "reason": reason.strip()},
        )
    return made


def _incoming(application: Application, reason: str) -> Callable[[str, int], Incoming]:
    applicant = applicant_of(application)
    told = personal.revealed(applicant, "name", "identity", "phone", "email", "address", "agent")
    who = Who(kind=applicant.kind, identity_kind=applicant.identity_kind, **told)
    received_on = standing_of(application).received_on
    needs = personal.reveal(application, "needs")

    def give(part: str, place: int) -> Incoming:
        return Incoming(
            organ=application.organ,
            channel=application.channel,
            who=who,
            content=part,
            received_on=received_on,
            provision=application.provision,
            manner=application.manner,
            needs=needs,
            once=f"split:{application.pk}:{place}",
            late_reason=f"自{application.number}拆分。{reason.strip()}"[:300],
            submitted_at=application.submitted_at,
        )

    return give
