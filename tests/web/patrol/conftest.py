"""A county whose site is walked: results made as values, organs that answer for parts of it, people of three roles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import found_organ
from gongkai.web.patrol.services.settings import set_routes
from gongkai.web.people import middleware
from gongkai.web.people.models import Person

EDUCATION = "云岭县教育局"


@pytest.fixture
def education(county, audit: Audit) -> Organ:
    return found_organ(audit=audit, county=county.pk, name=EDUCATION, form="department")


@pytest.fixture
def routed(audit: Audit, education: Organ) -> Organ:
    """The organ that answers for /jyj/."""
    rows = [("www.yunling.example.cn/jyj/", str(education.pk))]
    set_routes(audit=audit, rows=rows, valid_from=timezone.localdate() - timedelta(days=400))
    return education


@pytest.fixture
def asking(county) -> Callable[[str, Organ | None], Client]:
    """A browser in which somebody of a role at an organ sits."""
    patches = []

    def sit(role: str, organ: Organ | None) -> Client:
        person = Person.objects.create(county=county.pk, name="某人", role=role, organ=organ)
        patch = pytest.MonkeyPatch()
        patch.setattr(middleware, "local_operator", lambda: person)
        patches.append(patch)
        return Client()

    yield sit
    for patch in reversed(patches):
        patch.undo()


def day(ago: int) -> date:
    return timezone.localdate() - timedelta(days=ago)
