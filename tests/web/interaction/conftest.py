"""Letters under test: the office that gives them out, an organ that answers, one that helps, and a hand for each step."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.web.audit.services import Audit
from gongkai.web.interaction.services import acts
from gongkai.web.interaction.services.intake import Arriving, register
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import change_organ
from gongkai.web.people.models import AccountsOn, Person

NAME, PHONE = "苏东坡", "13800005678"
LETTER = Arriving(
    kind="question",
    title="新生儿怎样办理户口登记",
    words="孩子上月出生，苏东坡想问：在外地出生的，回来办理户口登记要带哪些材料？电话13800005678。",
    received_on=date(2026, 3, 2),
    name=NAME,
    phone=PHONE,
    may_publish=True,
)


@pytest.fixture
def office(county, audit):
    found = Organ.objects.create(county=county.pk, name="云岭县人民政府办公室", form="department", word="云政办")
    change_organ(audit=audit, organ=found, word="云政办", competent=True)
    return found


@pytest.fixture
def organ(county, office):
    return Organ.objects.create(county=county.pk, name="云岭县公安局", form="department", word="云公")


@pytest.fixture
def helper(county, office):
    return Organ.objects.create(county=county.pk, name="云岭县卫生健康局", form="department", word="云卫")


@pytest.fixture
def hands(county, organ):
    """Someone who drafts and someone who reviews; accounts are on, so that each must be another."""
    AccountsOn.objects.create(county=county.pk, by=organ.pk)
    people = [
        Person.objects.create(county=county.pk, name=name, role=role, organ=organ)
        for name, role in (("赵某", "clerk"), ("钱某", "reviewer"))
    ]
    return [Audit(actor=person.pk, county=county.pk) for person in people]


@pytest.fixture
def written(clock, audit, organ):
    """A letter that came; keyword arguments take the place of what it says."""

    def give(**other):
        from dataclasses import replace

        return register(audit=audit, arriving=replace(LETTER, **other))

    return give


@pytest.fixture
def answered(written, audit, organ, hands):
    """A letter with its answer."""

    def give(words="请带出生医学证明和户口簿，到户籍所在地派出所办理。", **other):
        letter = written(**other).letter
        acts.route(audit=audit, letter=letter, organ=organ)
        acts.submit(audit=hands[0], letter=letter, words=words)
        acts.answer(audit=hands[1], letter=letter)
        letter.refresh_from_db()
        return letter

    return give
