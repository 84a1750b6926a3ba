"""A county with two sites to export to: a folder, and a vendor's interface that listens on this machine."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gongkai.web.cms.services import exporting, targets
from gongkai.web.organs.models import Organ
from gongkai.web.proactive import rulekeys  # noqa: F401
from tests.web.proactive.conftest import (  # noqa: F401
    approve,
    entry,
    hands,
    organ,
    published,
)

FIELDS = "biaoti=title\nneirong=html\nmeta.suoyin=index_number\nfujian=files\nriqi=published_on"
SECRET = "geheim-2026"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("GONGKAI_EXPORT", str(tmp_path / "导出"))
    return tmp_path / "导出" / "县政府网站"


@pytest.fixture
def folder(audit, root):
    return targets.add_target(audit=audit, name="县政府网站", kind="folder", settings={"folder": "县政府网站"})


class Vendor:
    """A vendor's CMS: keeps articles by number, remembers every call, and does at times what it is told."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, dict[str, str], dict]] = []
        self.articles: dict[str, dict] = {}
        self.by_key: dict[str, str] = {}
        self.say: list[int] = []
        """The numbers with which the next calls are answered instead."""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_port}/api"

    def _handler(vendor):  # noqa: N805 - the class inside has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def _any(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
                vendor.calls.append((self.command, self.path, dict(self.headers), body))
                status, answer = vendor.answer(self.command, self.path, self.headers["Idempotency-Key"], body)
                data = json.dumps(answer).encode()
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_POST = do_PUT = do_DELETE = _any  # noqa: N815

            def log_message(self, *_) -> None:
                """Nothing."""

        return Handler

    def answer(self, method: str, path: str, key: str, body: dict) -> tuple[int, dict]:
        if self.say and (status := self.say.pop(0)) != 200:
            return status, {"code": 9}
        if method == "DELETE":
            found = self.articles.pop(path.rpartition("/")[2], None)
            return (200 if found else 404), {"code": 0}
        number = path.rpartition("/")[2] if method == "PUT" else self.by_key.setdefault(key, str(len(self.by_key) + 1))
        self.articles[number] = body
        address = f"http://www.yunling.example/art/{number}.html"
        return 200, {"code": 0, "data": {"id": number, "url": address, "day": "2026-03-02"}}


@pytest.fixture
def vendor():
    found = Vendor()
    yield found
    found.server.shutdown()
    found.server.server_close()


def settings_of(vendor, **other):
    return {
        "base": vendor.base, "fields": FIELDS, "header": "Authorization", "header_value": "Bearer {secret}",
        "put_path": "/articles", "update_method": "PUT", "update_path": "/articles/{place}",
        "remove_path": "/articles/{place}", "place_at": "data.id", "address_at": "data.url", "day_at": "data.day",
        "success_at": "code=0", "seconds": "60",
    } | other  # fmt: skip


@pytest.fixture
def interface(audit, vendor, monkeypatch):
    monkeypatch.setenv("GONGKAI_EXPORT_NETWORKS", "127.0.0.1")
    return targets.add_target(audit=audit, name="集约化平台", kind="http", settings=settings_of(vendor), secret=SECRET)


@pytest.fixture
def run():
    """Export to a target at once."""

    def go(target):
        target.__class__.objects.filter(pk=target.pk).update(next_at=None)
        return exporting.export(target.pk)

    return go


@pytest.fixture
def other_organ(county):
    return Organ.objects.create(county=county.pk, name="云岭县公路局", form="department", word="云路")
