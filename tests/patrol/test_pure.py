"""The pure parts by tables: addresses, robots.txt, days, columns, the file of columns, each check of a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.patrol import robots, sitefile
from gongkai.patrol.addresses import normal, role_of
from gongkai.patrol.checks import planted, words
from gongkai.patrol.checks import site as on_walk
from gongkai.patrol.dates import day_of_row, day_said, months_before
from gongkai.patrol.results import Page
from gongkai.patrol.seen import see
from gongkai.patrol.sitefile import Column, Site
from gongkai.readers.errors import Unreadable
from gongkai.readers.precheck import Lists

BASE = "http://www.ling.gov.cn/zw/list.html?a=1"
TODAY = date(2026, 3, 10)
AT = "2026-03-10T09:00:00+00:00"


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("x.html", "http://www.ling.gov.cn/zw/x.html"),
        ("./../x.html#top", "http://www.ling.gov.cn/x.html"),
        ("/a/./b/../c/", "http://www.ling.gov.cn/a/c/"),
        ("//WWW.LING.GOV.CN:80/", "http://www.ling.gov.cn/"),
        ("https://www.ling.gov.cn:443", "https://www.ling.gov.cn/"),
        ("/公告.html", "http://www.ling.gov.cn/%E5%85%AC%E5%91%8A.html"),
        ("/%e5%85%ac%e5%91%8a.html", "http://www.ling.gov.cn/%E5%85%AC%E5%91%8A.html"),
        ("/%7Euser", "http://www.ling.gov.cn/~user"),
        ("/100%", "http://www.ling.gov.cn/100%25"),
        (" /a\n.html ", "http://www.ling.gov.cn/a.html"),
        ("http://政务.中国/", "http://xn--zfr164b.xn--fiqs8s/"),
        ("../../../../x", "http://www.ling.gov.cn/x"),
        ("javascript:void(0)", None),
        ("mailto:a@b.cn", None),
        ("tel:12345", None),
        ("http://[::1", None),
        ("http://a b/", None),
        ("http://x:99999999/", None),
        ("/" + "a" * 3000, None),
    ],
)
def test_addresses_have_one_form(said: str, means: str | None) -> None:
    assert normal(said, BASE) == means
    assert means is None or normal(means) == means


@given(st.text(max_size=60))
def test_any_address_has_one_form_or_none(said: str) -> None:
    once = normal(said, BASE)
    assert once is None or (normal(once) == once and once.startswith(("http://", "https://")) and once.isascii())


@pytest.mark.parametrize(
    ("address", "role"),
    [("/a.PDF", "file"), ("/a.jpg?x=1", "picture"), ("/a.html", "page"), ("/a", "page"), ("/down?f=a.pdf", "page")],
)
def test_what_an_address_leads_to(address: str, role: str) -> None:
    assert role_of(normal(address, BASE) or "") == role


ROBOTS = """\ufeffUser-agent: other
Disallow: /
# for all
User-agent: *
User-Agent: another
Disallow: /admin
Disallow: /*.bak$
Disallow: /公文/
Allow: /admin/open
Crawl-delay: 3
Disallow:
nonsense
"""


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/", True), ("/admin", False), ("/admin/x", False), ("/administration", False), ("/admin/open/1", True),
        ("/a/b.bak", False), ("/a/b.bak?x", True), ("/%E5%85%AC%E6%96%87/1", False), ("/b.bak.html", True),
    ],
)  # fmt: skip
def test_robots(path: str, may: bool) -> None:
    rules = robots.parse(ROBOTS)
    assert rules.allows(f"http://h{path}") is may and rules.delay == 3


def test_a_group_of_our_own_stands_in_place_of_that_for_all() -> None:
    rules = robots.parse("User-agent: *\nDisallow: /\n\nUser-agent: gongkai-patrol\nDisallow: /x\nCrawl-delay: 9999")
    assert rules.allows("http://h/") and not rules.allows("http://h/x") and rules.delay == robots.LONGEST_DELAY
    assert robots.parse("").allows("http://h/") and not robots.Robots(closed=True).allows("http://h/")


@given(st.text("ab*$/", max_size=12), st.text("ab/", max_size=20))
def test_patterns_fit_as_the_expression_they_stand_for(pattern: str, path: str) -> None:
    import re

    body = pattern.removesuffix("$")
    told = re.compile(
        "".join(".*" if sign == "*" else re.escape(sign) for sign in body) + ("$" if pattern.endswith("$") else "")
    )
    assert robots._fits(pattern, path) is (told.match(path) is not None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("发布时间：2026-03-01 08:00", date(2026, 3, 1)),
        ("发文日期: 2026年3月1日", date(2026, 3, 1)),
        ("日期：2026/13/1", None),
        ("会议于2026年3月1日召开", None),
    ],
)
def test_the_day_a_page_says(text: str, day: date | None) -> None:
    assert day_said(text) == day


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("公示 2024-12-30 [03-05]", date(2024, 12, 30)),
        ("公示 [03-10]", date(2026, 3, 10)),
        ("公示 [03-11]", date(2025, 3, 11)),
        ("公示 02-30 (03-05)", date(2026, 3, 5)),
        ("公示 [02-30]", None),
        ("公示 [13-01]", None),
        ("电话 0551-12-34", None),
        ("公示", None),
    ],
)
def test_the_day_in_a_row_without_a_year_is_the_newest_not_to_come(row: str, day: date | None) -> None:
    assert day_of_row(row, TODAY) == day


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 30))
def test_months_before_is_never_later_and_lands_in_the_month(day: date, months: int) -> None:
    found = months_before(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months and found.day <= day.day


# ---- checks of one page -------------------------------------------------------------------------------------------

HOSTS = frozenset(("www.ling.gov.cn",))


def kinds(html: str, url: str = BASE) -> list[str]:
    seen = see(url, html, TODAY)
    found = [
        *planted.bad_words(seen, HOSTS, Site()), *planted.foreign_scripts(seen, HOSTS, Site()), *planted.hidden_links(seen, HOSTS, Site()),
        *planted.insecure_forms(seen), *planted.mixed_content(seen), *words.template_residue(seen),
    ]  # fmt: skip
    return [hit.kind for hit in found]


SECURE = "https://www.ling.gov.cn/"


@pytest.mark.parametrize(
    ("html", "url", "met"),
    [
        ("<p>公安机关打击六合彩赌博案件</p>", BASE, []),
        ("<title>澳门娱乐</title>", BASE, ["bad_words"]),
        ('<meta name=keywords content="百家乐,开户">', BASE, ["bad_words"]),
        ('<a href="http://x.com/">真人娱乐</a>', BASE, ["bad_words"]),
        ('<a href="/n.html">打击六合彩</a>', BASE, []),
        ('<script src="http://x.com/a.js"></script>', BASE, ["foreign_script"]),
        (
            '<script src="//dcs.conac.cn/js/x.js"></script><script src="http://zfwzgl.www.gov.cn/x.js"></script><script src="/a.js"></script>',
            BASE,
            [],
        ),
        ('<script src="http://gov.cn.x.com/a.js"></script>', BASE, ["foreign_script"]),
        ('<div style="display:none"><a href="http://x.com/">好网站</a></div>', BASE, ["hidden_link"]),
        ('<div style="position:absolute;left:-9999px"><a href="http://x.com/">好网站</a></div>', BASE, ["hidden_link"]),
        (
            '<div style="display:none"><a href="/menu">菜单</a><a href="http://www.gov.cn/">中国政府网</a></div>',
            BASE,
            [],
        ),
        ('<a href="http://x.com/">某高校</a>', BASE, []),
        ('<form action="/q"><input name=q></form>', BASE, []),
        ('<form action="/q"><input type=password></form>', BASE, ["insecure_form"]),
        ('<form action="http://www.ling.gov.cn/q"></form>', SECURE, ["insecure_form"]),
        ('<form action="/q"><input type=password></form>', SECURE, []),
        ('<img src="http://www.ling.gov.cn/a.png">', SECURE, ["mixed_content"]),
        ('<img src="http://www.ling.gov.cn/a.png">', BASE, []),
        ("<p>Lorem ipsum dolor sit amet</p>", BASE, ["template_residue"]),
        ("<p>欢迎{{ name }}</p>", BASE, ["template_residue"]),
        ("<p>XX年XX月XX日</p>", BASE, ["template_residue"]),
        ("<p>XX县人民政府关于</p>", BASE, ["template_residue"]),
        ("<p>测试</p>", BASE, ["template_residue"]),
        ("<h1>测试标题1</h1>", BASE, ["template_residue"]),
        ("<p>开展核酸检测试剂采购</p><p>英语水平测试成绩公布</p><p>王××（男）</p>", BASE, []),
        ("<script>var a = '{{ name }}';</script>", BASE, []),
        ("", BASE, []),
    ],
)
def test_what_is_met_on_a_page(html: str, url: str, met: list[str]) -> None:
    assert kinds(html, url) == met


def test_the_words_of_a_page_are_looked_through_as_before_publishing() -> None:
    told = "<p>张三，身份证号110101199003074514</p><p>机密★10年</p><p>安祥</p>".encode()
    found = list(words.prechecked("http://h/", "x.html", told, Lists()))
    assert [hit.kind for hit in found][:1] == ["personal"] and not any(
        "110101199003074514" in str(hit) for hit in found
    )


@given(st.text(max_size=400))
def test_any_text_is_taken_for_a_page(text: str) -> None:
    seen = see(BASE, text, TODAY)
    assert len(seen.digest) == 64 and seen.prose >= 0


def test_a_page_taken_apart() -> None:
    html = """<html><head><title>列表-凌川</title><base href="/zw/sub/"><meta name="ArticleTitle" content="关于开会的通知"></head>
    <body><ul><li><a href="1.html">甲</a> <span>2026-03-02</span></li><li><a href="2.html">乙</a>[12-30]</li></ul>
    <p>正<b>文</b>在这里<script>no</script></p><div style="display:none">看不见</div><a href="#top">上</a><img src=i.png alt=图></body></html>"""
    seen = see(BASE, html, TODAY)
    root = "http://www.ling.gov.cn/zw/sub/"
    assert seen.rows == ((f"{root}1.html", "2026-03-02"), (f"{root}2.html", "2025-12-30"))
    assert (seen.heading, seen.item, seen.title) == ("关于开会的通知", True, "列表-凌川")
    assert "正文在这里" in seen.text and "看不见" not in seen.text and "no" not in seen.text
    assert [link.url for link in seen.links if link.role == "picture"] == [f"{root}i.png"]


# ---- checks of the whole walk -------------------------------------------------------------------------------------

LIST = "http://h/list/"


def frame(**changes: object) -> dict[str, Page]:
    nav = tuple(("page", f"http://h/nav{i}", "栏") for i in range(5))
    pages = {f"http://h/p{i}": Page(f"http://h/p{i}", "page", AT, 200, links=nav, prose=10) for i in range(6)}
    usual = Page(LIST, "page", AT, 200, links=nav, prose=10)
    return pages | {LIST: replace(usual, **changes)}  # type: ignore[arg-type]


OWN = (*(("page", f"http://h/nav{i}", "栏") for i in range(5)), ("page", "http://h/a.html", "文"))


@pytest.mark.parametrize(
    ("kind", "days", "page", "state"),
    [
        ("news", 0, {"newest": "2026-02-24", "items": 3}, "fresh"),
        ("news", 0, {"newest": "2026-02-23", "items": 3}, "stale_column"),
        ("news", 5, {"newest": "2026-03-05", "items": 3}, "fresh"),
        ("news", 5, {"newest": "2026-03-04", "items": 3}, "own_stale_column"),
        ("notices", 0, {"newest": "2025-09-10", "items": 3}, "fresh"),
        ("notices", 0, {"newest": "2025-09-09", "items": 3}, "stale_column"),
        ("policy", 0, {"newest": "2025-09-09", "items": 3}, "stale_column"),
        ("list", 0, {"newest": "2001-09-09", "items": 3}, "fresh"),
        ("news", 0, {}, "blank_column"),
        ("other", 0, {}, "blank_column"),
        ("other", 0, {"prose": 200}, "fresh"),
        ("news", 0, {"links": OWN}, "undated_column"),
        ("list", 0, {"links": OWN}, "undated_column"),
        ("other", 0, {"links": OWN}, "fresh"),
        ("news", 0, {"status": 404}, "gone"),
        ("news", 0, {"status": 500, "error": "server"}, "not_fetched"),
        ("news", 0, {"status": None, "error": "timeout"}, "not_fetched"),
    ],
)
def test_a_column(kind: str, days: int, page: dict[str, object], state: str) -> None:
    [(_, said, hits)] = on_walk.columns(frame(**page), (Column("栏", LIST, kind, days),), TODAY)
    assert said["state"] == state
    assert [hit.kind for hit in hits] == ([state] if state in OF_COLUMNS else [])


OF_COLUMNS = {"blank_column", "stale_column", "own_stale_column", "undated_column"}


def test_a_column_that_was_never_reached_is_not_blank() -> None:
    [(_, said, hits)] = on_walk.columns({}, (Column("栏", LIST, "news"),), TODAY)
    assert said["state"] == "not_fetched" and hits == []


@pytest.mark.parametrize(
    ("other", "met"),
    [
        ({"status": 404, "attempt": 2}, True),
        ({"status": 410, "attempt": 2}, True),
        ({"status": 404, "attempt": 1}, False),
        ({"status": 500, "error": "server", "attempt": 2}, False),
        ({"status": None, "error": "timeout", "attempt": 2}, False),
        ({"status": 200, "attempt": 2}, False),
    ],
)
def test_a_dead_link_was_not_there_twice(other: dict[str, object], met: bool) -> None:
    pages = {
        "http://h/": Page("http://h/", "page", AT, 200, links=(("page", "http://h/x", "去年"),)),
        "http://h/x": Page("http://h/x", "page", AT, **other),  # type: ignore[arg-type]
    }
    assert [hit.target for hit in on_walk.dead_links(pages)] == (["http://h/x"] if met else [])


# ---- the file of columns ------------------------------------------------------------------------------------------

GOOD = """
"名称" = "凌川县人民政府网"
"可信来源" = ["cdn.example.cn"]
[["栏目"]]
"名称" = "通知公告"
"网址" = "http://h/tz/"
"类别" = "通知公告"
"天数" = 30
"""


def test_the_file_of_columns() -> None:
    site = sitefile.parse("栏目.toml", GOOD.encode())
    assert site.name == "凌川县人民政府网" and site.columns == (Column("通知公告", "http://h/tz/", "notices", 30),)
    assert "cdn.example.cn" in site.trusted


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('通知公告"\n"网址', '"\n"网址'), "没有名称"),
        (("http://h/tz/", "tz"), "网址不对"),
        (('"类别" = "通知公告"', '"类别" = "新闻"'), "类别不对"),
        (("= 30", "= -1"), "天数不对"),
        (("= 30", "= true"), "天数不对"),
        (('"天数"', '"天"'), "不认识"),
        (('"可信来源"', '"来源"'), "不认识"),
        (('["cdn.example.cn"]', '["a b"]'), "主机名"),
        (("[[", "[["), ""),
        (('"名称" = "凌', '"名称" = 凌'), "写法不对"),
    ],
)
def test_what_is_wrong_with_a_file_of_columns_is_said(change: tuple[str, str], says: str) -> None:
    text = GOOD.replace(*change, 1)
    if not says:
        assert sitefile.parse("栏目.toml", text.encode()).columns
        return
    with pytest.raises(Unreadable) as refused:
        sitefile.parse("栏目.toml", text.encode())
    assert says in refused.value.message and refused.value.advice
