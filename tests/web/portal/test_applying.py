"""Applying on line: once, whole, and nothing that was typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.calendar import published
from gongkai.web.audit.models import Entry
from gongkai.web.messages.models import Message
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Attachment, Case
from gongkai.web.people.models import Person
from tests.web.portal.conftest import ASKED, FORM, LI, PICTURE, form_of, stranger


def send(visitor, organ, **other):
    return visitor.post(f"/apply/{organ.pk}", form_of(visitor, organ, **other))


def test_three_pages_lead_from_the_home_to_the_receipt(visitor, organ):
    assert "/apply" in visitor.get("/portal").content.decode()
    listed = visitor.get("/apply", {"q": "交通"}).content.decode()
    assert f"/apply/{organ.pk}" in listed
    answer = send(visitor, organ)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/follow/receipt?new=1"
    page = visitor.get(answer.headers["Location"]).content.decode()
    application = Application.objects.get()
    assert application.number in page
    assert personal.reveal(application, "query_code") in page
    case = Case.objects.get()
    assert f"{case.due_on.year}年{case.due_on.month}月{case.due_on.day}日" in page
    assert (case.received_on, case.to_confirm, case.channel) == (timezone.localdate(), 1, "internet")
    assert application.origin == "portal"
    assert personal.reveal(application, "content") == ASKED


def test_in_a_year_whose_holidays_nobody_entered_one_applies_all_the_same(visitor, organ, clock):
    clock.now = clock.now.replace(year=published().last_on.year + 1)
    page = visitor.get(send(visitor, organ).headers["Location"]).content.decode()
    application = Application.objects.get()
    assert (application.number in page, personal.reveal(application, "query_code") in page) == (True, True)
    assert "上班后会尽快与您联系" in page
    assert application.case.due_on is None
    assert application.number in visitor.get("/follow/case").content.decode()


def test_what_is_done_on_line_stands_under_one_name_that_cannot_log_in(visitor, organ):
    send(visitor, organ)
    send(stranger(), organ, identity="11010119900307451X", identity_confirmed="on")
    person = Person.objects.get(role="applicant")
    assert Entry.objects.filter(actor=person.pk, act="onrequest.register").count() == 2
    from gongkai.web.audit.services import Audit
    from gongkai.web.facts import Refused
    from gongkai.web.people.accounts import open_account

    with pytest.raises(Refused, match="没有账号"):
        open_account(audit=Audit(actor=person.pk, county=person.county), person=person, login="online")


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("content", "请写明要申请公开的信息"),
        ("name", "请填写姓名或者单位名称"),
        ("identity", "请填写证件号码"),
        ("kind", "请选择申请人类型"),
        ("manner", "请选择怎样得到信息"),
        ("phone", "请至少填写一种联系方式"),
    ],
)
def test_what_article_29_asks_for_is_asked_for_and_the_rest_is_kept(visitor, organ, field, says):
    answer = send(visitor, organ, **{field: None})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    kept = {"content": ASKED, "name": LI.name, "identity": LI.identity, "phone": LI.phone}
    assert all(words in page for key, words in kept.items() if key != field)
    assert Application.objects.count() == 0


def test_a_purpose_is_never_asked_for(visitor, organ):
    page = visitor.get(f"/apply/{organ.pk}").content.decode()
    assert "不需要说明用途" in page
    assert 'name="purpose"' not in page


@pytest.mark.parametrize(("manner", "lacks"), [("post", "请填写通信地址"), ("email", "请填写电子邮箱"), ("fax", None)])
def test_the_way_chosen_asks_for_its_address(visitor, organ, manner, lacks):
    answer = send(visitor, organ, manner=manner)
    assert answer.status_code == (422 if lacks else 302)
    assert (lacks or "") in answer.content.decode()


def test_a_failed_check_digit_is_a_warning_that_the_person_confirms(visitor, organ):
    wrong = "110101199003074515"
    answer = send(visitor, organ, identity=wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "校验位不符" in page
    assert "证件号码确实如此" in page
    assert Application.objects.count() == 0
    assert send(visitor, organ, identity=wrong, identity_confirmed="on").status_code == 302


@pytest.mark.parametrize(
    ("kind", "identity"), [("passport", "E12345678"), ("hong_kong_macao_permit", "H12345678"), ("other", "军字第5号")]
)
def test_other_papers_are_as_good(visitor, organ, kind, identity):
    assert send(visitor, organ, identity_kind=kind, identity=identity).status_code == 302


@pytest.mark.parametrize("kind", ["enterprise", "research_institution", "legal_service_provider", "other_organisation"])
def test_organisations_apply_with_their_code(visitor, organ, kind):
    told = {"kind": kind, "identity_kind": "unified_credit_code", "identity": "91350100M000100Y43", "name": "某公司"}
    assert send(visitor, organ, **told).status_code == 302
    assert Case.objects.get().applicant_kind == kind


def test_rare_signs_are_kept_and_those_that_are_none_are_taken_out(visitor, organ):
    assert send(visitor, organ, name="𠮷㛃").status_code == 302
    row = Application.objects.get().applicants.get()
    assert personal.reveal(row, "name") == "𠮷㛃"
    assert send(visitor, organ, content="立项\x00批复\x0b和附件").status_code == 302
    assert Application.objects.order_by("-recorded_at")[0].subject == "立项批复 和附件"


def test_a_form_that_is_sent_again_arrives_once_and_a_changed_one_is_another(visitor, organ):
    form = form_of(visitor, organ)
    first, again = (visitor.post(f"/apply/{organ.pk}", form) for _ in range(2))
    assert first.status_code == again.status_code == 302
    assert Application.objects.count() == 1
    visitor.post(f"/apply/{organ.pk}", form | {"content": "申请公开另一份文件"})
    assert Application.objects.count() == 2


def test_files_come_with_it_each_in_its_place(visitor, organ):
    files = {
        "identity_proof": SimpleUploadedFile("证件.png", PICTURE),
        "attachment": [SimpleUploadedFile("说明.txt", "补充说明".encode()), SimpleUploadedFile("二.txt", b"two")],
    }
    answer = send(visitor, organ, **files)
    assert answer.status_code == 302, answer.content.decode()
    assert sorted(Attachment.objects.values_list("role", flat=True)) == ["attachment", "attachment", "identity_proof"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("程序.exe", b"MZ" + b"\x00" * 50, "不是可以接收的文件类型"),
        ("空.txt", b"", "空文件"),
        ("大.txt", b"x" * (1024 * 1024 + 1), "超过1MB"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_a_sentence_and_the_words_are_kept(
    visitor, organ, settings, name, data, says
):
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "file_megabytes": 1}
    answer = send(visitor, organ, attachment=SimpleUploadedFile(name, data))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "请重新选择" in page
    assert ASKED in page
    assert Application.objects.count() == 0


def test_too_many_files_are_refused(visitor, organ, settings):
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "files": 2}
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(3)]
    assert "最多上传2个文件" in send(visitor, organ, attachment=files).content.decode()


def test_a_form_that_lay_open_too_long_comes_back_with_what_was_typed(visitor, organ, monkeypatch):
    form = form_of(visitor, organ)
    answer = visitor.post(f"/apply/{organ.pk}", form | {"token": "forged"})
    assert answer.status_code == 422
    assert "打开得太久" in answer.content.decode()
    assert ASKED in answer.content.decode()
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    assert "打开得太久" in visitor.post(f"/apply/{organ.pk}", form).content.decode()


def test_who_chose_to_be_told_is_told_without_anything_personal(visitor, organ):
    assert send(visitor, organ, by_sms="on", by_email="on", email=LI.email).status_code == 302
    messages = list(Message.objects.order_by("channel"))
    assert [m.channel for m in messages] == ["email", "sms"]
    assert {m.template for m in messages} == {"application.received"}
    assert {str(m.fields) for m in messages} == {str({"number": Application.objects.get().number})}
    assert all(LI.phone.encode() not in bytes(m.address) for m in messages)


def test_who_did_not_choose_is_told_nothing(visitor, organ):
    send(visitor, organ, email=LI.email)
    assert Message.objects.count() == 0


def test_a_notice_to_no_phone_is_refused(visitor, organ):
    answer = send(visitor, organ, phone="0531-87880001", by_sms="on")
    assert "11位手机号码" in answer.content.decode()


def test_an_organ_that_is_no_more_takes_no_application(visitor, organ):
    organ.valid_until = timezone.localdate()
    organ.save()
    assert visitor.get(f"/apply/{organ.pk}").status_code == 404
    assert visitor.post(f"/apply/{organ.pk}", FORM).status_code == 404


def test_the_notice_on_personal_data_names_who_why_what_how_long_and_rights(visitor, organ):
    page = visitor.get(f"/portal/privacy/{organ.pk}").content.decode()
    for words in (organ.name, organ.phone, "为什么", "处理哪些", "保存多久", "更正", "第十三条第一款第三项"):
        assert words in page


def test_a_form_from_elsewhere_is_refused_on_the_public_side(county, organ):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(f"/apply/{organ.pk}", FORM)
    assert answer.status_code == 403
    assert "页面已经过期" in answer.content.decode()
    assert "年度报告" not in answer.content.decode()


def test_more_than_the_limit_is_refused_before_it_is_read(visitor, organ):
    answer = visitor.post(f"/apply/{organ.pk}", FORM, CONTENT_LENGTH=str(81 * 1024 * 1024))
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "文件过大，没有收下" in page
    assert "年度报告" not in page


@pytest.mark.parametrize("url", ["/portal/nowhere", "/apply/01890000-0000-7000-8000-000000000000"])
def test_a_page_that_is_not_there_is_told_on_the_public_side(visitor, url):
    answer = visitor.get(url)
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()
    assert "年度报告" not in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"content": "字" * 20_001}, "最多20000字，现有20001字"),
        ({"name": "字" * 101}, "最多100字"),
        ({"kind": "nobody"}, "选择一个有效的选项"),
        ({"identity_kind": "nothing"}, "选择一个有效的选项"),
        ({"email": "不是邮箱"}, "电子邮箱地址不正确"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(visitor, organ, told, says):
    answer = send(visitor, organ, **told)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_searching_for_an_organ_bears_anything(visitor, organ):
    for asked, count in (("交通", 1), ("没有的", 0), ("<b>\x00", 0), ("", 1), ("字" * 500, 0)):
        answer = visitor.get("/apply", {"q": asked})
        assert answer.status_code == 200
        assert answer.content.decode().count(f"/apply/{organ.pk}") == count
        assert "\x00" not in answer.content.decode()
        assert "<b>" not in answer.content.decode().split("<main")[1].split("<ul")[0]
