"""A page taken apart: what is linked, what is loaded, which day stands beside a link; and what a page's words are checked for."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.patrol.checks import words
from gongkai.patrol.seen import decode, see
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.precheck import Lists

BASE = "http://www.ling.gov.cn/zw/"
TODAY = date(2026, 3, 10)


def test_a_page_of_nothing_but_markup_signs_is_refused() -> None:
    most = limits.MAX_MARKUP_SIGNS // 4
    assert decode(b"<" * most, "text/html; charset=utf-8") == "<" * most
    with pytest.raises(Unreadable) as refused:
        decode(b"<" * (most + 1), "text/html; charset=utf-8")
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("text", ["", " ", "<!-- nav -->", "<!DOCTYPE html>", "</p>"])
def test_what_holds_no_element_is_a_page_without_words(text: str) -> None:
    seen = see(BASE, text, TODAY)
    assert (seen.text, seen.links, seen.heading) == ("", (), "")


LINKED = [
    # what the page holds | what it leads to: (role, address, words)
    ('<a href="1.html">通知</a>', [("page", f"{BASE}1.html", "通知")]),
    ('<a href="mailto:a@b.cn">信箱</a><a href="javascript:x()">打印</a><a>无</a>', []),
    ('<a href="1.html" title="全文"></a>', [("page", f"{BASE}1.html", "全文")]),
    ('<iframe src="list.html"></iframe>', [("page", f"{BASE}list.html", "（页面中的框架）")]),
    ('<iframe></iframe><iframe src="javascript:x()"></iframe>', []),
    ('<meta http-equiv="refresh" content="0; url=new/">', [("page", f"{BASE}new/", "（自动跳转）")]),
    ('<meta http-equiv="refresh" content="30">', []),
    ('<meta http-equiv="refresh" content="0; url=javascript:x()">', []),
    ('<meta name="note" content="0; url=new/">', []),
]


@pytest.mark.parametrize(("html", "expected"), LINKED)
def test_what_a_page_leads_to(html: str, expected: list[tuple[str, str, str]]) -> None:
    seen = see(BASE, f"<html><body>{html}</body></html>", TODAY)
    assert [(link.role, link.url, link.words) for link in seen.links] == expected


@pytest.mark.parametrize(
    ("html", "hidden"),
    [
        ("{shown}", False),
        ("{unseen}", True),
        ("{unseen}{shown}", False),
        ("{shown}{unseen}", False),
        ("{unseen}{unseen}", True),
    ],
)
def test_a_link_that_stands_on_a_page_twice_is_hidden_only_where_no_visitor_sees_either(
    html: str, hidden: bool
) -> None:
    shown = '<a href="1.html">通知</a>'
    seen = see(BASE, html.format(shown=shown, unseen=f'<p style="display:none">{shown}</p>'), TODAY)
    assert [(link.url, link.hidden) for link in seen.links] == [(f"{BASE}1.html", hidden)]


def test_a_script_and_a_style_are_loaded_and_a_feed_is_not() -> None:
    head = '<script src="a.js"></script><link rel="stylesheet" href="a.css"><link rel="alternate" href="a.xml"><link>'
    seen = see(BASE, f"<html><head>{head}</head><body></body></html>", TODAY)
    assert (seen.taken, seen.scripts) == ((f"{BASE}a.js", f"{BASE}a.css"), (f"{BASE}a.js",))


LINK = '<a href="1.html">关于开会的通知</a>'
BESIDE = [
    # the link with what is around it | the day beside it
    (f"<ul><li>{LINK} 2026-03-02</li></ul>", "2026-03-02"),
    (f"<table><tr><td>{LINK}</td><td>2026-03-02</td></tr></table>", "2026-03-02"),
    (f"<div>{LINK} 2026-03-02</div>", ""),
    (f"<div><div><div><div><div>{LINK} 2026-03-02</div></div></div></div></div>", "2026-03-02"),
    (f"<ul>{LINK} 2026-03-02</ul>", ""),
    (f"<ul><li>{LINK} 2026-03-02{'<b>新</b>' * 57}</li></ul>", "2026-03-02"),
    (f"<ul><li>{LINK} 2026-03-02{'<b>新</b>' * 58}</li></ul>", ""),
    (f"<ul><li>{LINK} 2026-03-02{'新' * 400}</li></ul>", ""),
    (f'<ul style="display:none"><li>{LINK} 2026-03-02</li></ul>', ""),
]


@pytest.mark.parametrize(("html", "day"), BESIDE)
def test_the_day_beside_a_link_is_that_of_its_row(html: str, day: str) -> None:
    seen = see(BASE, f"<html><body>{html}</body></html>", TODAY)
    assert seen.rows == (((f"{BASE}1.html", day),) if day else ())


def hits(html: str) -> list[str]:
    page = f"<html><body><p>云岭县公示</p>{html}</body></html>".encode()
    return [hit.kind for hit in words.prechecked(BASE, "x.html", page, Lists.shipped())]


def test_a_misspelling_counts_where_a_visitor_sees_it_and_a_number_wherever_it_stands() -> None:
    assert hits("<p>工作布署</p>") == ["misspelt"]
    assert hits("<!-- 工作布署 -->") == []
    assert "personal" in hits("<!-- 身份证110101199003074514 -->")


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"\x00" * 40])
def test_a_page_that_cannot_be_read_has_no_hint(data: bytes) -> None:
    assert list(words.prechecked(BASE, "x.html", data, Lists())) == []
