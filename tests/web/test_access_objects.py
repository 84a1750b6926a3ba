"""Every address with a real object behind it × every role × whose it is: what the table forbids is refused, and nothing leaks.

The objects are one organ's; those who ask are of that organ, of another one, of one to which a case was passed on, of
another county, or nobody. What they may is looked up in the table and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.onrequest.procedure import Act
from gongkai.web.audit.services import Audit
from gongkai.web.onrequest.policies import permission_of
from gongkai.web.onrequest.services.intake import register
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.tree import found_organ
from gongkai.web.people import accounts
from gongkai.web.people.models import Account, Person
from gongkai.web.people.permissions import ADMINISTRATORS, APPOINTED, PERMISSIONS
from gongkai.web.people.services import add_person, appoint
from gongkai.web.workbench.views.letters import PERMISSION as LETTER_STEPS
from tests.web.marked.office import Marks, Office, build, incoming_of

PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
OF_CASES = ("cases", "disputes", "complaints", "corrections", "mail", "people", "clients", "organs", "registers")
HANDLE = "onrequest.handle"
STRICTER: dict[str, str] = {
    "case-record": HANDLE,
    "case-confirm": HANDLE,
    "case-assign": "onrequest.assign",
    "case-correct": HANDLE,
    "case-upload": HANDLE,
    "letter-new": "onrequest.draft_decision",
    "letter": "onrequest.see_personal",
    "letter-document": "onrequest.see_personal",
    "case-file": "onrequest.see_personal",
    "consult-new": "onrequest.consult",
}
"""Where a view asks for more than its declaration says, by its own policy."""
NOT_BY_ORGAN = re.compile(r"clients/|organs/|people/[^ ]+/(?:appoint|account|let-go)")
"""What is the county's and no organ's: whose it is makes no difference."""
HARMLESS = ("organ-strike",)
"""Finds nothing of another county's, and says so on the page it goes back to."""
OPENS: dict[str, tuple[str, ...]] = {
    "complaint": ("complainant", "spoken"),
    "correction": ("requester", "spoken"),
    "mail": ("sender", "mail"),
    "mail-step": ("sender", "mail"),
    "assist": ("spoken",),
    "help": ("spoken",),
    "dispute": ("spoken",),
    "consultation": ("party", "contact"),
    "consultation-step": ("party", "contact"),
}
"""Pages that exist to show these to whom they let in."""


def patterns() -> Iterator[tuple[str, str, Any]]:
    def walk(found: Any, prefix: str) -> Iterator[tuple[str, str, Any]]:
        for each in found:
            route = prefix + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, route)
            elif isinstance(each, URLPattern) and hasattr(each.callback, "acts"):
                yield route, each.name or route, each.callback

    yield from walk(get_resolver().url_patterns, "")


ALL = list(patterns())
WITH_OBJECTS = [each for each in ALL if "<uuid:" in each[0] and each[0].startswith(OF_CASES)]
LISTS = [each for each in ALL if "<" not in each[0] and each[1] != "log-out"]
VALUES: dict[str, tuple[str, ...]] = {
    "case-act": tuple(act.value for act in Act),
    "letter-step": (*LETTER_STEPS, "return"),
    "consultation-step": ("received", "agreed", "silent", "resolved"),
    "consultation-notice": ("applicant", "party"),
    "consult-new": ("third_party",),
    "mail-step": ("hand-over", "other"),
    "letter-document": ("docx",),
    "case-evidence": ("search_record",),
}


def keys_of(name: str, office: Office) -> dict[str, list[str]]:
    """What may stand in each place of an address."""
    told: dict[str, list[Any]] = {
        place: [office.keys[place]] for place in ("other", "letter", "consultation", "passing", "notice", "row")
    }
    told["attachment"] = [
        *office.keys["attachments"],
        office.keys["released"],
        office.keys["stamped"],
        office.keys["secret"],
    ]
    if name == "client-revoke":
        told["row"] = [office.keys["token"]]
    return {place: [str(key) for key in keys] for place, keys in told.items()}


