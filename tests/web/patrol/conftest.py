"""A county whose site is walked: results made as values, organs that answer for parts of it, people of three roles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.patrol import checks
from gongkai.patrol.kinds import KINDS
from gongkai.patrol.results import Header, Hit, Page, Result, Summary, to_bytes
from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ
from gongkai.web.patrol.services.settings import set_routes

ROOT = "http://www.yunling.example.cn"
EDUCATION = "云岭县教育局"


def hit(kind: str, path: str, target: str = "", words: str = "") -> Hit:
    made = Hit(kind, ROOT + path, ROOT + target if target else "", "正文", words, "说明。")
    return next(checks.marked(iter([made])))


def result_of(
    hits: Iterable[Hit],
    *,
    days_ago: int = 0,
    pages: Iterable[Page] = (),
    ended: str = "done",
    words: str = "w1",
    checked: Iterable[str] = KINDS,
) -> bytes:
    """A result file: every page that a hit stands on was there, every target gone."""
    at = (timezone.now() - timedelta(days=days_ago)).replace(microsecond=0)
    hits = list(hits)
    known = {f"{ROOT}/": Page(f"{ROOT}/", "page", at.isoformat(), 200)}
    for each in hits:
        known.setdefault(each.url, Page(each.url, "page", at.isoformat(), 200, title="页面", item=True))
        if each.target:
            known.setdefault(each.target, Page(each.target, "page", at.isoformat(), 404, attempt=2))
    known |= {page.url: page for page in pages}
    settings = {"checks": [kind for kind in checked if kind != "unreviewed"], "words": words}
    header = Header("云岭县人民政府网", "0.1.0", at.isoformat(), (f"{ROOT}/",), ("www.yunling.example.cn",), settings)
    counts = {"pages": len(known), "not_fetched": sum(not page.fetched for page in known.values())}
    summary = Summary((at + timedelta(minutes=5)).isoformat(), ended, counts)
    return to_bytes(Result(header, known, tuple(hits), summary))


def there(path: str, **changes: object) -> Page:
    return replace(Page(ROOT + path, "page", timezone.now().isoformat(), 200), **changes)  # type: ignore[arg-type]


@pytest.fixture
def education(county) -> Organ:
    return Organ.objects.get(county=county.pk, name=EDUCATION)


@pytest.fixture
def routed(audit: Audit, education: Organ) -> Organ:
    """The organ that answers for /jyj/."""
    rows = [("www.yunling.example.cn/jyj/", str(education.pk))]
    set_routes(audit=audit, rows=rows, valid_from=timezone.localdate() - timedelta(days=400))
    return education


@pytest.fixture
def asking(county) -> Callable[[str, Organ | None], Client]:
    """A browser in which somebody of a role at an organ sits."""
    from gongkai.web.people import middleware
    from gongkai.web.people.models import Person
    from gongkai.web.people.services import add_person, appoint

    patches = []

    def sit(role: str, organ: Organ | None) -> Client:
        person = Person.objects.create(county=county.pk, name="某人", role=role, organ=organ)
        patch = pytest.MonkeyPatch()
        patch.setattr(middleware, "local_operator", lambda: person)
        patches.append(patch)
        return Client()

    del add_person, appoint
    yield sit
    for patch in reversed(patches):
        patch.undo()


def day(ago: int) -> date:
    return timezone.localdate() - timedelta(days=ago)
