"""Inspections, notices, trainings, accountability: examples with their refusals."""

from __future__ import annotations

import io
import uuid
from contextlib import nullcontext
from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from gongkai.web import sealed
from gongkai.web.facts import Refused
from gongkai.web.files import photo_operations
from gongkai.web.onrequest.services import complaints
from gongkai.web.oversight.models import Attendance, Duty, Notice, NoticeText
from gongkai.web.oversight.selectors import accountability as register
from gongkai.web.oversight.selectors import duties as duty_selectors
from gongkai.web.oversight.selectors import inspections as visits
from gongkai.web.oversight.selectors import notices as notice_selectors
from gongkai.web.oversight.selectors import telling
from gongkai.web.oversight.selectors import trainings as training_selectors
from gongkai.web.oversight.services import accountability, duties, evidence, inspections, notices, settings, trainings
from gongkai.web.oversight.services.accountability import Entry
from gongkai.web.oversight.services.duties import Found
from gongkai.web.oversight.services.notices import About
from gongkai.web.oversight.wording import Subject, drafted
from tests.web.oversight.conftest import LINES, PROOF, day, phone_photo

TODAY = day(0)


# ── inspections ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def visit(by, education):
    checklist = inspections.keep_checklist(audit=by("何静"), name="现场清单", text=LINES)
    [made] = inspections.begin(
        audit=by("何静"), checklist=checklist, organs=[education.pk], title="四季度检查", on=TODAY
    )
    return made


def test_a_checklist_has_versions_and_a_visit_keeps_its_own(by, visit):
    desk = by("何静")
    assert visit.checklist.lines == [
        ["1", "平台", "指南的电话打得通", "拨打"], ["2", "平台", "栏目没有空白", ""], ["3", "窗口", "有申请表", ""],
    ]  # fmt: skip
    assert visits.as_text(visit.checklist) == LINES
    for text, why in ((LINES, "没有变动"), (" \n# 组\n", "请填写检查内容"), ("甲\n甲", "写了两次")):
        with pytest.raises(Refused, match=why):
            inspections.keep_checklist(audit=desk, name="现场清单", text=text)
    second = inspections.keep_checklist(audit=desk, name="现场清单", text=LINES + "\n有意见箱", seen=1)
    for seen, why in ((1, "另一人存为第2版"), (0, "已经有“现场清单”")):
        with pytest.raises(Refused, match=why):
            inspections.keep_checklist(audit=desk, name="现场清单", text=LINES + "\n有复印机", seen=seen)
    assert (second.version, len(second.lines)) == (2, 4)
    assert [c.version for c in visits.checklists(visit.county)] == [2]
    visit.refresh_from_db()
    assert len(visit.checklist.lines) == 3


def test_a_visit_ends_when_all_is_judged_and_gives_out_its_problems(by, visit, education):
    desk = by("何静")
    for told, why in (
        ({"line": "1", "verdict": "fine"}, "请选择检查的结果"),
        ({"line": "9", "verdict": "good"}, "没有这一项"),
        ({"line": "3", "verdict": "problem"}, "请写明问题的具体情况"),
    ):
        with pytest.raises(Refused, match=why):
            inspections.judge(audit=desk, inspection=visit, **told)
    inspections.judge(audit=desk, inspection=visit, line="1", verdict="problem", words="打不通")
    inspections.judge(audit=desk, inspection=visit, line="1", verdict="good")
    inspections.judge(audit=desk, inspection=visit, line="3", verdict="problem", words="没有摆放", files=PROOF)
    with pytest.raises(Refused, match="还有1项没有检查，例如“栏目没有空白”"):
        inspections.end(audit=desk, inspection=visit, due_on=day(-9))
    inspections.judge(audit=desk, inspection=visit, line="2", verdict="unseen")
    with pytest.raises(Refused, match="请填写期限"):
        inspections.end(audit=desk, inspection=visit, due_on=None)
    [problem] = inspections.end(audit=desk, inspection=visit, due_on=day(-9))
    assert (problem.title, problem.organ, problem.source, problem.due_on) == (
        "没有摆放",
        education,
        "inspection",
        day(-9),
    )
    assert "第3项：有申请表" in problem.basis
    assert [len(told.files) for told in duty_selectors.story(problem)] == [1]
    for act in (
        lambda: inspections.judge(audit=desk, inspection=visit, line="1", verdict="good"),
        lambda: inspections.end(audit=desk, inspection=visit, due_on=day(-9)),
    ):
        with pytest.raises(Refused, match="已经结束"):
            act()
    counted = visits.counted(visit.county, TODAY.year)
    assert (counted.inspections, counted.organs, counted.problems, counted.closed) == (1, 1, 1, 0)


