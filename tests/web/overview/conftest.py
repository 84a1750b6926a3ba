"""A county with its government, two departments and a township; browsers for people of any role."""

from __future__ import annotations

import pytest

from gongkai.web.organs.models import Organ


@pytest.fixture
def organs(county) -> dict[str, Organ]:
    told = (
        ("government", "云岭县人民政府", "county_government"),
        ("education", "云岭县教育局", "department"),
        ("water", "云岭县水务局", "department"),
        ("bridge", "云岭县石桥镇人民政府", "township"),
    )
    return {
        key: Organ.objects.create(county=county.pk, name=name, form=form, position=n)
        for n, (key, name, form) in enumerate(told)
    }
