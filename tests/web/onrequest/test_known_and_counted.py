"""Random histories entered through the services: every day shown is the slow clock's, every earlier state can be had
again, and the yearly tables counted from the database reconcile.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual.check import check
from gongkai.annual.tally import tally
from gongkai.onrequest.applicants import ApplicantKind
from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.events import Event, Kind
from gongkai.readers.ledger import LedgerRow
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Application, Case, CaseEvent
from gongkai.web.onrequest.selectors.facts import standing_of
from gongkai.web.onrequest.selectors.tallied import cases_of, tallied
from gongkai.web.onrequest.services import disputes, links
from gongkai.web.onrequest.services.facts import correct, happen
from gongkai.web.onrequest.services.intake import Incoming, Who, register
from gongkai.web.onrequest.services.ledger import bring_in
from gongkai.web.organs.models import Organ
from tests.oracle_clock import lived

TODAY = timezone.localdate()
LAST = min(TODAY, date(2026, 10, 31))
LATER = sorted(set(Kind) - {Kind.RECEIVED, Kind.MERGED})
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
some = settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
few = settings(max_examples=5, deadline=None, suppress_health_check=SLOW)


@pytest.fixture
def enter(audit, organ):
    """Register an application on a day; the same person each time."""

    def give(received: date, **other: Any) -> Application:
        told = {
            "organ": organ,
            "channel": "in_person",
            "who": Who("natural_person", "李清照", "identity_card", "110101199003074514", phone="13800001234"),
            "content": "申请公开农村公路建设项目的立项批复",
            "received_on": received,
            "late_reason": "补登",
        } | other
        return register(audit=audit, incoming=Incoming(**told)).application

    return give


def facts(draw: Any, received: date, most: int = 8) -> list[Event]:
    """What happens afterwards, in the order of its recording, which is not that of its days."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        on = min(received + timedelta(days=draw(st.one_of(st.integers(0, 45), st.integers(-3, 90)))), TODAY)
        kind = draw(st.sampled_from(LATER))
        until = draw(st.none() | st.integers(-5, 60).map(lambda n, on=on: on + timedelta(days=n)))
        code = draw(st.sampled_from(sorted(decisions()))) if kind in (Kind.SUBMITTED, Kind.DECIDED) else ""
        days = draw(st.none() | st.integers(1, 20))
        found.append(Event(kind, on, until, days, draw(st.sampled_from(["第三方甲", "机关一"])), code))
    return found


def shown(day: date) -> tuple[str, ...]:
    """A day as pages write it."""
    return (f"{day.year}年{day.month}月{day.day}日", f"{day.month}月{day.day}日", day.isoformat())


@some
@given(st.data())
def test_the_due_day_of_every_history_is_that_of_the_slow_clock(enter, audit, data):
    received = data.draw(st.dates(date(2019, 5, 15), LAST))
    application = enter(received)
    events = [Event(Kind.RECEIVED, received)]
    for event in facts(data.draw, received):
        happen(audit=audit, application=application, event=event)
        events.append(event)
    due, on_time = lived(events)
    found = standing_of(application)
    assert (found.clock.due_on, found.clock.on_time) == (due, on_time)
    assert Case.objects.get(application=application).due_on == due


@few
@given(st.data())
def test_pages_lists_exports_and_the_applicant_see_the_same_day(enter, audit, desk, client, data):
    import openpyxl

    from gongkai.web.onrequest.selectors.follow import followed, receipt_of

    received = data.draw(st.dates(date(2019, 5, 15), LAST))
    application = enter(received, once=str(uuid4()))
    events = [Event(Kind.RECEIVED, received)]
    for event in facts(data.draw, received, 4):
        happen(audit=audit, application=application, event=event)
        events.append(event)
    due, _ = lived(events)
    page = desk.get(f"/cases/{application.pk}").content.decode()
    found = followed(application, TODAY)
    assert found.clock.due_on == due
    code = receipt_of(application)[0]
    client.post("/follow", {"number": application.number, "code": code})
    outside = client.get("/follow/case").content.decode()
    assert application.number in outside
    book = openpyxl.load_workbook(io.BytesIO(desk.get("/cases/export.xlsx?group=all").content))
    row = next(row for row in book.active.iter_rows(values_only=True) if row[0] == application.number)
    assert (row[6].date() if isinstance(row[6], datetime) else row[6]) == due
    rows = desk.get(f"/cases?group=all&words={application.number}").content.decode()
    assert application.number in rows
    if due is not None:
        assert any(words in page for words in shown(due))
        if not found.clock.delivered_on if hasattr(found.clock, "delivered_on") else not found.answered:
            assert any(words in outside for words in shown(due))


@some
@given(st.data())
def test_what_was_shown_on_any_earlier_moment_can_be_had_again(enter, audit, data):
    received = data.draw(st.dates(date(2019, 5, 15), LAST))
    application = enter(received)
    shown_then = []

    def remember() -> None:
        now = standing_of(application)
        case = Case.objects.get(application=application)
        assert (case.due_on, case.state, case.decision) == (now.clock.due_on, now.state.value, now.decision)
        shown_then.append((timezone.now(), case.due_on, case.state, case.received_on, case.decision, case.decided_on))

    remember()
    for event in facts(data.draw, received):
        if data.draw(st.integers(0, 2)) == 0:
            rows = list(CaseEvent.objects.filter(application=application).order_by("id"))
            old = data.draw(st.sampled_from(rows))
            never = data.draw(st.booleans()) and old.kind != Kind.RECEIVED
            new = (
                None
                if never
                else replace(old.event(), on=min(old.on + timedelta(data.draw(st.integers(-9, 9))), TODAY))
            )
            try:
                correct(audit=audit, application=application, row=old.pk, event=new, reason="登记有误")
            except Refused:
                continue
        else:
            happen(audit=audit, application=application, event=event)
        remember()
    for moment, *told in shown_then:
        then = standing_of(application, moment)
        assert [then.clock.due_on, then.state.value, then.received_on, then.decision, then.decided_on] == told


