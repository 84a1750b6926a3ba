"""Every address with a real object behind it × every role × whose it is: what the table forbids is refused, and nothing leaks.

The objects are one organ's; those who ask are of that organ, of another one, of one to which a case was passed on, of
another county, or nobody. What they may is looked up in the table and nowhere else. Whom the table stops at the door
of an address, whatever the object, is asked in test_access.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.calendar import published
from gongkai.onrequest.procedure import Act
from gongkai.proactive.procedure import Act as Published
from gongkai.web.annual.desk import open_desk
from gongkai.web.assessment.policies import PERMISSION as ASSESSMENT_PERMISSION
from gongkai.web.audit.services import Audit
from gongkai.web.onrequest.policies import permission_of
from gongkai.web.onrequest.services.intake import register
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.tree import found_organ
from gongkai.web.oversight.policies import NOTICE_PERMISSION, TRAIN, TRAINING_PERMISSION
from gongkai.web.oversight.policies import PERMISSION as DUTY_PERMISSION
from gongkai.web.patrol.policies import PERMISSION as PATROL_PERMISSION
from gongkai.web.people.models import Person
from gongkai.web.people.permissions import ADMINISTRATORS, APPOINTED, EVERYONE, PERMISSIONS
from gongkai.web.people.selectors import local_operator
from gongkai.web.people.services import add_person, appoint
from gongkai.web.proactive.policies import ACT_PERMISSION as ENTRY_PERMISSION
from gongkai.web.workbench.views.letters import PERMISSION as LETTER_STEPS
from gongkai.web.workbench.views.rules import OF_COUNTY
from tests.web.marked.addresses import ALL, FILLED, PLAIN, Address, addresses
from tests.web.marked.askers import WEAK, Asking, ask, door, people
from tests.web.marked.makers import LEDGERS, LETTER_ACTS, MAKERS, complete
from tests.web.marked.office import Marks, Office, build, incoming_of

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
    "entry-matter": "proactive.coordinate",
    "entry-link": "proactive.draft",
    "entry-validity": "proactive.coordinate",
    "oversight-training-file": TRAIN,
}
"""Where a view asks for more than its declaration says, by its own policy."""
SUPERVISED = ("oversight-point", "oversight-problems-document")
"""The county's work points, and the list of problems of which everyone is given their own organ's."""
COLLECTED = ("collection-cell", "collection-export")
AT_A_GLANCE = ("overview-brief", "compare-export", "compare-peers-export")
"""What somebody sees of their own: another organ is asked for in the query, which tests/web/overview refuses."""
OF_NOBODY = (
    "register-export",
    "audit-head",
    "findings",
    "archive",
    *LEDGERS,
    "coverage-field",
    "assessment-scheme",
    *SUPERVISED,
    *COLLECTED,
    *AT_A_GLANCE,
)
"""Gives everyone their own organ's or county's part: no object that could be another's."""
SUPERVISING = {
    "oversight-duty-act": DUTY_PERMISSION,
    "oversight-notice-act": NOTICE_PERMISSION,
    "oversight-training-act": TRAINING_PERMISSION,
}
"""Acts of supervision, by the word that says which is meant."""
HARMLESS = ("organ-strike", "coverage-bear")
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
    **dict.fromkeys((*LETTER_ACTS, "talk-questions"), ("spoken",)),
}
"""Pages that exist to show these to whom they let in."""
THERE = (403, 404, 405, 500)
"""What is answered where no object was met."""


LISTS = [each for each in ALL if "<" not in each[0] and hasattr(each[2], "acts") and each[1] != "log-out"]


def nobodys(at: Address) -> bool:
    """Whether an address leads to nobody's object in particular; a county's settings are those of who sets them."""
    return at.name in OF_NOBODY or (at.name == "rules-change" and at.url.rpartition("/")[2] in OF_COUNTY)


def same_for_all(act: str) -> bool:
    """Whether the table gives an act for everyone's matters or for none: then two organs' people ask."""
    return all(row.get(act, EVERYONE) == EVERYONE for row in PERMISSIONS.values())