def addresses(office: Office) -> Iterator[tuple[str, str, Any, str]]:
    """Each address with the object's key; and the word in it that says which act is meant."""
    for route, name, view in WITH_OBJECTS:
        root = route.split("/")[0]
        roots = [office.keys["case"]] if root == "cases" else [office.keys[root]]
        if name in ("case-file", "letter", "letter-document", "letter-step"):
            roots.append(office.keys["answered"])
        values = keys_of(name, office)
        for first in roots:
            answered = first == office.keys.get("answered")
            for word in VALUES.get(name, ("",)):
                for key in values["attachment"] if "<uuid:attachment>" in route else [""]:

                    def fill(
                        place: re.Match[str], first=first, word=word, key=key, answered=answered, values=values
                    ) -> str:
                        if place[2] == "key":
                            return str(first)
                        if place[2] == "attachment":
                            return str(key)
                        if place[2] == "letter" and answered:
                            return str(office.keys["answer"])
                        if place[1] == "int":
                            return "1"
                        return values[place[2]][0] if place[1] == "uuid" else word or "x"

                    yield "/" + PLACE.sub(fill, route), name, view, word


def act_of(name: str, word: str, declared: str, method: str) -> str:
    if name == "case-act":
        return permission_of(Act(word))
    if name == "letter-step" and word in LETTER_STEPS:
        return LETTER_STEPS[word]
    if name == "case-compare" and method == "post":
        return "onrequest.merge"
    return STRICTER.get(name, declared)


@dataclass(frozen=True)
class Asking:
    """Who asks: a role, where, and whose the objects are to them. `whose` empty: of another county."""

    role: str
    whose: str
    client: Client

    def may(self, act: str, *, by_organ: bool = True) -> bool:
        """What the table says."""
        allowed = PERMISSIONS[self.role].get(act, ())
        return bool(self.whose) and (self.whose in allowed if by_organ else bool(allowed))

    def __str__(self) -> str:
        return f"{self.role}/{self.whose or 'another county'}"


def _accounts(audit: Audit, organ: Organ | None, roles: Any, whose: str, sign: str) -> list[tuple[str, str, str]]:
    """Someone of each role at an organ, with an account: role, whose the objects are to them, user name."""
    found = []
    for number, role in enumerate(roles):
        person = add_person(audit=audit, name=f"人员{sign}{number}")
        if role != "unappointed":
            appoint(audit=audit, person=person, role=role, organ=None if role in ADMINISTRATORS else organ)
        accounts.open_account(audit=audit, person=person, login=f"user.{sign}{number}", password="Yunling-2026")
        found.append((role, whose, f"user.{sign}{number}"))
    return found


def _logged_in(role: str, whose: str, login: str) -> Asking:
    client = Client(raise_request_exception=False)
    assert client.post("/login", {"login": login, "password": "Yunling-2026"}).status_code == 302
    return Asking(role, whose, client)


@pytest.fixture
def office(county, audit) -> Office:
    organs = [
        Organ.objects.create(county=county.pk, name=f"云岭县标{sign}局", form="department", word=f"标{sign}")
        for sign in "甲乙丙"
    ]
    Person.objects.create(county=county.pk, name="承办人甲", role="clerk", organ=organs[0])
    build(audit, organs[1], Marks("乙"), organs[2])
    return build(audit, organs[0], Marks("甲"), organs[2])


@pytest.fixture
def asking(county, audit, settings, office) -> list[Asking]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.GONGKAI_LOGIN = {**settings.GONGKAI_LOGIN, "second_factor": "nobody"}
    organs = {organ.name[4]: organ for organ in Organ.objects.filter(county=county.pk, name__startswith="云岭县标")}
    at_organ = [role for role in APPOINTED if role not in ADMINISTRATORS]
    found = _accounts(audit, None, [*ADMINISTRATORS, "unappointed"], "other", "z")
    found += _accounts(audit, organs["甲"], at_organ, "own", "a")
    found += _accounts(audit, organs["乙"], at_organ, "other", "b")
    found += _accounts(audit, organs["丙"], at_organ, "passed_on", "c")
    elsewhere = County.objects.create(county=county.pk, name="邻县")
    County.objects.filter(pk=elsewhere.pk).update(county=elsewhere.pk)
    theirs = Audit(actor=audit.actor, county=elsewhere.pk)
    far = found_organ(audit=theirs, county=elsewhere.pk, name="邻县公路局", form="department")
    found += _accounts(theirs, far, ["clerk", "head", "competent", "system_admin", "audit_admin"], "", "d")
    Account.objects.update(must_change=False)
    return [_logged_in(*each) for each in found]


