"""What is published, as a stranger reads it: entries led through every stage, and a browser that nobody knows."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.web.files import kinds
from gongkai.web.portal.kept import SHELF
from gongkai.web.proactive.services.drafting import NewFile
from tests.web.proactive.conftest import (  # noqa: F401
    NOTICE,
    approve,
    desk_of,
    entry,
    hands,
    organ,
    published,
)

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001"
    "f61738550000000049454e44ae426082"
)
POLICY = {
    "kind": "normative",
    "title": "云岭县农村供水管理办法",
    "metadata": NOTICE.metadata
    | {
        "document_number": "云政规〔2026〕1号",
        "effective_on": "2026-04-01",
        "expires_on": "2031-03-31",
        "duty_unit": "水务局供水股",
        "keywords": "供水",
        "summary": "规定农村供水的建设、管护和水价。",
        "items": ["normative_documents"],
        "columns": ["policies"],
        "no_interpretation": "由上级解读",
    },
    "body": "<h2>第一章 总则</h2><p>为了保障农村供水安全，制定本办法。</p>",
}


@pytest.fixture(autouse=True)
def _no_page_of_another_test():
    SHELF.clear()
    yield
    SHELF.clear()


@pytest.fixture
def stranger(county):
    """A visitor from elsewhere, without an account."""
    return Client(REMOTE_ADDR="203.0.113.7", headers={"host": "localhost"})


def kept_file(name: str, data: bytes, role: str = "attachment", alt: str = "", media_type: str = "") -> NewFile:
    """A file that passed the border: what it says it is may be anything."""
    return NewFile(name, data, media_type or kinds.detect(data), role, alt, "", "没有读出文字")
