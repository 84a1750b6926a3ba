"""Disputes about a case: their own clocks, how table 四 counts them, and handling anew as ordered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Case, CaseRecord, Dispute
from gongkai.web.onrequest.selectors import disputes as reading
from gongkai.web.onrequest.services import disputes
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.organs.models import Organ
from gongkai.web.rules.selectors import calendar_of

TODAY = timezone.localdate()


@pytest.fixture
def dispute(audit, organ):
    def give(days_ago: int = 0, **other):
        told = {
            "organ": organ,
            "kind": "reconsideration",
            "before": "云岭县人民政府",
            "received_on": TODAY - timedelta(days=days_ago),
        } | other
        return disputes.register(audit=audit, **told)

    return give


def line(row):
    return reading.line_of(reading.dispute(row.county, row.pk), TODAY, calendar_of(row.county))


def after(row, audit, *steps, since=TODAY):
    """Steps from a day on, one a day but none in the future; (step, outcome) or a step alone."""
    for n, each in enumerate(steps):
        step, outcome = each if isinstance(each, tuple) else (each, "")
        on = min(TODAY, since + timedelta(days=n))
        disputes.take_step(audit=audit, dispute=row, step=step, on=on, outcome=outcome)


@pytest.mark.parametrize(
    ("kind", "procedure", "received_on", "due_on", "article"),
    [
        ("reconsideration", "ordinary", date(2026, 3, 2), date(2026, 3, 16), "第四十八条"),
        ("reconsideration", "simplified", date(2026, 3, 2), date(2026, 3, 9), "第五十四条"),
        ("direct_litigation", "ordinary", date(2026, 3, 2), date(2026, 3, 17), "第六十七条"),
        # The fifteenth day, 9 May 2026, is a make-up working day: it stands. 2026-04-19 + 15 = 4 May, in the May holiday.
        ("litigation_after_reconsideration", "ordinary", date(2026, 4, 19), date(2026, 5, 6), "第六十七条"),
    ],
)
def test_a_dispute_has_its_own_clock_with_its_steps(dispute, kind, procedure, received_on, due_on, article):
    found = line(dispute(kind=kind, procedure=procedure, received_on=received_on)).limit
    assert found.due_on == due_on
    assert any(article in step.basis for step in found.steps)


def test_once_answered_no_limit_runs_and_after_a_judgment_the_one_to_appeal(dispute, audit):
    row = dispute(kind="direct_litigation")
    after(row, audit, "replied")
    assert line(row).limit is None
    after(row, audit, ("decided", "suit_claims_rejected"))
    assert line(row).limit.key == "appeal_judgment"
    after(row, audit, "appealed")
    assert line(row).limit is None


def test_a_ruling_has_the_shorter_limit_to_appeal(dispute, audit):
    row = dispute(kind="direct_litigation")
    after(row, audit, ("decided", "suit_dismissed"))
    assert line(row).limit.key == "appeal_ruling"


def test_a_suspended_dispute_has_no_running_limit(dispute, audit):
    row = dispute()
    after(row, audit, "suspended")
    assert line(row).limit is None
    after(row, audit, "resumed")
    assert line(row).limit is not None


def test_first_and_second_instance_are_one_case_of_table_four(dispute, audit, county):
    monday = date(2026, 3, 2)
    row = dispute(received_on=monday, kind="direct_litigation", case_number="（2026）鲁0101行初12号", co_defendant=True)
    steps = (("decided", "suit_claims_rejected"), "appealed", ("decided", "suit_revoked"))
    after(row, audit, *steps, since=monday)
    dispute(received_on=monday)
    groups = {group.kind: group for group in reading.table_four(county.pk, None, monday.year)}
    assert groups["未经复议直接起诉"].total == 1
    assert dict(groups["未经复议直接起诉"].counts)["结果纠正"] == 1
    assert dict(groups["行政复议"].counts)["尚未审结"] == 1
    assert reading.line_of(reading.dispute(county.pk, row.pk), TODAY, calendar_of(county.pk)).steps[-1].instance == 2


def test_a_rejected_appeal_leaves_the_judgment_before_it(dispute, audit, county):
    row = dispute(9, kind="direct_litigation")
    steps = (("decided", "suit_revoked"), "appealed", ("decided", "appeal_rejected"))
    after(row, audit, *steps, since=row.received_on)
    assert line(row).result_zh == "结果纠正"


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"kind": "mediation"}, "请选择行政复议"),
        ({"before": " "}, "请写明行政复议机关"),
        ({"procedure": "quick"}, "程序"),
        ({"received_on": TODAY + timedelta(days=1)}, "还没有到"),
    ],
)
def test_refusals_at_registering(dispute, other, says):
    with pytest.raises(Refused, match=says):
        dispute(**other)
    assert not Dispute.objects.exists()


def test_an_appeal_is_no_dispute_of_its_own(dispute):
    dispute(case_number="（2026）鲁0101行初12号")
    with pytest.raises(Refused, match="上诉、二审请在原来的登记里"):
        dispute(case_number="（2026）鲁0101 行初12号")


def test_a_dispute_stands_with_the_organ_of_the_act(dispute, apply, county):
    other = Organ.objects.create(county=county.pk, name="云岭县人民政府", form="county_government")
    with pytest.raises(Refused, match="作出该行为的机关"):
        dispute(organ=other, application=apply().application)


def test_a_dispute_does_not_come_before_its_application(dispute, apply):
    with pytest.raises(Refused, match="早于收到这件申请"):
        dispute(20, application=apply(TODAY - timedelta(days=3)).application)


def test_only_a_lawsuit_after_reconsideration_follows_one(dispute):
    first = dispute()
    assert dispute(kind="litigation_after_reconsideration", follows=first).follows == first
    with pytest.raises(Refused, match="只有复议后起诉"):
        dispute(kind="direct_litigation", follows=first)


@pytest.mark.parametrize(
    ("kind", "steps", "says"),
    [
        ("reconsideration", [("decided", "")], "请选择决定"),
        ("reconsideration", [("decided", "suit_revoked")], "请选择决定"),
        ("reconsideration", [("decided", "upheld"), "appealed"], "行政复议没有上诉"),
        ("reconsideration", [("decided", "upheld"), ("decided", "revoked")], "已经登记了结果"),
        ("direct_litigation", ["appealed"], "还没有登记一审的裁判"),
        ("direct_litigation", [("decided", "appeal_rejected")], "这是二审的结果"),
        ("direct_litigation", [("replied", "suit_revoked")], "只有作出决定或者裁判"),
        ("direct_litigation", ["performed"], "还没有作出决定"),
        ("direct_litigation", ["resumed"], "没有登记中止"),
        ("direct_litigation", ["lesson"], "请写明经验教训"),
        ("direct_litigation", ["notified"], "请选择发生了什么"),
    ],
)
def test_refusals_of_steps(dispute, audit, kind, steps, says):
    row = dispute(kind=kind)
    with pytest.raises(Refused, match=says):
        after(row, audit, *steps)


def test_a_lesson_is_sealed(dispute, audit):
    row = dispute()
    step = disputes.take_step(audit=audit, dispute=row, step="lesson", on=TODAY, words="李清照的申请漏登")
    assert "李清照".encode() not in bytes(step.words)
    assert line(row).steps[-1].words == "李清照的申请漏登"


# ── handling anew ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def corrected(dispute, apply, audit):
    application = apply(TODAY - timedelta(days=30)).application
    perform(audit=audit, application=application, act=Act.WITHDRAW, on=TODAY - timedelta(days=20))
    row = dispute(10, application=application)
    after(row, audit, ("decided", "ordered_to_act"))
    return row


def test_what_is_ordered_begins_a_new_clock_on_the_old_case(corrected, audit):
    before = Case.objects.count()
    disputes.reopen(audit=audit, dispute=corrected, on=TODAY, words="责令十个工作日内重新答复", days=10)
    case = Case.objects.get(application=corrected.application)
    assert Case.objects.count() == before
    assert (case.state, case.reopened, case.open) == ("reopened", 1, 1)
    assert case.due_on == calendar_of(case.county).add_workdays(TODAY, 10)
    assert CaseRecord.objects.filter(application=corrected.application, kind="ordered").count() == 1


def test_handling_anew_is_refused_without_an_order(corrected, dispute, apply, audit):
    for told, says in (
        ({"words": " "}, "照抄"),
        ({"words": "责令", "days": 10, "until": TODAY}, "只填一项"),
        ({"words": "责令", "on": TODAY - timedelta(days=3)}, "早于作出决定"),
    ):
        with pytest.raises(Refused, match=says):
            disputes.reopen(audit=audit, dispute=corrected, **({"on": TODAY} | told))
    upheld = dispute(application=apply().application)
    after(upheld, audit, ("decided", "upheld"))
    with pytest.raises(Refused, match="只有结果纠正"):
        disputes.reopen(audit=audit, dispute=upheld, on=TODAY, words="责令")
    alone = dispute()
    with pytest.raises(Refused, match="没有对应的申请"):
        disputes.reopen(audit=audit, dispute=alone, on=TODAY, words="责令")


# ── the pages ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_dispute_is_registered_from_a_case_and_shown_on_it(desk, apply, organ):
    application = apply(TODAY - timedelta(days=30)).application
    page = desk.get(f"/disputes/new?case={application.pk}").content.decode()
    assert application.number in page
    answer = desk.post(
        "/disputes/new",
        {
            "organ": organ.pk,
            "kind": "reconsideration",
            "before": "云岭县人民政府",
            "procedure": "simplified",
            "received_on": TODAY,
            "application": application.number,
        },
    )
    assert answer.status_code == 302
    assert "被申请人书面答复（简易程序）" in desk.get(answer["Location"]).content.decode()
    assert "行政复议　云岭县人民政府" in desk.get(f"/cases/{application.pk}").content.decode()
    assert "云岭县人民政府" in desk.get("/disputes").content.decode()


def test_a_step_and_its_refusal_on_the_page(desk, dispute):
    row = dispute()
    refused = desk.post(f"/disputes/{row.pk}/steps", {"step": "decided", "on": "2026-11-03", "words": "说明文字"})
    assert refused.status_code == 409
    assert "说明文字" in refused.content.decode()
    assert 'value="2026-11-03"' in refused.content.decode()
    assert desk.post(f"/disputes/{row.pk}/steps", {"step": "replied", "on": TODAY}).status_code == 302


def test_handling_anew_on_the_page(desk, corrected):
    answer = desk.post(f"/disputes/{corrected.pk}/reopen", {"on": TODAY, "days": "10", "words": "责令重新答复"})
    assert answer["Location"] == f"/cases/{corrected.application_id}"
    assert desk.get("/disputes/01890000-0000-7000-8000-000000000000").status_code == 404
    assert desk.get("/disputes/new?case=x").status_code == 404
