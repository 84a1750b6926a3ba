"""An application from the counter to the archive, at an office of one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.lettertext import Text, current, loaded
from gongkai.web.onrequest.models import Application, Case, CaseEvent
from gongkai.web.onrequest.selectors.facts import standing_of
from gongkai.web.onrequest.services import delivery, facts, letters, records
from gongkai.web.onrequest.services.acts import perform
from tests.web.onrequest.conftest import ASKED, LI
from tests.web.onrequest.steps import approved, granting

TODAY = timezone.localdate()


def test_an_application_is_registered_with_number_day_and_query_code(apply, organ):
    done = apply()
    case = Case.objects.get(application=done.application)
    assert case.number == f"云交-{TODAY.year}-0001"
    assert (case.state, case.received_on, case.open) == ("registered", TODAY, 1)
    assert case.due_on is not None and case.due_on > TODAY
    assert len(done.query_code) == 10
    assert done.warnings == ()
    assert personal.reveal(done.application, "content") == ASKED


def test_a_submission_that_is_sent_twice_arrives_once(apply):
    first = apply(once="form-1")
    again = apply(once="form-1")
    assert again.again and again.application == first.application
    assert again.query_code == first.query_code
    assert Application.objects.count() == 1


def test_what_names_the_applicant_lies_sealed(apply):
    done = apply(content=f"{ASKED}，联系人{LI.name}，电话{LI.phone}")
    assert LI.name not in done.application.subject
    assert LI.phone not in done.application.subject
    row = done.application.applicants.get()
    assert LI.identity.encode() not in bytes(row.identity)
    assert personal.reveal(row, "identity") == LI.identity


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, "还没有到"),
        ({"received_on": TODAY - timedelta(days=5), "late_reason": ""}, "为什么今天才登记"),
        ({"content": "字" * 20_001}, "最多20000字"),
        ({"content": "\x00"}, "控制字符"),
        ({"channel": "pigeon"}, "提交方式"),
    ],
)
def test_refusals_at_the_door(apply, other, says):
    with pytest.raises(Refused, match=says):
        apply(**other)
    assert Application.objects.count() == 0


def test_no_term_is_extended_by_more_days_than_anyone_counts(apply, audit):
    application = apply().application
    for as_fact in (False, True):
        with pytest.raises(Refused, match="最多999个"):
            perform(
                audit=audit, application=application, act=Act.EXTEND, on=TODAY, days=1000, as_fact=as_fact, reason="x"
            )


def test_the_whole_way_to_the_archive(apply, audit):
    application = apply(TODAY - timedelta(days=3)).application
    records.assign(audit=audit, application=application, handler=audit.actor)
    letter = granting(audit, application)
    letters.submit(audit=audit, letter=letter)
    assert Case.objects.get(application=application).state == "for_review"
    letters.review(audit=audit, letter=letter)
    letters.approve(audit=audit, letter=letter, on=TODAY)
    letters.sign(audit=audit, letter=letter, on=TODAY)
    letter.refresh_from_db()
    assert letter.number == f"云交公复〔{TODAY.year}〕1号"
    letters.put_seal(audit=audit, letter=letter, on=TODAY, seal="云岭县交通运输局印章")
    sent = delivery.send(audit=audit, letter=letter, manner="in_person", on=TODAY)
    assert Case.objects.get(application=application).state == "decided"
    delivery.came_back(audit=audit, delivery=sent, outcome="signed", on=TODAY)
    case = Case.objects.get(application=application)
    assert (case.state, case.open, case.decision, case.delivered_on) == ("delivered", 2, "G2", TODAY)
    assert standing_of(application).clock.on_time
    perform(audit=audit, application=application, act=Act.CLOSE, on=TODAY)
    assert Case.objects.get(application=application).open == 0


def test_a_letter_may_not_be_signed_while_evidence_is_lacking(apply, audit):
    application = apply().application
    letter = letters.draft(audit=audit, application=application, code="U1a")
    letters.edit(
        audit=audit, letter=letter, text=Text(loaded(current(letter)).fields, paragraphs=("经检索，该信息不存在。",))
    )
    approved(audit, letter)
    with pytest.raises(Refused, match="卷内还缺：检索记录"):
        letters.sign(audit=audit, letter=letter, on=TODAY)


def test_of_two_who_act_one_wins_and_the_other_is_told(apply, audit):
    application = apply().application
    seen = Case.objects.get(application=application).revision
    perform(audit=audit, application=application, act=Act.WITHDRAW, on=TODAY, seen=seen)
    with pytest.raises(facts.Overtaken, match="刚刚有人办理过"):
        perform(audit=audit, application=application, act=Act.ASK_COUNSEL, on=TODAY, seen=seen)


def test_a_mistaken_day_is_corrected_and_what_was_known_stays_known(apply, audit):
    application = apply(TODAY - timedelta(days=4)).application
    before = timezone.now()
    due = standing_of(application).clock.due_on
    row = CaseEvent.objects.get(application=application)
    from dataclasses import replace

    facts.correct(
        audit=audit,
        application=application,
        row=row.pk,
        event=replace(row.event(), on=TODAY - timedelta(days=12)),
        reason="收发室签收日期登记有误",
    )
    now = standing_of(application)
    assert now.received_on == TODAY - timedelta(days=12)
    assert now.clock.due_on < due
    assert standing_of(application, before).clock.due_on == due
    assert Case.objects.get(application=application).due_on == now.clock.due_on


def test_a_receipt_cannot_be_said_never_to_have_been(apply, audit):
    application = apply().application
    row = CaseEvent.objects.get(application=application)
    with pytest.raises(Refused, match="不能作废"):
        facts.correct(audit=audit, application=application, row=row.pk, event=None, reason="误登")


def test_a_number_that_names_someone_is_written_over_in_a_reason(apply, audit):
    application = apply().application
    perform(audit=audit, application=application, act=Act.WITHDRAW, on=TODAY, reason=f"来电{LI.phone}要求撤回")
    assert LI.phone not in CaseEvent.objects.get(kind="withdrawn").reason
