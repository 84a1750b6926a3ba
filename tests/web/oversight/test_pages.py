"""The pages of supervision: who sees what, what is refused with a sentence, what lies on the start page, what is given out."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.web.demo.reports import SAMPLES
from gongkai.web.onrequest.services import complaints
from gongkai.web.organs.tree import found_organ
from gongkai.web.oversight.models import Accountability, Duty, Inspection, Notice, Sitting, Training
from gongkai.web.oversight.services import duties, inspections, notices, trainings
from gongkai.web.oversight.services.duties import Found
from gongkai.web.oversight.services.notices import About
from gongkai.web.oversight.wording import Subject
from gongkai.web.patrol.models import Task
from gongkai.web.patrol.services.intake import bring_in
from tests.patrol.made import hit, result_of
from tests.web.oversight.conftest import LINES, day, phone_photo

TODAY = day(0).isoformat()
SOON = day(-9).isoformat()


def text(response) -> str:
    return response.content.decode()


def photo(name: str = "窗口.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, phone_photo(), "image/jpeg")


@pytest.fixture
def problem(by, education):
    [made] = duties.find(audit=by("何静"), problems=[Found(education.pk, "窗口没有申请表", "补放")], due_on=day(-9))
    return made


def test_points_are_written_and_split_at_the_desk(asking, office, education, water):
    desk = asking("competent", office)
    assert "还没有工作要点" in text(desk.get("/oversight/points"))
    assert "请写明要点" in text(desk.post("/oversight/points", {"year": "2026", "title": " "}))
    page = desk.post("/oversight/points", {"year": "2026", "title": "更新指南", "words": "全部"}, follow=True)
    address = page.request["PATH_INFO"]
    refused = desk.post(address, {"title": "核对", "measure": "逐项核对", "due_on": "明天"})
    assert refused.status_code == 422 and "不是有效的日期" in text(refused) and "逐项核对" in text(refused)
    told = {"title": "核对", "measure": "逐项核对", "due_on": SOON, "organs": [education.pk, water.pk]}
    assert "已分解给2个单位" in text(desk.post(address, told, follow=True))
    desk.post(f"{address}/words", {"title": "更新公开指南"})
    clerk = asking("clerk", education)
    page = text(clerk.get(address))
    assert (
        "更新公开指南" in page
        and "任务-2026-0001" in page
        and "任务-2026-0002" not in page
        and "分解到单位" not in page
    )
    assert "更新公开指南" in text(clerk.get("/oversight/points?year=2026"))
    assert clerk.post(address, told).status_code == 403
    assert "任务：核对" in text(clerk.get("/"))


def test_an_organ_answers_its_own_problem_with_a_photo_and_another_sees_nothing(
    asking, office, education, water, problem
):
    url = reverse("oversight-duty", args=[problem.pk])
    clerk = asking("clerk", education)
    assert "问题：窗口没有申请表" in text(clerk.get("/"))
    bare = clerk.post(f"{url}/answer", {"words": "已补放"})
    assert bare.status_code == 409 and "请附上整改的证明材料" in text(bare) and "已补放" in text(bare)
    done = text(clerk.post(f"{url}/answer", {"words": "已补放", "files": photo()}, follow=True))
    assert "待复查" in done and "<img" in done
    assert clerk.post(f"{url}/close", {"words": "看过"}).status_code == 403
    file = done.split('<img src="')[1].split('"')[0]
    answer = clerk.get(file)
    assert answer.status_code == 200 and b"Exif" not in answer.content and "no-store" in answer["Cache-Control"]
    stranger = asking("clerk", water)
    assert (stranger.get(url).status_code, stranger.get(file).status_code) == (403, 403)
    assert "窗口没有申请表" not in text(stranger.get("/oversight/problems?group=all"))
    assert "窗口没有申请表" not in text(stranger.get("/oversight"))
    desk = asking("competent", office)
    assert "问题：窗口没有申请表" in text(desk.get("/"))
    assert "已销号" in text(desk.post(f"{url}/close", {"words": "到现场看过"}, follow=True))
    assert desk.post(f"{url}/burn").status_code == 404


def test_the_list_of_problems_is_given_out_as_workbook_and_on_paper(asking, office, problem):
    desk = asking("competent", office)
    sheet = load_workbook(io.BytesIO(desk.get("/oversight/problems/export").content)).active
    rows = list(sheet.values)
    assert rows[0][:3] == ("编号", "单位", "内容")
    assert rows[1][:4] == (problem.number, "云岭县教育局", "窗口没有申请表", "补放")
    assert desk.get("/oversight/problems/list.docx").content[:2] == b"PK"
    assert desk.get("/oversight/problems/list.pdf").content[:5] == b"%PDF-"
    assert desk.get("/oversight/problems/list.exe").status_code == 404
    assert "没有问题" in text(desk.get("/oversight/problems?words=没有这样的"))


def test_what_the_patrol_met_is_taken_over_once(asking, audit, office, education):
    bring_in(audit=audit, data=result_of([hit("stale_column", "/jyj/dt/", words="工作动态")]))
    task = Task.objects.get()
    desk = asking("competent", office)
    assert f"patrol={task.pk}" in text(desk.get(f"/patrol/tasks/{task.pk}"))
    page = text(desk.get(f"/oversight/problems/new?patrol={task.pk}"))
    assert "工作动态" in page and "网站巡查" in page
    told = {"patrol": task.pk, "organ": education.pk, "title": "栏目没有更新", "due_on": SOON}
    assert "已列入问题清单" in text(desk.post("/oversight/problems/new", told, follow=True))
    again = desk.post("/oversight/problems/new", told)
    assert again.status_code == 422 and "已经列入" in text(again)
    assert desk.get(f"/oversight/problems/new?patrol={education.pk}").status_code == 404
    assert Duty.objects.get().source == "patrol"


def test_an_inspection_goes_line_by_line_and_stays_hidden_until_it_ends(asking, office, education):
    desk = asking("competent", office)
    desk.post("/oversight/checklists", {"name": "现场清单", "text": LINES})
    assert "已经有“现场清单”" in text(desk.post("/oversight/checklists", {"name": "现场清单", "text": LINES}))
    again = {"name": "现场清单", "text": LINES, "seen": "1"}
    assert "没有变动" in text(desk.post("/oversight/checklists", again))
    late = desk.post("/oversight/checklists", again | {"text": LINES + "\n有复印机", "seen": "7"})
    assert late.status_code == 422
    assert "另一人存为第1版" in text(late)
    assert "有复印机" in text(late)
    listing = text(desk.get("/oversight/inspections"))
    checklist = listing.split('<option value="')[1].split('"')[0]
    told = {"checklist": checklist, "title": "四季度检查", "on": TODAY}
    refused = desk.post("/oversight/inspections", told)
    assert refused.status_code == 422 and "请选择被检查的单位" in text(refused)
    desk.post("/oversight/inspections", {**told, "organs": [education.pk]})
    visit = Inspection.objects.get()
    url = reverse("oversight-inspection", args=[visit.pk])
    refused = desk.post(url, {"line": "3", "verdict": "problem", "words": " "})
    assert refused.status_code == 409 and "请写明问题的具体情况" in text(refused)
    sent = {"line": "3", "verdict": "problem", "words": "没有摆放", "files": [photo(), photo("远景.jpg")]}
    assert desk.post(url, sent)["Location"] == f"{url}#l-3"
    page = text(desk.get(url))
    assert page.count("<img") == 2 and "没有摆放" in page
    image = page.split('<img src="')[1].split('"')[0]
    clerk = asking("clerk", education)
    assert (clerk.get(url).status_code, clerk.get(image).status_code) == (403, 403)
    assert "四季度检查" not in text(clerk.get("/oversight/inspections"))
    desk = asking("competent", office)
    assert "还有2项没有检查" in text(desk.post(f"{url}/end", {"due_on": SOON}))
    for line in "12":
        desk.post(url, {"line": line, "verdict": "good"})
    assert "1个问题已交办" in text(desk.post(f"{url}/end", {"due_on": SOON}, follow=True))
    clerk = asking("clerk", education)
    assert "没有摆放" in text(clerk.get(url)) and clerk.get(image).status_code == 200
    assert "<form" not in text(clerk.get(url)).split('class="check-list"')[1].split("</ol>")[0]


def test_notices_are_drafted_for_each_organ_gone_over_and_sent_by_hand(asking, by, office, education, water, problem):
    [late] = duties.find(audit=by("何静"), problems=[Found(water.pk, "指南没有更新")], due_on=day(5), begun_on=day(30))
    desk = asking("competent", office)
    page = text(desk.get("/oversight/notices/new"))
    assert f'value="{late.pk}" checked' in page and f'value="{problem.pk}" checked' not in page
    refused = desk.post("/oversight/notices/new", {"kind": "urge", "reply_by": SOON})
    assert refused.status_code == 422 and "请选择通知的事项" in text(refused)
    desk.post("/oversight/notices/new", {"kind": "urge", "reply_by": SOON, "duty": [late.pk, problem.pk]})
    assert Notice.objects.count() == 2
    draft = next(n for n in Notice.objects.all() if "指南没有更新" in str(n.subjects.get().words))
    url = reverse("oversight-notice", args=[draft.pk])
    page = text(desk.get(url))
    assert "已超过" in page and "云岭县水务局：" in page
    assert asking("clerk", water).get(url).status_code == 403, "a draft is the desk's own"
    desk = asking("competent", office)
    assert "请先核对全文" in text(desk.post(f"{url}/send", {"version": "1", "on": TODAY}))
    edit = {"base": "1", "title": "督办通知", "body": "请更新指南。", "organs": [water.pk], "reply_by": SOON}
    desk.post(f"{url}/edit", edit)
    lost = desk.post(f"{url}/edit", {**edit, "body": "我写的另一稿"})
    assert lost.status_code == 409 and "我写的另一稿" in text(lost) and "另有一人" in text(lost)
    desk.post(f"{url}/send", {"version": "2", "on": TODAY, "number": "云政办函〔2026〕9号", "confirmed": "1"})
    assert desk.get(f"{url}/letter.docx").content[:2] == b"PK"
    assert desk.get(f"{url}/letter.pdf").content[:5] == b"%PDF-"
    clerk = asking("clerk", water)
    assert "督办通知：督办通知" in text(clerk.get("/")) and "待签收" in text(clerk.get("/oversight/notices"))
    clerk.post(f"{url}/receive")
    done = text(clerk.post(f"{url}/reply", {"words": "已更新", "files": photo()}, follow=True))
    assert "已更新" in done and "<img" in done and "历次稿" not in done
    assert clerk.post(f"{url}/send", {"version": "2"}).status_code == 403
    other = asking("clerk", education)
    assert other.get(url).status_code == 403
    assert url not in text(other.get("/oversight/notices"))


def test_a_draft_says_what_was_done_since_it_was_written(asking, by, office, education, water, problem):
    [other] = duties.find(audit=by("何静"), problems=[Found(water.pk, "地址没有更新", "更新")], due_on=day(-9))
    about = [About("duty", each.pk, Subject(each.title, each.measure, each.due_on)) for each in (problem, other)]
    organs = [education.pk, water.pk]
    made = notices.draft(audit=by("何静"), kind="circular", organs=organs, about=about, reply_by=None)
    desk, url = asking("competent", office), reverse("oversight-notice", args=[made.pk])
    assert "情况有变" not in text(desk.get(url))
    duties.act_on(audit=by("何静"), duty=other, act="withdraw", words="列错了单位")
    page = text(desk.get(url))
    assert "情况有变" in page and "地址没有更新</a>”已撤销" in page and "窗口没有申请表</a>”" not in page
    said = {"version": 1, "number": "", "on": TODAY, "confirmed": "1"}
    assert "情况有变" not in text(desk.post(f"{url}/send", said, follow=True)), "what was sent stays as it was sent"


def test_what_was_typed_about_a_problem_stays_when_it_is_refused(asking, office, problem):
    desk, url = asking("competent", office), reverse("oversight-duty", args=[problem.pk])
    refused = desk.post(f"{url}/change", {"due_on": "2020-01-01", "words": "单位人手不足"})
    page = text(refused)
    assert refused.status_code == 409 and 'value="2020-01-01"' in page and 'value="单位人手不足"' in page
    assert page.count("单位人手不足") == 1, "in the field where it was typed, and in no other"


def test_a_circular_goes_to_many_and_each_sees_its_own_reply(asking, by, office, education, water):
    made = notices.draft(
        audit=by("何静"), kind="circular", organs=[education.pk, water.pk],
        about=[About("other", None, Subject("指南没有更新", organ="云岭县水务局"))], reply_by=day(-9),
    )  # fmt: skip
    notices.send(audit=by("何静"), notice=made, version=1, number="", on=day(0), confirmed=True)
    url = reverse("oversight-notice", args=[made.pk])
    asking("clerk", education).post(f"{url}/reply", {"words": "我局已对照自查"})
    seen = text(asking("clerk", water).get(url))
    assert "我局已对照自查" not in seen and "云岭县教育局</th>" not in seen
    whole = text(asking("competent", office).get(url))
    assert "我局已对照自查" in whole and "未签收" in whole


def test_a_training_is_signed_tested_and_its_names_seen_by_the_host(asking, office, education, water):
    desk = asking("competent", office)
    told = {"host": office.pk, "title": "业务培训", "on": TODAY, "for_all": "1"}
    assert "请选择举办的单位" in text(desk.post("/oversight/trainings", {**told, "host": ""}))
    desk.post("/oversight/trainings", told)
    url = reverse("oversight-training", args=[Training.objects.get().stem])
    desk.post(f"{url}/paper", {"text": "期限？\n10\n*20"})
    desk.post(f"{url}/attended", {"organ": water.pk, "names": "钱川", "files": photo("签到表.jpg")})
    page = text(desk.get(url))
    assert "钱川" in page
    sheet = page.split('class="photos"')[1].split('href="')[1].split('"')[0]
    assert desk.get(sheet).status_code == 200
    clerk = asking("clerk", education)
    page = text(clerk.get(url))
    assert "钱川" not in page and "签到</button>" in page and clerk.get(sheet).status_code == 403
    clerk.post(f"{url}/sign")
    failed = text(clerk.post(f"{url}/sit", {"version": "1", "q0": "0"}, follow=True))
    assert 'say-warning">答对0题，共1题，没有通过' in failed
    passed = text(clerk.post(f"{url}/sit", {"version": "1", "q0": "1"}, follow=True))
    assert 'say-success">答对1题，共1题，通过' in passed and "say-warning" not in passed
    assert Sitting.objects.count() == 2
    assert clerk.post(f"{url}/paper", {"text": "x"}).status_code == 403
    assert "2人" in text(clerk.get(url)).replace("<small>", "") and "1/1" in text(clerk.get("/oversight/trainings"))
    clerk.post("/oversight/trainings", {"host": education.pk, "title": "内部培训", "on": TODAY})
    assert clerk.post("/oversight/trainings", {"host": water.pk, "title": "代办", "on": TODAY}).status_code == 403
    assert "内部培训" not in text(asking("clerk", water).get("/oversight/trainings"))


def test_complaints_lead_to_what_followed(asking, by, office, education):
    row = complaints.register(
        audit=by("何静"), organ=education, about="not_published", words="李四说", received_on=day(5)
    )
    complaints.take_step(audit=by("何静"), complaint=row, step="rectified", on=day(2), words="属实")
    desk = asking("competent", office)
    page = text(desk.get("/oversight/complaints"))
    assert "还没有后续处理" in page and "李四" not in page
    desk.post("/oversight/notices/new", {"kind": "rectify", "complaint": row.pk, "reply_by": SOON})
    told = {
        "complaint": row.pk,
        "organ": education.pk,
        "kind": "ordered",
        "on": TODAY,
        "decided_by": "县政府",
        "words": "没有公开",
    }
    assert "请选择处理方式" in text(desk.post("/oversight/accountability", {**told, "kind": ""}))
    desk.post("/oversight/accountability", told)
    page = text(desk.get("/oversight/complaints"))
    assert "整改通知" in page and "责令改正" in page and "还没有后续处理" not in page
    entry = reverse("oversight-accountability-entry", args=[Accountability.objects.get().stem])
    assert "请写明更正的理由" in text(desk.post(entry, {**told, "people": "2"}))
    desk.post(f"{entry}/void", {"reason": "重复"})
    assert "已作废" in text(desk.get(entry))
    assert asking("clerk", education).get("/oversight/accountability").status_code == 403


def test_a_day_beyond_the_calendar_waits_on_the_start_page_without_a_count(asking, audit, office, education):
    far = day(-900)
    duties.find(audit=audit, problems=[Found(education.pk, "指南电话打不通")], due_on=far)
    page = text(asking("clerk", education).get("/"))
    assert "指南电话打不通" in page
    assert f"{far.year}年" in page


def test_settings_hold_from_today(asking, office, education):
    desk = asking("competent", office)
    refused = desk.post("/oversight/settings", {"problem_days": "半", "reply_days": "5", "pass_mark": "80"})
    assert refused.status_code == 409 and "请填整数" in text(refused) and 'value="半"' in text(refused)
    desk.post("/oversight/settings", {"problem_days": "3", "reply_days": "5", "pass_mark": "80"})
    assert 'value="80"' in text(desk.get("/oversight/settings"))
    assert asking("clerk", education).get("/oversight/settings").status_code == 403


def test_words_that_people_typed_are_shown_and_never_run(asking, by, office, education):
    bad = "<script>alert(1)</script>{{ 7 }}"
    [made] = duties.find(audit=by("何静"), problems=[Found(education.pk, bad, bad)], due_on=day(-9))
    trainings.keep_training(audit=by("何静"), host=office, title=bad, on=day(0), for_all=True)
    checklist = inspections.keep_checklist(audit=by("何静"), name="清单", text=bad)
    inspections.begin(audit=by("何静"), checklist=checklist, organs=[education.pk], title=bad, on=day(0))
    desk = asking("competent", office)
    urls = [
        reverse("oversight-duty", args=[made.pk]),
        reverse("oversight-inspection", args=[Inspection.objects.get().pk]),
    ]
    for url in (
        *urls,
        "/oversight/trainings",
        "/oversight/checklists",
        "/oversight",
        f"/oversight/notices/new?duty={made.pk}",
    ):
        page = text(desk.get(url))
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_a_notice_is_drafted_from_what_was_found_in_a_report(asking, audit, office, handed_in):
    wrong = next(each for each in SAMPLES if each.changed)
    organ = found_organ(audit=audit, county=audit.county, name=wrong.organ, form="department")
    report = handed_in(wrong.organ, wrong.year)
    assert report.organ == organ
    desk = asking("competent", office)
    assert f"notices/new?report={report.pk}" in text(desk.get(f"/reports/{report.pk}"))
    page = text(desk.get(f"/oversight/notices/new?report={report.pk}"))
    assert "全部写入草稿" in page and '<option value="rectify" selected>' in page
    desk.post("/oversight/notices/new", {"kind": "rectify", "report": report.pk, "reply_by": SOON})
    draft = Notice.objects.get()
    assert draft.kind == "rectify" and {each.kind for each in draft.subjects.all()} == {"report"}
    assert draft.subjects.first().words in text(desk.get(reverse("oversight-notice", args=[draft.pk])))
    assert desk.get(f"/oversight/notices/new?report={draft.pk}").status_code == 404
