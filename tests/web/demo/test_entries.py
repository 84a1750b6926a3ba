"""The demonstration's catalogue: every state is there, each entry went the whole way, nothing in it repeats."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from django.test import override_settings
from django.utils import timezone

from gongkai.proactive.catalogue import columns, kinds
from gongkai.proactive.items import items as statutory_items
from gongkai.proactive.progress import State
from gongkai.text.signature import likeness
from gongkai.web.demo.entries import AT_ONCE, entries
from gongkai.web.demo.publishing import open_house, publish
from gongkai.web.demo.tasks import more_entries
from gongkai.web.jobs.models import Ticket
from gongkai.web.organs.models import Organ
from gongkai.web.organs.services import keep_list, name_county
from gongkai.web.proactive.models import IndexNumber, Item, ItemAct, Link, Release, Standing, Version
from gongkai.web.proactive.selectors.public import public
from gongkai.web.proactive.selectors.validity import validities
from gongkai.web.proactive.services.searching import differences
from gongkai.web.proactive.tasks import withdraw_demonstration
from gongkai.web.search.selectors import search

TODAY = date(2026, 11, 22)


def test_three_thousand_entries_are_varied_and_cover_the_law():
    all_of_them = list(entries(0, 3000, 3000, TODAY))
    titles = Counter(plan.article.title for plan in all_of_them)
    assert len(titles) > 2950
    said = Counter(line for plan in all_of_them for line in re.split(r"</?\w+>", plan.article.body) if len(line) > 40)
    assert sum(n for n in said.values() if n > 1) < 0.3 * sum(said.values()), (
        "forms of words repeat, what is said does not"
    )
    assert len({plan.article.body for plan in all_of_them}) == 3000
    assert {plan.day.year for plan in all_of_them} >= set(range(2020, 2027))
    assert max(plan.day for plan in all_of_them) <= TODAY
    used = Counter(item for plan in all_of_them for item in plan.article.items)
    assert len(used) >= 20
    assert set(used) <= set(statutory_items())
    assert {column for plan in all_of_them for column in plan.article.columns} <= set(columns())
    assert {plan.article.kind for plan in all_of_them} | {"interpretation", "clarification"} == set(kinds())
    assert len({plan.office.name for plan in all_of_them}) == 58
    assert all(plan.content().title for plan in all_of_them)


def _house(county, audit):
    from gongkai.web.demo.people import load_people
    from gongkai.web.demo.reports import COUNTY, ORGANS

    name_county(audit=audit, county=county, name=COUNTY)
    keep_list(audit=audit, county=county, organs=list(ORGANS))
    load_people(county, audit)
    open_house(county, audit)


def test_the_first_entries_stand_in_every_state_and_went_through_every_stage(county, audit):
    _house(county, audit)
    publish(county, audit, 0, AT_ONCE, count=3000)
    assert publish(county, audit, 0, AT_ONCE, count=3000) == 0, "what is there comes once"
    states = Counter(Standing.objects.values_list("state", flat=True))
    assert set(states) >= {state.value for state in State} - {"start", "legality_review", "expired", "abandoned"}
    assert states["published"] > AT_ONCE / 2
    for release in Release.objects.select_related("version"):
        acts = list(ItemAct.objects.filter(version=release.version).order_by("seq"))
        hands = [act.by for act in acts if act.kind in ("drafted", "passed")]
        assert len(set(hands)) == len(hands) == 5 + (release.kind == "normative")
        assert [act.recorded_at for act in acts] == sorted(act.recorded_at for act in acts)
    assert set(Link.objects.values_list("kind", flat=True)) == {"interprets", "repeals", "amends"}
    stands = validities([r.version for r in public(county.pk)], timezone.localdate())
    assert {"repealed", "amended", "in_force"} <= {each.validity.value for each in stands.values()}
    numbers = IndexNumber.objects.values_list("item", flat=True)
    assert set(numbers) == set(Release.objects.values_list("item", flat=True))
    assert Organ.objects.filter(county=county.pk).count() == 58
    assert Organ.objects.filter(county=county.pk, listed=True).count() == 10
    assert not differences()
    assert search("群众", county=county.pk).hits
    signs = [bytes(v.likeness) for v in Version.objects.filter(kind="general", number=1)]
    assert max(likeness(a, b) for n, a in enumerate(signs) for b in signs[:n]) < 0.9


@override_settings(GONGKAI_DEMO_ENTRIES=AT_ONCE + 70)
def test_the_worker_brings_in_the_others_and_takes_them_back_at_the_end(county, audit, desk):
    _house(county, audit)
    more_entries.func(0)
    first = Item.objects.count()
    more_entries.func(60)
    assert Item.objects.count() > first >= 60
    assert Ticket.objects.filter(key="demo.entries").count() == 1
    more_entries.func(120)
    assert public(county.pk).count() > 50
    for _ in range(3):
        withdraw_demonstration.func(str(audit.actor))
    assert not public(county.pk).exists()
    assert not search("群众", county=county.pk).hits
    assert not differences()
