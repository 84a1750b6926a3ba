"""The tally of any years of cases reconciles: no finding of the checker, and what is carried forward is brought forward."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.check import check
from gongkai.annual.tally import Case, CountingPolicy, tally
from gongkai.onrequest.applicants import ApplicantKind
from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.disputes import OUTCOMES, Dispute, DisputeKind, Ruling, outcomes_of
from gongkai.onrequest.events import Event, Kind

ORGAN = "青禾县水务局"
YEARS = range(2019, 2026)
DAYS = st.dates(date(2019, 5, 15), date(2025, 12, 31))
FACTS = (Kind.SUPPLEMENT_ASKED, Kind.SUPPLEMENTED, Kind.EXTENDED, Kind.SUBMITTED, Kind.REOPENED, Kind.CLOSED)


@st.composite
def disputes(draw: st.DrawFn, number: str) -> Dispute:
    kind = draw(st.sampled_from(DisputeKind))
    began = draw(DAYS)
    codes = [outcome.code for outcome in outcomes_of(kind)]
    rulings = [
        Ruling(began + timedelta(draw(st.integers(0, 700))), draw(st.sampled_from(codes)))
        for _ in range(draw(st.integers(0, 2)))
    ]
    appeals = [r.on + timedelta(draw(st.integers(0, 15))) for r in rulings if draw(st.booleans())]
    return Dispute(f"议诉{number}", kind, began, tuple(rulings), tuple(appeals))


@st.composite
def cases(draw: st.DrawFn) -> list[Case]:
    count = draw(st.integers(0, 14))
    found = []
    for n in range(count):
        received = draw(DAYS)
        later = st.integers(0, 500).map(lambda days, received=received: received + timedelta(days))
        events = [Event(Kind.RECEIVED, received)]
        events += [Event(draw(st.sampled_from(FACTS)), draw(later)) for _ in range(draw(st.integers(0, 3)))]
        match draw(st.sampled_from(["open", "decided", "decided", "withdrawn", "merged", "twice"])):
            case "decided":
                on = draw(later)
                events += [Event(Kind.DECIDED, on, decision=draw(st.sampled_from(list(decisions()))))]
                events += [Event(Kind.DELIVERED, on + timedelta(draw(st.integers(0, 9))))]
            case "withdrawn":
                events.append(Event(Kind.WITHDRAWN, draw(later)))
            case "merged":
                events.append(Event(Kind.MERGED, draw(later), matter=str(draw(st.integers(0, count)))))
            case "twice":
                for on in sorted((draw(later), draw(later))):
                    code = draw(st.sampled_from(list(decisions())))
                    events += [Event(Kind.DECIDED, on, decision=code), Event(Kind.DELIVERED, on)]
            case _:
                pass
        about = tuple(draw(st.lists(disputes(str(n)), max_size=1)))
        paper = draw(st.sampled_from(["", "", "甲", "乙"]))
        found.append(Case(str(n), ORGAN, draw(st.sampled_from(ApplicantKind)), tuple(events), paper, about))
    return found


POLICIES = st.builds(CountingPolicy, st.sampled_from(["each", "leading"]), st.sampled_from(["each", "paper"]))


@settings(max_examples=120, deadline=None)
@given(cases(), POLICIES)
def test_any_years_of_cases_reconcile(found: list[Case], policy: CountingPolicy) -> None:
    previous = None
    brought: dict[str, int] = {}
    for year in YEARS:
        made = tally(found, ORGAN, year, policy=policy)
        checked = check(made.report(), previous.report() if previous else None)
        assert checked.findings == ()
        assert checked.verdicts["broken"] == 0
        if previous:
            columns = [a.rpartition(".")[2] for a in made.members if a.startswith("applications.received.")]
            for column in columns:
                assert sorted(made.members[f"applications.brought_forward.{column}"]) == sorted(
                    previous.members[f"applications.carried_forward.{column}"]
                )
            assert tally(found, ORGAN, year, policy=policy, previous=previous).members == made.members
        for number in made.members["applications.concluded.total"]:
            brought[number] = brought.get(number, 0) + 1
        previous = made
    assert set(brought.values()) <= {1}


@settings(max_examples=120, deadline=None)
@given(cases(), st.sampled_from(YEARS))
def test_every_application_received_stands_in_exactly_one_row_of_that_year(found: list[Case], year: int) -> None:
    made = tally(found, ORGAN, year)
    received = {c.number for c in found if c.events[0].on.year == year}
    assert set(made.members["applications.received.total"]) == received
    stands = [*made.members["applications.concluded.total"], *made.carried_forward]
    assert sorted(stands) == sorted(made.seen)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 5).flatmap(lambda n: disputes(str(n))))
def test_a_dispute_ends_in_one_year_only(dispute: Dispute) -> None:
    from gongkai.onrequest.disputes import Result, counted_in

    counted = [counted_in(dispute, year) for year in range(2018, 2031)]
    ended = [c for c in counted if c not in (None, Result.PENDING)]
    assert len(ended) <= 1
    assert (Result.PENDING in counted) or ended
    assert all(ruling.outcome in OUTCOMES for ruling in dispute.rulings)
