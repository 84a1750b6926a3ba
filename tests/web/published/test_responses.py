"""The page of responses: newest first, a page at a time, each with how it begins."""

from __future__ import annotations

import re

import pytest

from gongkai.web.interaction.selectors import responses as reading
from gongkai.web.portal.views import talk
from gongkai.web.proactive.services import release
from tests.web.proactive.conftest import NOTICE

ENTRY = re.compile(r'<li><a href="/items/[0-9a-f-]{36}">(.*?)</a>')
CONCERNS = NOTICE.metadata | {"columns": ["responses"]}


@pytest.fixture
def seven(published, clock):
    made = []
    for number in range(7):
        kind = "clarification" if number % 3 == 0 else "response"
        made.append(published(kind=kind, title=f"第{number}件", metadata=CONCERNS))
        clock.on(hours=1)
    return made


@pytest.fixture
def page(stranger, monkeypatch):
    monkeypatch.setattr(talk, "SIZE", 3)

    def give(number=""):
        answer = stranger.get("/responses", {"page": number} if number else {})
        assert answer.status_code == 200
        return answer.content.decode()

    return give


def test_all_are_there_newest_first_over_the_pages(seven, page):
    assert [ENTRY.findall(page(number)) for number in ("", "2", "3")] == [
        ["第6件", "第5件", "第4件"], ["第3件", "第2件", "第1件"], ["第0件"],
    ]  # fmt: skip
    assert "共7条" in page()


def test_the_pages_lead_to_each_other(seven, page):
    assert ("?page=2" in page(), "较新的" in page()) == (True, False)
    assert ("?page=1" in page("2"), "?page=3" in page("2")) == (True, True)
    assert ("?page=2" in page("3"), "较早的" in page("3")) == (True, False)
    assert "从第一页看起" in page("4")


def test_what_is_withdrawn_is_not_counted_and_leaves_no_gap(seven, page, hands, clock):
    clock.on(minutes=1)
    release.withdraw(audit=hands[0], item=seven[5], reason="有误")
    assert ENTRY.findall(page()) == ["第6件", "第4件", "第3件"]
    assert "共6条" in page()


def test_paragraphs_follow_each_other_without_a_blank(county, published):
    published(kind="response", body="<p>情况属实。</p><p>已经整改；</p><p>用时3天</p><p>完成。</p>", metadata=CONCERNS)
    [[found], count] = reading.responses(county.pk, limit=5)
    assert (found.begins, count) == ("情况属实。已经整改；用时3天 完成。", 1)
