"""Telling the applicant, when they chose to be told: a number and a general sentence, with the act it tells of."""

from __future__ import annotations

from gongkai.onrequest.events import Kind
from gongkai.web.audit.services import Audit
from gongkai.web.clients.selectors import listeners
from gongkai.web.facts import Refused
from gongkai.web.messages.services import send, tell_clients
from gongkai.web.messages.subscriptions import subscribed
from gongkai.web.onrequest.models import Application, CaseEvent
from gongkai.web.onrequest.selectors.facts import standing_of

TEMPLATE_OF: dict[Kind, str] = {
    Kind.SUPPLEMENT_ASKED: "application.supplement_wanted",
    Kind.SUPPLEMENTED: "application.supplement_received",
    Kind.EXTENDED: "application.extended",
    Kind.FEE_NOTIFIED: "application.fee",
    Kind.DELIVERED: "application.answered",
    Kind.WITHDRAWN: "application.withdrawn",
}
"""What the applicant is told of. That a limit was overrun is told to the desk, which answers for it."""


def tell(*, audit: Audit, application: Application, template: str, occasion: str, number: str = "") -> None:
    """Tell the applicant by each way they chose; inside the caller's transaction, once an occasion.

    An act never fails for a message that cannot be written.
    """
    for channel, address in subscribed(application.pk).items():
        try:
            send(
                audit=audit,
                channel=channel,
                template=template,
                to=address,
                key=f"{application.pk}:{occasion}",
                number=number or application.number,
            )
        except Refused:
            continue


def of_event(audit: Audit, application: Application, row: CaseEvent) -> None:
    """Tell of a fact of the case, when it is one that the applicant is told of and no correction."""
    tell_systems(audit, application, row)
    template = TEMPLATE_OF.get(Kind(row.kind))
    if template and row.corrects_id is None:
        tell(audit=audit, application=application, template=template, occasion=str(row.pk))


SYSTEM_EVENTS: dict[Kind, str] = {Kind.RECEIVED: "application.received", Kind.DELIVERED: "application.delivered"}
"""What other systems are told of by a name of its own; of all else they hear that the state changed."""


def tell_systems(audit: Audit, application: Application, row: CaseEvent) -> None:
    """Tell the systems of this organ and of the county: number and state, once a fact, corrections included."""
    listening = listeners(application.county, application.organ_id)
    if not listening:
        return
    event = "application.state_changed" if row.corrects_id else SYSTEM_EVENTS.get(Kind(row.kind))
    try:
        tell_clients(
            audit=audit,
            event=event or "application.state_changed",
            number=application.number,
            key=f"{application.pk}:{row.pk}",
            state=standing_of(application).state.value,
            only=listening,
        )
    except Refused:  # a number from a paper registry that may be mistaken for a phone: nothing is told
        return
