"""Complaints under article 47 and corrections under article 41: registers of their own, with the office's own days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Complaint, RecordCorrection
from gongkai.web.onrequest.selectors import matters
from gongkai.web.onrequest.services import complaints, corrections, rules
from gongkai.web.rules.selectors import calendar_of

TODAY = timezone.localdate()


@pytest.fixture
def correction(audit, organ):
    def give(**other):
        told = {"requester": "王安石", "words": "档案中的出生日期有误，附户口簿", "received_on": TODAY} | other
        return corrections.register(audit=audit, organ=organ, **told)

    return give


@pytest.fixture
def complaint(audit, organ):
    def give(**other):
        told = {
            "about": "not_answered",
            "words": "超过期限没有答复",
            "received_on": TODAY,
            "complainant": "王安石",
        } | other
        return complaints.register(audit=audit, organ=organ, **told)

    return give


def test_a_correction_has_its_own_number_and_lies_sealed(correction):
    row = correction()
    assert row.number == f"云交更正-{TODAY.year}-0001"
    assert "王安石".encode() not in bytes(row.requester)
    assert "档案".encode() not in bytes(row.words)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"requester": " "}, "请写明提出人"),
        ({"words": ""}, "请写明要求更正的记录"),
        ({"words": "\x00"}, "控制字符"),
        ({"words": "字" * 5001}, "最多5000字"),
        ({"received_on": TODAY + timedelta(days=1)}, "还没有到"),
    ],
)
def test_refusals_of_a_correction(correction, other, says):
    with pytest.raises(Refused, match=says):
        correction(**other)
    assert not RecordCorrection.objects.exists()


def test_a_correction_is_verified_before_it_is_decided_and_ends_once(correction, audit):
    row = correction()

    def step(name, **other):
        told = {"on": TODAY, "words": "已与户籍底册核对"} | other
        return corrections.take_step(audit=audit, correction=row, step=name, **told)

    with pytest.raises(Refused, match="先登记核实"):
        step("corrected")
    with pytest.raises(Refused, match="请选择办理的环节"):
        step("burnt")
    with pytest.raises(Refused, match="请写明办理情况"):
        step("verified", words="")
    with pytest.raises(Refused, match="收到之日以后"):
        step("verified", on=TODAY - timedelta(days=1))
    step("verified")
    step("corrected")
    with pytest.raises(Refused, match="已经办结"):
        step("forwarded")


def test_what_belongs_to_another_organ_is_forwarded_or_told(correction, audit):
    row = correction()
    corrections.take_step(audit=audit, correction=row, step="forwarded", on=TODAY, words="转县公安局并告知")
    assert matters.correction_line(row, TODAY, calendar_of(row.county)).ended


def test_without_a_setting_there_is_no_due_day_and_with_one_there_is(correction, complaint, audit, organ, county):
    first = correction()
    calendar = calendar_of(county.pk)
    assert matters.correction_line(first, TODAY, calendar).due_on is None
    rules.set_days(audit=audit, key="onrequest.correction_days", days=10, organ=organ)
    rules.set_days(audit=audit, key="onrequest.complaint_days", days=15)
    found = matters.correction_line(first, TODAY, calendar)
    assert (found.due_on, found.left) == (calendar.add_workdays(TODAY, 10), 10)
    assert matters.complaint_line(complaint(), TODAY, calendar).due_on == calendar.add_workdays(TODAY, 15)


def test_what_is_open_stands_before_what_has_ended(correction, audit, county):
    first, second = correction(), correction()
    corrections.take_step(audit=audit, correction=first, step="told", on=TODAY, words="告知向县公安局提出")
    assert [line.key for line in matters.corrections(county.pk, None, TODAY)] == [second.pk, first.pk]


# ── the pages ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_correction_on_its_pages_and_that_it_was_seen_is_on_record(desk, organ):
    from gongkai.web.audit.models import Entry

    told = {"organ": organ.pk, "requester": "王安石", "words": "出生日期有误", "received_on": TODAY}
    answer = desk.post("/corrections", told)
    assert answer.status_code == 302
    page = desk.get(answer["Location"])
    assert "出生日期有误" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert Entry.objects.filter(act="onrequest.see_personal").exists()
    assert "王安石" not in desk.get("/corrections").content.decode()
    refused = desk.post(answer["Location"], {"step": "corrected", "on": TODAY, "words": "已改"})
    assert refused.status_code == 409
    assert "已改" in refused.content.decode()
    assert desk.post(answer["Location"], {"step": "verified", "on": TODAY, "words": "属实"}).status_code == 302


def test_what_was_typed_stays_when_a_form_is_refused(desk, organ):
    told = {"organ": organ.pk, "requester": "王安石", "words": "", "received_on": TODAY}
    answer = desk.post("/corrections", told)
    assert answer.status_code == 422
    assert "王安石" in answer.content.decode()


def test_a_complaint_on_its_pages(desk, organ, apply):
    application = apply().application
    told = {
        "organ": organ.pk,
        "about": "not_answered",
        "words": "没有答复",
        "received_on": TODAY,
        "application": application.number,
    }
    refused = desk.post("/complaints", told | {"application": "没有这个号"})
    assert "没有编号为" in refused.content.decode()
    answer = desk.post("/complaints", told)
    assert answer.status_code == 302
    assert Complaint.objects.get().application_id == application.pk
    assert desk.post(answer["Location"], {"step": "answered", "on": TODAY, "words": "已答复"}).status_code == 409
    assert desk.post(answer["Location"], {"step": "rectified", "on": TODAY, "words": "已督促"}).status_code == 302
    assert desk.post(answer["Location"], {"step": "answered", "on": TODAY, "words": "已答复"}).status_code == 302
    assert "已办结" in desk.get("/complaints").content.decode()
    assert desk.get("/complaints/01890000-0000-7000-8000-000000000000").status_code == 404
