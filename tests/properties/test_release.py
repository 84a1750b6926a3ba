"""Whatever happens to an entry, in whatever order: nothing is public that did not pass every stage; one at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from gongkai.proactive.events import Event, Kind
from gongkai.proactive.guards import Facts
from gongkai.proactive.procedure import ACTS, BY_TIME, Act, may, progress_of
from gongkai.proactive.stages import DEFAULT, DEFAULT_NORMATIVE, Plan, Stage
from gongkai.scope.modes import Choice

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR = timedelta(hours=1)
PLANS = (DEFAULT, DEFAULT_NORMATIVE, Plan((Stage.SECRECY, Stage.FIRST, Stage.FINAL)))
PEOPLE = "甲乙丙丁戊己"
HASTY = "己"
"""What this one drafts is never looked through before publication."""
MODES = (Choice("proactive"), Choice("not_disclosed", "internal_affairs", "内部工作流程"), Choice())

TRIES = st.lists(
    st.tuples(
        st.sampled_from([act for act in Act if act not in BY_TIME]),
        st.sampled_from(PEOPLE),
        st.sampled_from(PLANS),
        st.sampled_from(MODES),
        st.integers(0, 6),
        st.one_of(st.none(), st.integers(1, 12)),
    ),
    max_size=40,
)
STRAIGHT = [Act.EDIT, Act.SUBMIT, Act.PASS, Act.PASS, Act.PASS, Act.PASS, Act.PASS, Act.RELEASE]


def drafters(events, version=None):
    """Who drafted a version, or the newest one."""
    found = [e for e in events if e.kind is Kind.DRAFTED and version in (None, e.version)]
    return found[-1].hands if found else frozenset()


def attempt(events, now, choice, act, who, plan, later, lasts):
    """Do one act if the procedure lets it be done: the events then, and the mode of the text."""
    begins = now + later * HOUR
    facts = Facts(
        tuple(events),
        now,
        choice=choice,
        actor=frozenset({who}),
        from_at=begins,
        until_at=begins + lasts * HOUR if lasts else None,
        reason="某原因",
        index_code="11371522004222241N",
        checked=HASTY not in drafters(events),
    )
    possible = may(facts, act)
    if not possible.allowed:
        return events
    progress = progress_of(events, now)
    version = progress.version + (act is Act.EDIT)
    kind = ACTS[act].event
    release = act is Act.RELEASE
    event = Event(
        kind,
        now,
        version=version,
        stage=progress.next_stage if act is Act.PASS else None,
        plan=plan if act is Act.SUBMIT else None,
        lacking=bool(possible.returned),
        from_at=facts.from_at if release else None,
        until_at=facts.until_at if release else None,
        matter="某机关" if act in (Act.OPEN_MATTER, Act.SETTLE_MATTER) else "",
        hands=frozenset({who}),
    )
    return [*events, event]


def replay(tries):
    """The facts that these tries leave behind, an hour apart, with the mode of each version."""
    events, choices, choice = [], {}, MODES[0]
    for i, (act, who, plan, mode, later, lasts) in enumerate(tries):
        now = NINE + i * HOUR
        before = len(events)
        wanted = mode if act is Act.EDIT else choice
        events = attempt(events, now, wanted, act, who, plan, later, lasts)
        if act is Act.EDIT and len(events) > before:
            choice = mode
            choices[events[-1].version] = mode
    return events, choices


def public_by_hand(events, at):
    """The version that is public at a moment, by looking back through the facts and not by folding them."""
    known = [e for e in events if e.at <= at]
    last_withdrawal = max((i for i, e in enumerate(known) if e.kind is Kind.WITHDRAWN), default=-1)
    begun = [e for e in known[last_withdrawal + 1 :] if e.kind is Kind.RELEASED and e.from_at <= at]
    if not begun:
        return None
    # Of what has begun the last said counts; its own end or its follower's begin ends it.
    last = begun[-1]
    return None if last.until_at and at >= last.until_at else last.version


def passed_by_hand(events, version):
    """Whether a version went through every stage of its plan in order, each by another who did not draft it."""
    for start, event in enumerate(events):
        if event.kind is not Kind.SUBMITTED or event.version != version:
            continue
        begun = max((i for i, e in enumerate(events[:start]) if e.kind is Kind.CORRECTED), default=-1)
        hands = {h for e in events[begun + 1 : start] if e.kind is Kind.DRAFTED for h in e.hands}
        wanted = list(event.plan.stages)
        for later in events[start + 1 :]:
            if later.kind in (Kind.RETURNED, Kind.RECALLED, Kind.SUBMITTED, Kind.DRAFTED):
                break
            if later.kind is Kind.PASSED:
                (who,) = later.hands
                if later.stage is not wanted.pop(0) or who in hands:
                    return False
                hands.add(who)
                if not wanted:
                    return True
    return False


@given(TRIES)
def test_nothing_is_public_that_did_not_pass_every_stage_by_different_people(tries) -> None:
    straight = [(act, PEOPLE[i % 6], PLANS[0], MODES[0], 0, None) for i, act in enumerate(STRAIGHT)]
    for whole in (tries, [*straight, *tries], [*straight[:5], *tries]):
        events, choices = replay(whole)
        for half in range(2 * len(whole) + 30):
            at = NINE + half * HOUR / 2
            window = progress_of([e for e in events if e.at <= at], at).public(at)
            assert (window.version if window else None) == public_by_hand(events, at)
            if window:
                assert choices[window.version].mode == "proactive"
                assert HASTY not in drafters(events, window.version)
                assert passed_by_hand([e for e in events if e.at <= at], window.version)


@given(TRIES)
def test_never_are_two_versions_public_and_what_was_withdrawn_stays_away(tries) -> None:
    straight = [(act, PEOPLE[i % 6], PLANS[0], MODES[0], 0, None) for i, act in enumerate(STRAIGHT)]
    events, _ = replay([*straight, *tries])
    progress = progress_of(events, NINE + 100 * HOUR)
    for half in range(200):
        at = NINE + half * HOUR / 2
        assert sum(w.public(at) for w in progress.windows) <= 1
    for withdrawal in (e for e in events if e.kind is Kind.WITHDRAWN):
        following = [e.at for e in events if e.kind is Kind.RELEASED and e.at > withdrawal.at]
        until = min(following, default=NINE + 100 * HOUR)
        at = withdrawal.at
        while at < until:
            assert progress.public(at) is None
            at += HOUR / 2


def test_the_straight_way_leads_to_a_release() -> None:
    straight = [(act, PEOPLE[i % 6], PLANS[0], MODES[0], 0, None) for i, act in enumerate(STRAIGHT)]
    events, _ = replay(straight)
    # Four stages: the fifth pass is refused, and the release is the next thing that happens.
    assert [e.kind for e in events][-1] is Kind.RELEASED
    assert progress_of(events, NINE + 20 * HOUR).public(NINE + 20 * HOUR)
