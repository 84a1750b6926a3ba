"""Every address of the public side × nobody, another applicant, the right one; and what no answer may hold."""

from __future__ import annotations

import logging
import time
from functools import partial

import pytest
from django.urls import get_resolver

from gongkai.web.onrequest.services.intake import Who
from gongkai.web.people.policies import View
from gongkai.web.portal import urls
from tests.web.portal.conftest import LI, entered, form_of, stranger, token_of

PUBLIC = {"portal", "portal-privacy", "portal-apply", "portal-apply-to", "portal-follow", "portal-follow-leave"}
"""What anybody may see; everything else is bound to one application."""
BOUND = sorted({p.name for p in urls.urlpatterns} - PUBLIC)
POSTS = {p.name for p in urls.urlpatterns if p.name in BOUND} - {
    "portal-follow-receipt", "portal-follow-case", "portal-follow-letter", "portal-follow-file",
}  # fmt: skip
OTHER = Who(
    kind="enterprise",
    name="醉翁亭建设有限公司",
    identity_kind="unified_credit_code",
    identity="91350100M000100Y43",
    phone="13911112222",
    email="zuiweng@example.cn",
    address="云岭县醉翁亭路9号",
)
MARKED = (LI.name, LI.identity, LI.phone, LI.email, LI.address, "漱玉巷", "石桥镇2025年")


def url_of(name: str, found) -> str:
    route = str(next(p for p in urls.urlpatterns if p.name == name).pattern)
    key = {"portal-follow-letter": found.letter.pk, "portal-follow-file": found.file.pk}.get(name)
    return "/" + route.replace("<uuid:key>", str(key))


@pytest.fixture
def world(answered, submitted):
    mine = answered()
    return mine, submitted(who=OTHER, content="申请公开另一份文件")


def test_every_view_says_why_it_is_public():
    views: list[tuple[str, View]] = [(p.name, p.callback) for p in urls.urlpatterns]
    assert [name for name, view in views if not getattr(view, "public", "")] == []
    assert all(name.startswith("portal") for name, _ in views)
    assert get_resolver().reverse_dict.getlist("portal-follow-case")


@pytest.mark.parametrize("name", BOUND)
def test_each_address_is_bound_to_its_application(world, name):
    mine, theirs = world
    url, post = url_of(name, mine), name in POSTS
    ask = (lambda v: v.post(url, {})) if post else (lambda v: v.get(url))
    nobody, other, right = stranger(), entered(theirs), entered(mine.done)
    assert ask(nobody).headers.get("Location", "").startswith("/follow?expired"), "a stranger is sent to the first page"
    forged = stranger()
    forged.cookies["gongkai_follow"] = f'"{mine.done.application.pk}:1abcde:forged"'
    assert ask(forged).headers.get("Location", "").startswith("/follow?expired"), "a forged cookie is no cookie"
    answer = ask(other)
    if "<uuid" in str(next(p for p in urls.urlpatterns if p.name == name).pattern):
        assert answer.status_code == 404
    assert not [word for word in MARKED if word in answer.content.decode(errors="replace")]
    assert mine.done.query_code not in answer.content.decode(errors="replace")
    assert ask(right).status_code in ((302, 422) if post else (200,))
    wrong_way = right.get(url) if post else right.post(url, {})
    assert wrong_way.status_code == 405


@pytest.mark.parametrize("name", BOUND)
def test_nothing_of_it_is_kept_by_browsers_or_searched(world, name):
    mine, _ = world
    visitor = entered(mine.done)
    url = url_of(name, mine)
    answer = visitor.post(url, {}) if name in POSTS else visitor.get(url)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    cookie = answer.cookies["gongkai_follow"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/follow")


def test_the_session_ends_half_an_hour_after_the_last_page(world, monkeypatch):
    mine, _ = world
    visitor = entered(mine.done)
    start, answers = time.time(), []  # a cookie is signed by the machine's clock
    for minutes in (29, 58, 89):
        monkeypatch.setattr("django.core.signing.time.time", partial(float, start + minutes * 60))
        answers.append(visitor.get("/follow/case").status_code)
    assert answers == [200, 200, 302]


def test_staff_is_nobody_on_the_public_side(world, desk):
    mine, _ = world
    assert desk.get("/follow/case").status_code == 302
    assert desk.get(f"/follow/letters/{mine.letter.pk}").status_code == 302


def test_nobody_from_outside_reaches_the_desk(world):
    mine, _ = world
    visitor = entered(mine.done)
    for url in ("/", "/cases", f"/cases/{mine.done.application.pk}", "/people"):
        assert visitor.get(url).status_code in (302, 403), url


def test_marked_values_stand_in_no_address_no_log_and_no_cookie(organ, caplog):
    visitor, seen = stranger(), []
    caplog.set_level(logging.DEBUG)
    form = form_of(visitor, organ, email=LI.email, address=LI.address, by_email="on")
    for sent in (form | {"name": ""}, form):
        answer = visitor.post(f"/apply/{organ.pk}", sent)
        seen += [answer.headers.get("Location", ""), str(answer.cookies)]
    visitor.get("/follow/receipt?new=1")
    token = token_of(visitor)
    visitor.post("/follow/complaint", {"token": token, "about": "other", "words": LI.name + LI.address})
    visitor.get("/follow/letters/01890000-0000-7000-8000-000000000000")
    seen += [str(visitor.cookies), *(r.getMessage() for r in caplog.records if r.name != "django.db.backends")]
    assert not [(word, said) for word in MARKED for said in seen if word in said]


def test_marked_values_stand_only_on_the_page_that_was_just_typed(organ, submitted):
    done = submitted()
    visitor = entered(done)
    for url in ("/portal", "/apply", f"/apply/{organ.pk}", "/follow", "/follow/case", "/follow/receipt"):
        page = visitor.get(url, follow=True).content.decode()
        assert not [word for word in (LI.name, LI.identity, LI.phone, LI.email, LI.address) if word in page], url
