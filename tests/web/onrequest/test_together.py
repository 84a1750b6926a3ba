"""Applications answered together, and one taken apart: by one declared policy of counting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Case, CaseRecord, Link
from gongkai.web.onrequest.recordkinds import told
from gongkai.web.onrequest.selectors.facts import applicant_of
from gongkai.web.onrequest.selectors.together import (
    candidates,
    counting_policy,
    counting_words,
    paper_of,
    together,
)
from gongkai.web.onrequest.services import facts, links
from gongkai.web.onrequest.services.intake import Who
from gongkai.web.rules.models import Setting
from tests.web.onrequest.conftest import LI

TODAY = timezone.localdate()
OTHER = Who("natural_person", "辛弃疾", "identity_card", "370101199003074514", phone="13900001234", address="济南市")


def test_an_application_is_merged_into_a_leading_one(apply, audit):
    leading = apply(content="申请公开甲项目的批复").application
    follower = apply(content="申请公开甲项目的合同").application
    assert [c.number for c in candidates(follower)] == [leading.number]
    links.merge(audit=audit, application=follower, number=leading.number, reason="同一项目")
    case = Case.objects.get(application=follower)
    assert (case.state, case.open) == ("merged", 0)
    assert follower.events.get(kind="merged").matter == leading.number
    row = Link.objects.get()
    assert (row.application, row.other, row.kind) == (follower, leading, "merged")
    assert [t.says for t in together(leading)] == ["并入本件："]


@pytest.mark.parametrize(
    ("number", "reason", "says"),
    [("没有-1", "同", "没有登记编号"), ("", "", "为什么合并"), ("other", "同", "同一申请人")],
)
def test_refusals_of_a_merger(apply, audit, number, reason, says):
    follower = apply().application
    other = apply(who=OTHER).application
    with pytest.raises(Refused, match=says):
        number = other.number if number == "other" else number
        links.merge(audit=audit, application=follower, number=number, reason=reason)
    assert not Link.objects.exists()


def test_nothing_is_merged_into_what_is_merged_itself(apply, audit):
    one, two, three = (apply(content=f"申请公开第{n}号文件").application for n in "甲乙丙")
    links.merge(audit=audit, application=two, number=one.number, reason="同一事项")
    with pytest.raises(Refused, match="已经办完，不能再并入"):
        links.merge(audit=audit, application=three, number=two.number, reason="同一事项")


def test_two_people_cannot_merge_crosswise(apply, audit):
    one, two = (apply(content=f"申请公开第{n}号文件").application for n in "甲乙")
    seen = Case.objects.get(application=two).revision
    links.merge(audit=audit, application=two, number=one.number, reason="同一事项")
    with pytest.raises(facts.Overtaken):
        links.merge(audit=audit, application=two, number=one.number, reason="同一事项", seen=seen)
    with pytest.raises(Refused):
        links.merge(audit=audit, application=one, number=two.number, reason="同一事项")


def test_a_paper_is_taken_apart_and_every_part_keeps_the_day(apply, audit):
    day = TODAY - timedelta(days=3)
    paper = apply(day, content="一、甲文件；二、乙文件；三、丙文件").application
    made = links.split(audit=audit, application=paper, parts=("甲文件", "乙文件", " ", "丙文件"), reason="互不相关")
    assert len(made) == 2
    assert {row.case.received_on for row in made} == {day}
    assert [personal.reveal(row, "content") for row in made] == ["乙文件", "丙文件"]
    assert personal.reveal(applicant_of(made[0]), "identity") == LI.identity
    assert paper_of(made[0]) == paper_of(paper) == paper.number
    assert personal.reveal(paper, "content") == "一、甲文件；二、乙文件；三、丙文件"
    assert told(CaseRecord.objects.get(kind="split"))["words"] == "本件办理：甲文件"
    with pytest.raises(Refused, match="已经拆分过"):
        links.split(audit=audit, application=paper, parts=("甲", "乙"), reason="再拆")
    assert Application.objects.count() == 3


@pytest.mark.parametrize(
    ("parts", "reason", "says"),
    [(("甲",), "因", "至少两个部分"), (("甲", "乙"), " ", "为什么拆分"), (("甲",) * 21, "因", "最多")],
)
def test_refusals_of_a_split(apply, audit, parts, reason, says):
    paper = apply().application
    with pytest.raises(Refused, match=says):
        links.split(audit=audit, application=paper, parts=parts, reason=reason)
    assert Application.objects.count() == 1


def test_a_merger_is_never_only_stated(apply, audit):
    one, two = (apply(content=f"申请公开第{n}号文件").application for n in "甲乙")
    with pytest.raises(Refused, match="合并、拆分"):
        links.link(audit=audit, application=one, other=two, kind="merged")


def test_how_they_count_is_one_policy(county, operator):
    assert counting_words(counting_policy(county.pk, TODAY)).startswith(
        "合并答复的，每件各计一件；拆分的，每部分各计一件"
    )
    Setting.objects.create(
        county=county.pk,
        key="onrequest.counting",
        value={"merged": "leading", "split": "paper"},
        valid_from=TODAY,
        by=operator.pk,
    )
    policy = counting_policy(county.pk, TODAY)
    assert (policy.merged, policy.split) == ("leading", "paper")


def test_the_page(apply, desk):
    paper = apply().application
    other = apply(content="申请公开另一份文件").application
    url = f"/cases/{paper.pk}/together"
    assert other.number in desk.get(url).content.decode()
    refused = desk.post(f"{url}/split", {"part": ["甲文件"], "reason": "因"})
    assert refused.status_code == 409 and "甲文件" in refused.content.decode()
    assert desk.post(f"{url}/split", {"part": ["甲文件", "乙文件"], "reason": "互不相关"}).status_code == 302
    assert desk.post(f"{url}/merge", {"number": other.number, "reason": "同一项目"}).status_code == 302
    assert desk.get(url).status_code == 200
