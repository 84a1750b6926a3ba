"""The rules of disclosure, a page at a time."""

from __future__ import annotations

import re

import pytest

from gongkai.web.portal.views import boards
from tests.web.proactive.conftest import NOTICE

ENTRY = re.compile(r'<a href="/items/[0-9a-f-]{36}">(.*?)</a>')


@pytest.fixture
def on_board(published, clock):
    """Publishes entries on a board, one an hour."""

    def give(column: str, count: int) -> None:
        for number in range(count):
            published(title=f"第{number}件", metadata=NOTICE.metadata | {"columns": [column]})
            clock.on(hours=1)

    return give


@pytest.mark.parametrize("of_one", [False, True])
@pytest.mark.parametrize(
    ("page", "entries", "newer", "older"),
    [
        ("", ["第6件", "第5件", "第4件"], False, True),
        ("2", ["第3件", "第2件", "第1件"], True, True),
        ("3", ["第0件"], True, False),
    ],
)
def test_the_rules_are_all_there_over_the_pages(
    stranger, monkeypatch, organ, on_board, of_one, page, entries, newer, older
):
    monkeypatch.setattr(boards, "SIZE", 3)
    on_board("system", 7)
    url = f"/organs/{organ.pk}/system" if of_one else "/system"
    text = stranger.get(url, {"page": page} if page else {}).content.decode()
    assert ENTRY.findall(text) == entries
    assert ("较新的3条" in text, "较早的3条" in text, "共7件" in text) == (newer, older, True)


def test_a_page_beyond_the_last_leads_back_and_an_empty_board_says_so(stranger, on_board):
    assert "还没有公开制度文件" in stranger.get("/system").content.decode()
    on_board("system", 1)
    beyond = stranger.get("/system", {"page": "2"}).content.decode()
    assert "从第一页看起" in beyond
    assert "还没有公开制度文件" not in beyond