def ask(client: Client, method: str, url: str) -> Any:
    """The answer; what it changed is undone."""
    with transaction.atomic():
        answer = getattr(client, method)(url)
        transaction.set_rollback(True)
    return answer


def shown(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8", "replace")


def unseen(who: Asking, name: str, marks: Marks, passed: bool) -> tuple[str, ...]:
    """What may not stand on a page that let this person in."""
    if not who.whose:
        return marks.every
    if who.may("onrequest.see_personal"):
        return ()
    opened = {getattr(marks, mark) for mark in OPENS.get(name, ())} if passed else set()
    kept = {*marks.applicant, *marks.others, marks.spoken, marks.file} - opened
    return tuple(kept if who.may("onrequest.look") else {*kept, marks.name, marks.agent})


def test_what_the_table_forbids_is_refused_for_every_real_object(office, asking):
    wrong, refused, let_in = [], 0, 0
    unlisted = Organ.objects.filter(listed=False).count()
    for url, name, view, word in addresses(office):
        for who in asking:
            for method, declared in zip(("get", "post"), view.acts, strict=True):
                answer = ask(who.client, method, url)
                if answer.status_code == 405:
                    continue
                act = declared if str(office.keys["released"]) in url else act_of(name, word, declared, method)
                may = who.may(declared, by_organ=not NOT_BY_ORGAN.search(url)) and who.may(
                    act, by_organ=not NOT_BY_ORGAN.search(url)
                )
                refused, let_in = refused + (not may), let_in + may
                text = shown(answer)
                leaks = [mark for mark in unseen(who, name, office.marks, may) if mark in text]
                if (
                    (not may and answer.status_code not in (403, 404) and name not in HARMLESS)
                    or answer.status_code >= 500
                    or leaks
                ):
                    wrong.append((name, word, method, str(who), answer.status_code, leaks))
    assert wrong == []
    assert Organ.objects.filter(listed=False).count() == unlisted
    assert refused > 2000
    assert let_in > 300


def test_lists_and_searches_show_nothing_of_another_organ(office, asking):
    wrong = []
    searches = ["/cases?group=all", "/cases?group=all&words=标记", f"/cases?group=all&organ={office.organ.pk}"]
    searches += ["/cases/export.xlsx?group=all", "/disputes?all=1", "/cases/new?mail=" + str(office.keys["mail"])]
    searches += [f"/disputes/new?case={office.keys['case']}"]
    for url, name in [*(("/" + route, name) for route, name, _ in LISTS), *((url, "") for url in searches)]:
        for who in asking:
            answer = ask(who.client, "get", url)
            text = shown(answer)
            kept = unseen(who, name, office.marks, answer.status_code == 200)
            if not who.may("onrequest.look") and not (who.whose == "passed_on" and name == "home"):
                kept = (*kept, f"资料标记{office.marks.sign}", *office.numbers)
            if name in ("complaints", "corrections") and who.may(
                f"onrequest.{'complaint' if name == 'complaints' else 'correct_record'}"
            ):
                kept = tuple(set(kept) - set(office.numbers))
            if leaks := [mark for mark in kept if mark in text]:
                wrong.append((url, str(who), answer.status_code, leaks))
    assert wrong == []


def test_a_stranger_sees_nothing_of_a_real_object(office, asking):
    wrong = []
    for url, name, _, _ in addresses(office):
        for method in ("get", "post"):
            answer = ask(Client(), method, url)
            if answer.status_code != 302 or not answer["Location"].startswith("/login"):
                wrong.append((name, method, answer.status_code))
    for url in (f"/follow/letters/{office.keys['answer']}", f"/follow/files/{office.keys['released']}", "/follow/case"):
        answer = ask(Client(), "get", url)
        if answer.status_code not in (302, 404) or any(mark in shown(answer) for mark in office.marks.every):
            wrong.append((url, "get", answer.status_code))
    assert wrong == []


def test_an_application_of_the_same_person_to_another_organ_is_shown_to_nobody_here(office, asking, audit):
    other = Organ.objects.get(name="云岭县标乙局")
    theirs = register(audit=audit, incoming=incoming_of(other, office.marks)).application
    mine = office.keys["case"]
    seen = {str(who): theirs.number in shown(ask(who.client, "get", f"/cases/{mine}")) for who in asking}
    assert seen == {
        str(who): who.may("onrequest.look") and "other" in PERMISSIONS[who.role]["onrequest.look"] for who in asking
    }
