"""The search tells what is released: from the act on, by time alone, and again after something went wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from gongkai.proactive.validity import ChangeKind
from gongkai.web.operate import search as operate
from gongkai.web.proactive.models import Release
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.services import drafting, relations, release, searching
from gongkai.web.proactive.services.drafting import NewFile, content_of
from gongkai.web.search import services
from gongkai.web.search.marks import Filters
from gongkai.web.search.models import Document
from gongkai.web.search.selectors import search
from tests.web.proactive.conftest import CODE, NOTICE


@pytest.fixture
def finds(county):
    """The keys of the entries that a search finds."""

    def ask(typed, **how):
        return [hit.item for hit in search(typed, county=county.pk, **how).hits]

    return ask


def test_every_word_of_an_entry_is_found_and_nothing_that_is_kept_inside(published, finds, clock):
    meta = NOTICE.metadata | {"summary": "管网改造概况", "keywords": "饮水安全", "no_interpretation": "无需解读缘由"}
    file = NewFile("投资明细.txt", b"x", "text/plain", text="柳树岔泵站二十万元")
    item = published(metadata=meta, files=(file,), mode_reason="涉及群众利益")
    typed = (
        "供水管网",
        "860户",
        "概况",
        "饮水安全",
        "云岭县水务局",
        "投资明细",
        "柳树岔泵站",
        "水利",
        f"{CODE}/2026-00001",
    )
    assert {word: finds(word) for word in typed} == {word: [item.pk] for word in typed}
    assert not finds("无需解读")
    assert not finds("涉及群众利益")
    [hit] = search("柳树岔", county=item.county).hits
    assert (hit.published_on, hit.issuer, hit.kind, hit.validity) == (date(2026, 3, 2), "云岭县水务局", "general", "")


def test_what_is_scheduled_is_found_from_its_moment_on_without_anybody_noting_it(entry, approve, finds, clock, hands):
    item = approve(entry(kind="notice", public_until=date(2026, 3, 4)))
    begins = clock.now + timedelta(hours=5)
    release.release(audit=hands[0], item=item, from_at=begins)
    ends = release.end_of(date(2026, 3, 4))
    for moment, found in (
        (begins - timedelta(seconds=1), []),
        (begins, [item.pk]),
        (ends - timedelta(seconds=1), [item.pk]),
        (ends, []),
    ):
        clock.now = moment
        assert finds("供水管网") == found
    release.note_what_time_did(audit=hands[0])
    assert not Document.objects.exists()


def test_the_words_of_a_correction_take_the_place_of_the_old_ones_and_go_with_a_withdrawal(
    published, approve, finds, clock, hands
):
    item = published()
    drafting.correct(audit=hands[0], item=item, reason="写错了")
    content = replace(content_of(newest_version(item)), body="<p>改造管网15公里。</p>")
    drafting.edit(audit=hands[0], item=item, content=content)
    assert (finds("12公里"), finds("15公里")) == ([item.pk], [])
    approve(item)
    release.release(audit=hands[0], item=item, from_at=clock.now + timedelta(hours=1))
    assert (finds("12公里"), finds("15公里")) == ([item.pk], [])
    clock.on(hours=1)
    assert (finds("12公里"), finds("15公里")) == ([], [item.pk])
    release.withdraw(audit=hands[0], item=item, reason="有误")
    assert (finds("12公里"), finds("15公里")) == ([], [])


def test_how_a_document_stands_is_told_at_once_and_day_by_day(entry, approve, finds, clock, hands):
    meta = NOTICE.metadata | {"document_number": "云水发〔2026〕3号", "no_interpretation": "延续性文件"}
    item = approve(entry(kind="policy", metadata=meta | {"expires_on": "2026-04-30"}))
    release.release(audit=hands[0], item=item)

    def standing():
        return [v for v in ("in_force", "lapsed", "repealed") if finds("", filters=Filters(validities=(v,)))]

    assert standing() == ["in_force"]
    assert searching.find_lapsed() == 0
    clock.on(days=60)
    assert (searching.find_lapsed(), searching.find_lapsed()) == (1, 0)
    assert standing() == ["lapsed"]
    row = relations.change_validity(
        audit=hands[0], item=item, kind=ChangeKind.REPEALED, on=date(2026, 4, 1), basis="云水发〔2026〕9号"
    )
    assert standing() == ["repealed"]
    relations.void_validity(audit=hands[0], key=row.pk)
    assert standing() == ["lapsed"]
    assert not searching.differences()


def _lost(item):
    with transaction.atomic():
        assert services.remove(Release.objects.get(item=item).pk)


def _stale(item):
    """What a release withdrawn by a crash of something else would have left."""
    Document.objects.filter(item=item.pk).update(release=item.pk, visible_until=None)


def _other_words(item):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_text SET body = 'nothing'")


def _other_time(item):
    Document.objects.filter(item=item.pk).update(visible_from="2020-01-01T00:00Z")


@pytest.mark.parametrize("harm", [_lost, _stale, _other_words, _other_time])
def test_a_search_that_tells_something_else_is_noticed_and_put_right(published, finds, harm):
    one, other = published(), published(title="另一条")
    assert (operate.check().right, operate.ready()) == (True, "")
    harm(one)
    done = operate.check()
    assert (done.right, "不一致" in done.words) == (False, True)
    assert "已经改正" in operate.ready() or "已经改正" in operate.repair().words
    assert operate.check() == operate.Done("检索与已发布的2件内容一致。", right=True)
    if harm is not _other_words:  # an index without content is told what it was given, and that was changed
        assert set(finds("供水管网")) == {one.pk}
    harm(other) if harm is not _lost else None
    assert operate.rebuild().words == "检索已经重做，共2件。"
    assert operate.check().right
    assert (finds("石桥镇农村供水"), set(finds("860户"))) == ([one.pk], {one.pk, other.pk})


def test_many_releases_are_put_in_and_renewed_as_one_by_one(published, finds, clock):
    for number in range(3):
        published(title=f"第{number}条")
    rows = list(Release.objects.select_related("version"))
    before = list(Document.objects.order_by("position").values())
    with transaction.atomic():
        searching.keep_found(rows, clock.now)
    assert list(Document.objects.order_by("position").values()) == before
    Release.objects.update(from_at=clock.now - timedelta(days=4))
    with transaction.atomic():
        searching.keep_found(Release.objects.select_related("version"), clock.now)
    assert {row.published_on for row in Document.objects.all()} == {date(2026, 2, 26)}
    assert len(finds("改造管网")) == 3
    assert not searching.differences(clock.now)
