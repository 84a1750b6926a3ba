"""What the procedure asks about a case, gathered from its rows."""

from __future__ import annotations

from datetime import date

from gongkai.onrequest.events import Kind
from gongkai.onrequest.guards import CaseFacts, Leading
from gongkai.onrequest.progress import State
from gongkai.web.onrequest.models import Application, Case, Letter
from gongkai.web.onrequest.selectors import rows
from gongkai.web.onrequest.selectors.facts import Standing, standing_of
from gongkai.web.rules.selectors import setting

FEE = "onrequest.fee"
"""The setting by which an office switches the processing fee on."""


def on_file(application: Application, standing: Standing) -> frozenset[str]:
    """The evidence on file: what people recorded, and what the events themselves prove."""
    found = {row.kind for row in rows.records(application)}
    kinds = {event.kind for event in standing.events}
    if Kind.THIRD_PARTY_ENDED in kinds:
        found.add("third_party_consultation")
    if {Kind.SUPPLEMENT_ASKED, Kind.SUPPLEMENTED} & kinds:
        found.add("supplement_trail")
    if {Kind.REASONS_ASKED, Kind.REASONS_GIVEN} & kinds:
        found.add("reasons_trail")
    if Kind.FEE_NOTIFIED in kinds:
        found.add("fee_trail")
    return frozenset(found)


def reply_letter(application: Application) -> Letter | None:
    """The reply under way: the newest letter with a decision that is not void."""
    replies = [row for row in rows.letters(application) if row.decision and row.status != "void"]
    return replies[-1] if replies else None


def _leading(number: str, application: Application) -> Leading | None:
    case = Case.objects.filter(county=application.county, number=number).select_related("organ").first()
    return Leading(case.number, str(case.organ_id), State(case.state)) if case else None


def case_facts(
    application: Application, on: date, *, standing: Standing | None = None, draft: str = "", leading: str = ""
) -> CaseFacts:
    """The facts of a case for an act on a day. `draft`: the decision proposed, else that of the reply under way."""
    now = standing or standing_of(application)
    reply = reply_letter(application)
    filed = on_file(application, now)
    fee = setting(application.county, FEE, organ=application.organ_id, on=on)
    return CaseFacts(
        events=now.events,
        today=on,
        organ=str(application.organ_id),
        supplement_due_on=now.clock.supplement_due_on,
        due_on=now.clock.due_on,
        draft=draft or (reply.decision if reply else ""),
        parts=tuple(reply.parts) if reply else (),
        on_file=filed,
        leading=_leading(leading, application) if leading else None,
        excessive="excess_found" in filed,
        charges=bool(fee),
        ordered="ordered" in filed,
    )
