"""Systems that call: an organ of their own, another one, and tokens of every sort."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.web.clients.scopes import SCOPES
from gongkai.web.clients.services import give_token, register_client
from gongkai.web.organs.models import Organ

TOLD = {
    "organ": "云岭县交通运输局",
    "applicant": {
        "kind": "natural_person",
        "name": "李清照",
        "identity_kind": "identity_card",
        "identity": "110101199003074514",
        "phone": "13800001234",
        "address": "云岭县石桥镇漱玉巷7号",
    },
    "content": "申请公开石桥镇2025年农村公路建设项目的立项批复和中标合同",
    "provision": "paper",
    "manner": "post",
}


@pytest.fixture
def organ(county):
    return Organ.objects.create(county=county.pk, name="云岭县交通运输局", form="department", word="云交")


@pytest.fixture
def other_organ(county):
    return Organ.objects.create(county=county.pk, name="云岭县教育局", form="department", word="云教")


@pytest.fixture
def system(audit, organ):
    """A system of the department of transport."""
    return register_client(audit=audit, name="门户网站", organ=organ)


@pytest.fixture
def token(audit, system):
    """A token with the scopes asked for (all of them when none is)."""

    def give(*scopes: str, client=None, days: int = 30) -> str:
        until = timezone.localdate() + timedelta(days=days)
        _, words = give_token(audit=audit, client=client or system, scopes=scopes or SCOPES, expires_on=until)
        return words

    return give


class Calling:
    """Another system's program."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query):
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers)

    def post(self, path: str, told, key: str = "key-00000001"):
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(f"/api/v1/{path}", told, content_type="application/json", headers=headers)


@pytest.fixture
def calling(token):
    """A program whose token may do everything."""
    return Calling(token())