def act_of(at: Address, declared: str, method: str) -> str:
    if at.name == "case-act":
        return permission_of(Act(at.word))
    if at.name == "entry-act":
        return ENTRY_PERMISSION.get(Published(at.word), "proactive.review_final")
    if at.name == "patrol-act":
        return PATROL_PERMISSION[at.word]
    if at.name in SUPERVISING:
        return SUPERVISING[at.name][at.word]
    if at.name == "assessment-act":
        return ASSESSMENT_PERMISSION[at.word]
    if at.name == "letter-step" and at.word in LETTER_STEPS:
        return LETTER_STEPS[at.word]
    if at.name == "case-compare" and method == "post":
        return "onrequest.merge"
    return STRICTER.get(at.name, declared)


@dataclass(frozen=True)
class World:
    """The county of these tests: the organ whose objects are asked for, and who asks."""

    audit: Audit
    office: Office
    asking: list[Asking]
    addresses: list[Address]


def _made() -> World:
    county = open_desk()
    operator = local_operator()
    assert operator is not None
    audit = Audit(actor=operator.pk, county=county.pk)
    organs = [
        Organ.objects.create(county=county.pk, name=f"云岭县标{sign}局", form="department", word=f"标{sign}")
        for sign in "甲乙丙"
    ]
    person = add_person(audit=audit, name="承办人甲")
    appoint(audit=audit, person=person, role="clerk", organ=organs[0])
    Person.objects.filter(pk=person.pk).update(organ=organs[0])
    build(audit, organs[1], Marks("乙"), organs[2])
    office = build(audit, organs[0], Marks("甲"), organs[2])
    complete(audit, office, person)
    at_organ = [role for role in APPOINTED if role not in ADMINISTRATORS]
    asking = people(audit, None, [*ADMINISTRATORS, "unappointed"], "other", "z")
    for organ, whose, sign in zip(organs, ("own", "other", "passed_on"), "abc", strict=True):
        asking += people(audit, organ, at_organ, whose, sign)
    elsewhere = County.objects.create(county=county.pk, name="邻县")
    County.objects.filter(pk=elsewhere.pk).update(county=elsewhere.pk)
    theirs = Audit(actor=audit.actor, county=elsewhere.pk)
    far = found_organ(audit=theirs, county=elsewhere.pk, name="邻县公路局", form="department")
    asking += people(theirs, far, ["clerk", "head", "competent", "system_admin", "audit_admin"], "", "d")
    return World(audit, office, asking, addresses(office))


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The county, built once for all tests of this module and undone after the last of them."""
    from django.conf import settings

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(settings, "PASSWORD_HASHERS", WEAK)
        yield _made()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db):
    with door():
        yield built


def unseen(who: Asking, name: str, office: Office, passed: bool) -> tuple[str, ...]:
    """What may not stand on a page that let this person in."""
    marks = office.marks
    if not who.whose:
        return (*marks.every, office.keys["reported"], office.keys["link"])
    if who.may("onrequest.see_personal"):
        return ()
    opened = {getattr(marks, mark) for mark in OPENS.get(name, ())} if passed else set()
    kept = {*marks.applicant, *marks.others, marks.spoken, marks.file} - opened
    return tuple(kept if who.may("onrequest.look") else {*kept, marks.name, marks.agent})


def test_every_address_has_a_maker_of_its_objects():
    assert sorted({name for _, name, _ in FILLED}) == sorted(MAKERS), "a line in tests/web/marked/makers.py"


def test_what_the_table_forbids_is_refused_for_every_real_object(world):
    office, wrong, refused, let_in, met = world.office, [], 0, 0, set()
    unlisted = Organ.objects.filter(listed=False).count()
    told = {
        "rules-change": {"organ": str(office.organ.pk)},
        "person-hand-over": {"to": str(world.asking[-6].account.person_id)},
    }
    for at in world.addresses:
        if not hasattr(at.view, "acts"):
            continue
        for method, declared in zip(("get", "post"), at.view.acts, strict=True):
            act = declared if str(office.keys["released"]) in at.url else act_of(at, declared, method)
            for who in world.asking:
                if not who.may_some(declared) or (who.whose == "passed_on" and same_for_all(declared)):
                    continue
                status, text = ask(who, method, at.url, told.get(at.name))
                if status == 405:
                    break
                may = nobodys(at) or (who.may(declared) and who.may(act))
                refused, let_in = refused + (not may), let_in + may
                met |= {at.name} if may and status not in THERE else set()
                leaks = [mark for mark in unseen(who, at.name, office, may) if mark in text]
                if (not may and status not in (403, 404) and at.name not in HARMLESS) or status >= 500 or leaks:
                    wrong.append((at.name, at.word, method, str(who), status, leaks))
    assert not wrong, "\n".join(map(str, wrong))
    assert Organ.objects.filter(listed=False).count() == unlisted
    assert {at.name for at in world.addresses if hasattr(at.view, "acts")} - met == set(), "no real object was met"
    assert refused > 1000
    assert let_in > 300


def test_lists_and_searches_show_nothing_of_another_organ(world):
    office, wrong = world.office, []
    searches = ["/cases?group=all", "/cases?group=all&words=标记", f"/cases?group=all&organ={office.organ.pk}"]
    searches += ["/cases/export.xlsx?group=all", "/disputes?all=1", "/cases/new?mail=" + str(office.keys["mail"])]
    searches += [f"/disputes/new?case={office.keys['case']}", f"/rules?organ={office.organ.pk}"]
    searches += [at.url for at in world.addresses if at.name in OF_NOBODY]
    views = {"/" + route: (name, view) for route, name, view in LISTS}
    for url in [*views, *searches]:
        name, view = views.get(url) or views.get(url.split("?")[0]) or ("", None)
        for who in world.asking:
            if view is not None and not who.may_some(view.acts[0]):
                continue
            status, text = ask(who, "get", url)
            kept = unseen(who, name, office, status == 200)
            if not who.may("onrequest.look") and not (who.whose == "passed_on" and name == "home"):
                kept = (*kept, f"资料标记{office.marks.sign}", *office.numbers)
            if name in ("complaints", "corrections") and who.may(
                f"onrequest.{'complaint' if name == 'complaints' else 'correct_record'}"
            ):
                kept = tuple(set(kept) - set(office.numbers))
            if leaks := [mark for mark in kept if mark in text]:
                wrong.append((url, str(who), status, leaks))
    assert not wrong, "\n".join(map(str, wrong))


LAST = published().last_on
AWKWARD = (LAST - timedelta(days=1), LAST + timedelta(days=60))
"""Late in the evening on one of the last days that the calendar knows, and of a year whose holidays nobody has entered."""


@pytest.mark.parametrize("day", AWKWARD, ids=str)
def test_every_address_answers_on_any_day(world, clock, day):
    clock.now = timezone.make_aware(datetime.combine(day, time(23, 30)))
    asking = [who for who in world.asking if who.whose == "own" or who.role in ADMINISTRATORS]
    wrong, met = [], 0
    for url, view in [*((at.url, at.view) for at in world.addresses), *(("/" + each[0], each[2]) for each in PLAIN)]:
        declared = getattr(view, "acts", ("",))[0]
        who = next((who for who in asking if who.may(declared)), None)
        status, _ = ask(who, "get", url)
        met += status == 200
        if status >= 500:
            wrong.append((url, str(who), status))
    assert not wrong, "\n".join(map(str, wrong))
    assert met > 150


def test_a_stranger_sees_nothing_of_a_real_object(world):
    wrong = []
    for at in world.addresses:
        for method in ("get", "post"):
            status, text = ask(None, method, at.url)
            sent_away = status == 302 and text.startswith("/login")
            shown = any(mark in text for mark in world.office.marks.every)
            if shown or (hasattr(at.view, "acts") and not sent_away):
                wrong.append((at.name, method, status))
    assert not wrong, "\n".join(map(str, wrong))
    assert ask(None, "get", "/follow/case")[0] in (302, 404)


def test_an_application_of_the_same_person_to_another_organ_is_shown_to_nobody_here(world):
    other = Organ.objects.get(name="云岭县标乙局")
    theirs = register(audit=world.audit, incoming=incoming_of(other, world.office.marks)).application
    seen = {
        str(who): theirs.number in ask(who, "get", f"/cases/{world.office.keys['case']}")[1] for who in world.asking
    }
    assert seen == {
        str(who): who.may("onrequest.look") and "other" in PERMISSIONS[who.role]["onrequest.look"]
        for who in world.asking
    }
