"""Another organ helps to search or advises: under the name of the organ that answers, without seeing the applicant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import CaseRecord
from gongkai.web.onrequest.policies import can_case, check_case, whose_case
from gongkai.web.onrequest.recordkinds import told
from gongkai.web.onrequest.selectors.facts import standing_of
from gongkai.web.onrequest.selectors.passings import content_without_applicant, helps_of
from gongkai.web.onrequest.selectors.waiting import Waiting
from gongkai.web.onrequest.services import passings
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from tests.web.onrequest.conftest import ASKED, LI

TODAY = timezone.localdate()
FOUND = {
    "places": "档案室",
    "keywords": "石桥镇、农村公路",
    "way": "查阅案卷",
    "by": "王安石",
    "result": "没有检索到",
}


@pytest.fixture
def water(county):
    return Organ.objects.create(county=county.pk, name="云岭县水利局", form="department", word="云水")


@pytest.fixture
def helper(county, water):
    return Person.objects.create(county=county.pk, name="王安石", role="clerk", organ=water)


@pytest.fixture
def asked(apply, audit, water):
    application = apply(content=f"{ASKED}，电话{LI.phone}，申请人{LI.name}").application
    row = passings.ask(
        audit=audit,
        application=application,
        purpose="assistance",
        asks="请检索2025年的档案",
        organ=water,
        until=TODAY + timedelta(days=5),
    )
    return application, row


def test_help_does_not_stop_the_clock_and_shows_the_case_to_the_other_side(asked, helper):
    application, _row = asked
    assert standing_of(application).clock.running
    assert whose_case(helper, application) == "passed_on"
    check_case(helper, "onrequest.assist", application)
    for act in ("onrequest.look", "onrequest.see_personal", "onrequest.handle"):
        with pytest.raises(PermissionDenied):
            check_case(helper, act, application)
    lines = [line for line in Waiting(helper, TODAY).lines() if line.kind == "passing"]
    assert [(line.view, line.args) for line in lines] == [("assist", (application.pk,))]


def test_the_other_side_does_not_see_the_applicant(asked):
    application, _ = asked
    content = content_without_applicant(application)
    assert ASKED in content
    assert LI.name not in content and LI.phone not in content


def test_what_was_found_becomes_a_search_record_of_theirs(asked, audit):
    application, row = asked
    with pytest.raises(Refused, match="检索范围"):
        passings.feed_back(audit=audit, passing=row, told={"words": "没有"}, organ="云岭县水利局")
    passings.feed_back(audit=audit, passing=row, told=FOUND, organ="云岭县水利局")
    record = CaseRecord.objects.get(application=application, kind="search_record")
    assert told(record) == {**FOUND, "organ": "云岭县水利局"}


def test_when_the_help_ends_the_other_side_no_longer_sees_the_case(asked, audit, helper):
    application, row = asked
    passings.end(audit=audit, passing=row, words="已收到")
    assert whose_case(helper, application) == "other"
    assert not can_case(helper, "onrequest.assist", application)
    assert helps_of(application)[0].ended == "已收到"
    assert standing_of(application).events[-1].kind.value == "assistance_ended"
    with pytest.raises(Refused, match="已经结束"):
        passings.feed_back(audit=audit, passing=row, told=FOUND, organ="云岭县水利局")


def test_legal_counsel_does_not_stop_the_clock_either(apply, audit, water):
    application = apply().application
    row = passings.ask(audit=audit, application=application, purpose="counsel", asks="是否属于过程性信息", organ=water)
    assert standing_of(application).clock.running
    passings.feed_back(audit=audit, passing=row, told={"words": "属于"}, organ="云岭县司法局")
    assert CaseRecord.objects.filter(application=application, kind="counsel").count() == 1


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"purpose": "opinion"}, "征求其他机关意见"),
        ({"asks": " "}, "写明请对方做什么"),
        ({"until": TODAY - timedelta(days=1)}, "早于今天"),
    ],
)
def test_refusals(apply, audit, water, other, says):
    base = {"audit": audit, "application": apply().application, "purpose": "assistance", "asks": "检索", "organ": water}
    with pytest.raises(Refused, match=says):
        passings.ask(**base | other)


def test_the_pages(asked, desk, audit):
    application, row = asked
    page = desk.get(f"/cases/{application.pk}/help").content.decode()
    assert "请检索2025年的档案" in page
    answer = desk.get(f"/cases/{application.pk}/assist").content.decode()
    assert LI.name not in answer and ASKED in answer
    sent = desk.post(f"/cases/{application.pk}/assist", {"passing": str(row.pk), "places": "档案室"})
    assert sent.status_code == 409 and "请填写" in sent.content.decode()
    assert desk.post(f"/cases/{application.pk}/assist", {"passing": str(row.pk), **FOUND}).status_code == 302
    assert desk.post(f"/cases/{application.pk}/help/{row.pk}/end").status_code == 302
    refused = desk.post(f"/cases/{application.pk}/help", {"purpose": "assistance", "asks": "检索"})
    assert refused.status_code == 409 and "请选择一个机关" in refused.content.decode()
