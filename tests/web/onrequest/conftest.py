"""An application desk under test: a department, an applicant, an application."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from gongkai.web.onrequest.services.intake import Incoming, Who, register
from gongkai.web.organs.models import Organ

LI = Who(
    kind="natural_person",
    name="李清照",
    identity_kind="identity_card",
    identity="110101199003074514",
    phone="13800001234",
    address="云岭县石桥镇漱玉巷7号",
)
ASKED = "申请公开石桥镇2025年农村公路建设项目的立项批复和中标合同"


@pytest.fixture
def organ(county):
    return Organ.objects.create(county=county.pk, name="云岭县交通运输局", form="department", word="云交")


@pytest.fixture
def apply(audit, organ):
    """Register an application; keyword arguments take the place of what it says."""

    def give(received_on: date | None = None, **other):
        told = {
            "organ": organ,
            "channel": "in_person",
            "who": LI,
            "content": ASKED,
            "received_on": received_on or timezone.localdate(),
            "late_reason": "测试",
        } | other
        return register(audit=audit, incoming=Incoming(**told))

    return give
