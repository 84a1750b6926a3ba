"""The procedure under any sequence of allowed acts: it never gets stuck, never refuses without a reason, and its table
and its fold agree."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.onrequest.decisions import decisions, evidence, grounds
from gongkai.onrequest.events import CONSULTATIONS, Event, Kind
from gongkai.onrequest.guards import CaseFacts, Leading
from gongkai.onrequest.procedure import ACTS, Act, may, progress_of, state_of, what_may_be_done
from gongkai.onrequest.progress import FINAL, UNDELIVERED, State

BEGINNINGS = {end: begin for begin, end in CONSULTATIONS.items()} | {
    Kind.COUNSEL_ENDED: Kind.COUNSEL_ASKED,
    Kind.ASSISTANCE_ENDED: Kind.ASSISTANCE_ASKED,
}
WITH_END = {Kind.SUPPLEMENT_ASKED, Kind.REASONS_ASKED, Kind.FEE_NOTIFIED, Kind.DEFERRED}
CODES = st.sampled_from([*decisions(), ""])


def facts(draw: st.DrawFn, events: tuple[Event, ...], today: date) -> CaseFacts:
    """A case as the desk may see it: whatever is on file, switched on, proposed."""
    return CaseFacts(
        events,
        today,
        organ="水务局",
        draft=draw(CODES),
        parts=draw(st.sampled_from([(), tuple(grounds())])),
        on_file=draw(st.sampled_from([frozenset(), frozenset(evidence())])),
        leading=draw(st.sampled_from([None, Leading("12", "水务局", State.HANDLING)])),
        excessive=draw(st.booleans()),
        charges=draw(st.booleans()),
        ordered=draw(st.booleans()),
        supplement_due_on=draw(st.sampled_from([None, today, today - timedelta(1)])),
        due_on=draw(st.sampled_from([None, today, today - timedelta(1)])),
    )


def fact(draw: st.DrawFn, act: Act, case: CaseFacts) -> Event:
    """The fact that an act leaves behind."""
    kind = ACTS[act].event
    assert kind is not None
    progress = progress_of(case.events)
    matter = ""
    if kind in BEGINNINGS:
        running = [m for k, m in (*progress.consultations, *progress.asked) if k is BEGINNINGS[kind]]
        matter = draw(st.sampled_from(sorted(running)))
    elif kind in set(BEGINNINGS.values()):
        matter = f"{len(case.events)}"
    code = (progress.draft or case.draft) if kind in (Kind.SUBMITTED, Kind.DECIDED) else ""
    until = case.today + timedelta(2) if kind in WITH_END else None
    return Event(kind, case.today, until, draw(st.integers(1, 20)) if kind is Kind.EXTENDED else None, matter, code)


def everything(events: tuple[Event, ...], today: date, code: str) -> CaseFacts:
    """A case of which all that may be on file is, with one decision proposed."""
    return CaseFacts(
        events,
        today,
        "水务局",
        draft=code,
        parts=tuple(grounds()),
        on_file=frozenset(evidence()),
        leading=Leading("12", "水务局", State.CLOSED),
    )


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_allowed_acts_lead_where_the_table_says_and_never_into_a_dead_end(data: st.DataObject) -> None:
    draw = data.draw
    events: tuple[Event, ...] = ()
    today = date(2025, 3, 3)
    for _ in range(draw(st.integers(1, 14))):
        today += timedelta(draw(st.integers(0, 3)))
        case = facts(draw, events, today)
        found = what_may_be_done(case)
        for possibility in found:
            assert possibility.allowed != bool(possibility.reason)
            if not possibility.allowed:
                assert possibility.reason.endswith("）。")
                assert possibility.basis in possibility.reason
                assert "本系统规则" in possibility.reason or "《" in possibility.basis
        allowed = [p for p in found if p.allowed]
        if not allowed:
            break
        chosen = draw(st.sampled_from(allowed))
        events = (*events, fact(draw, chosen.act, case))
        assert state_of(events) is chosen.to

    state = state_of(events)
    if state in FINAL | {State.START}:
        return
    later = today + timedelta(400)
    ways = {p.to for code in decisions() for p in what_may_be_done(everything(events, later, code)) if p.allowed}
    assert ways - {state}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_from_any_state_the_case_can_be_brought_to_its_end(data: st.DataObject) -> None:
    draw = data.draw
    events = (Event(Kind.RECEIVED, date(2025, 3, 3)),)
    today = date(2025, 3, 3)
    for _ in range(draw(st.integers(0, 10))):
        today += timedelta(1)
        case = facts(draw, events, today)
        allowed = [p for p in what_may_be_done(case) if p.allowed]
        if allowed:
            events = (*events, fact(draw, draw(st.sampled_from(allowed)).act, case))
    for _ in range(40):
        if state_of(events) in FINAL:
            return
        today += timedelta(400)
        events = (*events, one_step_on(draw, events, today))
    raise AssertionError(f"no end: {[e.kind for e in events]}")


def one_step_on(draw: st.DrawFn, events: tuple[Event, ...], today: date) -> Event:
    """The next act of a clerk who only wants to bring the case to its end, without the applicant withdrawing."""
    onward = (Act.CLOSE, Act.DELIVER, Act.DECIDE, Act.END_THIRD_PARTY, Act.END_ORGAN, Act.SUBMIT, Act.RETURN)
    for act in onward:
        for code in ("G2", "O1", "O2"):
            case = everything(events, today, code)
            if may(case, act).allowed:
                return fact(draw, act, case)
    raise AssertionError(f"stuck in {state_of(events)}")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.builds(
            Event,
            st.sampled_from(list(Kind)),
            st.dates(date(2025, 1, 1), date(2025, 1, 9)),
            matter=st.sampled_from(["", "甲"]),
            decision=st.sampled_from(["", "G2", "O1"]),
        ),
        max_size=12,
    )
)
def test_any_facts_in_any_order_add_up_to_some_state(events: list[Event]) -> None:
    progress = progress_of(events)
    kinds = [e.kind for e in sorted(events, key=lambda e: e.on)]
    if not {Kind.RECEIVED, Kind.CLOSED} & set(kinds):
        assert progress.state is State.START
    if progress.state in UNDELIVERED - {State.REGISTERED}:
        assert len(kinds) > 1
    assert all(p.reason or p.allowed for p in what_may_be_done(CaseFacts(tuple(events), date(2025, 2, 1), draft="G2")))
