"""Procedure and clock read the same facts: an act that may be done is never denied its effect on the due day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.calendar import published
from gongkai.onrequest.clock import Standing, clock
from gongkai.onrequest.decisions import evidence
from gongkai.onrequest.events import CONSULTATIONS, Event, Kind
from gongkai.onrequest.guards import CaseFacts
from gongkai.onrequest.procedure import ACTS, progress_of, state_of, what_may_be_done
from gongkai.onrequest.progress import State

CALENDAR = published()
ENDS = {end: begin for begin, end in CONSULTATIONS.items()} | {
    Kind.COUNSEL_ENDED: Kind.COUNSEL_ASKED,
    Kind.ASSISTANCE_ENDED: Kind.ASSISTANCE_ASKED,
}
STANDINGS = {
    State.CONSULTING: Standing.CONSULTING,
    State.AWAITING_SUPPLEMENT: Standing.AWAITING_SUPPLEMENT,
    State.DELIVERED: Standing.ANSWERED,
    State.WITHDRAWN: Standing.ENDED,
}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_may_be_done_has_its_effect(data: st.DataObject) -> None:
    draw = data.draw
    today = draw(st.dates(date(2019, 5, 15), date(2025, 6, 30)))
    events = (Event(Kind.RECEIVED, today),)
    for n in range(draw(st.integers(1, 10))):
        today += timedelta(draw(st.integers(1, 4)))
        reckoned = clock(events, CALENDAR)
        case = CaseFacts(
            events,
            today,
            supplement_due_on=reckoned.supplement_due_on,
            due_on=reckoned.due_on,
            draft=draw(st.sampled_from(["G2", "O1", "O2", "R4"])),
            on_file=frozenset(evidence()),
            excessive=True,
            charges=True,
        )
        allowed = [p for p in what_may_be_done(case) if p.allowed]
        if not allowed:
            break
        chosen = draw(st.sampled_from(allowed))
        kind = ACTS[chosen.act].event
        progress = progress_of(events)
        running = sorted(m for k, m in (*progress.consultations, *progress.asked) if k is ENDS.get(kind))
        event = Event(
            kind,
            today,
            today + timedelta(60 if kind is Kind.DEFERRED else 3),
            draw(st.integers(1, 20 - progress.extended_days)) if kind is Kind.EXTENDED else None,
            draw(st.sampled_from(running)) if running else str(n),
            (progress.draft or case.draft) if kind in (Kind.SUBMITTED, Kind.DECIDED) else "",
        )
        events = (*events, event)
        found = clock(events, CALENDAR)
        state = state_of(events)
        # What these three do to the day hangs on the last day they name and on the day itself.
        if kind not in (Kind.FEE_NOTIFIED, Kind.FEE_PAID, Kind.DEFERRED):
            assert [r.says for r in found.refused if r.event is event] == []
        # A fixed day does not wait for anybody's opinion.
        fixed = state is State.CONSULTING and progress_of(events).deferred
        if state in STANDINGS:
            assert found.standing is STANDINGS[state] or (fixed and found.standing is Standing.RUNNING)
