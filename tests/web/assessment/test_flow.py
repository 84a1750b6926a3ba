"""From self-assessment to the ranking: each step in its stage, by whom the rules let, and what is refused beside it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from gongkai.oversight import Answers, Apart, Counts, Happened, Points, Rate, Unknown, score
from gongkai.oversight.values import from_data
from gongkai.web.assessment import policies
from gongkai.web.assessment.models import APPEND_ONLY, Mark, Result, SchemeVersion
from gongkai.web.assessment.selectors import rounds
from gongkai.web.assessment.selectors.sheets import scheme_of, sheet
from gongkai.web.assessment.selectors.telling import told
from gongkai.web.assessment.services import deeds, marks
from gongkai.web.assessment.services.rounds import make_known
from gongkai.web.assessment.services.schemes import Faulty, save
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.tree import change_organ
from gongkai.web.people.models import Person
from tests.web.assessment.conftest import TODAY, round_of

SMALL = """
key = "small"
title = "小方案"
pass_mark = 60
[[indicator]]
key = "leak"
title = "泄密"
mode = "veto"
[[indicator]]
key = "daily"
title = "日常"
points = 80
[[indicator]]
key = "fault"
title = "差错"
points = 20
mode = "deduct"
[[indicator.rule]]
key = "each"
title = "差错"
each = 2
"""


def through(audit, other, one, daily: str = "70", times: int = 1, *, leak: bool = False):
    """From the first stage to the final result."""
    deeds.step(audit=audit, assessed=one, kind="handed_in")
    said = {"leak": Happened(yes=leak), "daily": Points(Decimal(daily)), "fault": Counts({"each": times})}
    for key, value in said.items():
        marks.mark(audit=audit, assessed=one, indicator=key, value=value, words="", stage="scoring")
    deeds.step(audit=audit, assessed=one, kind="scored")
    deeds.step(audit=other, assessed=one, kind="reviewed")
    deeds.step(audit=audit, assessed=one, kind="accepted")
    deeds.step(audit=audit, assessed=one, kind="finished")


@pytest.fixture
def small(audit, organs):
    return round_of(audit, organs, SMALL)


@pytest.fixture
def other(acting, organs):
    """An assessor of the township, who may judge the others."""
    return acting("competent", organs[2])


@pytest.fixture
def more(county, organs):
    """Two more of the township."""
    names = ("第三人", "第四人")
    people = [Person.objects.create(county=county.pk, name=name, role="clerk", organ=organs[2]) for name in names]
    return [Audit(actor=each.pk, county=county.pk) for each in people]


def test_the_whole_way_and_a_ranking_with_a_tie_and_a_veto(audit, other, small, organs):
    first, second, third = small.assessed.all()
    through(audit, other, first)
    through(audit, other, second, "68", 0)
    with pytest.raises(Refused, match="石桥镇人民政府的结果还没有定为最终结果"):
        make_known(audit=audit, of=small)
    through(audit, acting_of_another(audit, organs, third), third, "80", 0, leak=True)
    made = make_known(audit=audit, of=small)
    _, lines = rounds.ranked(small)
    assert [(line.place, line.tied, line.words, line.verdict) for line in lines] == [
        (1, True, "88分", "合格"),
        (1, True, "88分", "合格"),
        (3, False, "100分", "不合格"),
    ]
    with pytest.raises(Refused, match="排名没有变化"):
        make_known(audit=audit, of=small)
    assert made.number == 1
    assert not list(told(organs[0], TODAY.year)), "only the competent department tells of it"
    office = change_organ(audit=audit, organ=organs[0], competent=True)
    assert {each.fact.key: each.fact.value for each in told(office, TODAY.year)} == {
        "assessments.total": 1,
        "assessments.organs": 3,
    }
    assert not list(told(office, TODAY.year - 1))


def acting_of_another(audit, organs, assessed):
    """Somebody else than who scores, at another organ than the assessed one."""
    person = Person.objects.create(county=audit.county, name="复核员", role="competent", organ=organs[0])
    assert assessed.organ_id != organs[0].pk
    return type(audit)(actor=person.pk, county=audit.county)


def test_a_result_keeps_the_version_it_was_scored_by(audit, other, small):
    one = small.assessed.first()
    through(audit, other, one)
    result = Result.objects.get()
    later = save(audit=audit, text=SMALL.replace("each = 2", "each = 10"), seen=1)
    assert (later.number, result.scheme.number, result.low) == (2, 1, Decimal("88.00"))
    values = {key: from_data(kept["value"]) for key, kept in result.values.items()}
    assert score(scheme_of(result.scheme), values).value == result.low, "from what it keeps, it comes out again"
    assert sheet(one).score.value == Decimal(88), "the round stays with its version"
    deeds.step(audit=audit, assessed=one, kind="reopened", words="发现错记一次。")
    marks.mark(audit=audit, assessed=one, indicator="fault", value=Counts({"each": 0}), words="", stage="reviewing")
    deeds.step(audit=other, assessed=one, kind="reviewed")
    deeds.step(audit=audit, assessed=one, kind="accepted")
    deeds.step(audit=audit, assessed=one, kind="finished")
    assert [row.low for row in rounds.history(one)] == [Decimal(90), Decimal(88)]


def test_what_nobody_could_see_stays_a_range_to_the_end(audit, other, small):
    one = small.assessed.first()
    deeds.step(audit=audit, assessed=one, kind="handed_in")
    with pytest.raises(Refused, match="写明理由"):
        marks.mark(audit=audit, assessed=one, indicator="daily", value=Unknown(), words=" ", stage="scoring")
    marks.mark(
        audit=audit, assessed=one, indicator="daily", value=Unknown("材料未交"), words="材料未交", stage="scoring"
    )
    found = sheet(one).score
    assert (found.words, found.unknown) == ("0至100分", ("leak", "daily", "fault"))


def test_nobody_judges_their_own_organ_whatever_the_table_says(audit, acting, small, organs):
    one, other = small.assessed.get(organ=organs[0]), small.assessed.get(organ=organs[1])
    mine = acting("competent", organs[0])
    for each in (one, other):
        deeds.step(audit=audit, assessed=each, kind="handed_in")
    with pytest.raises(Refused, match="自己所在的机关"):
        marks.mark(audit=mine, assessed=one, indicator="daily", value=Points(Decimal(1)), words="", stage="scoring")
    with pytest.raises(Refused, match="自己所在的机关"):
        deeds.step(audit=mine, assessed=one, kind="scored")
    marks.mark(audit=mine, assessed=other, indicator="daily", value=Points(Decimal(1)), words="", stage="scoring")
    deeds.step(audit=mine, assessed=other, kind="scored")
    person = Person.objects.get(pk=mine.actor)
    person.organ, person.roles = organs[1], ("competent",)
    assert not policies.can_assessed(person, policies.SCORE, one), "a seat elsewhere does not help"
    with pytest.raises(PermissionDenied, match="自己所在的机关"):
        policies.check_assessed(person, policies.SCORE, one)
    assert policies.can_assessed(Person(name="某", role="competent", organ=organs[2]), policies.SCORE, one)
    assert not policies.can_assessed(Person(name="某", role="clerk", organ=organs[1]), policies.LOOK, one)


def test_steps_out_of_their_stage_or_seen_too_late_are_refused(audit, small):
    one = small.assessed.first()
    for kind in ("scored", "reviewed", "appealed", "finished", "reopened"):
        with pytest.raises(Refused, match="现在是“自评”阶段"):
            deeds.step(audit=audit, assessed=one, kind=kind, words="理由")
    deeds.step(audit=audit, assessed=one, kind="handed_in", seen=0)
    with pytest.raises(Refused, match="现在是“评分”阶段"):
        deeds.step(audit=audit, assessed=one, kind="handed_in")
    with pytest.raises(Refused, match="刚刚有人办理过"):
        deeds.step(audit=audit, assessed=one, kind="returned", words="补材料", seen=0)
    with pytest.raises(Refused, match="请写明理由"):
        deeds.step(audit=audit, assessed=one, kind="returned", seen=1)
    with pytest.raises(Refused, match="现在是“评分”阶段，请刷新"):
        marks.mark(audit=audit, assessed=one, indicator="daily", value=Points(Decimal(1)), words="", stage="self")
    with pytest.raises(Refused, match="只能在自评阶段"):
        marks.prove(audit=audit, assessed=one, indicator="daily", name="a.txt", data=b"a")
    deeds.step(audit=audit, assessed=one, kind="scored")
    with pytest.raises(Refused, match="复核人不能是评分人"):
        deeds.step(audit=audit, assessed=one, kind="reviewed")


@pytest.mark.parametrize(
    ("entered", "barred", "reviews"),
    [
        ([], ["audit"], "other"),
        (["other"], ["audit", "other"], "third"),
        (["other", "third", "audit"], ["audit", "other", "third"], "fourth"),
        (["third", "third"], ["audit", "third"], "other"),
    ],
)
def test_nobody_reviews_a_sheet_of_which_they_entered_a_score(small, audit, other, more, entered, barred, reviews):
    people = {"audit": audit, "other": other, "third": more[0], "fourth": more[1]}
    one, beside = list(small.assessed.all())[:2]
    for each in (one, beside):
        deeds.step(audit=audit, assessed=each, kind="handed_in")
    for points, name in enumerate(entered):
        marks.mark(
            audit=people[name],
            assessed=one,
            indicator="daily",
            value=Points(Decimal(points)),
            words="",
            stage="scoring",
        )
    for each in (one, beside):
        deeds.step(audit=audit, assessed=each, kind="scored")
    for name in barred:
        with pytest.raises(Refused, match="复核人不能是评分人，请由另一人复核"):
            deeds.step(audit=people[name], assessed=one, kind="reviewed")
    deeds.step(audit=people[reviews], assessed=one, kind="reviewed")
    deeds.step(audit=other, assessed=beside, kind="reviewed")


def test_an_appeal_is_answered_before_the_result_is_final(audit, other, organs):
    small = round_of(audit, organs[:1], SMALL, appeal_due=TODAY + timedelta(days=5))
    one = small.assessed.get()
    deeds.step(audit=audit, assessed=one, kind="handed_in")
    marks.mark(audit=audit, assessed=one, indicator="leak", value=Happened(yes=False), words="", stage="scoring")
    marks.mark(audit=audit, assessed=one, indicator="daily", value=Points(Decimal(50)), words="", stage="scoring")
    marks.mark(audit=audit, assessed=one, indicator="fault", value=Apart("没有"), words="没有这类", stage="scoring")
    deeds.step(audit=audit, assessed=one, kind="scored")
    deeds.step(audit=other, assessed=one, kind="reviewed")
    with pytest.raises(Refused, match="申诉期到"):
        deeds.step(audit=audit, assessed=one, kind="finished")
    asked = deeds.appeal(audit=audit, assessed=one, indicator="daily", words="漏计一项。")
    with pytest.raises(Refused, match="还有申诉没有答复"):
        deeds.step(audit=audit, assessed=one, kind="finished")
    with pytest.raises(Refused, match="调整后的结果"):
        deeds.reply(audit=other, assessed=one, about=asked, agreed=True, words="属实。")
    with pytest.raises(Refused, match="0至80之间"):
        deeds.reply(audit=other, assessed=one, about=asked, agreed=True, words="属实。", value=Points(Decimal(90)))
    deeds.reply(audit=other, assessed=one, about=asked, agreed=True, words="属实。", value=Points(Decimal(60)))
    with pytest.raises(Refused, match="已经答复过"):
        deeds.reply(audit=other, assessed=one, about=asked, agreed=False, words="再答。")
    assert sheet(one).score.words == "75分"
    whole = deeds.appeal(audit=audit, assessed=one, indicator="", words="口径不对。")
    deeds.reply(audit=other, assessed=one, about=whole, agreed=True, words="同意，重新评分。")
    deeds.step(audit=other, assessed=one, kind="sent_back", words="重新评分。")
    deeds.step(audit=audit, assessed=one, kind="scored")
    deeds.step(audit=other, assessed=one, kind="reviewed")
    deeds.step(audit=audit, assessed=one, kind="accepted")
    deeds.step(audit=audit, assessed=one, kind="finished")
    assert Result.objects.get().values["daily"]["said_by"] == "appeal"


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"first": TODAY}, "开始日应不晚于结束日"),
        ({"first": TODAY - timedelta(days=900)}, "最长一年"),
        ({"cutoff": TODAY - timedelta(days=9)}, "截止日应不早于"),
        ({"self_due": TODAY - timedelta(days=9)}, "自评期限应不早于"),
        ({"self_due": TODAY, "appeal_due": TODAY - timedelta(days=1)}, "申诉期限应不早于"),
    ],
)
def test_days_that_do_not_hang_together_open_no_round(audit, organs, days, says):
    with pytest.raises(Refused, match=says):
        round_of(audit, organs, SMALL, **days)


def test_nothing_is_assessed_by_a_fragment_or_handed_in_before_the_cut_off(audit, organs):
    with pytest.raises(Refused, match="没写的分值"):
        round_of(audit, organs, 'key="f"\ntitle="片段"\n[[indicator]]\nkey="a"\ntitle="甲"')
    with pytest.raises(Refused, match="请选择参加考核的单位"):
        round_of(audit, [], SMALL)
    early = round_of(audit, organs[:1], SMALL + "#\n", cutoff=TODAY + timedelta(days=3))
    with pytest.raises(Refused, match="截止时间是"):
        deeds.step(audit=audit, assessed=early.assessed.get(), kind="handed_in")


def test_two_people_changing_a_scheme_lose_nothing(audit):
    save(audit=audit, text=SMALL)
    with pytest.raises(Refused, match="完全一样"):
        save(audit=audit, text=SMALL)
    save(audit=audit, text=SMALL + "# 甲改\n", seen=1)
    with pytest.raises(Refused, match="已经有第2版"):
        save(audit=audit, text=SMALL + "# 乙改\n", seen=1)
    with pytest.raises(Faulty) as refused:
        save(audit=audit, text=SMALL.replace("points = 80", "points = 800"))
    assert refused.value.says == ("一级指标合计820分，超过了100分。",)
    assert SchemeVersion.objects.count() == 2


def test_the_database_itself_keeps_every_fact(audit, other, small):
    through(audit, other, small.assessed.first())
    for row in (Mark.objects.first(), Result.objects.get()):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(by=row.pk)
    assert len(APPEND_ONLY) == 10


def test_a_word_unlike_the_records_needs_a_reason(audit, one):
    marks.reckon(audit=audit, assessed=one)
    guide = sheet(one).line("guide")
    assert guide.value == Answers({"complete": False, "public": False, "fresh": False})
    claim = Answers({"complete": True, "public": True, "fresh": True})
    with pytest.raises(Refused, match="请写明理由"):
        marks.mark(audit=audit, assessed=one, indicator="guide", value=claim, words="", stage="self")
    marks.mark(audit=audit, assessed=one, indicator="guide", value=claim, words="在旧网站公开。", stage="self")
    assert sheet(one).line("guide").own_value == claim
    assert sheet(one).line("guide").value == guide.value, "its own word is not yet the score"
    with pytest.raises(Refused, match="不能这样填"):
        marks.mark(audit=audit, assessed=one, indicator="guide", value=Rate(1, 2), words="", stage="self")
    with pytest.raises(Refused, match="没有这个指标"):
        marks.mark(audit=audit, assessed=one, indicator="nothing", value=Rate(1, 2), words="", stage="self")
