"""The day's reminders of letters: a number and a general sentence, to those who answer and to those who give letters out."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.law.errors import LawGap
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.interaction.models import LetterStanding
from gongkai.web.interaction.progress import OPEN, State
from gongkai.web.messages.services import send
from gongkai.web.messages.subscriptions import subscribed
from gongkai.web.onrequest.selectors.reminders import mailbox_of
from gongkai.web.people.selectors import holders
from gongkai.web.rules.selectors import calendar_of

SOON = 2
"""Working days before the day from which it is told of."""
_WHO = {State.WAITING: "competent", State.HANDLING: "clerk", State.REVIEW: "reviewer"}


def _addresses(row: LetterStanding, today: date) -> list[tuple[str, str]]:
    """Where the people are told who hold the letter: their own addresses, else the mailbox of the organ."""
    people = holders(_WHO[State(row.state)], row.organ_id, today)
    own = [(f":{person.pk}", subscribed(person.pk).get("email", "")) for person in people]
    return [pair for pair in own if pair[1]] or [("", mailbox_of(row.county, row.organ_id, today))]


def remind(*, audit: Audit, today: date) -> int:
    """Write the messages of a day: once for each letter, state and due day, and once more when the day has passed."""
    calendar = calendar_of(audit.county)
    try:
        horizon = calendar.add_workdays(today, SOON)
    except LawGap:
        return 0
    rows = LetterStanding.objects.filter(county=audit.county, state__in=[s.value for s in OPEN], due_on__lte=horizon)
    count = 0
    for row in rows.order_by("due_on")[:2000]:
        assert row.due_on is not None
        late = row.due_on < today
        for whose, to in _addresses(row, today):
            if not to:
                continue
            key = f"letter:{row.pk}:{row.state}:{row.due_on}:{'late' if late else 'soon'}{whose}"
            template = "desk.overdue" if late else "desk.due_soon"
            try:
                with transaction.atomic():
                    send(audit=audit, channel="email", template=template, to=to, key=key, number=row.number)
            except Refused:
                continue
            count += 1
    return count
