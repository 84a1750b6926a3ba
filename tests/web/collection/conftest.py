"""A county of sixty offices with some cases each, made once; and a small one of three."""

from __future__ import annotations

import pytest
from django.db import transaction

from gongkai.web.annual.desk import open_desk
from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ
from gongkai.web.people.selectors import local_operator
from tests.web.collection import made


@pytest.fixture(scope="module")
def sixty_offices(django_db_setup, django_db_blocker):
    """The county, built once for all tests of a module and undone after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        county, operator = open_desk(), local_operator()
        organs = made.offices(county.pk, 60)
        keys = [organ.pk for organ in organs]
        made.write(made.cases(county.pk, keys, 900, operator.pk))
        made.write(made.licences(county.pk, keys[:40], 480, operator.pk))
        yield county, organs, Audit(actor=operator.pk, county=county.pk)
        transaction.set_rollback(True)


@pytest.fixture
def sixty(sixty_offices, db):
    return sixty_offices


@pytest.fixture
def three(county):
    """A government with two departments."""
    return [
        Organ.objects.create(county=county.pk, name=name, form=form, word=word, position=n)
        for n, (name, form, word) in enumerate(
            [
                ("云岭县人民政府", "county_government", "云政"),
                ("云岭县教育局", "department", "云教"),
                ("云岭县水务局", "department", "云水"),
            ],
            start=1,
        )
    ]
