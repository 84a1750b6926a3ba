"""Following one's own application: what is shown, what may be done, what was sent."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.onrequest.events import Event, Kind
from gongkai.onrequest.procedure import Act
from gongkai.web.audit.models import Entry
from gongkai.web.messages.models import Message
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Attachment, Case, CaseRecord, Complaint
from gongkai.web.onrequest.recordkinds import told
from gongkai.web.onrequest.services import complaints, facts, records
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.attachments import attach, look_through
from tests.web.portal.conftest import LI, PICTURE, entered, letter_sent, stranger, token_of

TODAY = timezone.localdate()
UNTIL = TODAY + timedelta(days=14)


def page_of(visitor) -> str:
    answer = visitor.get("/follow/case")
    assert answer.status_code == 200
    return answer.content.decode()


def test_number_and_code_open_the_page_in_any_writing(submitted):
    done = submitted()
    number, code = done.application.number, done.query_code
    for said, key in ((number, code), (f" {number} ", code.lower()), (number, f"{code[:5]}-{code[5:]}")):
        assert stranger().post("/follow", {"number": said, "code": key}).status_code == 302


def test_the_page_tells_days_and_steps_and_nothing_from_inside(submitted, audit):
    done = submitted()
    application = done.application
    records.record(audit=audit, application=application, kind="note", on=TODAY, words="内部意见甲")
    records.record(
        audit=audit, application=application, kind="contact", on=TODAY, words="内部联系乙", told={"way": "电话"}
    )
    perform(audit=audit, application=application, act=Act.ASK_COUNSEL, on=TODAY, matter="法律顾问丙", reason="理由丁")
    perform(
        audit=audit, application=application, act=Act.CONSULT_THIRD_PARTY, on=TODAY, matter="第三方戊", reason="理由己"
    )
    page = page_of(entered(done))
    assert "正在征求意见" in page
    assert "征求第三方意见" in page
    for inside in (
        "内部意见甲",
        "内部联系乙",
        "法律顾问丙",
        "理由丁",
        "第三方戊",
        "理由己",
        "征求法律意见",
        "本机操作人",
    ):
        assert inside not in page


def test_what_is_under_review_is_not_told_before_it_is_sent(submitted, audit):
    done = submitted()
    facts.happen(audit=audit, application=done.application, event=Event(Kind.SUBMITTED, TODAY, decision="N1"))
    facts.happen(audit=audit, application=done.application, event=Event(Kind.DECIDED, TODAY, decision="N1"))
    attach(audit=audit, application=done.application, file=look_through("草稿.txt", b"x", "released"))
    page = page_of(entered(done))
    assert "正在办理" in page
    assert "国家秘密" not in page
    assert "草稿.txt" not in page


def test_an_answer_is_told_with_its_letter_and_file(answered):
    found = answered()
    visitor = entered(found.done)
    page = page_of(visitor)
    assert "已经答复" in page
    assert "立项批复.txt" in page
    assert found.letter.number in page
    letter = visitor.get(f"/follow/letters/{found.letter.pk}")
    assert letter.content.startswith(b"%PDF-")
    assert quote(found.letter.number) in letter.headers["Content-Disposition"]
    file = visitor.get(f"/follow/files/{found.file.pk}")
    assert file.content.decode() == "同意立项。"
    assert {"onrequest.open_letter", "onrequest.open_file"} <= set(Entry.objects.values_list("act", flat=True))


def test_the_stamped_scan_is_what_was_delivered(answered):
    scan = look_through("盖章件.png", PICTURE, "stamped_scan")
    found = answered(scan=scan)
    answer = entered(found.done).get(f"/follow/letters/{found.letter.pk}")
    assert answer.content == scan.data


def test_letters_to_others_are_nobodys_business_outside(submitted, audit):
    from gongkai.web.onrequest.selectors.follow import to_applicant

    assert to_applicant("reply_n")
    assert to_applicant("supplement_notice")
    for kind in ("third_party_consult", "organ_consult", "assist_letter", "counsel_request", "approval_sheet"):
        assert not to_applicant(kind), kind


def test_a_draft_letter_is_not_there(submitted, audit):
    from gongkai.web.onrequest.services import letters

    done = submitted()
    letter = letters.draft(audit=audit, application=done.application, code="G2")
    assert entered(done).get(f"/follow/letters/{letter.pk}").status_code == 404


def test_a_second_round_shows_the_files_of_the_first_and_none_of_its_own(answered, audit):
    found = answered()
    application = found.done.application
    facts.happen(audit=audit, application=application, event=Event(Kind.REOPENED, TODAY, days=10))
    attach(audit=audit, application=application, file=look_through("重做.txt", b"x", "released"))
    page = page_of(entered(found.done))
    assert "立项批复.txt" in page
    assert "重做.txt" not in page


@pytest.fixture
def asked(submitted, audit):
    """An application whose applicant is asked to supplement it."""
    done = submitted()
    perform(audit=audit, application=done.application, act=Act.ASK_FOR_SUPPLEMENT, on=TODAY, until=UNTIL)
    return done


def test_a_supplement_is_received_once_with_its_words_and_files(asked):
    visitor = entered(asked)
    assert f"{UNTIL.year}年{UNTIL.month}月{UNTIL.day}日" in page_of(visitor)
    form = {"token": token_of(visitor), "words": "指石桥镇至县城一段"}
    for _ in range(2):
        sent = form | {"files": SimpleUploadedFile("补充.txt", "补充".encode())}
        assert visitor.post("/follow/supplement", sent).status_code == 302
    assert Case.objects.get().state == "handling"
    assert told(CaseRecord.objects.get(kind="supplement_text")) == {"words": "指石桥镇至县城一段"}
    assert Attachment.objects.filter(role="supplement").count() == 1
    assert "已经收到您的补正" in visitor.get("/follow/case?done=supplement").content.decode()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"words": " "}, "请填写补正的内容"),
        ({"words": "补正"}, "打开得太久"),
        ({"words": "字" * 5001}, "最多5000字"),
    ],
)
def test_a_supplement_that_is_none_is_refused_and_kept(asked, form, says):
    visitor = entered(asked)
    token = {} if "太久" in says else {"token": token_of(visitor)}
    answer = visitor.post("/follow/supplement", form | token)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Case.objects.get().state == "awaiting_supplement"


def test_a_supplement_that_nobody_asked_for_is_refused_with_the_procedures_sentence(submitted):
    visitor = entered(submitted())
    answer = visitor.post("/follow/supplement", {"token": token_of(visitor), "words": "补充"})
    assert answer.status_code == 422
    assert "不能“收到补正”" in answer.content.decode()
    assert CaseRecord.objects.count() == 0


def test_reasons_are_given_when_asked_for(submitted, audit):
    done = submitted()
    records.record(audit=audit, application=done.application, kind="excess_found", on=TODAY, words="三个月四十件")
    perform(audit=audit, application=done.application, act=Act.ASK_FOR_REASONS, on=TODAY, until=UNTIL)
    visitor = entered(done)
    assert "请您说明理由" in page_of(visitor)
    assert "三个月四十件" not in page_of(visitor)
    answer = visitor.post("/follow/reasons", {"token": token_of(visitor), "words": "涉及不同年度"})
    assert answer.status_code == 302
    assert Case.objects.get().state == "handling"


def test_withdrawing_asks_whether_one_is_sure(submitted):
    visitor = entered(submitted())
    form = {"token": token_of(visitor), "words": "不再需要"}
    assert "我确定撤回" in visitor.post("/follow/withdraw", form).content.decode()
    assert Case.objects.get().state == "registered"
    assert visitor.post("/follow/withdraw", form | {"sure": "1"}).status_code == 302
    assert Case.objects.get().state == "withdrawn"
    assert "您已撤回" in page_of(visitor)


def test_a_file_that_does_not_open_is_written_down(answered):
    found = answered()
    visitor = entered(found.done)
    form = {"token": token_of(visitor), "file": str(found.file.pk), "words": "提示损坏"}
    assert visitor.post("/follow/unreadable", form).status_code == 302
    assert told(CaseRecord.objects.get(kind="files_do_not_open"))["words"] == "“立项批复.txt”打不开。提示损坏"
    wrong = visitor.post("/follow/unreadable", form | {"file": "x", "token": token_of(visitor)})
    assert wrong.status_code == 422


def test_who_handles_the_case_is_asked_to_help_until_they_have_been_in_touch(answered, audit, operator):
    from gongkai.web.onrequest.selectors.waiting import Waiting

    found = answered()
    visitor = entered(found.done)
    visitor.post("/follow/unreadable", {"token": token_of(visitor), "file": str(found.file.pk)})
    asks = "申请人反映文件打不开，请联系并登记"
    assert [line.act for line in Waiting(operator, TODAY).cases()] == [asks]
    records.record(
        audit=audit,
        application=found.done.application,
        kind="contact",
        on=TODAY,
        words="已改寄光盘",
        told={"way": "电话"},
    )
    assert asks not in [line.act for line in Waiting(operator, TODAY).cases()]


def test_a_complaint_has_a_number_and_can_be_followed(submitted, audit):
    done = submitted()
    visitor = entered(done)
    form = {"token": token_of(visitor), "about": "wrong_answer", "words": "答复没有说明理由"}
    for _ in range(2):
        assert visitor.post("/follow/complaint", form).status_code == 302
    row = Complaint.objects.get()
    assert row.number == f"云交投诉-{TODAY.year}-0001"
    assert personal.reveal(row, "complainant") == LI.name
    assert row.number in page_of(visitor)
    complaints.take_step(audit=audit, complaint=row, step="rectified", on=TODAY, words="督促补充理由")
    complaints.take_step(audit=audit, complaint=row, step="answered", on=TODAY, words="已书面答复")
    page = page_of(visitor)
    assert "已经答复" in page
    assert "督促补充理由" not in page


@pytest.mark.parametrize(("about", "words", "says"), [("x", "事实", "投诉的事项"), ("other", " ", "事实和理由")])
def test_a_complaint_that_is_none_is_refused(submitted, about, words, says):
    visitor = entered(submitted())
    answer = visitor.post("/follow/complaint", {"token": token_of(visitor), "about": about, "words": words})
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_notices_are_chosen_changed_and_ended(submitted, audit):
    done = submitted()
    visitor = entered(done)
    assert "11位手机号码" in visitor.post("/follow/notices", {"sms": "123"}).content.decode()
    assert visitor.post("/follow/notices", {"sms": LI.phone, "email": LI.email}).status_code == 302
    perform(audit=audit, application=done.application, act=Act.ASK_FOR_SUPPLEMENT, on=TODAY, until=UNTIL)
    assert sorted(Message.objects.values_list("channel", "template")) == [
        ("email", "application.supplement_wanted"),
        ("sms", "application.supplement_wanted"),
    ]
    visitor.post("/follow/notices", {"sms": "", "email": ""})
    perform(audit=audit, application=done.application, act=Act.RECEIVE_SUPPLEMENT, on=TODAY)
    assert Message.objects.count() == 2


def test_a_letter_that_is_sent_is_told(submitted, audit):
    done = submitted()
    entered(done).post("/follow/notices", {"sms": LI.phone})
    letter = letter_sent(
        audit, done.application, kind="supplement_notice", facts={"until": UNTIL.isoformat(), "days": None},
        supplement_matters="写明年份", guidance="例如2025年", supplement_until=UNTIL,
    )  # fmt: skip
    assert Message.objects.get().template == "application.supplement_wanted"
    visitor = entered(done)
    assert f"/follow/letters/{letter.pk}" in page_of(visitor)


def test_acts_of_one_application_are_few_a_day(submitted, settings):
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "acts_a_day": 1}
    visitor = entered(submitted())
    assert visitor.post("/follow/notices", {"sms": LI.phone}).status_code == 302
    assert "次数已经很多" in visitor.post("/follow/notices", {"sms": ""}).content.decode()


def test_leaving_ends_it(submitted):
    visitor = entered(submitted())
    assert visitor.post("/follow/leave").status_code == 302
    assert visitor.get("/follow/case").headers["Location"].startswith("/follow?expired")


# ── forged codes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_number_and_a_wrong_code_are_told_alike(submitted):
    done, other = submitted(), submitted(content="另一件")
    number = done.application.number
    answers = [
        stranger().post("/follow", {"number": told, "code": code}).content.decode().replace(told, "")
        for told, code in (
            ("云交-2026-9999", "AAAAAAAAAA"),
            (number, "AAAAAAAAAA"),
            (number, other.query_code),
            ("云交-2026-9999", done.query_code),
        )
    ]
    assert len({page.split("<main", 1)[1].split("csrf", 1)[0] for page in answers}) == 1
    assert "没有查到" in answers[0]


@pytest.mark.parametrize("known", [True, False])
def test_wrong_codes_are_slowed_and_then_refused_for_a_quarter_of_an_hour(submitted, settings, known):
    from gongkai.web.limits.models import Tally

    done = submitted()
    number = done.application.number if known else "云交-2026-9999"
    said = []
    for _ in range(14):
        Tally.objects.filter(until__lt=timezone.now() + timedelta(minutes=2)).update(until=None)
        said.append(stranger().post("/follow", {"number": number, "code": "AAAAAAAAAA"}))
    assert [a.status_code for a in said] == [422] * 10 + [429] * 4
    assert "以后再试" in said[-1].content.decode()
    right = stranger().post("/follow", {"number": number, "code": done.query_code})
    assert right.status_code == 429, "also the right code waits"


def test_the_fifth_wrong_code_at_once_has_to_wait(submitted):
    number = submitted().application.number
    said = [stranger().post("/follow", {"number": number, "code": "AAAAAAAAAA"}).status_code for _ in range(5)]
    assert said == [422, 422, 422, 422, 429]


def test_many_numbers_from_one_place_are_refused_there_and_not_elsewhere(submitted, settings):
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "code_most": 3, "code_most_address": 5}
    done = submitted()
    from gongkai.web.limits.models import Tally

    for n in range(5):
        Tally.objects.filter(until__lt=timezone.now() + timedelta(minutes=2)).update(until=None)
        stranger().post("/follow", {"number": f"云交-2026-9{n:03d}", "code": "AAAAAAAAAA"})
    told = {"number": done.application.number, "code": done.query_code}
    assert stranger().post("/follow", told).status_code == 429
    elsewhere = stranger()
    elsewhere.defaults["REMOTE_ADDR"] = "198.51.100.9"
    assert elsewhere.post("/follow", told).status_code == 302
