"""Who leaves hands the applications they handle to a colleague first."""

from __future__ import annotations

import pytest

from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Assignment, Case
from gongkai.web.onrequest.services import records
from gongkai.web.organs.tree import found_organ
from gongkai.web.people.handover import count_open
from gongkai.web.people.services import add_person, appoint, hand_over, let_go


@pytest.fixture
def clerk(audit, organ):
    def give(name, *organs):
        person = add_person(audit=audit, name=name)
        for each in organs or (organ,):
            appoint(audit=audit, person=person, role="clerk", organ=each)
        return person

    return give


def handler_of(application) -> object:
    return Case.objects.get(pk=application.pk).handler


def test_open_applications_go_over_to_a_colleague_before_a_person_leaves(audit, apply, clerk):
    leaving, staying = clerk("老陈"), clerk("小刘")
    mine, closed, other = apply().application, apply().application, apply().application
    for application, person in ((mine, leaving), (closed, leaving), (other, staying)):
        records.assign(audit=audit, application=application, handler=person.pk)
    Case.objects.filter(pk=closed.pk).update(open=0)
    assert count_open(leaving) == {"申请": 1}
    with pytest.raises(Refused, match="未办结的申请1件，请先移交"):
        let_go(audit=audit, person=leaving)
    assert hand_over(audit=audit, from_person=leaving, to_person=staying).moved == {"onrequest": 1}
    assert [handler_of(each) for each in (mine, closed, other)] == [staying.pk, leaving.pk, staying.pk]
    assert Assignment.objects.filter(application=mine).count() == 2
    let_go(audit=audit, person=leaving)


def test_the_applications_of_an_organ_at_which_the_other_does_not_act_stay(audit, county, organ, apply, clerk):
    school = found_organ(audit=audit, county=county.pk, name="云岭县教育局", form="department")
    leaving, here, there = clerk("老陈", organ, school), clerk("小刘"), clerk("小王", school)
    roads, pupils = apply().application, apply(organ=school).application
    for application in (roads, pupils):
        records.assign(audit=audit, application=application, handler=leaving.pk)
    hand_over(audit=audit, from_person=leaving, to_person=here)
    assert (handler_of(roads), handler_of(pupils)) == (here.pk, leaving.pk)
    with pytest.raises(Refused, match="未办结的申请1件"):
        let_go(audit=audit, person=leaving)
    assert hand_over(audit=audit, from_person=leaving, to_person=there).moved == {"onrequest": 1}
    assert handler_of(pupils) == there.pk
