"""Public pages are kept under the mark of what is public: the same for all, never older than the last act."""

from __future__ import annotations

import random
import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, URLPattern, get_resolver, resolve

from gongkai.web.organs.tree import change_organ
from gongkai.web.people.models import AccountsOn
from gongkai.web.portal.kept import LARGEST, Page, Shelf, _view_of
from gongkai.web.proactive.services import release
from tests.web.proactive.conftest import NOTICE


def asked(visitor, url="/portal", **headers):
    with CaptureQueriesContext(connection) as seen:
        answer = visitor.get(url, headers={"host": "localhost", **headers})
    return answer, len(seen)


def test_a_page_is_made_once_and_then_costs_the_look_at_the_mark(stranger, published):
    published()
    first, made = asked(stranger)
    second, kept = asked(stranger)
    assert first.content == second.content
    assert kept == 1 < made
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == "private, no-cache"
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Vary"):
        assert second.headers[name] == first.headers[name]


def test_who_has_the_page_is_told_only_that_it_still_holds(stranger, published, organ, audit):
    published()
    tag = asked(stranger)[0].headers["ETag"]
    again, _ = asked(stranger, **{"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert asked(stranger, **{"if-none-match": '"other"'})[0].status_code == 200
    change_organ(audit=audit, organ=organ, name="云岭县水利局")
    assert asked(stranger, f"/organs/{organ.pk}", **{"if-none-match": tag})[0].status_code == 200


def test_no_page_from_before_an_act_is_shown_after_it(stranger, published, organ, audit, hands, clock):
    url = f"/organs/{organ.pk}"
    assert NOTICE.title not in asked(stranger, url)[0].content.decode()
    item = published()
    assert NOTICE.title in asked(stranger, url)[0].content.decode()
    change_organ(audit=audit, organ=organ, phone="0000-7654321")
    assert "0000-7654321" in asked(stranger, url)[0].content.decode()
    release.withdraw(audit=hands[0], item=item, reason="内容有误")
    assert NOTICE.title not in asked(stranger, url)[0].content.decode()


def test_time_alone_changes_a_kept_page_at_its_moment_and_with_the_day(stranger, entry, approve, hands, clock):
    item = approve(entry())
    release.release(audit=hands[0], item=item, from_at=clock.now + timedelta(hours=1))
    assert NOTICE.title not in asked(stranger)[0].content.decode()
    clock.on(minutes=59)
    assert asked(stranger)[1] == 1
    clock.on(minutes=1)
    assert NOTICE.title in asked(stranger)[0].content.decode()
    release.note_what_time_did(audit=hands[0])
    asked(stranger)
    assert asked(stranger)[1] == 1
    clock.on(days=1)
    assert asked(stranger)[1] > 1


def test_the_size_of_type_changes_without_a_token_and_has_pages_of_its_own(county):
    visitor = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    plain = visitor.get("/portal").content.decode()
    assert 'class="large"' not in plain
    assert "csrfmiddlewaretoken" not in plain
    answer = visitor.post("/preferences/large-text", {"back": "/portal"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/portal")
    assert 'class="large"' in visitor.get("/portal").content.decode()
    assert visitor.post("/preferences/large-text", {"back": "https://example.org/"}).headers["Location"] == "/"
    assert visitor.get("/portal").content.decode() == plain


def test_a_page_of_another_name_of_this_server_is_another_page(stranger, county):
    for host in ("localhost", "127.0.0.1"):
        assert stranger.get("/portal", headers={"host": host}).status_code == 200
    assert stranger.get("/portal", headers={"host": "elsewhere.example"}).status_code == 400
    assert stranger.get("/portal", headers={"host": "localhost"}).status_code == 200


def test_nobody_is_asked_for_on_a_kept_page_and_everybody_gets_the_same(stranger, county, organ, desk):
    AccountsOn.objects.create(county=county.pk, by=organ.pk)
    desk.cookies["gongkai_session"] = "something"
    desk.cookies["gongkai_follow"] = "something"
    with CaptureQueriesContext(connection) as seen:
        made = stranger.get("/portal")
    assert not any("people_" in query["sql"] or "session" in query["sql"] for query in seen)
    assert made.content == desk.get("/portal", headers={"host": "localhost"}).content
    assert not made.cookies


def _views():
    def walk(found):
        for each in found:
            yield from walk(each.url_patterns) if not isinstance(each, URLPattern) else [each]

    return list(walk(get_resolver().url_patterns))


def test_only_public_views_are_kept_and_none_of_what_is_somebodys():
    kept = {p.name for p in _views() if getattr(p.callback, "kept", False)}
    assert {"portal", "portal-organ", "portal-statutory", "portal-item", "portal-report"} <= kept
    assert [p.name for p in _views() if p.name in kept and not getattr(p.callback, "public", "")] == []
    assert not [name for name in kept if name.startswith(("portal-follow", "portal-apply"))]


@pytest.mark.parametrize("url", ["/follow", "/portal/nowhere", "/organs/01890000-0000-7000-8000-000000000000"])
def test_what_is_somebodys_or_wrong_is_never_kept(stranger, county, url):
    for _ in range(2):
        answer = stranger.get(url)
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.has_header("ETag")


def test_the_shelf_never_holds_more_than_it_may_nor_a_page_of_another_mark():
    chance, shelf, model = random.Random(4), Shelf(50_000), {}
    for _ in range(3000):
        mark, key = str(chance.randint(1, 2)), (str(chance.randint(1, 60)),)
        if chance.random() < 0.5:
            page = Page(bytes(chance.randint(0, 3000)), {}, str(chance.random()))
            if mark not in model and (chance.random() < 0.02 or not model):
                model = {mark: {}}
            mark = next(iter(model))
            model[mark][key] = page
            shelf.put(mark, key, page)
        else:
            found = shelf.find(mark, key)
            assert found is None or model.get(mark, {}).get(key) is found
        assert 0 <= shelf.held <= 50_000
    assert LARGEST < 1024 * 1024


def test_a_terminal_returns_by_itself_forgets_whom_it_followed_and_keeps_no_draft(stranger, county, organ):
    plain = stranger.get("/portal").content.decode()
    followed = ("gongkai_follow", "gongkai_letter", "gongkai_opinion")
    for cookie in followed:
        stranger.cookies[cookie] = "whoever"
    start = stranger.get("/terminal")
    assert [start.cookies[cookie].value for cookie in followed] == ["", "", ""]
    assert start.headers["Cache-Control"] == "no-store"
    assert "http-equiv" not in start.content.decode()
    for url in ("/portal", "/statutory", "/follow", f"/apply/{organ.pk}"):
        assert re.search(r'http-equiv="refresh" content="\d+; url=/terminal"', stranger.get(url).content.decode()), url
    assert "data-draft=" not in stranger.get(f"/apply/{organ.pk}").content.decode()
    assert stranger.post("/terminal").headers["Location"] == "/portal"
    assert stranger.get("/portal").content.decode() == plain
    assert "data-draft=" in stranger.get(f"/apply/{organ.pk}").content.decode()


def test_no_link_of_a_terminal_leads_off(stranger, published, organ):
    published()
    for url in ("/terminal", "/portal", "/boards", "/statutory", f"/organs/{organ.pk}", "/guide", "/system", "/yearly"):
        links = re.findall(r'(?:href|action)="([^"]*)"', stranger.get(url).content.decode())
        assert links
        assert [link for link in links if not link.startswith(("/", "#", "?"))] == [], url


def test_the_short_way_to_a_view_leads_where_the_long_one_does():
    some = uuid.UUID("01890000-0000-7000-8000-000000000000")
    urls = ["/portal", "/boards", f"/organs/{some}", f"/organs/{some}/yearly", "/statutory/all", "/topics/x"]
    urls += [
        f"/items/{some}",
        f"/items/{some}/print",
        "/search",
        "/policies",
        "/api/v1/entries",
        "/statutory/theme/06/水",
    ]
    urls += [
        "/organs",
        "/organs/list",
        "/organs/tree",
        f"/organs/tree/{some}",
        "/",
        "/items",
        "/follow",
        "/nowhere/at/all",
    ]
    for url in urls:
        try:
            long = resolve(url)
        except Resolver404:
            long = None
        kept = long if long is not None and getattr(long.func, "kept", False) else None
        short = _view_of(url)
        assert (short and (short.func, short.kwargs)) == (kept and (kept.func, kept.kwargs)), url
