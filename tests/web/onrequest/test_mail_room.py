"""The mail room's book: the signature starts the clock, and what nobody registers raises an alarm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Application, Case, MailItem, MailStep
from gongkai.web.onrequest.selectors import mailroom as book
from gongkai.web.onrequest.services import mailroom
from gongkai.web.rules.selectors import calendar_of

TODAY = timezone.localdate()


@pytest.fixture
def letter(audit, organ):
    def give(days_ago: int = 0, **other):
        told = {
            "place": "guard_room",
            "signed_on": TODAY - timedelta(days=days_ago),
            "mail_number": "EMS 123 cn",
            "sender": "李清照",
        } | other
        return mailroom.sign_for(audit=audit, organ=organ, **told)

    return give


def lines(county, organ, **other):
    return book.items(county.pk, [organ.pk], TODAY, **({"open_only": True} | other))


def test_what_was_signed_for_and_not_registered_raises_the_alarm_from_the_next_working_day(letter, county, organ):
    calendar = calendar_of(county.pk)
    yesterday = calendar.workdays_before(TODAY + timedelta(days=1), 2)
    letter((TODAY - yesterday).days)
    letter(0, mail_number="EMS 2")
    first, second = lines(county, organ)
    assert first.waiting == calendar.workdays_between(yesterday, TODAY)
    assert second.waiting == 0
    assert not second.alarm


def test_a_mail_number_is_written_once_however_it_is_typed(letter):
    letter()
    with pytest.raises(Refused, match="已于.*登记"):
        letter(mail_number="ems123CN")
    assert MailItem.objects.count() == 1


def test_the_sender_lies_sealed(letter):
    assert "李清照".encode() not in bytes(letter().sender)


@pytest.mark.parametrize(
    ("other", "says"),
    [({"place": "roof"}, "在哪里收到"), ({"signed_on": TODAY + timedelta(days=1)}, "还没有到")],
)
def test_refusals_of_the_book(letter, other, says):
    with pytest.raises(Refused, match=says):
        letter(**other)


def test_a_letter_is_handed_over_once_and_not_before_it_came(letter, audit):
    item = letter(2)
    with pytest.raises(Refused, match="早于签收日期"):
        mailroom.hand_over(audit=audit, item=item, on=TODAY - timedelta(days=5))
    mailroom.hand_over(audit=audit, item=item, on=TODAY)
    with pytest.raises(Refused, match="已经移交"):
        mailroom.hand_over(audit=audit, item=item, on=TODAY)


def test_that_a_letter_is_something_else_needs_a_reason(letter, audit, county, organ):
    item = letter()
    with pytest.raises(Refused, match="请写明这封信是什么"):
        mailroom.not_an_application(audit=audit, item=item, reason=" ")
    mailroom.not_an_application(audit=audit, item=item, reason="信访件，已转信访室")
    assert lines(county, organ) == []
    assert lines(county, organ, open_only=False)[0].reason == "信访件，已转信访室"


# ── the pages ────────────────────────────────────────────────────────────────────────────────────────────────────────


def keyed(organ, item, **other):
    return {
        "once": "desk:test-1",
        "organ": str(organ.pk),
        "channel": "post_signed",
        "received_on": item.signed_on.isoformat(),
        "kind": "natural_person",
        "name": "李清照",
        "content": "申请公开石桥镇农村公路建设项目的立项批复",
        "provision": "paper",
        "manner": "post",
    } | other


def test_a_letter_is_written_in_with_one_line(desk, organ):
    answer = desk.post(
        "/mail",
        {"organ": organ.pk, "place": "mail_room", "mail_number": "XA1", "signed_on": TODAY, "signed_for": "on"},
    )
    assert answer.status_code == 302
    page = desk.get("/mail").content.decode()
    assert "XA1" in page
    assert "没有登记为申请的信件" in page


def test_what_was_typed_stays_when_a_line_is_refused(desk, organ, letter):
    letter()
    answer = desk.post(
        "/mail",
        {"organ": organ.pk, "place": "mail_room", "mail_number": "EMS123CN", "sender": "张三", "signed_on": TODAY},
    )
    assert answer.status_code == 409
    assert "张三" in answer.content.decode()


def test_a_letter_becomes_an_application_of_the_day_it_was_signed_for(desk, organ, letter):
    item = letter(9)
    page = desk.get(f"/cases/new?mail={item.pk}").content.decode()
    assert f'value="{item.signed_on:%Y-%m-%d}"' in page
    assert 'value="李清照"' in page
    answer = desk.post(f"/cases/new?mail={item.pk}", keyed(organ, item))
    assert answer.status_code == 302
    case = Case.objects.get()
    assert case.received_on == item.signed_on
    assert MailStep.objects.get(item=item).application_id == case.pk
    assert "已签收未登记" not in desk.get("/mail").content.decode()


def test_another_day_than_that_of_signing_is_refused_and_nothing_is_registered(desk, organ, letter):
    item = letter(9)
    answer = desk.post(f"/cases/new?mail={item.pk}", keyed(organ, item, received_on=TODAY.isoformat()))
    assert "以签收之日为收到之日" in answer.content.decode()
    assert not Application.objects.exists()


def test_a_letter_that_was_settled_is_not_registered_again(desk, organ, letter, audit):
    item = letter()
    mailroom.not_an_application(audit=audit, item=item, reason="广告")
    answer = desk.post(f"/cases/new?mail={item.pk}", keyed(organ, item))
    assert "已经处理过" in answer.content.decode()
    assert not Application.objects.exists()


def test_a_letter_sent_twice_from_the_form_is_registered_once(desk, organ, letter):
    item = letter()
    desk.post(f"/cases/new?mail={item.pk}", keyed(organ, item))
    desk.post(f"/cases/new?mail={item.pk}", keyed(organ, item))
    assert Application.objects.count() == 1


def test_nobody_finds_a_letter_that_is_not_there(desk, organ):
    assert desk.get("/cases/new?mail=x").status_code == 404
    assert desk.post("/mail/01890000-0000-7000-8000-000000000000/hand-over", {"on": TODAY}).status_code == 404


def test_who_sits_in_the_mail_room_sees_the_book_and_nothing_else(organ, letter, audit):
    from django.test import Client

    from gongkai.web.people.services import add_person, appoint

    letter(9)
    person = add_person(audit=audit, name="演示收发员", demonstration=True)
    appoint(audit=audit, person=person, role="mail_room", organ=organ)
    client = Client()
    client.post("/account/as", {"person": person.pk})
    page = client.get("/mail").content.decode()
    assert "已签收未登记" in page
    assert "登记为申请" not in page.split("<table", 1)[1]
    assert "本县设置" not in page
    for url in ("/cases", "/disputes", "/complaints", "/fees", "/registers", "/figures", "/month", "/rules"):
        assert client.get(url).status_code == 403, url


def test_the_book_of_another_organ_is_closed(organ, letter, audit, county):
    from django.test import Client

    from gongkai.web.organs.models import Organ
    from gongkai.web.people.services import add_person, appoint

    item = letter(9)
    other = Organ.objects.create(county=county.pk, name="云岭县教育局", form="department", word="云教")
    person = add_person(audit=audit, name="演示承办人", demonstration=True)
    appoint(audit=audit, person=person, role="clerk", organ=other)
    client = Client()
    client.post("/account/as", {"person": person.pk})
    assert "EMS123CN" not in client.get("/mail").content.decode()
    assert client.post(f"/mail/{item.pk}/hand-over", {"on": TODAY}).status_code == 403
    assert client.get(f"/cases/new?mail={item.pk}").status_code == 403
