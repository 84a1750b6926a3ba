"""The public side under test: an organ, browsers of strangers, an application with its letter and its file."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.web.onrequest.lettertext import Text, current, loaded, told
from gongkai.web.onrequest.services import delivery, letters, records
from gongkai.web.onrequest.services.attachments import attach, look_through
from gongkai.web.onrequest.services.intake import Incoming, Who, register
from gongkai.web.organs.models import Organ
from tests.web.onrequest.steps import on_file, signed

LI = Who(
    kind="natural_person",
    name="李清照",
    identity_kind="identity_card",
    identity="110101199003074514",
    phone="13800001234",
    email="li.qingzhao@example.cn",
    address="云岭县石桥镇漱玉巷7号",
)
ASKED = "申请公开石桥镇2025年农村公路建设项目的立项批复和中标合同"
FORM = {
    "content": ASKED,
    "provision": "any",
    "manner": "online",
    "kind": LI.kind,
    "name": LI.name,
    "identity_kind": LI.identity_kind,
    "identity": LI.identity,
    "phone": LI.phone,
}
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
TOKEN = re.compile(r'name="token" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _hasty(settings):
    """Tests fill in a form faster than people; the pace has a test of its own."""
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "form_seconds": 0}


@pytest.fixture
def organ(county):
    return Organ.objects.create(
        county=county.pk, name="云岭县交通运输局", form="department", word="云交", phone="0531-87880000"
    )


def stranger(**headers: str) -> Client:
    """A visitor that nobody knows, from elsewhere."""
    return Client(REMOTE_ADDR="203.0.113.7", headers={"host": "localhost"} | headers)


@pytest.fixture
def visitor(county):
    return stranger()


def form_of(visitor: Client, organ: Organ, **other: object) -> dict[str, object]:
    """The form of an organ as it came, filled in; None takes a field out."""
    page = visitor.get(f"/apply/{organ.pk}").content.decode()
    filled = FORM | {"token": TOKEN.search(page)[1]} | other
    return {key: value for key, value in filled.items() if value is not None}


def token_of(visitor: Client) -> str:
    return TOKEN.search(visitor.get("/follow/case").content.decode())[1]


@pytest.fixture
def submitted(audit, organ):
    """Register an application of the portal; what `register` gives back."""

    def give(**other):
        values = {
            "organ": organ,
            "channel": "internet",
            "origin": "portal",
            "who": LI,
            "content": ASKED,
            "received_on": timezone.localdate(),
            "manner": "online",
        } | other
        return register(audit=audit, incoming=Incoming(**values))

    return give


def entered(done) -> Client:
    """A visitor that follows this application."""
    visitor = stranger()
    answer = visitor.post("/follow", {"number": done.application.number, "code": done.query_code})
    assert answer.status_code == 302, answer.content.decode()
    return visitor


@dataclass
class Answered:
    done: object
    letter: object
    file: object


def letter_sent(audit, application, *, kind="", code="", facts=None, scan=None, manner="online", **fields):
    """A letter through all its steps to the applicant."""
    today = timezone.localdate()
    letter = letters.draft(audit=audit, application=application, kind=kind, code=code, facts=facts)
    text = loaded(current(letter))
    letters.edit(audit=audit, letter=letter, text=Text(fields=text.fields | told(fields)), facts=facts)
    signed(audit, letter, today)
    letters.put_seal(audit=audit, letter=letter, on=today, seal="云岭县交通运输局印章", scan=scan)
    delivery.send(audit=audit, letter=letter, manner=manner, on=today)
    letter.refresh_from_db()
    return letter


@pytest.fixture
def answered(audit, submitted):
    """An application that was answered on line with a letter and a file."""

    def give(scan=None, **other):
        done = submitted(**other)
        records.assign(audit=audit, application=done.application, handler=audit.actor)
        on_file(audit, done.application)
        file = attach(
            audit=audit,
            application=done.application,
            file=look_through("立项批复.txt", "同意立项。".encode(), "released"),
        )
        letter = letter_sent(
            audit,
            done.application,
            code="G2",
            scan=scan,
            provided="立项批复一份",
            form="电子文件",
            contact="办公室，87880000",
        )
        return Answered(done, letter, file)

    return give
