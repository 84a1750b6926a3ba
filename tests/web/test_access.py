"""Every address × every role: whoever the table forbids is refused, and no view forgets to say what it asks for."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.web.organs.tree import found_organ
from gongkai.web.people.models import Account, Person
from gongkai.web.people.permissions import ACTS, APPOINTED, PERMISSIONS
from gongkai.web.people.services import add_person, appoint

PUBLIC = {
    "large-text",
    "log-in",
    "log-in-code",
    "show-as",
}
"""What of the desk may be seen without an account."""
PUBLIC_FACES = ("gongkai.web.portal", "gongkai.web.api")
"""The face for applicants, and the one for machines, which asks for a key of its own."""
KEY = uuid.UUID("01890000-0000-7000-8000-000000000000")
VALUES = {"uuid": str(KEY), "int": "1", "str": "x", "slug": "x", "path": "x"}


def views() -> Iterator[tuple[str, str, object]]:
    """Every pattern: its address with something in each place, its name, its view."""

    def walk(patterns, prefix):
        for each in patterns:
            route = prefix + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, route)
            elif isinstance(each, URLPattern):
                filled = re.sub(r"<(?:(\w+):)?\w+>", lambda m: VALUES.get(m[1] or "str", "x"), route)
                yield "/" + filled, each.name or route, each.callback

    yield from walk(get_resolver().url_patterns, "")


ALL = list(views())
ASKING = [(url, name, view) for url, name, view in ALL if hasattr(view, "acts")]


def is_public(name: str, view: object) -> bool:
    return name in PUBLIC or view.__module__.startswith(PUBLIC_FACES)


def test_every_view_says_what_it_asks_for_or_is_on_the_short_list():
    assert len(ALL) > 30
    assert [name for _, name, view in ALL if not hasattr(view, "acts") and not hasattr(view, "public")] == []
    assert sorted(name for _, name, view in ALL if hasattr(view, "public") and not is_public(name, view)) == []
    assert [name for _, name, view in ALL if hasattr(view, "acts") and set(view.acts) - set(ACTS)] == []


@pytest.fixture
def clients(county, audit, settings):
    """A browser for each role, logged in."""
    from gongkai.web.people import accounts

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.GONGKAI_LOGIN = {**settings.GONGKAI_LOGIN, "second_factor": "nobody"}
    organ = found_organ(audit=audit, county=county.pk, name="云岭县教育局", form="department")
    found = {}
    for number, role in enumerate((*APPOINTED, "unappointed")):
        person = add_person(audit=audit, name=f"人员{number}")
        if role != "unappointed":
            appoint(audit=audit, person=person, role=role, organ=None if role.endswith("_admin") else organ)
        accounts.open_account(audit=audit, person=person, login=f"user{number}", password="Yunling-2026")
    Account.objects.update(must_change=False)
    for number, role in enumerate((*APPOINTED, "unappointed")):
        found[role] = Client(raise_request_exception=False)
        answer = found[role].post("/login", {"login": f"user{number}", "password": "Yunling-2026"})
        assert answer.status_code == 302
    return found


def _answers(clients) -> Iterator[tuple[str, str, str, str, object]]:
    """Each role asks each address, by GET and by POST; what an answer changed is undone."""
    for url, name, view in (each for each in ASKING if each[1] != "log-out"):
        for role, client in clients.items():
            for method, act in zip(("get", "post"), view.acts, strict=True):
                with transaction.atomic():
                    answer = getattr(client, method)(url)
                    transaction.set_rollback(True)
                if answer.status_code != 405:
                    yield name, role, act, method, answer


def test_a_role_that_the_table_forbids_is_refused_and_one_that_it_allows_is_not(clients):
    wrong, refused, let_in = [], 0, 0
    for name, role, act, method, answer in _answers(clients):
        words = answer.content.decode() if answer.status_code == 403 else ""
        may = bool(PERMISSIONS[role].get(act))
        # What is refused beyond the page as a whole (whose matter it is) says so in the same words.
        right = (answer.status_code != 403 or "您的身份是" in words) if may else "您的身份是" in words
        refused, let_in = refused + (not may), let_in + may
        if not right:
            wrong.append((name, role, act, method, answer.status_code))
    assert wrong == []
    assert refused > 200
    assert let_in > 100


def test_a_stranger_gets_nowhere(clients):
    wrong = []
    for url, name, _ in ASKING:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(url)
            if answer.status_code != 302 or not answer["Location"].startswith("/login"):
                wrong.append((name, method, answer.status_code))
    assert wrong == []


def test_a_view_that_says_nothing_is_shown_to_nobody(desk, monkeypatch):
    from gongkai.web.workbench.views import preferences

    monkeypatch.delattr(preferences.large_text, "public")
    answer = desk.post("/preferences/large-text")
    assert answer.status_code == 403
    assert "没有登记所需的权限" in answer.content.decode()


def test_an_unknown_act_is_refused_when_the_view_is_written():
    from gongkai.web.people.policies import needs

    with pytest.raises(KeyError, match="权限表中没有这一行为"):
        needs("annual.burn")


def test_every_act_that_is_recorded_has_its_words():
    from gongkai.web.people.done import DONE

    source = Path(__file__).resolve().parents[2] / "src" / "gongkai" / "web"
    recorded = set()
    for path in source.rglob("*.py"):
        recorded |= set(re.findall(r'record\(\s*"((?:people|organs|audit)\.[a-z_]+)"', path.read_text("utf-8")))
    assert len(recorded) > 15
    assert sorted(recorded - set(DONE)) == []


# ── the demonstration ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def shown(county, audit):
    person = add_person(audit=audit, name="演示员", demonstration=True)
    organ = found_organ(audit=audit, county=county.pk, name="云岭县教育局", form="department")
    appoint(audit=audit, person=person, role="mail_room", organ=organ)
    return person


def test_in_the_demonstration_one_looks_as_an_invented_person(desk, shown):
    assert "以…身份查看" in desk.get("/").content.decode()
    desk.post("/account/as", {"person": shown.pk})
    assert desk.get("/annual").status_code == 403
    page = desk.get("/account").content.decode()
    assert "演示员" in page
    assert "收发室人员" in page
    desk.post("/account/as", {"person": ""})
    assert desk.get("/").status_code == 200


def test_nobody_looks_as_a_real_person_or_from_another_machine(desk, shown, audit, county):
    real = add_person(audit=audit, name="真人")
    for wanted in (real.pk, "x", KEY):
        desk.post("/account/as", {"person": wanted})
        assert desk.get("/").status_code == 200
    Client(REMOTE_ADDR="10.0.0.9").post("/account/as", {"person": shown.pk})
    far = Client(REMOTE_ADDR="10.0.0.9")
    assert far.get("/account").status_code == 403


def test_with_accounts_there_is_no_looking_as_another(clients, county, audit):
    person = Person.objects.create(county=county.pk, name="演示员", role="competent", demonstration=True)
    client = clients["onlooker"]
    answer = client.post("/account/as", {"person": person.pk}, follow=True)
    assert "只能在演示中切换身份" in answer.content.decode()
    assert "演示员" not in client.get("/account").content.decode()
