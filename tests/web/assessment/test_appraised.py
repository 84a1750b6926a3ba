"""What the public said, as an assessment reads it: published results of the competent department, and nothing else."""

from __future__ import annotations

import itertools
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from gongkai.oversight import Rate, Unknown
from gongkai.oversight.questions import UNKNOWN
from gongkai.web.appraisal.models import Opening
from gongkai.web.appraisal.selectors.results import live, mark_of
from gongkai.web.appraisal.services import drafting, publishing, taking
from gongkai.web.appraisal.services.settings import set_all
from gongkai.web.assessment.computing import COMPUTERS, Asked
from gongkai.web.organs.tree import change_organ, found_organ
from tests.web.assessment.conftest import TODAY

TEXT = "评价：内容\n*好\n差\n\n评价：时间\n*好\n中\n差"
_numbers = itertools.count()


@pytest.fixture
def department(county, audit, organs):
    found = found_organ(audit=audit, county=county.pk, name="云岭县政务公开办公室", form="department")
    change_organ(audit=audit, organ=found, competent=True)
    return found


@pytest.fixture
def said(county, audit, organs):
    """An appraisal that ended some days ago: what was answered to both questions, sheet by sheet; then published."""

    def give(by, *sheets, ended=10, publish=True):
        set_all(audit=audit, least=2, burst=9, minutes=9, same=9, valid_from=TODAY - timedelta(days=400))
        first = TODAY - timedelta(days=ended + 10)
        told = drafting.Told("问卷", TEXT, (organs[0].pk,), first, first + timedelta(days=10))
        row = drafting.keep(audit=audit, organ=by, told=told)
        Opening.objects.create(county=county.pk, questionnaire=row, by=audit.actor)
        at = timezone.make_aware(datetime.combine(first, time(12)))
        for one, two in sheets:
            sheet = taking.Sheet(organs[0].pk, {"q1": one, "q2": two})
            taking.take(audit=audit, row=row, sheet=sheet, once=f"{next(_numbers)}", at=at)
        if publish:
            publishing.publish(audit=audit, row=row, seen=mark_of(live(row)))
        return row

    return give


def told(organ, *, days=300, known_at=None):
    return COMPUTERS["appraised"](
        Asked(organ, "department", TODAY - timedelta(days=days), TODAY, known_at or timezone.now())
    )


def test_the_satisfied_answers_of_every_scale_are_the_rate_and_lead_to_the_page(said, department, organs):
    row = said(department, (0, 0), (0, 1), (1, UNKNOWN))
    found = told(organs[0])
    assert found.value == Rate(3, 5), "two of three and one of two; 不了解 is no answer"
    assert [(m.url_name, m.key) for m in found.members] == [("portal-appraisal", str(row.stem))]
    assert isinstance(told(organs[1]).value, Unknown), "nobody asked about that one"
    said(department, (0, 0), (0, 0))
    assert told(organs[0]).value == Rate(7, 9), "two appraisals of a year add up"


@pytest.mark.parametrize(
    ("other", "asked", "says"),
    [
        ({"publish": False}, {}, "没有公布的社会评议结果"),
        ({"ended": 400}, {}, "没有公布的社会评议结果"),
        ({}, {"known_at": timezone.now() - timedelta(days=1)}, "没有公布的社会评议结果"),
    ],
)
def test_what_was_not_published_by_then_or_ended_before_is_not_seen(said, department, organs, other, asked, says):
    said(department, (0, 0), (0, 0), **other)
    value = told(organs[0], **asked).value
    assert isinstance(value, Unknown)
    assert says in value.why


def test_what_an_organ_asks_about_itself_is_no_ground_and_too_few_answers_are_none(said, department, organs):
    said(organs[0], (0, 0), (0, 0))
    assert isinstance(told(organs[0]).value, Unknown)
    said(department, (UNKNOWN, 0))
    found = told(organs[0])
    assert isinstance(found.value, Unknown)
    assert "评价太少" in found.value.why
    assert len(found.members) == 1
