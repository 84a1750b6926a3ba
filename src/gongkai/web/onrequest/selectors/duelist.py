"""A ledger as it was pasted or uploaded, with the day by which each row must be answered: nothing is stored."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from gongkai.onrequest.clock import clock
from gongkai.onrequest.procedure import state_of
from gongkai.onrequest.progress import STATES, UNDELIVERED
from gongkai.readers.ledger import LedgerRow, to_events
from gongkai.web.onrequest.services.ledger import DueLine
from gongkai.web.rules.selectors import calendar_of


def due_lines(county: uuid.UUID, rows: Iterable[LedgerRow], today: date) -> list[DueLine]:
    """What is still to be answered first, by its day; then the rest, newest first."""
    calendar = calendar_of(county)
    lines = []
    for row in rows:
        events = to_events(row)
        found, state = clock(events, calendar), state_of(events)
        open_now = state in UNDELIVERED
        left = calendar.left(today, found.due_on) if open_now else None
        lines.append(DueLine(row, STATES[state], found.due_on if open_now else None, left, row.delivered_on))
    return sorted(
        lines, key=lambda line: (line.due_on is None, line.due_on or today, -line.row.received_on.toordinal())
    )
