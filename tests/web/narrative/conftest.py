"""A county with two offices that write their reports for 2025."""

from __future__ import annotations

import pytest

from gongkai.web.audit.services import Audit
from gongkai.web.narrative.services.writing import save
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from gongkai.web.registers.services.rows import enter

YEAR = 2025


@pytest.fixture
def organ(county):
    return Organ.objects.create(county=county.pk, name="云岭县水务局", form="department", word="云水")


@pytest.fixture
def other(county):
    return Organ.objects.create(county=county.pk, name="云岭县石桥镇人民政府", form="township", word="石政")


@pytest.fixture
def second(county):
    """Another person who writes."""
    return Audit(actor=Person.objects.create(county=county.pk, name="赵敏", role="clerk").pk, county=county.pk)


@pytest.fixture
def write(audit, organ):
    """Save a part; over the version that stands unless another is named."""

    def give(words, base=None, *, section="1", by=None, of=None, year=YEAR):
        key = base.pk if base is not None else None
        return save(audit=by or audit, organ=of or organ, year=year, section=section, words=words, base=key)

    return give


@pytest.fixture
def trained(audit, organ):
    """Enter a training of the year, attended by so many."""

    def give(people, on="2025-05-06", subject="年报填报"):
        values = {"subject": subject, "held_on": on, "people": str(people), "role": "held"}
        return enter(audit=audit, organ=organ, register="trainings", values=values)

    return give
