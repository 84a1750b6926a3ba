"""Questionnaires in versions, answers from the net and from paper, what is set aside, what is published: with the refusals."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from gongkai.web import personal
from gongkai.web.appraisal.models import Answer, Ending, Invitation, InvitationUse, Opening, Questionnaire, Sifting
from gongkai.web.appraisal.selectors import questionnaires, results, watching
from gongkai.web.appraisal.services import drafting, inviting, publishing, sifting, taking
from gongkai.web.appraisal.services.taking import Sheet
from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.proactive.selectors.public import stamp
from tests.web.appraisal.conftest import BAD, CLOSES, FAIR, GOOD, OPENS, TEXT, later


def keep_on(audit, row, told, **other):
    return drafting.keep(audit=audit, organ=row.organ, told=told, stem=row.stem, **{"base": row.pk, **other})


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"text": "您好"}, "第1题的第一行应以"),
        ({"title": " "}, "请写明问卷的名称"),
        ({"closes_on": OPENS - timedelta(days=1)}, "截止日早于开始日"),
        ({"closes_on": OPENS + timedelta(days=367)}, "最长一年"),
        ({"subjects": ()}, "请选择评议哪些机关"),
    ],
)
def test_what_cannot_be_asked_is_not_kept(drawn, other, says):
    with pytest.raises(Refused, match=says):
        drawn(**other)
    assert not Questionnaire.objects.exists()


def test_an_organ_appraises_itself_and_nobody_else(clock, audit, told, education, water):
    own = drafting.keep(audit=audit, organ=education, told=told(subjects=(education.pk,)))
    assert [each.name for each in questionnaires.subjects_of(own)] == ["云岭县教育局"]
    for others in ((water.pk,), (education.pk, water.pk)):
        with pytest.raises(Refused, match="只有主管部门可以组织对其他机关的评议"):
            drafting.keep(audit=audit, organ=education, told=told(subjects=others))


def test_a_draft_is_changed_by_revisions_and_what_two_write_at_once_is_not_lost(drawn, audit, told):
    row = drawn()
    second = keep_on(audit, row, told(title="第二稿"))
    assert (second.version, second.revision, second.stem) == (1, 2, row.stem)
    with pytest.raises(Refused, match="刚刚有人改过。您填写的内容还在"):
        keep_on(audit, row, told(title="我的第二稿"))
    with pytest.raises(Refused, match="刚刚有人改过"):
        drafting.open_to_all(audit=audit, row=row)
    assert questionnaires.newest(row.county, row.stem).title == "第二稿"


def test_what_was_opened_is_changed_by_a_next_version_with_answers_of_its_own(running, answer, audit, told, clock):
    row = running()
    answer(row)
    with pytest.raises(Refused, match="已经开放"):
        drafting.open_to_all(audit=audit, row=row)
    with pytest.raises(Refused, match="请写明为什么要有新的一版"):
        keep_on(audit, row, told(text=TEXT.replace("基本满意", "较满意")))
    second = keep_on(audit, row, told(text=TEXT.replace("基本满意", "较满意")), why="第2题的选项写错")
    assert (second.version, second.revision) == (2, 1)
    assert questionnaires.version(row.county, row.stem) == row, "the first runs on until the second is opened"
    drafting.open_to_all(audit=audit, row=second)
    assert Ending.objects.get(questionnaire=row).why == "由第2版代替"
    with pytest.raises(Refused, match="评议已经结束"):
        answer(row)
    answer(second, BAD)
    assert [results.live(each)["counted"] for each in (row, second)] == [1, 1]
    assert results.apart(second) == [(1, "由第2版代替", 1)]
    assert questionnaires.questions_of(row)[1].options[1] == "基本满意", "the first stands as it was"


@pytest.mark.parametrize(
    ("on", "says"),
    [(date(2026, 8, 31), "还没有开始，2026年9月1日起"), (CLOSES + timedelta(days=1), "评议已经结束"), (CLOSES, "")],
)
def test_answers_are_taken_from_the_first_day_to_the_last(drawn, audit, answer, clock, on, says):
    clock.now += timedelta(days=-10)
    row = drawn()
    with pytest.raises(Refused, match="还没有开始"):
        answer(row)
    drafting.open_to_all(audit=audit, row=row)
    later(clock, days=(on - OPENS).days + 10)
    if says:
        with pytest.raises(Refused, match=says):
            answer(row)
    else:
        answer(row)
    assert Answer.objects.exists() is not bool(says)


def test_it_is_stopped_before_its_day_and_says_why(running, answer, audit, clock):
    row = running()
    with pytest.raises(Refused, match="请写明停止的原因"):
        drafting.stop(audit=audit, row=row, why="")
    drafting.stop(audit=audit, row=row, why="样本已经足够")
    with pytest.raises(Refused, match="已经结束，不能停止"):
        drafting.stop(audit=audit, row=row, why="再停一次")
    with pytest.raises(Refused, match="评议已经结束"):
        answer(row)


def test_a_day_that_has_passed_opens_nothing(drawn, audit, clock):
    row = drawn()
    later(clock, days=30)
    with pytest.raises(Refused, match="截止日已经过去"):
        drafting.open_to_all(audit=audit, row=row)
    assert not Opening.objects.exists()


def test_one_form_is_one_answer_however_often_and_with_whatever_it_is_sent(running, answer):
    row = running()
    first = answer(row, GOOD, once="form:same")
    assert answer(row, GOOD, once="form:same") == first
    assert answer(row, BAD, once="form:same") == first, "changed and sent again it does not count again"
    assert Answer.objects.get().choices == GOOD


@pytest.mark.parametrize(
    ("choices", "says"), [({}, "请回答第1题。请回答第2题"), ({"q1": 5, "q2": 0}, "第1题的答案不在选项之内")]
)
def test_answers_that_fit_no_question_are_refused(running, answer, choices, says):
    row = running()
    with pytest.raises(Refused, match=says):
        answer(row, choices)
    assert not Answer.objects.exists()


def test_an_organ_that_is_not_asked_about_is_refused(running, answer, office):
    row = running()
    with pytest.raises(Refused, match="不评议这个机关"):
        answer(row, organ=office)


def test_what_is_written_is_masked_and_sealed_and_nothing_says_from_whom(running, answer):
    row = running()
    made = answer(row, words="<script>alert(1)</script>路灯不亮，电话13800001234")
    assert json.loads(personal.reveal(made, "words")) == {
        "q3": "<script>alert(1)</script>路灯不亮，电话138＊＊＊＊＊＊＊＊"
    }
    assert "路灯".encode() not in bytes(made.words)
    kept = [bytes(entry.payload).decode() for entry in Entry.objects.filter(act="appraisal.answer")]
    assert len(kept) == 1 and "路灯" not in kept[0] and "q1" not in kept[0]


def test_a_code_lets_in_once_for_each_organ_and_only_its_hash_is_kept(running, answer, audit, water, clock):
    row = running(invited=True)
    codes = inviting.invite(audit=audit, row=row, count=3, words="企业代表短信")
    assert len(set(codes)) == 3
    assert not set(codes) & set(Invitation.objects.values_list("key", flat=True))
    for wrong, says in (("", "请填写邀请码"), ("AAAAAAAAAA", "邀请码不对")):
        with pytest.raises(Refused, match=says):
            answer(row, code=wrong)
    answer(row, code=codes[0].lower())
    answer(row, code=codes[0], organ=water)
    with pytest.raises(Refused, match="已经用过"):
        answer(row, code=codes[0])
    assert Answer.objects.count() == InvitationUse.objects.count() == 2
    assert {use.recorded_at for use in InvitationUse.objects.all()}.isdisjoint(
        Answer.objects.values_list("recorded_at", flat=True)
    ), "the use of a code is not to be matched with an answer"


def test_codes_are_for_their_own_questionnaire_and_only_where_it_asks_for_them(running, answer, audit):
    row, other = running(invited=True), running(invited=True, title="另一份")
    [code] = inviting.invite(audit=audit, row=other, count=1, words="信")
    with pytest.raises(Refused, match="邀请码不对"):
        answer(row, code=code)
    with pytest.raises(Refused, match="不用邀请码"):
        inviting.invite(audit=audit, row=running(), count=1, words="信")
    for count in (0, 2001):
        with pytest.raises(Refused, match="一次生成1至2000个"):
            inviting.invite(audit=audit, row=row, count=count, words="信")


# ── paper ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def batch(running, audit):
    return taking.bring(audit=audit, row=running(), place="政务服务大厅", collected_on=OPENS, sheets=2)


def entered(audit, batch, number, organ, choices=FAIR, **other):
    values = {"printed": batch.questionnaire.code.lower(), "sheet": Sheet(organ.pk, choices, {})} | other
    return taking.enter(audit=audit, batch=batch, number=number, **values)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"collected_on": OPENS - timedelta(days=1)}, "应当在评议期之内"),
        ({"collected_on": OPENS + timedelta(days=1)}, "不晚于今天"),
        ({"sheets": 0}, "一批应为1至2000份"),
        ({"place": ""}, "请写明收回的地点"),
    ],
)
def test_a_batch_has_its_place_day_and_number(running, audit, other, says):
    with pytest.raises(Refused, match=says):
        taking.bring(audit=audit, row=running(), **({"place": "大厅", "collected_on": OPENS, "sheets": 5} | other))


def test_sheets_are_entered_once_struck_and_entered_again_never_changed(batch, audit, education, clock):
    for number, other, says in (
        (3, {}, "序号应为1至2"),
        (1, {"printed": "PY-00000000"}, "答卷上印的编号应为PY-"),
        (1, {"choices": {}}, "一题也没有回答"),
    ):
        with pytest.raises(Refused, match=says):
            entered(audit, batch, number, education, **other)
    first = entered(audit, batch, 1, education, {"q2": 0})
    with pytest.raises(Refused, match="第1份已经录入。录错了的，请先冲销"):
        entered(audit, batch, 1, education)
    taking.strike(audit=audit, answer=first, why="看错行")
    with pytest.raises(Refused, match="已经冲销"):
        taking.strike(audit=audit, answer=first, why="再冲一次")
    again = entered(audit, batch, 1, education, BAD)
    assert (again.sheet, again.entry) == (1, 2)
    later(clock, days=30)
    entered(audit, batch, 2, education, {}, void="无法辨认")
    told = results.live(batch.questionnaire)
    assert (told["received"], told["counted"], told["aside"], told["reasons"]) == (
        2,
        1,
        1,
        [["废卷（无法辨认、多选、空白）", 1]],
    )
    assert results.incomplete(batch.questionnaire) == []


def test_what_came_from_the_net_is_not_struck(running, answer, audit):
    with pytest.raises(Refused, match="网上的答卷不能冲销"):
        taking.strike(audit=audit, answer=answer(running()), why="不好看")


# ── sifting ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_bursts_and_the_same_answers_stand_out_and_are_set_aside_by_a_person(running, answer, audit, water, clock):
    row = running()
    for _ in range(3):
        later(clock, hours=2)
        answer(row)
    assert watching.standing_out(row, OPENS) == []
    later(clock, hours=2)
    for _ in range(10):
        later(clock, minutes=1)
        answer(row, BAD)
        answer(row, BAD, organ=water)
    found = {(group.kind, group.organ): group for group in watching.standing_out(row, OPENS)}
    assert {key: len(group.answers) for key, group in found.items()} == {
        ("burst", "云岭县教育局"): 10,
        ("burst", "云岭县水务局"): 10,
        ("same", "云岭县教育局"): 10,
        ("same", "云岭县水务局"): 10,
    }
    assert results.live(row)["counted"] == 23, "nothing is set aside by itself"
    keys = [each.key for each in found["burst", "云岭县教育局"].answers]
    for wrong, says in (
        ({"kind": "burn"}, "请选择剔除或者恢复计入"),
        ({"answers": []}, "请先选择答卷"),
        ({"reason": "dislike"}, "请选择剔除的原因"),
        ({"words": ""}, "请写明剔除的依据"),
        ({"answers": [row.pk]}, "不属于这份问卷"),
    ):
        told = {"answers": keys, "kind": "aside", "reason": "burst", "words": "同一分钟连续提交"} | wrong
        with pytest.raises(Refused, match=says):
            sifting.sift(audit=audit, row=row, **told)
    assert not Sifting.objects.exists()
    sifting.sift(audit=audit, row=row, answers=keys, kind="aside", reason="burst", words="同一分钟连续提交")
    with pytest.raises(Refused, match="刚刚有人处理过"):
        sifting.sift(audit=audit, row=row, answers=keys[:1], kind="aside", reason="same", words="雷同")
    assert sifting.sift(audit=audit, row=row, answers=keys[:1], kind="back", words="核实是家长会现场") == 1
    told = results.live(row)
    assert (told["received"], told["counted"], told["reasons"]) == (23, 14, [["短时间内集中提交", 9]])
    assert [(each["received"], each["counted"]) for each in told["organs"]] == [(13, 4), (10, 10)]
    assert len(watching.set_aside(row)) == 9


# ── publishing ───────────────────────────────────────────────────────────────────────────────────────────────────────


def publish(audit, row, **other):
    values = {"seen": results.mark_of(results.live(row))} | other
    return publishing.publish(audit=audit, row=row, **values)


def test_a_result_is_frozen_and_a_later_one_says_what_became_other(running, answer, audit, education, clock):
    row = running()
    batch = taking.bring(audit=audit, row=row, place="大厅", collected_on=OPENS, sheets=1)
    kept = [answer(row, step) for step in (GOOD, FAIR, BAD)]
    with pytest.raises(Refused, match="还没有结束"):
        publish(audit, row)
    later(clock, days=30)
    with pytest.raises(Refused, match="第1批纸质答卷还有1份没有录入"):
        publish(audit, row)
    sheet = entered(audit, batch, 1, education, GOOD)
    with pytest.raises(Refused, match="您查看以后数字又有变动"):
        publish(audit, row, seen="0" * 64)
    before = stamp(row.county)
    first = publish(audit, row, remarks="欢迎继续监督，电话13800001234。")
    assert stamp(row.county) != before, "pages that are kept are made anew"
    result = results.published(row)[0].result
    assert (result["received"], result["counted"], result["remarks"]) == (
        4,
        4,
        "欢迎继续监督，电话138＊＊＊＊＊＊＊＊。",
    )
    with pytest.raises(Refused, match="没有不同"):
        publish(audit, row, remarks=result["remarks"])
    taking.strike(audit=audit, answer=sheet, why="看错行")
    entered(audit, batch, 1, education, BAD)
    sifting.sift(audit=audit, row=row, answers=[kept[0].pk], kind="aside", reason="other", words="工作人员试填")
    first.refresh_from_db()
    assert json.loads(first.snapshot) == result, "what was published stands"
    with pytest.raises(Refused, match="请写明更正的原因"):
        publish(audit, row)
    publish(audit, row, why="一份纸质答卷录错，一份是试填")
    told = results.published(row)
    assert [each.edition for each in told] == [2, 1]
    assert told[0].result["changes"][:2] == ["计入由4份变为3份", "剔除由0份变为1份"]
    assert "“满意”由2变为0" in told[0].result["changes"][-1]


def test_small_bases_have_no_shares_and_the_limit_is_the_countys(running, answer, audit):
    row = running()
    for step in (GOOD, GOOD, BAD):
        answer(row, step)
    assert [r["share"] for r in results.live(row)["questions"][1]["rows"]] == [None] * 3
    from gongkai.web.appraisal.services.settings import set_all

    for wrong in ({"least": 0}, {"burst": 1}, {"minutes": 1441}, {"same": 1}):
        with pytest.raises(Refused, match="应为"):
            set_all(audit=audit, **({"least": 3, "burst": 5, "minutes": 5, "same": 5} | wrong), valid_from=OPENS)
    set_all(audit=audit, least=3, burst=5, minutes=5, same=5, valid_from=OPENS)
    told = results.live(row)["questions"][1]
    assert [r["share"] for r in told["rows"]] == ["66.7", "0.0", "33.3"]
    assert told["satisfied"] == {"words": "满意、基本满意", "n": 2, "of": 3, "rate": "66.7"}
