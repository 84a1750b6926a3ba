"""Every address × every role: whoever the table forbids is refused, and no view forgets to say what it asks for."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.web.organs.tree import found_organ
from gongkai.web.people.models import Person
from gongkai.web.people.permissions import ACTS, ADMINISTRATORS, APPOINTED
from gongkai.web.people.policies import View
from gongkai.web.people.services import add_person, appoint
from tests.web.marked.askers import PASSWORD, WEAK, Asking, ask, door, people

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
def asking(county, audit, settings):
    """Someone of each role."""
    settings.PASSWORD_HASHERS = WEAK
    organ = found_organ(audit=audit, county=county.pk, name="云岭县教育局", form="department")
    with door():
        yield people(audit, organ, (*APPOINTED, "unappointed"), "own", "a")


def _shut(view: View, who: Asking, method: str) -> bool:
    """Whether the view is shut at its door, before it looks at anything."""
    request = getattr(RequestFactory(), method)("/")
    request.person = who.account.person
    try:
        return view(request, key=KEY).status_code == 405
    except PermissionDenied as error:
        return "您的身份是" in str(error)
    except TypeError:
        return False


def test_a_role_that_the_table_forbids_is_refused_and_one_that_it_allows_is_not(asking):
    wrong, refused, let_in = [], 0, 0
    for url, name, view in (each for each in ASKING if each[1] != "log-out"):
        for method, act in zip(("get", "post"), view.acts, strict=True):
            for who in asking:
                if not who.may_some(act):
                    refused += 1
                    right, status = _shut(view, who, method), 403
                else:
                    status, words = ask(who, method, url)
                    let_in += status != 405
                    # What is refused beyond the page as a whole (whose matter it is) says so in the same words.
                    right = status != 403 or "您的身份是" in words
                if not right:
                    wrong.append((name, str(who), act, method, status))
    assert not wrong, "\n".join(map(str, wrong))
    assert refused > 200
    assert let_in > 100


def test_who_is_nothing_yet_is_refused_through_the_whole_desk(asking):
    nothing = next(who for who in asking if who.role == "unappointed")
    answers = [(name, *ask(nothing, "get", url)) for url, name, view in ASKING if not nothing.may_some(view.acts[0])]
    assert len(answers) > 80
    assert [(name, status) for name, status, _ in answers if status not in (403, 405)] == []


def test_a_stranger_gets_nowhere(asking):
    wrong = []
    for url, name, _ in ASKING:
        for method in ("get", "post"):
            status, to = ask(None, method, url)
            if status != 302 or not to.startswith("/login"):
                wrong.append((name, method, status))
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


def test_with_accounts_there_is_no_looking_as_another(county, audit, settings):
    settings.PASSWORD_HASHERS = WEAK
    settings.GONGKAI_LOGIN = {**settings.GONGKAI_LOGIN, "second_factor": "nobody"}
    organ = found_organ(audit=audit, county=county.pk, name="云岭县教育局", form="department")
    people(audit, organ, ["onlooker", *ADMINISTRATORS], "own", "a")
    person = Person.objects.create(county=county.pk, name="演示员", role="competent", demonstration=True)
    client = Client()
    assert client.post("/login", {"login": "user.a0", "password": PASSWORD}).status_code == 302
    answer = client.post("/account/as", {"person": person.pk}, follow=True)
    assert "只能在演示中切换身份" in answer.content.decode()
    assert "演示员" not in client.get("/account").content.decode()
