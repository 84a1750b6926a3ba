"""The search and the library as pages: what is found, how it is narrowed, and that nothing is shown that is not public."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.db import transaction

from gongkai.proactive.validity import ChangeKind
from gongkai.web.portal.views import searching
from gongkai.web.proactive.selectors.public import public_item
from gongkai.web.proactive.services import drafting, relations, release
from gongkai.web.search.models import Document
from tests.web.proactive.conftest import NOTICE
from tests.web.published.conftest import POLICY

HIT = re.compile(r'<li><h2><a href="/items/([0-9a-f-]{36})">')
LINK = re.compile(
    r'<li><a href="\?([^"]*)"( aria-current="true")?>(.*?)(?:<span class="count">(\d+)</span>|<i>取消</i>)</a>'
)


@pytest.fixture
def look(stranger):
    def give(path="/search", **query):
        answer = stranger.get(path, query)
        assert answer.status_code == 200
        return answer.content.decode()

    return give


@pytest.fixture
def some(published, clock, hands):
    """Four entries that speak of water, of several kinds, themes and days."""
    made = {"办法": published(**POLICY)}
    clock.on(days=1)
    made["解读"] = published(
        kind="interpretation", title="农村供水管理办法解读", metadata=NOTICE.metadata | {"columns": ["interpretations"]}
    )
    clock.on(days=1)
    made["情况"] = published()
    clock.on(days=1)
    made["学校"] = published(
        title="学校名单", metadata=NOTICE.metadata | {"theme": "11/教育"}, body="<p>农村供水惠及学校。</p>"
    )
    relations.link(audit=hands[0], item=made["解读"], other=made["办法"], kind="interprets")
    return made


def keys(words):
    return HIT.findall(words)


# ── what is found ────────────────────────────────────────────────────────────────────────────────────────────────────


ASKED = {
    "农村供水": ["学校", "情况", "解读", "办法"],
    "農村供水": ["学校", "情况", "解读", "办法"],
    "管網改造": ["情况"],
    "云政规〔2026〕1号": ["办法"],
    "云政规（２０２６）１号": ["办法"],
    "云政规20261号": ["办法"],
    "供水 学校": ["学校"],
    "“供水惠及”": ["学校"],
    "绝无此事": [],
}


def test_a_phrase_is_found_wherever_it_stands_newest_first(look, some):
    for typed, found in ASKED.items():
        assert keys(look(q=typed)) == [str(some[name].pk) for name in found], typed


def test_what_was_found_is_marked_and_nothing_of_it_is_markup(look, published):
    published(title="<b>供水</b>", body="<p>甲&lt;script&gt;供水&lt;/script&gt;</p>")
    words = look(q="供水")
    assert "&lt;b&gt;<mark>供水</mark>&lt;/b&gt;" in words
    assert "&lt;script&gt;<mark>供水</mark>&lt;/script&gt;" in words


def test_one_character_is_looked_for_in_titles_and_that_is_said(look, some):
    words = look(q="校")
    assert keys(words) == [str(some["学校"].pk)]
    assert "单字（校）只在标题中查找" in words


def test_without_a_word_it_says_what_to_type(look, some):
    for typed in ("！！！", "《》", "　 "):
        words = look(q=typed)
        assert keys(words) == []
        assert "请输入要查找的文字" in words or "几个词之间空一格" in words


def test_nothing_found_says_what_to_do_next(look, some):
    words = look(q="绝无此事", kind="normative")
    assert "没有找到含有“绝无此事”的公开信息" in words
    assert "取消限定的范围" in words
    assert "/apply" in words


ODD = (
    {"q": "\x00供水"}, {"q": "供水" * 500}, {"organ": "x"}, {"year": "二〇二六"}, {"kind": "x"}, {"validity": "x"},
    {"page": "-3"}, {"page": "9" * 30}, {"column": "'\"<>"}, {"order": "x", "q": "供水"}, {"theme": "99"},
    {"q": "<script>alert(1)</script>"},
)  # fmt: skip


def test_whatever_stands_in_the_address_is_answered(look, published):
    published()
    for query in ODD:
        for path in ("/search", "/policies", "/search/suggest"):
            words = look(path, **query)
            assert "<script>alert" not in words, query
            assert "</html>" in words


# ── narrowing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_count_is_what_its_link_leads_to(look, some, stranger):
    words = look(q="供水")
    links = LINK.findall(words)
    assert len(links) >= 10
    for query, chosen, _, count in links:
        assert not chosen
        page = stranger.get(f"/search?{query.replace('&amp;', '&')}").content.decode()
        assert len(keys(page)) == int(count), query
        assert 'aria-current="true"' in page


def test_a_facet_that_is_chosen_leads_back(look, some):
    words = look(q="供水", kind="normative")
    [(query, _, name, _)] = [each for each in LINK.findall(words) if each[1]]
    assert (query, name) == ("q=%E4%BE%9B%E6%B0%B4", "行政规范性文件")
    assert keys(words) == [str(some["办法"].pk)]


NARROWED = re.compile(r'<ul class="narrowed".*?</ul>')


@pytest.mark.parametrize(("typed", "found"), [("供水", ["办法"]), ("绝无此事", [])])
def test_each_limit_is_named_and_can_be_taken_back_alone(look, some, typed, found):
    words = look(q=typed, kind="normative", year="2026")
    assert keys(words) == [str(some[name].pk) for name in found]
    assert ("在限定的范围内没有找到" in words) == (not found)
    links = [(name, query) for query, _, name, _ in LINK.findall(NARROWED.search(words)[0])]
    begins = f"q={quote(typed)}&amp;"
    assert links == [("种类：行政规范性文件", f"{begins}year=2026"), ("发布年份：2026年", f"{begins}kind=normative")]
    assert f'<a href="?q={quote(typed)}">全部取消</a>' in words
    assert NARROWED.search(look(q=typed)) is None


def test_the_library_names_its_limits_as_well(look, some):
    assert "有效性：有效" in NARROWED.search(look("/policies", validity="in_force"))[0]


def test_the_most_fitting_come_first_when_asked(look, some):
    assert keys(look(q="管理办法", order="ranked"))[0] in (str(some["办法"].pk), str(some["解读"].pk))
    assert keys(look(q="农村供水管理办法", order="ranked"))[-1] != str(some["学校"].pk)


# ── only what is public ──────────────────────────────────────────────────────────────────────────────────────────────


def test_what_the_index_still_holds_is_not_shown_when_it_is_not_public(look, some, county, hands, monkeypatch):
    """The index is a cache: were it behind, nothing would show that may not be seen."""
    from gongkai.web.proactive.services import facts

    monkeypatch.setattr(facts, "keep_found", lambda *_: None, raising=False)
    item = some["情况"]
    kept = list(Document.objects.filter(item=item.pk).values())
    release.withdraw(audit=hands[0], item=item, reason="有误")
    if not Document.objects.filter(item=item.pk).exists():
        with transaction.atomic():
            Document.objects.bulk_create(Document(**row) for row in kept)
    assert public_item(county.pk, item.pk) is None
    for words in (look(q="供水"), look("/search/suggest", q="管网"), look("/search/suggest", q="管网", form="json")):
        assert str(item.pk) not in words
        assert "管网改造情况" not in words


def test_what_was_corrected_meanwhile_is_not_shown_with_its_old_words(look, some, hands, clock, approve):
    item = some["学校"]
    old = Document.objects.get(item=item.pk)
    clock.on(hours=1)
    drafting.correct(audit=hands[0], item=item, reason="有误")
    drafting.edit(
        audit=hands[0],
        item=item,
        content=replace(drafting.content_of(item.versions.last()), body="<p>新文</p>", title="学校新名单"),
    )
    approve(item)
    release.release(audit=hands[0], item=item)
    Document.objects.filter(item=item.pk).update(release=old.release, title="学校旧名单")
    words = look(q="学校")
    assert "旧名单" not in words
    assert str(item.pk) not in words


def test_suggestions_are_titles_of_what_is_public(stranger, some, entry):
    entry(title="供水草稿")
    told = stranger.get("/search/suggest", {"q": "供水", "form": "json"}).json()
    assert told == {"titles": ["石桥镇农村供水管网改造情况", "农村供水管理办法解读", "云岭县农村供水管理办法"]}
    assert stranger.get("/search/suggest", {"q": "", "form": "json"}).json() == {"titles": []}


# ── the library ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_library_holds_policies_with_their_interpretations(look, some):
    words = look("/policies")
    assert keys(words) == [str(some["办法"].pk)]
    assert f'解读：<a href="/items/{some["解读"].pk}">农村供水管理办法解读</a>' in words
    assert keys(look("/policies", kind="general")) == [str(some["办法"].pk)], "what is no policy cannot be asked for"


CONDITIONS = (
    ({"number": "云政规〔2026〕1号"}, True),
    ({"number": "云政规（2026）1号"}, True),
    ({"number": "云政规[2026]1"}, True),
    ({"number": "云政规〔2025〕1号"}, False),
    ({"issuer": "云岭县水务局"}, True),
    ({"issuer": "云岭县教育局"}, False),
    ({"year": "2026"}, True),
    ({"year": "2025"}, False),
    ({"theme": "06"}, True),
    ({"theme": "06/水利"}, True),
    ({"theme": "11"}, False),
    ({"validity": "not_yet"}, True),
    ({"validity": "repealed"}, False),
    ({"q": "水价"}, True),
    ({"q": "学校"}, False),
)


def test_the_library_keeps_to_every_condition(look, some):
    for asked, found in CONDITIONS:
        assert keys(look("/policies", **asked)) == ([str(some["办法"].pk)] if found else []), asked


def test_a_number_that_a_document_only_cites_is_not_its_number(look, published):
    published(**POLICY | {"title": "引用它的文件", "body": "<p>根据云政发〔2020〕3号文件。</p>"})
    assert keys(look("/policies", number="云政发〔2020〕3号")) == []
    assert len(keys(look("/policies", q="云政发〔2020〕3号"))) == 1


def test_a_document_changes_its_shelf_when_it_is_repealed(look, published, hands, clock):
    item = published(**POLICY)
    clock.on(days=60)
    relations.change_validity(
        audit=hands[0], item=item, kind=ChangeKind.REPEALED, on=date(2026, 4, 15), basis="云政发〔2026〕9号"
    )
    assert keys(look("/policies", validity="in_force")) == []
    words = look("/policies", validity="repealed")
    assert keys(words) == [str(item.pk)]
    assert '<span class="state repealed">废止</span>' in words


def test_many_are_leafed_through_and_none_is_missed(look, published, monkeypatch):
    monkeypatch.setattr(searching, "PAGE", 3)
    made = [published(title=f"供水第{n}条") for n in range(5)]
    first, second = look(q="供水"), look(q="供水", page="2")
    assert keys(first) + keys(second) == [str(item.pk) for item in reversed(made)]
    assert len(keys(first)) == 3
    assert "找到<b>5</b>条" in first
    assert keys(look(q="供水", page="99")) == []


def test_what_is_scheduled_is_not_found_before_its_time(look, entry, approve, hands, clock):
    item = approve(entry(title="定时的供水"))
    release.release(audit=hands[0], item=item, from_at=clock.now + timedelta(hours=2))
    assert keys(look(q="供水")) == []
    clock.on(hours=3)
    assert keys(look(q="供水")) == [str(item.pk)]
