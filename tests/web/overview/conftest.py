"""A county with its government, two departments and a township; browsers for people of any role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from gongkai.web.organs.models import Organ
from gongkai.web.people import middleware
from gongkai.web.people.models import Person


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


@pytest.fixture
def asking(county) -> Callable[[str, Organ | None], Client]:
    """A browser in which somebody of a role at an organ sits: the last who was asked for."""
    patches = []

    def sit(role: str, organ: Organ | None = None) -> Client:
        person, _ = Person.objects.get_or_create(county=county.pk, name=f"{role}某人", role=role, organ=organ)
        patch = pytest.MonkeyPatch()
        patch.setattr(middleware, "local_operator", lambda: person)
        patches.append(patch)
        return Client()

    yield sit
    for patch in reversed(patches):
        patch.undo()
