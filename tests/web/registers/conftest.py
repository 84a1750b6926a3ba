"""A county with two offices and their registers."""

from __future__ import annotations

import pytest

from gongkai.web.organs.models import Organ
from gongkai.web.registers.services.rows import enter

PENALTY = {
    "entered_as": "single",
    "decided_on": "2026-02-10",
    "document_number": "云市监罚〔2026〕1号",
    "offence": "销售超过保质期的食品",
    "party_kind": "organisation",
    "party": "云岭县石桥百货店",
    "penalty": "罚款",
}
NATURAL = PENALTY | {"document_number": "云市监罚〔2026〕2号", "party_kind": "natural_person", "party": "欧阳小明"}
TOTAL = {"entered_as": "total", "month": "2026-01", "number": "12", "offence": "市场监管"}
CELL = "proactive.penalties.decisions"


@pytest.fixture
def organ(county):
    return Organ.objects.create(county=county.pk, name="云岭县市场监督管理局", form="department", word="云市监")


@pytest.fixture
def other(county):
    return Organ.objects.create(county=county.pk, name="云岭县水务局", form="department", word="云水")


@pytest.fixture
def penalty(audit, organ):
    """Enter a penalty; keyword arguments take the place of what it says."""

    def give(**values):
        return enter(audit=audit, organ=organ, register="penalties", values=PENALTY | values)

    return give
