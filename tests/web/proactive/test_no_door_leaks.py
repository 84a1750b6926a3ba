"""Whatever an entry has come to, no public address tells a word of it that is not public: page, list, file, search, feed,
interface, data, and what a browser or the page cache kept from before.

What is public is worked out from the acts read backwards. Every address is asked after every act and after every moment
at which time alone changes something, each time also with the mark under which it was kept before.
"""

from __future__ import annotations

import itertools
import random
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.proactive.coverage import Line
from gongkai.proactive.validity import ChangeKind
from gongkai.web.coverage.services import catalogues, placing
from gongkai.web.facts import Refused
from gongkai.web.portal.kept import SHELF
from gongkai.web.proactive.models import Standing, Version
from gongkai.web.proactive.selectors.facts import newest_version, progress
from gongkai.web.proactive.services import drafting, relations, release, review
from gongkai.web.proactive.services.batches import pass_many, release_many
from gongkai.web.proactive.services.drafting import NewFile, content_of
from gongkai.web.proactive.services.settings import set_topics
from gongkai.web.search.selectors import search
from tests.web.proactive import doors
from tests.web.proactive.conftest import NOTICE
from tests.web.proactive.test_nothing_leaks import public_by_hand

_count = itertools.count()
NAMES = "甲乙丙丁戊"
LINE = Line("供水管理", "管网改造", "改造范围、进度", duty="县水务局")


def content(name, **other):
    """What an entry says, each part under a mark that stands nowhere else."""
    round_ = next(_count)

    def mark(part):
        return f"{name}字样文标{part}{round_ % 10}"

    meta = NOTICE.metadata | {
        "summary": f"概述{mark('乙')}",
        "topics": ["drinking"],
        "columns": ["item.county.public_services", "responses", "consultations"],
    }
    return replace(
        NOTICE,
        title=f"众人关心的事{mark('甲')}",
        body=f"<p>众人关心的事，正文{mark('丙')}。</p>",
        metadata=meta,
        files=(NewFile(f"附件{mark('丁')}.txt", f"{mark('丁')}".encode(), "text/plain", text=f"附件{mark('丁')}"),),
        **other,
    )


class Visitor:
    """Somebody who asks at every door, and remembers what each gave before under which mark."""

    def __init__(self, county, organ, clock, items):
        self.county, self.organ, self.clock, self.items = county, organ, clock, items
        self.client = Client()
        self.kept = {}
        self.asked = set()
        self.unchanged = 0

    def expected(self):
        """The version of each entry that is public at this moment."""
        return {item.pk: public_by_hand(item, self.clock.now) for item in self.items}

    def look(self):
        shown = self.expected()
        said = {version.pk: doors.marks_of(version) for version in Version.objects.filter(item__in=self.items)}
        seen = set().union(*(said[version.pk] for version in shown.values() if version))
        hidden = set().union(*said.values()) - seen
        world = doors.World(self.organ, tuple(self.items), tuple(sorted(seen | hidden)))
        for name, door in doors.ASKED.items():
            for address in door(world):
                self.ask(name, address, hidden)
        self.positive(shown)

    def ask(self, name, address, hidden):
        etag, before = self.kept.get(address, ("", ""))
        response = self.client.get(address, headers={"If-None-Match": etag} if etag else {})
        assert response.status_code in (200, 302, 304, 404, 410), (address, response.status_code)
        words = doors.words_of(response)
        if response.status_code == 304:
            words, self.unchanged = before, self.unchanged + 1
        asked_for = address.rpartition("q=")[2] if "q=" in address else ""
        leaked = {mark for mark in hidden if mark in words and mark != asked_for}
        assert not leaked, f"{name} at {address} tells {leaked} ({response.status_code})"
        if response.status_code == 200:
            self.asked.add(name)
            self.kept[address] = (response.headers.get("ETag", ""), words)
        elif response.status_code != 304:
            self.kept.pop(address, None)

    def positive(self, shown):
        """What is public is there: who sees nothing anywhere leaks nothing either."""
        found = {hit.item: hit.title for hit in search("众人关心的事", county=self.county.pk).hits}
        assert set(found) == {item for item, version in shown.items() if version}
        listed = doors.words_of(self.client.get(reverse("portal-everything")))
        for item, version in shown.items():
            page = self.client.get(reverse("portal-item", args=[item]))
            assert (page.status_code == 200) == (version is not None)
            if version:
                assert doors.marks_of(version) - {m for m in doors.marks_of(version) if "标丁" in m} <= set(
                    doors.re.findall(r"[甲乙丙丁戊][一-龥]{3}标[甲乙丙丁][0-9]", doors.words_of(page))
                )
                assert version.title in listed


@pytest.fixture
def visitor(county, organ, clock, hands):
    SHELF.clear()
    set_topics(audit=hands[0], topics={"drinking": "饮水安全"}, valid_from=date(2026, 1, 1))
    catalogues.keep(audit=hands[0], field="municipal", lines=[LINE], source="云政办〔2026〕1号")
    return lambda *items: Visitor(county, organ, clock, list(items))


def test_every_address_of_the_portal_and_the_interface_is_asked_or_named_with_its_reason():
    assert doors.unknown() == set(), "put the address into tests/web/proactive/doors.py: asked, or exempt with a reason"
    assert all(len(reason) > 10 for reason in doors.EXEMPT.values())


