"""Feeds, the map of the site, the catalogue as CSV and JSON, DCAT: complete, well formed, harmless, gone with the act."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from xml.etree import ElementTree as Tree

import pytest

from gongkai.web.portal.views import data, feeds
from gongkai.web.proactive.selectors import listing
from gongkai.web.proactive.selectors.public import public
from gongkai.web.proactive.services import release
from tests.web.proactive.conftest import CODE, NOTICE
from tests.web.published.conftest import POLICY

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def body(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows(stranger):
    words = body(stranger.get("/data/catalogue.csv")).decode("utf-8")
    assert words.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(words[1:])))


@pytest.fixture
def some(published, clock):
    made = [published(**POLICY)]
    clock.on(days=1)
    made.append(published(metadata=NOTICE.metadata | {"topics": ["water"]}))
    return made


def every_way(stranger) -> dict[str, str]:
    """Everything a machine can read, by address."""
    urls = [
        *("/feeds/rss", "/feeds/atom", "/data/catalogue.csv", "/data/catalogue.json", "/sitemap-2026-1.xml"),
        *("/feeds/atom/theme/06", "/feeds/rss/theme/06/水利", "/feeds/atom/kind/general", "/sitemap.xml"),
        *("/feeds/atom/item/county.public_services", "/feeds/atom/column/item.county.public_services"),
    ]
    return {url: body(stranger.get(url)).decode() for url in urls}


def test_every_list_for_machines_is_well_formed_and_loses_what_was_taken_back(stranger, some, hands):
    told = every_way(stranger)
    for url, words in told.items():
        if url.endswith((".csv", ".json")):
            continue
        Tree.fromstring(words)
        if url != "/sitemap.xml":
            assert str(some[1].pk) in words, url
    release.withdraw(audit=hands[0], item=some[1], reason="有误")
    for url, words in every_way(stranger).items():
        assert str(some[1].pk) not in words, url
        assert NOTICE.title not in words, url


def test_a_feed_has_the_newest_first_with_stable_keys(stranger, some):
    feed = Tree.fromstring(body(stranger.get("/feeds/atom")))
    entries = feed.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}id") for each in entries] == [f"urn:uuid:{each.pk}" for each in reversed(some)]
    assert entries[1].findtext(f"{ATOM}title") == "云岭县农村供水管理办法"
    channel = Tree.fromstring(body(stranger.get("/feeds/rss"))).find("channel")
    assert [each.findtext("guid") for each in channel.findall("item")] == [f"urn:uuid:{i.pk}" for i in reversed(some)]
    assert channel.findtext("item/link") == f"http://localhost/items/{some[1].pk}"


def test_a_feed_holds_just_what_lies_under_its_heading(stranger, some, organ, audit, clock):
    from gongkai.web.proactive.services.settings import set_topics

    set_topics(audit=audit, topics={"water": "供水保障"}, valid_from=clock.now.date())
    for facet, key, wanted in (
        ("kind", "normative", [0]),
        ("column", "policies", [0]),
        ("item", "normative_documents", [0]),
        ("organ", str(organ.pk), [1, 0]),
        ("theme", "06", [1, 0]),
        ("topic", "water", [1]),
    ):
        feed = Tree.fromstring(body(stranger.get(f"/feeds/atom/{facet}/{key}")))
        met = [each.findtext(f"{ATOM}id") for each in feed.findall(f"{ATOM}entry")]
        assert met == [f"urn:uuid:{some[n].pk}" for n in wanted], facet


@pytest.mark.parametrize(
    "url", ["/feeds/json", "/feeds/atom/kind/x", "/feeds/atom/organ/x", "/feeds/atom/x/y", "/sitemap-2026-0.xml", "/sitemap-1-1.xml"]
)  # fmt: skip
def test_what_there_is_not_is_not_found(stranger, county, url):
    assert stranger.get(url).status_code == 404


def test_characters_that_xml_cannot_hold_break_nothing(stranger, published):
    published(title="供水\x0b]]>&<x>\ufffe报告")
    feed = Tree.fromstring(body(stranger.get("/feeds/atom")))
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "供水 ]]>&<x>报告"
    assert feeds.clean("甲\x00乙\ud800丙") == "甲乙丙"


def test_the_map_names_every_page_once_in_parts_of_bounded_size(stranger, published, monkeypatch, county):
    monkeypatch.setattr(data, "PART", 2)
    made = [published(title=f"第{n}条") for n in range(5)]
    index = Tree.fromstring(body(stranger.get("/sitemap.xml")))
    parts = [each.findtext(f"{MAP}loc").removeprefix("http://localhost") for each in index]
    assert parts == [f"/sitemap-2026-{n}.xml" for n in (1, 2, 3)]
    found = [url.findtext(f"{MAP}loc") for part in parts for url in Tree.fromstring(body(stranger.get(part)))]
    assert sorted(found) == sorted(f"http://localhost/items/{item.pk}" for item in made)
    assert data.PART < 50_000
    assert "Sitemap: http://localhost/sitemap.xml" in body(stranger.get("/robots.txt")).decode()


def test_the_table_says_what_the_page_says(stranger, some):
    policy = rows(stranger)[1]
    assert policy == {
        "索引号": f"{CODE}/2026-00001",
        "名称": "云岭县农村供水管理办法",
        "种类": "行政规范性文件",
        "公开机关": "云岭县水务局",
        "发布机构": "云岭县水务局",
        "发文字号": "云政规〔2026〕1号",
        "成文日期": "2026-02-26",
        "发布日期": "2026-03-02",
        "实施日期": "2026-04-01",
        "有效期至": "2031-03-31",
        "有效性": "尚未施行",
        "公示截止日": "",
        "主题分类": "农业、林业、水利/水利",
        "法定主动公开事项": "法规文件",
        "栏目": "政策文件",
        "关键词": "供水",
        "内容概述": "规定农村供水的建设、管护和水价。",
        "网址": f"http://localhost/items/{some[0].pk}",
    }


FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", " =1", "＝1+1", "＠SUM(A1)", "\ufeff=1", "\t=1")


def test_no_cell_is_taken_for_a_formula(stranger, published):
    assert [data.harmless(words) for words in FORMULAS] == [f"'{words}" for words in FORMULAS]
    assert [data.harmless(words) for words in ("供水=1", "1-2", "")] == ["供水=1", "1-2", ""]
    published(title="=1+1", metadata=NOTICE.metadata | {"summary": "@SUM(A1)"})
    [row] = rows(stranger)
    assert (row["名称"], row["内容概述"]) == ("'=1+1", "'@SUM(A1)")


def test_the_catalogue_as_json_is_the_catalogue(stranger, some):
    told = json.loads(body(stranger.get("/data/catalogue.json")))
    assert [each["key"] for each in told["entries"]] == [str(item.pk) for item in reversed(some)]
    assert told["entries"][1]["url"] == f"http://localhost/items/{some[0].pk}"
    assert told["entries"][1]["items"] == ["normative_documents"]


def test_an_empty_catalogue_is_whole_too(stranger, county):
    assert json.loads(body(stranger.get("/data/catalogue.json")))["entries"] == []
    assert rows(stranger) == []
    assert len(Tree.fromstring(body(stranger.get("/sitemap.xml")))) == 0


def test_long_lists_are_read_in_pieces_and_lose_what_is_taken_back_on_the_way(
    stranger, published, hands, monkeypatch, county, clock
):
    monkeypatch.setattr(listing, "PIECE", 3)
    monkeypatch.setattr(listing.piece_after, "__defaults__", (3,))
    made = [published(title=f"第{n}条") for n in range(7)]
    assert [r["名称"] for r in rows(stranger)] == [r.title for r in public(county.pk)]
    way = listing.pieces(county.pk)
    seen = [each.key for each in next(way)]
    release.withdraw(audit=hands[0], item=made[0], reason="有误")
    seen += [each.key for piece in way for each in piece]
    assert len(seen) == 6
    assert made[0].pk not in seen


def test_who_has_a_list_is_told_so_until_something_changes(stranger, some, hands, clock):
    for url in (
        "/data/catalogue.csv",
        "/data/catalogue.json",
        "/sitemap-2026-1.xml",
        "/feeds/atom",
        "/data/catalogue.jsonld",
    ):
        tag = stranger.get(url).headers["ETag"]
        assert stranger.get(url, headers={"if-none-match": tag}).status_code == 304, url
    tag = stranger.get("/data/catalogue.csv").headers["ETag"]
    clock.on(minutes=1)
    release.withdraw(audit=hands[0], item=some[0], reason="有误")
    assert stranger.get("/data/catalogue.csv", headers={"if-none-match": tag}).status_code == 200


def test_what_begins_or_ends_by_itself_changes_the_lists_in_time(stranger, published, entry, approve, hands, clock):
    later = approve(entry(title="定时"))
    release.release(audit=hands[0], item=later, from_at=clock.now + timedelta(hours=2))
    published(title="公示", kind="notice", public_until=clock.now.date())
    assert [r["名称"] for r in rows(stranger)] == ["公示"]
    clock.on(hours=3)
    assert [r["名称"] for r in rows(stranger)] == ["定时", "公示"]
    clock.on(days=1)
    assert [r["名称"] for r in rows(stranger)] == ["定时"]


def test_the_catalogue_is_described_as_a_data_set(stranger, county):
    answer = stranger.get("/data/catalogue.jsonld")
    assert answer.headers["Content-Type"].startswith("application/ld+json")
    told = answer.json()
    assert told["@type"] == "dcat:Catalog"
    ways = told["dcat:dataset"]["dcat:distribution"]
    assert {way["dcat:mediaType"] for way in ways} >= {"text/csv", "application/json"}
    for way in ways:
        url = way.get("dcat:downloadURL", way["dcat:accessURL"])["@id"]
        assert stranger.get(url.removeprefix("http://localhost")).status_code == 200


def test_the_page_of_feeds_names_addresses_that_answer(stranger, some):
    import re

    words = stranger.get("/feeds").content.decode()
    found = re.findall(r'href="(/(?:feeds|data)/[^"]+)"', words)
    assert len(found) > 60
    for url in found[::9]:
        assert stranger.get(url).status_code == 200, url
