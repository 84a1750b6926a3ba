"""A desk of proactive disclosure under test: an organ with its code, six people, a clock that stands still."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ
from gongkai.web.people import middleware
from gongkai.web.people.models import AccountsOn, Person
from gongkai.web.proactive import rulekeys
from gongkai.web.proactive.services import drafting, release, review
from gongkai.web.proactive.services.drafting import Content
from gongkai.web.rules.services import set_value

CODE = "11371522004222241N"
NOTICE = Content(
    kind="general",
    title="石桥镇农村供水管网改造情况",
    formed_on=date(2026, 2, 26),
    metadata={
        "theme": "06/水利",
        "issuing_organ": "云岭县水务局",
        "written_on": "2026-02-26",
        "items": ["county.public_services"],
        "columns": ["item.county.public_services"],
    },
    mode="proactive",
    body="<h2>进展</h2><p>改造管网12公里，惠及石桥镇860户。</p>",
)


@pytest.fixture
def organ(county, audit):
    found = Organ.objects.create(county=county.pk, name="云岭县水务局", form="department", word="云水")
    set_value(audit=audit, key=rulekeys.INDEX_CODE, value=CODE, valid_from=date(2026, 1, 1), organ=found.pk)
    return found


@pytest.fixture
def hands(county, organ):
    """Six people, each with an audit of their own; accounts are on, so that each must be another."""
    AccountsOn.objects.create(county=county.pk, by=organ.pk)
    roles = ("clerk", "secrecy", "reviewer", "head", "leader", "clerk")
    people = [
        Person.objects.create(county=county.pk, name=f"{name}某", role=role, organ=organ)
        for name, role in zip("赵钱孙李周吴", roles, strict=True)
    ]
    return [Audit(actor=person.pk, county=county.pk) for person in people]


@pytest.fixture
def entry(clock, hands, organ):
    """An entry just drafted by the first of the hands; keyword arguments take the place of what it says."""

    def give(**other):
        return drafting.draft(audit=hands[0], organ=organ, content=replace(NOTICE, **other))

    return give


@pytest.fixture
def approve(clock, hands):
    """Lead an entry through every stage, each by another person."""

    def lead(item):
        review.submit(audit=hands[0], item=item)
        return pass_all(item)

    def pass_all(item):
        from gongkai.web.proactive.selectors.facts import progress

        for audit in hands[1:]:
            if progress(item).next_stage is None:
                break
            clock.on(minutes=1)
            review.pass_stage(audit=audit, item=item)
        return item

    lead.stages = pass_all
    return lead


@pytest.fixture
def desk_of(county, organ, monkeypatch):
    """Who sits at the desk, by role, before accounts are switched on."""
    monkeypatch.setattr(middleware, "accounts_on", lambda: False)

    def give(role, of=organ):
        person = Person.objects.create(county=county.pk, name=f"{role}某", role=role, organ=of)
        monkeypatch.setattr(middleware, "local_operator", lambda: person)
        return Client()

    return give


@pytest.fixture
def published(entry, approve, clock, hands):
    """A released entry."""

    def give(**other):
        item = approve(entry(**other))
        clock.on(minutes=1)
        release.release(audit=hands[0], item=item)
        return item

    return give
