"""Sending the day's reminders: a number and a general sentence to the office's mailbox, once for each stage."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.messages.services import send
from gongkai.web.onrequest.selectors.reminders import mailbox_of, reminders

CALM, LATE = "desk.due_soon", "desk.overdue"


def remind(*, audit: Audit, today: date) -> int:
    """Write the messages of a day; how many are new to the outbox or were there already.

    Once for each case, stage and due day, and once more when the day has passed. Whoever has no mailbox sees the same
    on the start page.
    """
    known: dict[uuid.UUID, str] = {}
    count = 0
    for each in reminders(audit.county, today):
        if each.organ not in known:
            known[each.organ] = mailbox_of(audit.county, each.organ, today)
        to = known[each.organ]
        if not to:
            continue
        late = "late" if each.overdue else "soon"
        key = f"remind:{each.case.pk}:{each.to}:{each.case.due_on}:{late}"
        try:
            with transaction.atomic():
                send(
                    audit=audit,
                    channel="email",
                    template=LATE if each.overdue else CALM,
                    to=to,
                    key=key,
                    number=each.case.number,
                )
        except Refused:
            continue  # a number from an old ledger that does not look like one is not mailed
        count += 1
    return count
