"""Several questions asked as one get the answers that each gets alone."""

from __future__ import annotations

import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.web.organs.models import Organ
from gongkai.web.organs.together import any_of, how_many
from gongkai.web.people.models import Person


def test_counts_come_in_one_question_and_are_those_of_each(county):
    for n in range(3):
        Organ.objects.create(county=county.pk, name=f"云岭县第{n}局", form="department", word="云")
    asked = {
        "organs": Organ.objects.filter(name__startswith="云岭县第"),
        "first": Organ.objects.order_by("name").filter(name="云岭县第0局"),
        "none": Organ.objects.filter(name="没有的"),
        "operators": Person.objects.filter(role="local_operator").select_related("organ"),
    }
    with CaptureQueriesContext(connection) as questions:
        assert how_many(county.pk, asked) == {"organs": 3, "first": 1, "none": 0, "operators": 1}
        assert any_of(county.pk, asked) == {"organs": True, "first": True, "none": False, "operators": True}
    assert len(questions) == 2


def test_nothing_asked_and_a_county_that_there_is_not_count_nothing(county):
    assert how_many(county.pk, {}) == {}
    assert how_many(uuid.uuid4(), {"people": Person.objects.all()}) == {"people": 0}
