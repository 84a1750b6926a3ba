"""Third parties and other organs are asked: by letter, with days of their own, and what silence means."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.calendar import published
from gongkai.onrequest.events import Kind
from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.lettertext import Text, current, loaded
from gongkai.web.onrequest.models import Case, Consultation, Delivery, Letter
from gongkai.web.onrequest.selectors.consultations import consultations_of
from gongkai.web.onrequest.selectors.facts import standing_of
from gongkai.web.onrequest.selectors.waiting import Waiting
from gongkai.web.onrequest.services import consultations, delivery, letters, records
from tests.web.onrequest.steps import signed

TODAY = timezone.localdate()
PARTY = "石桥镇利民建筑有限公司"


def send(audit, row: Consultation, on, signed_on=None) -> Letter:
    """Take the letter of a consultation through its stages and post it."""
    letter = Letter.objects.get(pk=row.letter)
    text = loaded(current(letter))
    fields = {"information": "中标合同", "contact": "办公室，87880000"} | text.fields
    letters.edit(audit=audit, letter=letter, text=Text(fields | {"information": "中标合同"}), facts={})
    signed(audit, letter, on)
    letters.put_seal(audit=audit, letter=letter, on=on, seal="印章")
    sent = delivery.send(audit=audit, letter=letter, manner="post", on=on, mail_number="EMS1")
    if signed_on:
        delivery.came_back(audit=audit, delivery=sent, outcome="signed", on=signed_on)
    return letter


@pytest.fixture
def asked(apply, audit):
    """Ask a third party (or an organ) in a case received some days ago."""

    def give(days=50, kind="third_party", letter_kind="third_party_consult", sent=45, signed=43):
        application = apply(TODAY - timedelta(days=days)).application
        row = consultations.open_consultation(
            audit=audit,
            application=application,
            kind=kind,
            letter_kind=letter_kind,
            party=PARTY,
            contact="县城东街1号",
            information="中标合同",
        )
        send(audit, row, TODAY - timedelta(days=sent), TODAY - timedelta(days=signed) if signed else None)
        return application, row

    return give


def only(application):
    return consultations_of(application, TODAY)[0]


def test_a_party_is_sealed_and_spoken_of_by_a_neutral_name(apply, audit):
    application = apply().application
    opened = {"audit": audit, "application": application, "kind": "third_party", "letter_kind": "third_party_consult"}
    first = consultations.open_consultation(party=PARTY, contact="电话1", **opened)
    second = consultations.open_consultation(party="乙公司", **opened)
    assert (first.matter, second.matter) == ("第三方甲", "第三方乙")
    assert PARTY.encode() not in bytes(first.party)
    assert personal.reveal(first, "party") == PARTY
    letter = Letter.objects.get(pk=first.letter)
    assert (letter.about, letter.facts) == (first.pk, {"matter": "第三方甲"})
    said = loaded(current(letter)).fields
    assert said["receiver"] == PARTY
    assert "李清照" not in str(said)
    assert standing_of(application).clock.running


def test_the_clock_stops_when_the_letter_is_posted_and_the_party_has_fifteen_working_days(asked):
    application, _row = asked(sent=10, signed=8, days=20)
    assert standing_of(application).clock.due_on is None
    found = only(application)
    assert found.sent_on == TODAY - timedelta(days=10)
    assert found.received_on == TODAY - timedelta(days=8)
    assert found.due_on == published().add_workdays(TODAY - timedelta(days=8), 15)
    assert found.open and not found.lapsed
    assert "不等于同意" in found.silence


def test_an_opinion_ends_it_on_the_day_it_came(asked, audit):
    application, row = asked(sent=10, signed=8, days=20)
    consultations.answer(audit=audit, consultation=row, agrees=True, on=TODAY - timedelta(days=2))
    assert only(application).ended_on == TODAY - timedelta(days=2)
    assert standing_of(application).clock.running
    with pytest.raises(Refused, match="已于"):
        consultations.answer(audit=audit, consultation=row, agrees=True, on=TODAY)


def test_an_objection_needs_its_reasons_and_may_be_overridden_by_letter(asked, audit):
    application, row = asked(sent=10, signed=8, days=20)
    with pytest.raises(Refused, match="摘录其理由"):
        consultations.answer(audit=audit, consultation=row, agrees=False, on=TODAY)
    with pytest.raises(Refused, match="才需要告知第三方"):
        consultations.draft_decision_notice(audit=audit, consultation=row)
    consultations.answer(audit=audit, consultation=row, agrees=False, on=TODAY, words="涉及商业秘密")
    notice = consultations.draft_decision_notice(audit=audit, consultation=row)
    assert (notice.kind, notice.about) == ("third_party_decision_notice", row.pk)
    assert only(application).steps[-1].words == "涉及商业秘密"


def test_silence_ends_it_on_the_last_day_and_not_before(asked, audit):
    application, row = asked(sent=10, signed=8, days=20)
    with pytest.raises(Refused, match="还没有届满"):
        consultations.silent(audit=audit, consultation=row)
    application, row = asked()
    due = only(application).due_on
    assert only(application).lapsed
    consultations.silent(audit=audit, consultation=row)
    assert only(application).ended_on == due
    ended = [event for event in standing_of(application).events if event.kind is Kind.THIRD_PARTY_ENDED]
    assert [event.on for event in ended] == [due]


def test_an_opinion_that_comes_late_takes_no_further_day_from_the_applicant(asked, audit):
    application, row = asked()
    due = only(application).due_on
    consultations.answer(audit=audit, consultation=row, agrees=True, on=TODAY)
    assert only(application).ended_on == due


def test_an_organ_that_is_silent_agrees(asked):
    application, _row = asked(kind="organ", letter_kind="joint_consult")
    found = only(application)
    assert (found.matter, found.limit.key) == ("机关一", "organ_reply")
    assert found.silence == "逾期未提出意见，视为同意公开。"


def test_what_cannot_be_delivered_is_decided_by_a_person(asked, audit):
    application, row = asked(signed=None)
    with pytest.raises(Refused, match="还没有登记对方收到"):
        consultations.silent(audit=audit, consultation=row)
    with pytest.raises(Refused, match="怎样送达"):
        consultations.undeliverable(audit=audit, consultation=row, on=TODAY, words=" ")
    consultations.undeliverable(audit=audit, consultation=row, on=TODAY, words="邮件退回，查无此单位")
    assert only(application).undeliverable
    assert standing_of(application).clock.due_on is None
    with pytest.raises(Refused, match="怎样处理和理由"):
        consultations.resolve(audit=audit, consultation=row, on=TODAY, words="")
    consultations.resolve(audit=audit, consultation=row, on=TODAY, words="由本机关依条例决定")
    assert only(application).ended_on == TODAY


def test_nothing_comes_back_before_the_letter_was_sent(apply, audit):
    application = apply().application
    row = consultations.open_consultation(
        audit=audit, application=application, kind="organ", letter_kind="joint_consult", party="县水利局"
    )
    with pytest.raises(Refused, match="还没有送出"):
        consultations.received(audit=audit, consultation=row, on=TODAY)
    with pytest.raises(Refused, match="名称"):
        consultations.open_consultation(
            audit=audit, application=application, kind="organ", letter_kind="joint_consult", party=" "
        )
    with pytest.raises(Refused, match="哪一种文书"):
        consultations.open_consultation(
            audit=audit, application=application, kind="organ", letter_kind="third_party_consult", party="某"
        )


def test_a_consultation_whose_days_have_run_out_waits_on_the_start_page(asked, audit, operator):
    application, row = asked()
    records.assign(audit=audit, application=application, handler=audit.actor)
    lines = [line for line in Waiting(operator, TODAY).lines() if line.kind == "consultation"]
    assert [(line.view, line.args) for line in lines] == [("consultation", (application.pk, row.pk))]
    assert lines[0].level == "overdue"
    assert PARTY not in lines[0].title + lines[0].detail
    consultations.silent(audit=audit, consultation=row)
    assert not [line for line in Waiting(operator, TODAY).lines() if line.kind == "consultation"]


def test_telling_the_applicant_opens_no_second_consultation(asked, audit):
    application, row = asked(sent=10, signed=8, days=20)
    notice = consultations.draft_notice(audit=audit, application=application)
    text = loaded(current(notice))
    fields = text.fields | {"contact": "办公室"}
    letters.edit(audit=audit, letter=notice, text=Text(fields), facts={"event": "third_party_consulted"})
    letters.submit(audit=audit, letter=notice)
    letters.sign(audit=audit, letter=notice, on=TODAY)
    letters.put_seal(audit=audit, letter=notice, on=TODAY, seal="印章")
    delivery.send(audit=audit, letter=notice, manner="post", on=TODAY, mail_number="EMS2")
    begun = [e for e in standing_of(application).events if e.kind is Kind.THIRD_PARTY_CONSULTED]
    assert len(begun) == 1
    assert Delivery.objects.count() == 2
    assert Case.objects.get(application=application).state == "consulting"
    assert Consultation.objects.get() == row


def test_the_start_page_asks_no_more_for_ten_than_for_one(asked, operator, audit, django_assert_max_num_queries):
    for _ in range(3):
        application, _row = asked()
        records.assign(audit=audit, application=application, handler=audit.actor)
    with django_assert_max_num_queries(9):
        lines = list(Waiting(operator, TODAY).consultations())
    assert len(lines) == 3