# ── tables 三 and 四 ──────────────────────────────────────────────────────────────────────────────────────────────────


def _ledger(draw: Any, years: range) -> list[LedgerRow]:
    rows = []
    for n in range(draw(st.integers(0, 6))):
        received = draw(st.dates(date(years.start, 1, 2), date(years.stop - 1, 12, 20)))
        replied = received + timedelta(draw(st.integers(1, 500))) if draw(st.booleans()) else None
        replied = replied if replied and replied <= TODAY else None
        rows.append(
            LedgerRow(
                "台账",
                n + 2,
                received,
                applicant=f"申请人{n}",
                applicant_kind=draw(st.sampled_from(ApplicantKind)).value,
                content=f"第{n}件",
                replied_on=replied,
                decision=draw(st.sampled_from(sorted(decisions()))) if replied else "",
                delivered_on=min(replied + timedelta(draw(st.integers(0, 9))), TODAY) if replied else None,
            )
        )
    return rows


def _live(draw: Any, audit: Any, application: Application, received: date) -> None:
    """Open, answered, answered twice, or withdrawn."""
    on = received
    for _ in range(draw(st.integers(0, 2))):
        on = min(on + timedelta(draw(st.integers(1, 300))), TODAY)
        if draw(st.integers(0, 4)) == 0:
            happen(audit=audit, application=application, event=Event(Kind.WITHDRAWN, on))
            return
        code = draw(st.sampled_from(sorted(decisions())))
        happen(audit=audit, application=application, event=Event(Kind.DECIDED, on, decision=code))
        happen(audit=audit, application=application, event=Event(Kind.DELIVERED, on))
        if draw(st.booleans()):
            happen(audit=audit, application=application, event=Event(Kind.REOPENED, on))


def _dispute(draw: Any, audit: Any, organ: Organ, application: Application | None, since: date) -> None:
    began = min(since + timedelta(draw(st.integers(0, 200))), TODAY)
    kind = draw(st.sampled_from(["reconsideration", "direct_litigation"]))
    row = disputes.register(
        audit=audit, organ=organ, kind=kind, before="云岭县人民政府", received_on=began, application=application
    )
    if draw(st.booleans()):
        on = min(began + timedelta(draw(st.integers(1, 400))), TODAY)
        outcome = "revoked" if kind == "reconsideration" else "suit_claims_rejected"
        disputes.take_step(audit=audit, dispute=row, step="decided", on=on, outcome=outcome)
        if kind != "reconsideration" and draw(st.booleans()):
            disputes.take_step(audit=audit, dispute=row, step="appealed", on=on)


@few
@given(st.data())
def test_the_tables_counted_from_the_database_reconcile_year_by_year(enter, audit, county, data):
    draw, years = data.draw, range(2021, 2026)
    organ = Organ.objects.create(
        county=county.pk, name=f"云岭县{uuid4().hex[:6]}局", form="department", word=uuid4().hex[:6]
    )
    made: list[tuple[Application, date]] = []
    for _ in range(draw(st.integers(1, 7))):
        received = draw(st.dates(date(2021, 1, 2), date(2025, 12, 20)))
        application = enter(
            received, organ=organ, who=Who(draw(st.sampled_from(ApplicantKind)).value, "李清照", "", "1")
        )
        made.append((application, received))
        match draw(st.sampled_from(["live", "live", "merge", "split"])):
            case "merge" if len(made) > 1:
                leading = made[0][0]
                on = min(max(received, made[0][1]) + timedelta(draw(st.integers(0, 30))), TODAY)
                try:
                    links.merge(audit=audit, application=application, number=leading.number, reason="同一事项", on=on)
                except Refused:
                    _live(draw, audit, application, received)
            case "split":
                parts = links.split(audit=audit, application=application, parts=("甲", "乙"), reason="两个事项")
                for part in (application, *parts):
                    _live(draw, audit, part, received)
            case _:
                _live(draw, audit, application, received)
        if draw(st.booleans()):
            _dispute(draw, audit, organ, draw(st.sampled_from([application, None])), received)
    rows = _ledger(draw, years)
    if rows:
        bring_in(audit=audit, organ=organ, rows=rows, sha256=uuid4().hex)
    previous = None
    cases = cases_of(organ)
    assert len(cases) == Case.objects.filter(organ=organ).count()
    for year in years:
        counted = tallied(organ, year)
        report = check(counted.report(), previous.report() if previous else None)
        assert report.findings == ()
        assert report.verdicts["broken"] == 0
        direct = tally(cases, organ.name, year)
        assert {k: v for k, v in direct.members.items() if k.startswith("applications.")} == {
            k: v for k, v in counted.members.items() if k.startswith("applications.")
        }
        if previous:
            came = counted.members["applications.brought_forward.total"]
            assert set(came) == set(previous.carried_forward)
        previous = counted
    received = [n for year in years for n in tallied(organ, year).members["applications.received.total"]]
    assert sorted(received) == sorted(case.number for case in cases)
