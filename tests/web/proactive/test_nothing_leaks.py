"""Generated histories: whatever is done in whatever order, only what passed every stage can be seen from outside.

What is public is worked out here by looking back through the acts, one way; by the one selector in all its uses, the
other. Both are asked after every act and at moments between.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from gongkai.web.changes.selectors import after, generation
from gongkai.web.facts import Refused
from gongkai.web.proactive.models import Attachment, IndexNumber, ItemAct, Release, Version
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.selectors.listing import newest, years
from gongkai.web.proactive.selectors.public import (
    count,
    counts,
    listed_among,
    months,
    on_shelf,
    public,
    public_among,
    public_by_number,
    public_file,
    public_item,
    stamp,
    turned,
)
from gongkai.web.proactive.services import drafting, relations, release, review
from gongkai.web.proactive.services.drafting import NewFile, content_of
from gongkai.web.proactive.services.facts import rebuild
from gongkai.web.proactive.services.searching import differences
from gongkai.web.search.selectors import search, suggestions
from tests.web.proactive.conftest import NOTICE

HISTORIES, STEPS = 5, 24
MODES = (("proactive", "", ""), ("proactive", "", ""), ("not_disclosed", "internal_affairs", "内部"), ("", "", ""))


def public_by_hand(item, at):
    """The version that is public, from the acts read backwards; None when nothing is."""
    acts = [a for a in ItemAct.objects.filter(item=item).order_by("-seq") if a.recorded_at <= at]
    for act in acts:
        if act.kind == "withdrawn":
            return None
        if act.kind == "released" and act.from_at <= at:
            over = act.until_at is not None and at >= act.until_at
            return None if over else act.version
    return None


def passed_by_hand(version):
    """That the version was sent in with a plan and passed each of its stages, each by someone else than before."""
    acts = list(ItemAct.objects.filter(item=version.item).order_by("seq"))
    last = max(i for i, a in enumerate(acts) if a.kind == "submitted" and a.version_id == version.pk)
    wrote = {a.hands[0] for a in acts[:last] if a.kind == "drafted" and a.version_id == version.pk}
    stages = []
    for act in acts[last + 1 :]:
        if act.kind == "passed":
            assert act.hands[0] not in wrote
            wrote.add(act.hands[0])
            stages.append(act.stage)
        elif act.kind in ("returned", "recalled", "drafted", "corrected", "released"):
            break
    return stages == acts[last].plan["stages"]


class History:
    """Some entries, and acts on them as chance has it; most are refused."""

    def __init__(self, seed, county, organ, clock, hands):
        self.chance = random.Random(seed)
        self.county, self.organ, self.clock, self.hands = county, organ, clock, hands
        self.items = [self.begin(n) for n in range(3)]
        self.stamps, self.refused = {}, []

    def content(self, n):
        mode, ground, reason = self.chance.choice(MODES)
        until = self.clock.now.date() + timedelta(days=self.chance.randint(0, 2))
        name = f"名单{n}.txt"
        return replace(
            NOTICE,
            kind=self.chance.choice(("general", "notice")),
            title=f"第{n}条",
            mode=mode,
            ground=ground,
            mode_reason=reason,
            public_until=self.chance.choice((None, until)),
            files=(NewFile(name, f"{n}{self.chance.random()}".encode(), "text/plain", text=f"名单{uuid.uuid4().hex}"),),
        )

    def begin(self, n):
        return drafting.draft(audit=self.hands[0], organ=self.organ, content=self.content(n))

    def act(self):
        item, who = self.chance.choice(self.items), self.chance.choice(self.hands)
        later = self.chance.choice((None, None, self.clock.now + timedelta(hours=self.chance.randint(1, 30))))
        other = self.chance.choice(self.items)
        verbs = (
            lambda: drafting.edit(audit=who, item=item, content=self.content(9)),
            lambda: review.submit(audit=self.hands[0], item=item),
            lambda: [review.pass_stage(audit=each, item=item) for each in self.hands[1:]],
            lambda: review.pass_stage(audit=who, item=item),
            lambda: release.release(audit=who, item=item, from_at=later),
            lambda: release.release(audit=who, item=item),
            lambda: self.whole_way(item),
            lambda: self.whole_way(item),
            lambda: release.withdraw(audit=who, item=item, reason="有误"),
            lambda: drafting.correct(audit=who, item=item, reason="有误"),
            lambda: drafting.abandon(audit=who, item=item, reason="不用"),
            lambda: review.send_back(audit=who, item=item, reason="有误"),
            lambda: review.recall(audit=who, item=item),
            lambda: release.keep(audit=who, item=item),
            lambda: relations.open_matter(audit=who, item=item, kind="consult", organ="某局"),
            lambda: relations.link(audit=who, item=item, other=other, kind="same"),
            lambda: release.note_what_time_did(audit=who),
            lambda: rebuild(item),
        )
        try:
            self.chance.choice(verbs)()
        except Refused as refusal:
            self.refused.append(str(refusal))

    def whole_way(self, item):
        """An entry that is in order goes all the way, now or from a moment on."""
        for begin in (
            lambda: review.send_back(audit=self.hands[4], item=item, reason="重办"),
            lambda: drafting.correct(audit=self.hands[0], item=item, reason="更正"),
        ):
            with suppress(Refused):
                begin()
        for matter in item.matters.filter(opens=None):
            with suppress(Refused):
                relations.settle_matter(audit=self.hands[0], matter=matter, outcome="agreed")
        until = self.chance.choice((None, self.clock.now.date() + timedelta(days=self.chance.randint(2, 4))))
        good = replace(content_of(newest_version(item)), mode="proactive", kind="general", public_until=until)
        drafting.edit(audit=self.hands[0], item=item, content=good)
        review.submit(audit=self.hands[0], item=item)
        for each in self.hands[1:5]:
            review.pass_stage(audit=each, item=item)
        later = self.chance.choice((None, self.clock.now + timedelta(hours=self.chance.randint(1, 30))))
        release.release(audit=self.hands[0], item=item, from_at=later)

    def look(self):
        now, seen = self.clock.now, {}
        for item in self.items:
            version = public_by_hand(item, now)
            seen[item.pk] = version.pk if version else None
            if version:
                assert version.mode == "proactive"
                assert passed_by_hand(version)
        self.by_every_way(seen)
        key, shown = stamp(self.county.pk), frozenset(seen.items())
        assert self.stamps.setdefault(key, shown) == shown, "kept under one stamp, a page would have been wrong"

    def by_every_way(self, seen):
        county = self.county.pk
        shown = {pk: version for pk, version in seen.items() if version}
        assert {r.item_id: r.version_id for r in public(county)} == shown
        assert public(county).count() == len(shown)
        assert {pk: r.version_id for pk, r in public_among(county, list(seen)).items()} == shown
        listed = [r for kind in ("general", "notice") for r in on_shelf(county, "kind", kind)]
        assert sorted(r.item_id for r in listed) == sorted(shown)
        for item in self.items:
            found = public_item(county, item.pk)
            assert (found.version_id if found else None) == seen[item.pk]
            number = IndexNumber.objects.filter(item=item).first()
            by_number = public_by_number(county, number.text) if number else None
            assert (by_number.item_id if by_number else None) == (item.pk if seen[item.pk] else None)
            for file in Attachment.objects.filter(version__item=item):
                served = public_file(county, item.pk, file.file_id)
                assert (served is not None) == (
                    seen[item.pk] is not None
                    and Attachment.objects.filter(version=seen[item.pk], file=file.file_id).exists()
                )
        assert public_item(uuid.uuid4(), self.items[0].pk) is None
        self.by_counts(shown)
        self.by_search(shown)

    def by_counts(self, shown):
        """A number betrays what is hidden as a title does."""
        county, kinds = self.county.pk, Counter(v.kind for v in Version.objects.filter(pk__in=shown.values()))
        assert count(county) == sum(month.held for month in months(county, self.clock.now.date())) == len(shown)
        assert counts(county, "kind") == kinds
        assert counts(county, "kind", within=("organ", str(self.organ.pk))) == kinds
        assert all(count(county, (("kind", kind),)) == held for kind, held in kinds.items())
        assert sorted(row.item_id for row in turned(county)) == sorted(shown)
        assert sorted(row.key for row in newest(county)) == sorted(shown)
        assert sum(year.count for year in years(county)) == len(shown)
        assert set(listed_among(county, [item.pk for item in self.items])) == set(shown)
        found = search("石桥镇", county=county, facets=True)
        assert found.count.number == len(shown)
        assert {facet.value: facet.count for facet in found.facets.by["kind"]} == kinds
        ranked = search("石桥镇", county=county, facets=True, order="ranked")
        assert (ranked.count.number, {hit.item for hit in ranked.hits}) == (len(shown), set(shown))

    def by_search(self, shown):
        """The search asks nobody when it answers: what it holds must be right by itself."""
        county = self.county.pk
        found = search("石桥镇", county=county)
        titles = set(Version.objects.filter(pk__in=shown.values()).values_list("title", flat=True))
        assert set(suggestions("条", county=county)) == titles
        assert {hit.item for hit in found.hits} == set(shown)
        for item, version in shown.items():
            words = Attachment.objects.filter(version=version).values_list("text", flat=True)
            for word in words:
                assert [hit.item for hit in search(word, county=county).hits] == [item]
        for word in set(Attachment.objects.exclude(version__in=shown.values()).values_list("text", flat=True)):
            if not Attachment.objects.filter(version__in=shown.values(), text=word).exists():
                assert not search(word, county=county).hits
        assert not differences()

    def replayed(self):
        """What a reader of the changes believes to be public, once all were told."""
        release.note_what_time_did(audit=self.hands[0])
        believed, last = {}, 0
        for row in after(self.county.pk, 0, limit=10_000):
            assert row.generation == last + 1
            last = row.generation
            if row.kind == "begin":
                believed[row.subject] = row.version
            elif row.kind == "end" and believed.get(row.subject) == row.version:
                del believed[row.subject]
        assert last == generation(self.county.pk).value
        return believed


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_only_what_passed_every_stage_is_ever_seen_from_outside(seed, county, organ, clock, hands):
    history = History(seed, county, organ, clock, hands)
    ever = 0
    with suppress(Refused):
        history.whole_way(history.items[0])
    for _ in range(STEPS):
        clock.on(minutes=history.chance.choice((1, 20, 240)))
        history.act()
        history.look()
        clock.on(seconds=1)
        history.look()
        ever += public(county.pk).count()
    clock.on(hours=history.chance.randint(0, 60))
    history.look()
    assert history.replayed() == {r.item_id: r.version_id for r in public(county.pk)}
    assert ever, history.refused
    kept = list(Release.objects.order_by("id").values())
    for item in history.items:
        rebuild(item)
    assert list(Release.objects.order_by("id").values()) == kept
    assert len(set(IndexNumber.objects.values_list("text", flat=True))) == IndexNumber.objects.count()
    assert Version.objects.exists()
