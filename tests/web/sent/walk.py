"""Every address with the fields that its page's own forms name, and one way of sending them that changes nothing."""

from __future__ import annotations

import inspect
import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import Resolver404, resolve
from lxml.html import document_fromstring

from gongkai.web.workbench.views import start
from tests.web.marked.addresses import Address
from tests.web.sent.forms import Field, Form, asked_by_links, forms_of

_HANDLER = ClientHandler(enforce_csrf_checks=False)
_REQUESTS = RequestFactory(headers={"host": "localhost"})
_ASKS = re.compile(r'(?:said|told|data|POST|FILES|GET)(?:\.get(?:list)?\(|\[)"([\w-]+)"|\(request, "([\w-]+)"')
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,:'\"]+[A-Za-z]{2,}){2,}")
_CHINESE = re.compile(r"[一-龥]{2}")


@dataclass
class Answer:
    """What came back: the status, the page, the sentences that speak to the person, what broke."""

    status: int
    page: str = ""
    to: str = ""
    says: list[str] = field(default_factory=list)
    broke: str = ""

    @property
    def wrong(self) -> str:
        """What is wrong with it: an error page, something that broke, a refusal that is no Chinese sentence."""
        if self.broke or self.status >= 500:
            return f"{self.status} {self.broke}"
        if self.status == 405:
            return ""
        foreign = [each for each in self.says if _ENGLISH.search(each) or not _CHINESE.search(each)]
        if foreign:
            return f"says {foreign[0]!r}"
        if self.status in (400, 409, 422) and not self.says:
            return f"{self.status} without a sentence"
        return ""


@contextmanager
def counter() -> Iterator[None]:
    """While it stands `send` may be asked: nothing is logged, no form is too quick, nobody waits for a reading."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        patch.setattr(settings, "GONGKAI_PORTAL", settings.GONGKAI_PORTAL | {"form_seconds": 0})
        patch.setattr(start, "MOMENT_SECONDS", 0)
        patch.setattr(logging.getLogger("django"), "disabled", True)
        patch.setattr(logging.getLogger("django.request"), "disabled", True)
        yield


def _says(page: str, status: int) -> list[str]:
    """What stands out on a page: refusals, and what is wrong with single fields."""
    if "<html" not in page:
        return [page] if status >= 400 and "application" not in page else []
    root = document_fromstring(page)
    found = root.xpath("//*[@role='alert'] | //*[contains(@class, 'errorlist')] | //*[contains(@class, 'invalid')]")
    if not found and status >= 400:
        found = root.xpath("//main")
    return [" ".join(each.text_content().split()) for each in found]


def _broke(caught: list[Any]) -> str:
    if not caught:
        return ""
    kind, error, trace = caught[0]
    own = [f for f in traceback.extract_tb(trace) if "/gongkai/" in f.filename]
    at = f"{own[-1].filename.rpartition('/gongkai/')[2]}:{own[-1].lineno}" if own else ""
    return f"{kind.__name__}: {error} ({at})"[:300]


def send(
    method: str, url: str, told: dict[str, Any] | None = None, cookies: dict[str, str] | None = None, **more: Any
) -> Answer:
    """Send it, go where it leads, and undo all of it."""
    caught: list[Any] = []

    def catch(**_: Any) -> None:
        caught.append(sys.exc_info())

    got_request_exception.connect(catch)
    try:
        with transaction.atomic():
            try:
                return _answer(method, url, told, cookies or {}, caught, more)
            except Exception:  # noqa: BLE001 - whatever breaks is told
                caught.append(sys.exc_info())
                return Answer(500, broke=_broke(caught))
            finally:
                transaction.set_rollback(True)
    finally:
        got_request_exception.disconnect(catch)


def _ask(method: str, url: str, told: Any, cookies: dict[str, str], more: dict[str, Any]) -> tuple[Any, Any]:
    request: Any = getattr(_REQUESTS, method)(url, told or {}, **more)
    request._dont_enforce_csrf_checks = True
    if cookies:
        request.META["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    if _HANDLER._middleware_chain is None:
        _HANDLER.load_middleware()
    return request, _HANDLER.get_response(request)


def _answer(method: str, url: str, told: Any, cookies: dict[str, str], caught: list[Any], more: Any) -> Answer:
    _, response = _ask(method, url, told, cookies, more)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    page = body.decode("utf-8", "replace") if kind.startswith(("text/", "application/json")) else ""
    made = Answer(response.status_code, page, response.headers.get("Location", ""), broke=_broke(caught))
    if kind.startswith("text/html"):
        made.says += _says(page, made.status)
    elif kind.startswith("application/json") and made.status >= 400:
        made.says.append(str(json.loads(page).get("message")))
    made.says += _told(response.cookies)
    if not made.broke and made.status == 302 and made.to.startswith("/"):
        _ask("get", made.to, None, cookies, {})
        made.broke = _broke(caught) and f"{_broke(caught)} at {made.to}"
    return made


def _told(cookies: SimpleCookie) -> list[str]:
    """The messages that the next page will show."""
    if "messages" not in cookies or not cookies["messages"].value:
        return []
    request = HttpRequest()
    request.COOKIES["messages"] = cookies["messages"].value
    return [str(each.message) for each in CookieStorage(request)]


# ── what there is to send ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Found:
    """What the pages offer: each form once, and the names in the query of each address."""

    forms: dict[tuple[str, tuple[str, ...]], Form] = field(default_factory=dict)
    queries: dict[str, set[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def name_of(url: str) -> str:
    """The name of an address; empty where there is none."""
    try:
        return resolve(urlsplit(url).path).url_name or ""
    except Resolver404:
        return ""


def look(addresses: list[Address], cookies: dict[str, str]) -> Found:
    """Look at every page, and at what can be sent from it."""
    found = Found()
    for at in addresses:
        got = send("get", at.url, cookies=cookies)
        if got.broke or got.status >= 500:
            found.broken.append(f"{at.url}: {got.broke or got.status}")
        for form in forms_of(got.page, at.url):
            name = name_of(form.url)
            if form.method == "get":
                found.queries.setdefault(name, set()).update(form.names)
            elif name not in ("", "log-out"):
                found.forms.setdefault((name, form.names), form)
        for path, names in asked_by_links(got.page, at.url):
            found.queries.setdefault(name_of(path), set()).update(names)
        found.queries.setdefault(at.name, set()).update(asked_for(at.view))
    return found


def asked_for(view: Any) -> tuple[str, ...]:
    """What a view asks for by name, as its source tells: for addresses whose form stands on no page that was looked at."""
    try:
        told = inspect.getsource(inspect.unwrap(view))
    except (OSError, TypeError):
        return ()
    return tuple(dict.fromkeys(one or other for one, other in _ASKS.findall(told)))


def synthetic(at: Address, fields: tuple[Field, ...]) -> Form:
    """A form for an address that no page has one for at the moment."""
    known = {each.name: each for each in fields}
    names = dict.fromkeys([*known, *asked_for(at.view)])
    return Form(at.url, "post", tuple(known.get(name) or Field(name, "text", ("甲",)) for name in names))
