"""What the registers add to the start page: limits of disputes, complaints, and the days on which a head is reminded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.onrequest.selectors.waiting import Waiting
from gongkai.web.onrequest.services import complaints, disputes, mailroom, records
from gongkai.web.people.selectors import acting
from gongkai.web.people.services import add_person, appoint

TODAY = timezone.localdate()


@pytest.fixture
def person(audit, organ):
    def give(role):
        found = add_person(audit=audit, name=f"人员{role}")
        appoint(audit=audit, person=found, role=role, organ=organ)
        return acting(found)

    return give


def kinds(person):
    return [line.kind for line in Waiting(person, TODAY).lines()]


def test_the_limit_of_a_dispute_waits_for_who_answers_it(person, organ, audit):
    row = disputes.register(
        audit=audit, organ=organ, kind="reconsideration", before="云岭县人民政府", received_on=TODAY
    )
    (line,) = Waiting(person("clerk"), TODAY).lines()
    assert (line.kind, line.args, line.left) == ("dispute", (row.pk,), 10)
    assert kinds(person("mail_room")) == []
    disputes.take_step(audit=audit, dispute=row, step="replied", on=TODAY)
    assert kinds(person("head")) == []


def test_an_open_complaint_waits_until_it_is_answered(person, organ, audit):
    row = complaints.register(audit=audit, organ=organ, about="other", words="没有答复", received_on=TODAY)
    assert kinds(person("competent")) == ["complaint"]
    for step in ("unfounded", "answered"):
        complaints.take_step(audit=audit, complaint=row, step=step, on=TODAY, words="已查")
    assert kinds(person("competent")) == []


def test_a_letter_that_nobody_registered_waits_for_the_mail_room_only(person, organ, audit):
    mailroom.sign_for(audit=audit, organ=organ, place="guard_room", signed_on=TODAY - timedelta(days=4))
    assert kinds(person("mail_room")) == ["mail"]
    assert kinds(person("reviewer")) == []


def test_a_head_is_reminded_of_what_others_handle_once_it_is_near(person, apply, audit):
    clerk, head = person("clerk"), person("head")
    near, far = apply(TODAY - timedelta(days=60)).application, apply().application
    for each in (near, far):
        records.assign(audit=audit, application=each, handler=clerk.pk)
    (line,) = Waiting(head, TODAY).lines()
    assert (line.kind, line.args, line.level) == ("reminder", (near.pk,), "overdue")


def test_the_start_page_shows_them(desk, organ, audit):
    disputes.register(audit=audit, organ=organ, kind="direct_litigation", before="云岭县人民法院", received_on=TODAY)
    mailroom.sign_for(audit=audit, organ=organ, place="letter_box", signed_on=TODAY)
    page = desk.get("/").content.decode()
    assert "云岭县人民法院" in page
    assert "签收的信件还没有登记" in page
