"""The desk under test: an own data folder, an empty database, the local operator and an onlooker."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing

import django

django.setup()

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from gongkai.web.annual.desk import open_desk, read_all
from gongkai.web.annual.models import Submission
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.audit.services import Audit
from gongkai.web.demo.make import file_of
from gongkai.web.demo.reports import SAMPLES, Sample
from gongkai.web.files import bounded
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import local_operator
from gongkai.web.portal.kept import SHELF
from tests.environment import empty_database
from tests.web.clock import Clock


@pytest.fixture(scope="session", autouse=True)
def _workers_end_with_the_tests():
    yield
    if bounded._pool is not None:
        bounded._pool.close()


@pytest.fixture(autouse=True)
def _no_page_is_kept_from_another_test():
    SHELF.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The database of the tests begins as a copy of the one that is migrated once a run."""
    empty = empty_database()
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = empty
        yield
        return
    connection.settings_dict["TEST"]["NAME"] = None  # in memory, of which each process has its own
    create = connection.creation._create_test_db
    with ExitStack() as kept:

        def filled(*told):
            name = create(*told)
            memory = kept.enter_context(closing(sqlite3.connect(name, uri=True)))  # it lives while someone has it open
            with closing(sqlite3.connect(empty)) as source:
                source.backup(memory)
            return name

        connection.creation._create_test_db = filled
        yield


@pytest.fixture
def county(db):
    return open_desk()


@pytest.fixture
def operator(county):
    return local_operator()


@pytest.fixture
def audit(county, operator):
    return Audit(actor=operator.pk, county=county.pk)


@pytest.fixture
def desk(county):
    """A browser at the desk."""
    return Client()


@pytest.fixture
def clock(monkeypatch):
    """What the services take for now, as the test moves it."""
    standing = Clock()
    monkeypatch.setattr(timezone, "now", lambda: standing.now)
    return standing


@pytest.fixture
def onlooker_desk(county, operator):
    """The same browser, when the one who sits there may only look."""
    from gongkai.web.people import middleware

    looks = Person.objects.create(county=county.pk, name="查阅人", role="onlooker")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "local_operator", lambda: looks)
        yield Client()


@pytest.fixture
def asking(county):
    """A browser in which somebody of a role at an organ sits: the last who was asked for."""
    from gongkai.web.people import middleware

    patches = []

    def sit(role: str, organ: Organ | None = None) -> Client:
        person, _ = Person.objects.get_or_create(county=county.pk, name=f"{role}某人", role=role, organ=organ)
        patch = pytest.MonkeyPatch()
        patch.setattr(middleware, "local_operator", lambda: person)
        patches.append(patch)
        return Client()

    yield sit
    for patch in reversed(patches):
        patch.undo()


def sample(organ: str, year: int = 2025) -> Sample:
    """A report of the demonstration."""
    return next(s for s in SAMPLES if s.organ == organ and s.year == year)


@pytest.fixture(scope="session")
def file_bytes():
    made: dict[str, bytes] = {}

    def give(organ: str, year: int = 2025) -> tuple[str, bytes]:
        found = sample(organ, year)
        if found.name not in made:
            made[found.name] = file_of(found)
        return found.name, made[found.name]

    return give


@pytest.fixture
def handed_in(audit, file_bytes):
    """Hand in a demonstration report and read it; the submission."""

    def give(organ: str = "云岭县教育局", year: int = 2025) -> Submission:
        name, data = file_bytes(organ, year)
        hand_in(audit=audit, files=[Incoming(name, data)])
        read_all()
        return Submission.objects.get(name=name)

    return give
