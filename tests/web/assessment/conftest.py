"""A county with two organs in a round of assessment; an assessor, a reviewer, and browsers for anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.oversight.reading import texts
from gongkai.web.assessment.models import Assessed, Round
from gongkai.web.assessment.services.rounds import open_round
from gongkai.web.assessment.services.schemes import save
from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import found_organ
from gongkai.web.people.services import add_person, appoint

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def organs(county, audit: Audit) -> list[Organ]:
    names = ("云岭县教育局", "云岭县水务局", "云岭县石桥镇人民政府")
    forms = ("department", "department", "township")
    return [
        found_organ(audit=audit, county=county.pk, name=name, form=form)
        for name, form in zip(names, forms, strict=True)
    ]


@pytest.fixture
def acting(county, audit: Audit) -> Callable[[str, Organ], Audit]:
    """The audit of somebody appointed at an organ."""

    def one(role: str, organ: Organ) -> Audit:
        person = add_person(audit=audit, name=f"{organ.name}{role}")
        appoint(audit=audit, person=person, role=role, organ=organ)
        return Audit(actor=person.pk, county=county.pk)

    return one


def round_of(audit: Audit, organs: list[Organ], text: str = "", **days: Any) -> Round:
    """A round whose cut-off was yesterday."""
    said: dict[str, Any] = {"first": TODAY - timedelta(days=300), "last": YESTERDAY, "cutoff": YESTERDAY, **days}
    scheme = save(audit=audit, text=text or texts()["starting"])
    return open_round(audit=audit, title="年度考核", scheme=scheme, organs=[o.pk for o in organs], **said)


@pytest.fixture
def opened(audit, organs) -> Round:
    return round_of(audit, organs[:2])


@pytest.fixture
def one(opened, organs) -> Assessed:
    """The sheet of the education bureau."""
    return opened.assessed.get(organ=organs[0])