def test_no_door_tells_of_an_entry_in_any_state(county, organ, clock, hands, visitor, approve):
    def draft(name, **other):
        return drafting.draft(audit=hands[0], organ=organ, content=content(name, **other))

    first, second = draft("甲"), draft("乙", kind="notice", public_until=date(2026, 3, 4))
    third = draft("丙", mode="not_disclosed", ground="internal_affairs", mode_reason="内部丙字样文标丁9")
    fourth = draft("丁", mode="")
    fifth = draft("戊", mode="onrequest", mode_reason="按需获取")
    for item in (first, second, third, fourth, fifth):
        placing.place(audit=hands[0], entry=item.pk, line=LINE.key("municipal"))
    who = visitor(first, second, third, fourth, fifth)
    states = set()

    def step(act):
        clock.on(minutes=7)
        act()
        who.look()
        states.update(Standing.objects.values_list("state", flat=True))

    def edit(item, name):
        said = content(name, kind=newest_version(item).kind, public_until=newest_version(item).public_until)
        drafting.edit(audit=hands[0], item=item, content=said)

    who.look()
    step(lambda: [review.submit(audit=hands[0], item=item) for item in (first, second, third, fourth, fifth)])
    for audit in hands[1:4]:
        step(lambda audit=audit: pass_many(audit=audit, items=[first, second, third, fifth]))
    step(lambda: pass_many(audit=hands[4], items=[first, second, third, fifth]))
    step(lambda: release_many(audit=hands[0], items=[first]))
    step(lambda: release.release(audit=hands[0], item=second, from_at=clock.now + timedelta(hours=3)))
    step(lambda: [release.keep(audit=hands[3], item=item) for item in (third, fifth)])
    step(lambda: drafting.correct(audit=hands[0], item=first, reason="更正"))
    step(lambda: edit(first, "甲"))
    step(lambda: approve(first))
    step(lambda: clock.on(hours=3))  # time alone: the notice begins, and nobody notes it
    step(lambda: release.release(audit=hands[0], item=first, from_at=clock.now + timedelta(hours=2)))
    step(lambda: clock.on(hours=2))  # the correction takes its place
    step(lambda: release.note_what_time_did(audit=hands[0]))
    step(lambda: relations.link(audit=hands[0], item=first, other=third, kind="same"))
    step(
        lambda: relations.change_validity(
            audit=hands[0], item=first, kind=ChangeKind.LAPSED, on=date(2026, 3, 1), basis="清理决定"
        )
    )
    step(lambda: clock.on(days=3))  # the notice is over, and nobody notes it
    step(lambda: release.note_what_time_did(audit=hands[0]))
    step(lambda: release.reevaluate(audit=hands[3], item=third, outcome="still", words="不变"))
    step(lambda: release.withdraw(audit=hands[3], item=first, reason="有误"))
    step(lambda: drafting.correct(audit=hands[0], item=first, reason="改好再发"))
    step(lambda: drafting.abandon(audit=hands[0], item=fourth, reason="不用"))
    assert states >= {
        "draft", "secrecy_review", "first_review", "second_review", "final_review", "returned", "approved", "scheduled",
        "published", "expired", "withdrawn", "kept", "abandoned",
    }  # fmt: skip
    assert who.unchanged > 500, "the caches were on"
    assert set(doors.ASKED) - who.asked <= {"portal-item-number", "api-entry-validity", "portal-ledger"}, (
        set(doors.ASKED) - who.asked
    )


def test_no_door_tells_of_what_chance_made_of_an_entry(county, organ, clock, hands, visitor):
    chance = random.Random(20260302)
    items = [drafting.draft(audit=hands[0], organ=organ, content=content(name)) for name in NAMES[:2]]
    who = visitor(*items)
    verbs = (
        lambda item: drafting.edit(audit=hands[0], item=item, content=content(NAMES[items.index(item)])),
        lambda item: review.submit(audit=hands[0], item=item),
        lambda item: [review.pass_stage(audit=each, item=item) for each in hands[1:5]],
        lambda item: release.release(
            audit=hands[0], item=item, from_at=clock.now + timedelta(hours=chance.randint(0, 9))
        ),
        lambda item: release.withdraw(audit=hands[3], item=item, reason="有误"),
        lambda item: drafting.correct(audit=hands[0], item=item, reason="有误"),
        lambda item: [step(item) for step in verbs[:4]],
    )
    ever = 0
    for _ in range(12):
        clock.on(minutes=chance.choice((5, 90, 400)))
        with suppress(Refused):
            chance.choice(verbs)(chance.choice(items))
        who.look()
        ever += sum(version is not None for version in who.expected().values())
    assert ever


def test_a_leak_would_be_noticed(county, organ, clock, hands, visitor, approve):
    """The test of the test: what the doors are asked for is really told where it is public."""
    item = drafting.draft(audit=hands[0], organ=organ, content=content("甲"))
    who = visitor(item)
    approve(item)
    release.release(audit=hands[0], item=item)
    who.expected = lambda: {item.pk: None}
    with pytest.raises(AssertionError, match="tells"):
        who.look()
    assert progress(item).windows
    assert content_of(newest_version(item)).files
