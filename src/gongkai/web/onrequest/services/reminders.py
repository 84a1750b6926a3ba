"""Sending the day's reminders: a number and a general sentence, to the people it is for or to the office's mailbox."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.messages.services import send
from gongkai.web.messages.subscriptions import subscribe, subscribed
from gongkai.web.onrequest.selectors.reminders import Reminder, mailbox_of, reminders
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import deputies, holders

CALM, LATE = "desk.due_soon", "desk.overdue"


def address_of(person: uuid.UUID) -> str:
    """Where someone at the desk wants to be reminded; empty: nowhere of their own."""
    return subscribed(person).get("email", "")


def set_address(*, audit: Audit, person: Person, address: str) -> None:
    """Remind this person there from now on; empty: no longer. Refused for an address that is none."""
    with transaction.atomic():
        subscribe(audit=audit, about=person.pk, channel="email", to=address)


@dataclass(slots=True)
class _Addresses:
    """Who is reminded where on one day, each looked up once."""

    county: uuid.UUID
    today: date
    people: dict[uuid.UUID, str] = field(default_factory=dict)
    mailboxes: dict[uuid.UUID, str] = field(default_factory=dict)
    held: dict[tuple[str, uuid.UUID], list[uuid.UUID]] = field(default_factory=dict)

    def of(self, each: Reminder) -> list[tuple[str, str]]:
        """The addresses for one reminder, each with what tells it from the others: the people's, else the mailbox."""
        own = [(f":{person}", self._own(person)) for person in self._people(each)]
        return [pair for pair in own if pair[1]] or [("", self._mailbox(each.organ))]

    def _people(self, each: Reminder) -> list[uuid.UUID]:
        if each.to == "handler":
            return self._handling(each.case.handler, each.organ) if each.case.handler else []
        key = (each.to, each.organ)
        if key not in self.held:
            self.held[key] = [person.pk for person in holders(each.to, each.organ, self.today)]
        return self.held[key]

    def _handling(self, handler: uuid.UUID, organ: uuid.UUID) -> list[uuid.UUID]:
        """The handler, and whoever stands in for them that day: the case stays the handler's, the day does not wait."""
        key = (str(handler), organ)
        if key not in self.held:
            self.held[key] = [handler, *deputies(handler, organ, self.today)]
        return self.held[key]

    def _own(self, person: uuid.UUID) -> str:
        if person not in self.people:
            self.people[person] = address_of(person)
        return self.people[person]

    def _mailbox(self, organ: uuid.UUID) -> str:
        if organ not in self.mailboxes:
            self.mailboxes[organ] = mailbox_of(self.county, organ, self.today)
        return self.mailboxes[organ]


def remind(*, audit: Audit, today: date) -> int:
    """Write the messages of a day; how many are new to the outbox or were there already.

    The handler, the heads of the organ, the people of the competent department, and who stands in for any of them: each
    at their own address, and where none of them has one the mailbox of their organ. Once for each case, stage and due day, and once more when the day
    has passed. Whoever has no address sees the same on the start page.
    """
    addresses = _Addresses(audit.county, today)
    count = 0
    for each in reminders(audit.county, today):
        late = "late" if each.overdue else "soon"
        for whose, to in addresses.of(each):
            if not to:
                continue
            try:
                with transaction.atomic():
                    send(
                        audit=audit,
                        channel="email",
                        template=LATE if each.overdue else CALM,
                        to=to,
                        key=f"remind:{each.case.pk}:{each.to}:{each.case.due_on}:{late}{whose}",
                        number=each.case.number,
                    )
            except Refused:
                continue  # a number from an old ledger that does not look like one is not mailed
            count += 1
    return count
