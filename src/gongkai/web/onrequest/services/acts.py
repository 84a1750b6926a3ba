"""The acts of the procedure on a case: each is asked of the one table, then leaves its fact."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.onrequest.events import Event
from gongkai.onrequest.procedure import ACTS, Act, Possibility, may
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Application, CaseEvent
from gongkai.web.onrequest.selectors.casefacts import case_facts
from gongkai.web.onrequest.services.facts import happen, locked

MOST_DAYS = 999
"""No term is extended by more working days, not even as a fact."""


def possible(application: Application, act: Act, on: date, *, draft: str = "", leading: str = "") -> Possibility:
    """Whether the procedure lets `act` be done on a day."""
    return may(case_facts(application, on, draft=draft, leading=leading), act)


def perform(
    *,
    audit: Audit,
    application: Application,
    act: Act,
    on: date,
    seen: int | None = None,
    as_fact: bool = False,
    reason: str = "",
    until: date | None = None,
    days: int | None = None,
    matter: str = "",
    decision: str = "",
) -> CaseEvent:
    """Do an act of the procedure and leave its fact, in one transaction.

    Refused with the sentence of the procedure when it may not be done. `as_fact`: it has happened all the same and is
    entered as such, with a reason; the law's effects are then as the clock says. Overtaken when someone acted first.
    """
    if days is not None and days > MOST_DAYS:
        raise Refused(f"工作日数最多{MOST_DAYS}个，现填{days}个，请核对。")
    with transaction.atomic():
        locked(application, seen)
        allowed = possible(application, act, on, draft=decision, leading=matter if act is Act.MERGE else "")
        kind = ACTS[act].event
        if kind is None or (not allowed.allowed and not (as_fact and allowed.as_fact)):
            raise Refused(allowed.reason)
        if not allowed.allowed and not reason.strip():
            raise Refused(f"{allowed.reason}如确已发生，请写明情况后按事实登记。")
        event = Event(kind, on, until=until, days=days, matter=matter, decision=decision)
        return happen(audit=audit, application=application, event=event, reason=reason)
