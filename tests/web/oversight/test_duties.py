"""Tasks and problems: examples with their refusals, and where one stands, told by an oracle of its own."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.oversight.models import Duty, DutyAct, Evidence
from gongkai.web.oversight.progress import MAY, Event, standing
from gongkai.web.oversight.selectors import duties as selectors
from gongkai.web.oversight.services import duties as services
from gongkai.web.oversight.services.duties import Found
from tests.web.oversight.conftest import PROOF, day

SOON = -10


@pytest.fixture
def point(by, office):
    return services.keep_point(audit=by("何静"), year=2026, title="更新公开指南", source="云政办函〔2026〕3号")


@pytest.fixture
def problem(by, education):
    [made] = services.find(audit=by("何静"), problems=[Found(education.pk, "窗口没有申请表", "补放")], due_on=day(SOON))
    return made


def test_a_point_is_split_into_one_task_for_each_organ(by, point, education, water):
    made = services.split(
        audit=by("何静"), point=point, organs=[education.pk, water.pk, education.pk], title="核对指南",
        measure="逐项核对", due_on=day(SOON),
    )  # fmt: skip
    assert [(d.organ, d.number, d.due_on, d.source_key) for d in made] == [
        (education, "任务-2026-0001", day(SOON), point.stem),
        (water, "任务-2026-0002", day(SOON), point.stem),
    ]
    [line] = selectors.points(point.county, 2026, None, day(0))
    assert (line.tasks, line.organs, line.done, line.overdue) == (2, 2, 0, 0)
    assert selectors.points(point.county, 2026, (water.pk,), day(0))[0].tasks == 1


def test_who_rewords_a_point_that_somebody_else_reworded_is_told(by, point):
    told = {"audit": by("何静"), "year": 2026, "stem": point.stem}
    first = services.keep_point(title="更新公开指南和目录", seen=point.pk, **told)
    with pytest.raises(Refused, match="另有一人刚刚修改了这条要点"):
        services.keep_point(title="更新指南", seen=point.pk, **told)
    assert selectors.point(point.county, point.stem).title == "更新公开指南和目录"
    assert services.keep_point(title="更新指南", seen=first.pk, **told).stem == point.stem


def test_what_a_split_may_not_be(by, point, education):
    told = {"audit": by("何静"), "point": point, "organs": [education.pk], "title": "核对", "measure": "核对"}
    for wrong, why in (
        ({"organs": []}, "请选择责任单位"),
        ({"organs": [uuid.uuid4()]}, "请选择责任单位"),
        ({"title": " "}, "请写明任务"),
        ({"measure": "字" * 1001}, "最多1000字"),
        ({"due_on": None}, "请填写期限"),
        ({"due_on": day(1)}, "今天以后"),
        ({"due_on": day(3), "begun_on": day(2)}, "交办日期以后"),
        ({"due_on": day(-3), "begun_on": day(-2)}, "交办日期还没有到"),
    ):
        with pytest.raises(Refused, match=why):
            services.split(**{**told, "due_on": day(SOON), **wrong})
    assert not Duty.objects.exists()


def test_a_task_given_out_on_paper_before_is_overdue_at_once(by, point, education):
    [made] = services.split(
        audit=by("何静"),
        point=point,
        organs=[education.pk],
        title="核对",
        measure="核对",
        due_on=day(3),
        begun_on=day(40),
    )
    [line] = selectors.duties(made.county, None, "task", selectors.Wanted("open", overdue=True), day(0))
    assert line.overdue and line.duty.begun_on == day(40)
    services.act_on(audit=by("王芳"), duty=made, act="answer", words="已核对")
    services.act_on(audit=by("何静"), duty=made, act="close", words="已看过")
    made.refresh_from_db()
    assert made.late and made.state == "done"
    [figure] = selectors.figures(made.county, None, "task", 2026, day(0))
    assert (figure.given, figure.done, figure.in_time, figure.waiting, figure.overdue) == (1, 1, 0, 0, 0)


def test_a_problem_runs_through_reply_return_reply_and_closing(by, problem):
    organ, desk = by("王芳"), by("何静")
    with pytest.raises(Refused, match="请附上整改的证明材料"):
        services.act_on(audit=organ, duty=problem, act="answer", words="已补放")
    with pytest.raises(Refused, match="现在是“待整改”，不能复查销号"):
        services.act_on(audit=desk, duty=problem, act="close", words="看过")
    services.act_on(audit=organ, duty=problem, act="answer", words="已补放", files=PROOF)
    with pytest.raises(Refused, match="不能反馈整改"):
        services.act_on(audit=organ, duty=problem, act="answer", words="又补放", files=PROOF)
    services.act_on(audit=desk, duty=problem, act="return", words="只有旧表", due_on=day(-20))
    problem.refresh_from_db()
    assert (problem.state, problem.due_on, problem.returned, problem.answered_on) == ("open", day(-20), 1, None)
    services.act_on(audit=organ, duty=problem, act="answer", words="已换新表", files=PROOF)
    services.act_on(audit=desk, duty=problem, act="close", words="到现场看过")
    problem.refresh_from_db()
    assert (problem.state, problem.closed_on, problem.late) == ("done", day(0), False)
    told = [(each.what, len(each.files)) for each in selectors.story(problem)]
    assert told == [("交办问题", 0), ("反馈整改", 1), ("复查退回", 0), ("反馈整改", 1), ("复查销号", 0)]
    assert Evidence.objects.count() == 2
    assert set(Entry.objects.filter(act__startswith="oversight.duty_").values_list("act", flat=True)) == {
        f"oversight.duty_{act}" for act in ("assign", "answer", "return", "close")
    }


def test_nobody_confirms_their_own_answer_but_a_desk_of_one_person(by, audit, problem):
    services.act_on(audit=by("何静"), duty=problem, act="answer", words="已补放", files=PROOF)
    for act in ("close", "return"):
        with pytest.raises(Refused, match="不能自己复核"):
            services.act_on(audit=by("何静"), duty=problem, act=act, words="看过")
    services.act_on(audit=by("李强"), duty=problem, act="return", words="没有照片")
    services.act_on(audit=audit, duty=problem, act="answer", words="已补放", files=PROOF)
    services.act_on(audit=audit, duty=problem, act="close", words="看过")
    problem.refresh_from_db()
    assert problem.state == "done"


def test_changing_and_withdrawing_need_a_reason_and_reopening_a_day(by, problem):
    desk = by("何静")
    for act, told, why in (
        ("change", {"words": "雨季", "due_on": None}, "请填写期限"),
        ("change", {"words": "", "due_on": day(-20)}, "请写明改期的理由"),
        ("withdraw", {"words": " "}, "请写明撤销的理由"),
        ("reopen", {"words": "复发", "due_on": day(-20)}, "不能重新整改"),
        ("burn", {"words": "x"}, "怎样办理"),
    ):
        with pytest.raises(Refused, match=why):
            services.act_on(audit=desk, duty=problem, act=act, **told)
    services.act_on(audit=desk, duty=problem, act="change", words="雨季", due_on=day(-20))
    services.act_on(audit=desk, duty=problem, act="withdraw", words="重复")
    services.act_on(audit=desk, duty=problem, act="reopen", words="不是重复", due_on=day(-30))
    problem.refresh_from_db()
    assert (problem.state, problem.due_on, problem.closed_on) == ("open", day(-30), None)


def test_what_was_taken_over_is_not_taken_over_again(by, education, water):
    key = uuid.uuid4()
    found = Found(education.pk, "栏目空白", source="patrol", key=key)
    [made] = services.find(audit=by("何静"), problems=[found], due_on=day(SOON))
    with pytest.raises(Refused, match="已经列入问题清单"):
        services.find(audit=by("何静"), problems=[found], due_on=day(SOON))
    services.find(audit=by("何静"), problems=[Found(water.pk, "栏目空白", source="patrol", key=key)], due_on=day(SOON))
    assert [d.number for d in selectors.taken_over(made.county, "patrol", [key])[key]] == [
        "问题-2026-0001".replace("2026", str(day(0).year)),
        "问题-2026-0002".replace("2026", str(day(0).year)),
    ]
    with pytest.raises(Refused, match="请选择来源"):
        services.find(audit=by("何静"), problems=[Found(water.pk, "x", source="rumour")], due_on=day(SOON))


def test_personal_data_in_words_are_written_over(by, problem):
    services.act_on(audit=by("王芳"), duty=problem, act="report", words="已联系13800138000和11010119900307451X")
    words = DutyAct.objects.get(act="report").words
    assert "13800138000" not in words and "11010119900307451X" not in words and "已联系" in words


FIRST, WHO = date(2026, 3, 2), uuid.UUID(int=7)
ACTS = st.lists(
    st.tuples(st.sampled_from(sorted(MAY)), st.integers(0, 40), st.none() | st.integers(-5, 60)), max_size=12
)


@given(ACTS)
def test_where_a_duty_stands_is_what_its_last_allowed_acts_say(acts):
    events = [Event("assign", FIRST, WHO, FIRST + timedelta(days=10))]
    state, due, answered = "open", 10, None
    for name, on, moved in acts:
        events.append(
            Event(name, FIRST + timedelta(days=on), WHO, FIRST + timedelta(days=moved) if moved is not None else None)
        )
        if state not in MAY[name]:
            continue
        if moved is not None and name in ("report", "return", "change", "reopen"):
            due = moved
        if name == "answer":
            answered = on
        if name in ("return", "reopen"):
            answered = None
        state = {
            "answer": "answered",
            "return": "open",
            "reopen": "open",
            "close": "done",
            "withdraw": "withdrawn",
        }.get(name, state)
    now = standing(events)
    assert (now.state, now.due_on) == (state, FIRST + timedelta(days=due))
    assert now.answered_on == (None if answered is None else FIRST + timedelta(days=answered))
    assert (now.closed_on is None) == (state in ("open", "answered"))
    assert now.late == (state == "done" and answered is not None and answered > due)


def test_nothing_stands_before_it_was_given_out():
    assert standing([]) is None
    assert standing([Event("answer", FIRST, WHO)]) is None
