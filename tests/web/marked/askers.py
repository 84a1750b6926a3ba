"""Who asks in the tests of access, and the door they come through: everything of the desk but the looking up of a session.

How a session becomes a person is looked at in the tests of logging in. Here the person stands with the request, so that
thousands of requests take seconds; and a refusal is its bare sentence, without the desk's page around it. Who look at one
address after another share the page's memory: what it keeps is told by what was asked, never by who asks, and were it
otherwise one of them would see what is the other's.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import ClientHandler

from gongkai.web import memo
from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ
from gongkai.web.people import accounts, middleware, passwords
from gongkai.web.people.models import Account, Person
from gongkai.web.people.permissions import ADMINISTRATORS, PERMISSIONS
from gongkai.web.people.selectors import acting
from gongkai.web.people.services import add_person, appoint
from gongkai.web.workbench.views import errors

_HANDLER = ClientHandler(enforce_csrf_checks=False)
_REQUESTS = RequestFactory(headers={"host": "localhost"})
PASSWORD = "Yunling-2026"
WEAK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass(frozen=True)
class Asking:
    """Who asks: a role, and whose the objects are to them. `whose` empty: of another county."""

    role: str
    whose: str
    account: Account

    def may(self, act: str) -> bool:
        """What the table says."""
        return bool(self.whose) and self.whose in PERMISSIONS[self.role].get(act, ())

    def may_some(self, act: str) -> bool:
        """Whether the table lets this role do it for anyone at all."""
        return bool(PERMISSIONS[self.role].get(act))

    def __str__(self) -> str:
        return f"{self.role}/{self.whose or 'another county'}"


def people(audit: Audit, organ: Organ | None, roles: Any, whose: str, sign: str) -> list[Asking]:
    """Someone of each role at an organ, with an account."""
    found = []
    for number, role in enumerate(roles):
        person = add_person(audit=audit, name=f"人员{sign}{number}")
        if role != "unappointed":
            appoint(audit=audit, person=person, role=role, organ=None if role in ADMINISTRATORS else organ)
        accounts.open_account(audit=audit, person=person, login=f"user.{sign}{number}", password=PASSWORD)
        Account.objects.filter(person=person).update(must_change=False)
        acting(person)
        account = Account.objects.get(person=person)
        account.person = person
        found.append(Asking(role, whose, account))
    return found


def _sentence(request: Any, status: int, title: str, words: str, advice: str) -> HttpResponse:
    return HttpResponse(f"{title}：{words}{advice}", status=status)


@contextmanager
def door() -> Iterator[None]:
    """While it stands, `ask` may be asked; whoever writes meanwhile does so before the first address is looked at."""
    _read.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware.PersonMiddleware, "_logged_in", _known)
        patch.setattr(passwords, "expired", lambda account: False)
        patch.setattr(middleware.second_factor, "required", lambda account, roles: False)
        patch.setattr(errors, "_page", _sentence)
        patch.setattr(memo.MemoryMiddleware, "__call__", _remembering)
        patch.setattr(logging.getLogger("django.request"), "disabled", True)
        yield


def _known(_self: Any, request: Any) -> Person | None:
    account = getattr(request, "asks", None)
    request.account = account
    return account.person if account else None


_read: dict[str, dict[Any, Any]] = {}
"""What was read for the address that was looked at last."""


def _remembering(self: Any, request: Any) -> HttpResponse:
    address = request.get_full_path() if request.method == "GET" else ""
    if address not in _read:
        _read.clear()
    with memo.page_memory(looks=bool(address)):
        if address:
            memo._memory.set(_read.setdefault(address, {}))
        return self.get_response(request)


def ask(who: Asking | None, method: str, url: str, told: dict[str, str] | None = None) -> tuple[int, str]:
    """The status, and all that was answered; what it changed is undone. Nobody asks with `who` None."""
    request: Any = getattr(_REQUESTS, method)(url, told or {})
    request._dont_enforce_csrf_checks = True
    if who is not None:
        request.asks = copy.copy(who.account)
        request.asks.person = copy.copy(who.account.person)
    if _HANDLER._middleware_chain is None:
        _HANDLER.load_middleware()
    with transaction.atomic():
        answer = _HANDLER.get_response(request)
        data = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, answer.headers.get("Location", "") + data.decode("utf-8", "replace")
