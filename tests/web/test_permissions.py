"""Who may what: one table, and each refusal beside its permission."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.web.annual import policies as annual
from gongkai.web.facts import Refused
from gongkai.web.people import policies
from gongkai.web.people.models import Person
from gongkai.web.people.permissions import ACTS, PERMISSIONS, ROLES

TABLE = [
    # act                 本机操作人  查阅人
    ("annual.look", True, True),
    ("annual.hand_in", True, False),
    ("annual.place", True, False),
    ("annual.judge", True, False),
    ("annual.correct", True, False),
    ("annual.set_aside", True, False),
    ("annual.publish", True, False),
    ("annual.write", True, True),
    ("organs.keep_list", True, False),
]


@pytest.mark.parametrize(("act", "operator", "onlooker"), TABLE)
def test_the_table_of_permissions(act, operator, onlooker):
    for role, may in (("local_operator", operator), ("onlooker", onlooker), ("stranger", False)):
        person = Person(name="某人", role=role)
        assert policies.can_act(person, act) is may
        if may:
            policies.check_act(person, act)
        else:
            with pytest.raises(PermissionDenied, match=ACTS[act]):
                policies.check_act(person, act)


OFFICE = UUID(int=7)


@pytest.mark.parametrize(
    ("role", "at", "organs"),
    [
        ("local_operator", None, None),
        ("competent", OFFICE, None),
        ("clerk", OFFICE, (OFFICE,)),
        ("clerk", None, ()),
        ("onlooker", OFFICE, ()),
    ],
)
def test_the_organs_of_which_a_list_shows_something(role, at, organs):
    assert policies.organs_for(Person(name="某人", role=role, organ_id=at), "onrequest.look") == organs


def test_the_table_knows_every_act_and_role():
    assert {act for act, *_ in TABLE} >= {act for act in ACTS if act.startswith("annual.")}
    assert set(PERMISSIONS) == set(ROLES)
    assert {act for row in PERMISSIONS.values() for act in row} == set(ACTS)
    with pytest.raises(KeyError):
        policies.can_act(Person(name="某人", role="local_operator"), "annual.burn")


def test_a_report_set_aside_can_be_looked_at_but_not_judged(handed_in, audit, operator):
    from gongkai.web.annual.services.placing import set_aside

    submission = handed_in()
    assert annual.can_judge(operator, submission)
    assert annual.can_correct(operator, submission)
    set_aside(audit=audit, submission=submission, aside=True)
    assert not annual.can_judge(operator, submission)
    with pytest.raises(Refused, match="移出列表"):
        annual.check_correct(operator, submission)
    annual.check_look(operator)


def test_an_onlooker_sees_the_pages(handed_in, onlooker_desk):
    submission = handed_in()
    assert onlooker_desk.get("/annual").status_code == 200
    page = onlooker_desk.get(f"/reports/{submission.pk}").content.decode()
    assert 'name="verdict"' not in page
    assert "云岭县教育局" in page
    assert onlooker_desk.get(f"/reports/{submission.pk}/download/json").status_code == 200


@pytest.mark.parametrize(
    "what",
    [
        "hand-in",
        "paste",
        "end-demo",
        "place",
        "aside",
        "read-again",
        "cell",
        "finding",
        "organs/list",
        "organs/county",
        "strike",
    ],
)
def test_an_onlooker_is_refused_every_act_in_chinese(handed_in, onlooker_desk, what):
    submission = handed_in()
    finding = submission.checking.findings[0]["fingerprint"]
    urls = {
        "place": f"/reports/{submission.pk}/place",
        "aside": f"/reports/{submission.pk}/aside",
        "read-again": f"/reports/{submission.pk}/read-again",
        "strike": f"/organs/{submission.pk}/strike",
        "cell": f"/reports/{submission.pk}/cells/applications.received.total",
        "finding": f"/reports/{submission.pk}/findings/{finding}",
    }
    answer = onlooker_desk.post(urls.get(what, f"/{what}"), {"text": "一", "verdict": "confirmed", "reason": "如此"})
    assert answer.status_code == 403
    assert "您的身份是“查阅人”" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_chinese(county):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/paste", {"text": "年度报告"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_another_host_name_is_refused(desk):
    assert desk.get("/", headers={"host": "evil.example"}).status_code == 400