def test_a_visit_without_problems_needs_no_day_and_a_future_one_does_not_begin(by, visit, education):
    desk = by("何静")
    for line in "123":
        inspections.judge(audit=desk, inspection=visit, line=line, verdict="none")
    assert inspections.end(audit=desk, inspection=visit, due_on=None) == []
    with pytest.raises(Refused, match="还没有到"):
        inspections.begin(audit=desk, checklist=visit.checklist, organs=[education.pk], title="下次", on=day(-1))


def test_what_a_phone_wrote_into_a_photo_is_left_behind_and_the_photo_stands_upright():
    before = phone_photo()
    with Image.open(io.BytesIO(before)) as opened:
        assert opened.getexif().get_ifd(0x8825)
    told, made = photo_operations.photo({}, before)
    with Image.open(io.BytesIO(made)) as opened:
        assert (opened.format, opened.size, dict(opened.getexif())) == ("JPEG", (40, 80), {})
    assert told["told"] is True
    assert b"25" not in made[:400] and b"Exif" not in made
    big = io.BytesIO()
    Image.new("RGBA", (5000, 100), (255, 0, 0, 0)).save(big, "PNG")
    told, made = photo_operations.photo({}, big.getvalue())
    with Image.open(io.BytesIO(made)) as opened:
        assert opened.size == (2400, 48) and opened.getpixel((5, 5)) == (255, 255, 255)
    for broken in (b"\xff\xd8\xff" + b"x" * 90, before[: len(before) // 2], b""):
        assert "error" in photo_operations.photo({}, broken)[0]


def test_files_come_through_the_border(db, settings):
    kept = evidence.look("C:\\图片\\窗口.JPEG", phone_photo())
    assert (kept.name, kept.stripped) == ("窗口.jpg", True)
    for name, data, why in (
        ("空.jpg", b"", "空文件"),
        ("木马.jpg", b"MZ\x90\x00", "不是可以接收的文件类型"),
        ("坏.jpg", b"\xff\xd8\xff" + b"x" * 60, "已损坏"),
        ("密.txt", "机密★1年\n内容".encode(), "密级标志"),
    ):
        with pytest.raises(Refused, match=why):
            evidence.look(name, data)
    with pytest.raises(Refused, match="一次最多上传9个"):
        evidence.look_all((f"{n}.txt", b"x") for n in range(10))


# ── notices ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def notice(by, office, education):
    about = [About("other", None, Subject("窗口没有申请表", "补放申请表", date(2026, 3, 2), 4))]
    return notices.draft(audit=by("何静"), kind="rectify", organs=[education.pk], about=about, reply_by=day(-9))


def test_the_draft_says_what_is_asked_until_when_and_on_what_it_rests():
    subjects = [Subject("指南没有更新。", "更新", date(2026, 3, 2), 4, "县教育局"), Subject("没有回复来函")]
    urge = drafted("urge", subjects, date(2026, 3, 19))
    assert urge.body.split("\n")[1:3] == [
        "（一）指南没有更新。更新。期限为2026年3月2日，至今已超过4个工作日。", "（二）没有回复来函。",
    ]  # fmt: skip
    assert "于2026年3月19日（星期四）前" in urge.body and "《" not in urge.body
    rectify, circular = drafted("rectify", subjects, None), drafted("circular", subjects, None)
    assert "根据《政府信息公开条例》第四十七条第一款" in rectify.body and "县教育局：" not in rectify.body
    assert "（一）县教育局：指南没有更新。" in circular.body and "前报送" not in circular.body
    with pytest.raises(ValueError, match="种类"):
        drafted("scold", subjects, None)


def test_a_notice_is_not_drafted_about_nothing_or_to_nobody(by, education):
    about = [About("other", None, Subject("事项"))]
    told = {"audit": by("何静"), "kind": "urge", "organs": [education.pk], "about": about, "reply_by": None}
    for wrong, why in (
        ({"kind": "scold"}, "种类"), ({"about": []}, "事项"), ({"organs": []}, "哪个单位"), ({"reply_by": day(1)}, "已经过去"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            notices.draft(**{**told, **wrong})


def test_a_notice_is_sent_once_by_a_person_who_read_what_is_sent(by, notice, education):
    desk = by("何静")
    told = {
        "audit": desk,
        "notice": notice,
        "version": 1,
        "number": "云政办函〔2026〕7号",
        "on": TODAY,
        "confirmed": True,
    }
    for wrong, why in (
        ({"confirmed": False}, "请先核对全文"),
        ({"on": day(-1)}, "还没有到"),
        ({"version": 2}, "第1稿"),
    ):
        with pytest.raises(Refused, match=why):
            notices.send(**{**told, **wrong})
    edited = {
        "audit": desk,
        "notice": notice,
        "title": "整改通知",
        "body": "请整改。",
        "organs": [education.pk],
        "reply_by": day(-5),
    }
    notices.edit(base=1, **edited)
    with pytest.raises(Refused, match="另有一人刚刚改过"):
        notices.edit(base=1, **edited)
    with pytest.raises(Refused, match="第2稿"):
        notices.send(**told)
    notices.send(**{**told, "version": 2})
    for act in (
        lambda: notices.send(**told),
        lambda: notices.edit(base=2, **edited),
        lambda: notices.drop(audit=desk, notice=notice, words="x"),
    ):
        with pytest.raises(Refused, match="现在是“已发出”"):
            act()
    notice.refresh_from_db()
    letter = notice_selectors.letter(notice, notice_selectors.text_of(notice))
    assert (letter.organ_name, letter.addressee, letter.number, letter.dated_on) == (
        "云岭县人民政府办公室", "云岭县教育局", "云政办函〔2026〕7号", TODAY,
    )  # fmt: skip
    assert letter.paragraphs == ("请整改。",)
    assert NoticeText.objects.filter(notice=notice).count() == 2
    twice = notices.draft(
        audit=desk, kind="urge", organs=[education.pk], about=[About("other", None, Subject("x"))], reply_by=None
    )
    with pytest.raises(Refused, match="已经用过"):
        notices.send(**{**told, "notice": twice})
    assert notice_selectors.counted(notice.county, TODAY.year) == {"urge": 0, "rectify": 1, "circular": 0}


def test_the_database_gives_no_number_twice_in_a_county(county):
    def bears(number: str, home=county.pk) -> Notice:
        return Notice.objects.create(county=home, kind="urge", title="督办", number=number, by=home)

    bears("云政办函〔2026〕9号")
    bears("云政办函〔2026〕9号", uuid.uuid4())
    bears("")
    bears("")
    with pytest.raises(IntegrityError), transaction.atomic():
        bears("云政办函〔2026〕9号")
    assert Notice.objects.filter(number="").count() == 2


def test_who_comes_second_with_a_number_is_told_whatever_the_moment(by, notice, education, monkeypatch):
    """The look before writing sees nothing when the other is not done yet: then the database says it."""
    desk = by("何静")
    told = {"audit": desk, "version": 1, "number": "云政办函〔2026〕8号", "on": TODAY, "confirmed": True}
    notices.send(notice=notice, **told)
    late = notices.draft(
        audit=desk, kind="urge", organs=[education.pk], about=[About("other", None, Subject("x"))], reply_by=None
    )
    seen = iter((False, True))
    monkeypatch.setattr(notices, "_given", lambda *_: next(seen))
    with pytest.raises(Refused, match="已经用过，请核对登记簿后另取一个号"):
        notices.send(notice=late, **told)
    late.refresh_from_db()
    assert (late.state, late.number, late.acts.count(), late.recipients.count()) == ("draft", "", 0, 0)
    monkeypatch.undo()
    notices.send(notice=late, **told | {"number": "云政办函〔2026〕10号"})


def test_an_organ_receives_and_replies_and_another_does_not(by, notice, education, water):
    organ = by("王芳")
    with pytest.raises(Refused, match="没有发给"):
        notices.receive(audit=organ, notice=notice, organ=education.pk)
    notices.send(audit=by("何静"), notice=notice, version=1, number="", on=TODAY, confirmed=True)
    assert [row.organ for row in notice_selectors.waiting(notice.county, education.pk, 9)] == [education]
    with pytest.raises(Refused, match="没有发给"):
        notices.reply(audit=organ, notice=notice, organ=water.pk, words="好")
    with pytest.raises(Refused, match="请写明回复的内容"):
        notices.reply(audit=organ, notice=notice, organ=education.pk, words=" ")
    notices.reply(audit=organ, notice=notice, organ=education.pk, words="已补放", files=PROOF)
    with pytest.raises(Refused, match="已经签收"):
        notices.receive(audit=organ, notice=notice, organ=education.pk)
    told = notice_selectors.story(notice, (education.pk,))
    assert [(each.what, len(each.files)) for each in told] == [("发出", 0), ("签收", 0), ("回复", 1)]
    assert [each.what for each in notice_selectors.story(notice, (water.pk,))] == ["发出"]
    assert notice_selectors.waiting(notice.county, education.pk, 9) == []


def test_a_draft_that_is_not_sent_says_why(by, notice):
    with pytest.raises(Refused, match="理由"):
        notices.drop(audit=by("何静"), notice=notice, words="")
    notices.drop(audit=by("何静"), notice=notice, words="已当面整改")
    notice.refresh_from_db()
    assert notice.state == "dropped" and notice_selectors.drafts(notice.county, 9) == []


# ── trainings ────────────────────────────────────────────────────────────────────────────────────────────────────────

PAPER = "答复期限是多少个工作日？\n10\n*20\n\n应当写明哪些？\n*姓名\n*联系方式\n用途"


@pytest.fixture
def training(by, office):
    on = max(day(3), date(TODAY.year, 1, 1))
    return trainings.keep_training(audit=by("何静"), host=office, title="业务培训", on=on, for_all=True)


def test_who_came_is_counted_and_named_only_to_the_host(by, audit, training, education, water):
    trainings.attended(audit=by("何静"), training=training, organ=education.pk, names="赵宁、钱川\n孙悦\n赵宁")
    trainings.sign(audit=by("王芳"), training=training, organ=water)
    for act, why in (
        (lambda: trainings.sign(audit=by("王芳"), training=training, organ=water), "已经签到"),
        (lambda: trainings.sign(audit=by("李强"), training=training, organ=None), "没有所在的机关"),
        (
            lambda: trainings.attended(audit=by("何静"), training=training, organ=education.pk, names="孙悦"),
            "已经登记过",
        ),
        (lambda: trainings.attended(audit=by("何静"), training=training, organ=education.pk, names=" "), "一行一个"),
        (
            lambda: trainings.attended(audit=by("何静"), training=training, organ=education.pk, names="字" * 31),
            "不像姓名",
        ),
    ):
        with pytest.raises(Refused, match=why):
            act()
    row = Attendance.objects.filter(person__isnull=True).first()
    assert "赵宁".encode() not in bytes(row.name)
    with pytest.raises(sealed.Tampered):
        sealed.unseal(bytes(row.name), table="oversight_paper", column="name", row=row.pk)
    assert [(c.organ, c.people, c.names) for c in training_selectors.came(training)] == [
        ("云岭县教育局", 3, ()), ("云岭县水务局", 1, ()),
    ]  # fmt: skip
    assert training_selectors.came(training, audit=audit)[0].names == ("赵宁", "钱川", "孙悦")
    counted = training_selectors.counted(training.county, TODAY.year, TODAY)
    assert (counted.held, counted.people, counted.sat) == (1, 4, 0)


@pytest.mark.parametrize(
    ("typed", "at", "sheet_first", "signed_first", "refused"),
    [
        ("王芳", "education", 1, 1, True),
        ("王　芳", "education", 1, 1, True),
        ("赵宁、王芳、王 芳", "education", 2, 1, True),
        ("王芳（教研室）", "education", 2, 2, False),
        ("赵宁", "education", 2, 2, False),
        ("王芳", "water", 2, 2, False),
    ],
)
def test_who_signed_in_and_stands_on_the_sheet_came_once(
    by, training, office, education, water, typed, at, sheet_first, signed_first, refused
):
    again = trainings.keep_training(audit=by("何静"), host=office, title="再训", on=training.on)
    organ = {"education": education, "water": water}[at]
    for row, people, sheet_leads in ((training, sheet_first, True), (again, signed_first, False)):
        ways = [
            partial(trainings.attended, audit=by("何静"), training=row, organ=education.pk, names=typed),
            partial(trainings.sign, audit=by("王芳"), training=row, organ=organ),
        ]
        first, second = ways if sheet_leads else reversed(ways)
        first()
        with pytest.raises(Refused, match="同名的另一人") if refused else nullcontext():
            second()
        assert training_selectors.line(row).people == people


def test_one_that_is_yet_to_come_or_called_off_is_not_attended(by, training, office, education):
    later = trainings.keep_training(audit=by("何静"), host=office, title="下月培训", on=day(-20))
    with pytest.raises(Refused, match="请到当天"):
        trainings.sign(audit=by("王芳"), training=later, organ=education)
    off = trainings.keep_training(
        audit=by("何静"), host=office, title="下月培训", on=TODAY, cancelled=True, stem=later.stem
    )
    with pytest.raises(Refused, match="已经取消"):
        trainings.sign(audit=by("王芳"), training=off, organ=education)
    trainings.sign(audit=by("王芳"), training=training, organ=education)
    with pytest.raises(Refused, match="已经有人签到"):
        trainings.keep_training(audit=by("何静"), host=office, title="x", on=TODAY, cancelled=True, stem=training.stem)
    with pytest.raises(Refused, match="也不能改到今天以后"):
        trainings.keep_training(audit=by("何静"), host=office, title="x", on=day(-2), stem=training.stem)
    assert training_selectors.counted(training.county, TODAY.year, TODAY).held == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "请填写题目"), ("题\n*甲", "2至6个选项"), ("题\n甲\n乙", "没有标出正确"), ("题\n*甲\n甲", "两个相同")],
)
def test_questions_that_cannot_be_asked(text, why):
    with pytest.raises(Refused, match=why):
        trainings.read_questions(text)


def test_a_test_is_passed_from_the_mark_that_the_county_set(by, training, education):
    paper = trainings.keep_paper(audit=by("何静"), training=training, text=PAPER)
    assert training_selectors.paper_text(paper) == PAPER
    told = {"audit": by("王芳"), "training": training, "version": 1, "organ": education}
    for wrong, why in (({"answers": {0: [1]}}, "第2题没有作答"), ({"answers": {}, "version": 2}, "题目刚刚改过")):
        with pytest.raises(Refused, match=why):
            trainings.sit(**{**told, **wrong})
    half = trainings.sit(**told, answers={0: [1], 1: [0]})
    assert (half.right, half.asked, half.mark, half.passed) == (1, 2, 60, False)
    settings.set_all(audit=by("何静"), problem_days=10, reply_days=10, pass_mark=50, valid_from=TODAY)
    assert trainings.sit(**told, answers={0: [1], 1: [2, 0]}).passed
    assert not half.passed, "what was sat before keeps the mark of its day"
    line = training_selectors.lines(training.county, (education.pk,), TODAY.year)[0]
    assert (line.sat, line.passed) == (1, 1)
    for wrong in ({"pass_mark": 0}, {"pass_mark": 101}, {"problem_days": 0}, {"reply_days": 121}):
        with pytest.raises(Refused, match="应为1至"):
            settings.set_all(
                **{
                    "audit": by("何静"),
                    "problem_days": 9,
                    "reply_days": 9,
                    "pass_mark": 60,
                    "valid_from": TODAY,
                    **wrong,
                }
            )


# ── complaints and accountability ────────────────────────────────────────────────────────────────────────────────────


def test_what_followed_a_complaint_stands_beside_it(by, education):
    desk = by("何静")
    row = complaints.register(
        audit=desk, organ=education, about="not_published", words="李四反映没有公开", received_on=day(5)
    )
    [line] = register.complaints(row.county, TODAY)
    assert (line.outcome, line.nothing_followed) == ("", False)
    complaints.take_step(audit=desk, complaint=row, step="rectified", on=day(2), words="属实")
    [line] = register.complaints(row.county, TODAY)
    assert line.outcome_zh == register.OUTCOMES["rectified"] and line.nothing_followed
    duties.find(
        audit=desk, problems=[Found(education.pk, "没有主动公开", source="complaint", key=row.pk)], due_on=day(-9)
    )
    accountability.enter(
        audit=desk, organ=education, entry=Entry("ordered", day(1), "县政府", "没有公开", complaint=row.pk)
    )
    [line] = register.complaints(row.county, TODAY)
    assert (len(line.duties), len(line.entries), line.nothing_followed) == (1, 1, False)
    assert "李四" not in str(Duty.objects.values_list())


def test_the_register_of_accountability_is_corrected_and_voided_and_never_says_none(by, education):
    desk, county = by("何静"), education.county
    assert register.counted(county, TODAY.year) is None
    told = {"kind": "talk", "on": TODAY, "decided_by": "县政府办", "words": "指南没有更新", "people": 1}
    for wrong, why in (
        ({"kind": "jail"}, "处理方式"), ({"on": day(-1)}, "还没有到"), ({"people": 5000}, "涉及人数"), ({"words": ""}, "事由"),
        ({"decided_by": ""}, "作出决定的机关"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            accountability.enter(audit=desk, organ=education, entry=Entry(**{**told, **wrong}))
    row = accountability.enter(audit=desk, organ=education, entry=Entry(**told))
    with pytest.raises(Refused, match="更正的理由"):
        accountability.correct(audit=desk, stem=row.stem, entry=Entry(**told), reason="")
    accountability.correct(audit=desk, stem=row.stem, entry=Entry(**{**told, "people": 2}), reason="漏记一人")
    assert (register.entry(county, row.stem).people, register.counted(county, TODAY.year)) == (2, 1)
    accountability.void(audit=desk, stem=row.stem, reason="重复登记")
    assert register.counted(county, TODAY.year) is None
    assert [each.people for each in register.life(county, row.stem)] == [2, 2, 1]
    with pytest.raises(Refused, match="已经作废"):
        accountability.void(audit=desk, stem=row.stem, reason="再次")


def test_the_words_of_the_report_are_told_what_was_done_and_never_that_nothing_was(
    by, visit, training, office, education
):
    office.refresh_from_db()
    assert [told.fact.key for told in telling.told(education, TODAY.year)] == []
    for line in "123":
        inspections.judge(audit=by("何静"), inspection=visit, line=line, verdict="good")
    inspections.end(audit=by("何静"), inspection=visit, due_on=None)
    trainings.sign(audit=by("王芳"), training=training, organ=education)
    told = {each.fact.key: each.fact.value for each in telling.told(office, TODAY.year)}
    assert told == {"trainings.total": 1, "trainings.people": 1, "inspections.total": 1, "inspections.organs": 1}
    assert list(telling.told(office, 2019)) == []
