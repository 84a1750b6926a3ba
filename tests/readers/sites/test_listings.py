"""Listings of what stands on line, saved sites and spreadsheets of metadata: read, bounded, refused."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from gongkai.readers.errors import Unreadable
from gongkai.readers.sites import Listed, open_saved, read_entries, read_listing
from gongkai.readers.sites import saved as saved_module
from gongkai.readers.sites import sheet as sheet_module
from tests.zips import zipped

SITE = "http://www.yunling.example/"


def walk(*rows: object) -> bytes:
    return "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows).encode()


def workbook(rows: list[list[object]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_urls": False})
    sheet = book.add_worksheet("清单")
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    book.close()
    return out.getvalue()


def test_a_site_map_tells_addresses_only():
    data = f"<?xml version='1.0'?><urlset xmlns='http://s'><url><loc>{SITE}a.html#x</loc><lastmod>2025-03-02</lastmod></url><url><loc>/b</loc></url></urlset>"
    found = read_listing(data.encode(), "sitemap.xml")
    assert (found.kind, found.lines, found.whole) == ("sitemap", (Listed(f"{SITE}a.html"),), False)


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        (
            "<item><title>甲</title><link>{u}</link><pubDate>Sun, 02 Mar 2025 17:00:00 GMT</pubDate></item>",
            date(2025, 3, 3),
        ),
        (
            "<item><title>甲</title><link>{u}</link><pubDate>2 Mar 2025 08:00:00 +0800</pubDate></item>",
            date(2025, 3, 2),
        ),
        (
            "<entry><title>甲</title><link href='{u}'/><published>2025-03-02T09:00:00Z</published></entry>",
            date(2025, 3, 2),
        ),
        ("<entry><title>甲</title><link href='{u}'/><updated>2025-03-02</updated></entry>", date(2025, 3, 2)),
        ("<item><title>甲</title><link>{u}</link></item><item><title>无网址</title></item>", None),
    ],
)
def test_a_feed_tells_titles_and_days_of_this_country(entry, day):
    data = f"<rss><channel>{entry}</channel></rss>".replace("{u}", f"{SITE}a")
    found = read_listing(data.encode(), "rss.xml")
    assert (found.kind, found.lines) == ("feed", (Listed(f"{SITE}a", "甲", day),))


def test_a_saved_list_page_tells_its_dated_links():
    rows = "<li><a href='./t1.html' title='关于节水的通知'>关于节水的...</a><span>2025-03-02</span></li><li><a href='//x y'>坏的链接</a></li>"
    data = f"<html><body><a href='/'>网站首页</a><ul>{rows}</ul><p><a href='http://[bad'>坏的地址</a></p></body></html>".encode()
    found = read_listing(data, "list.html", SITE + "tz/")
    assert found.lines == (Listed(f"{SITE}tz/t1.html", "关于节水的通知", date(2025, 3, 2)),)
    undated = read_listing(
        f"<html><body><base href='{SITE}'><a href='a.html'>关于节水的通知……</a><a>无</a></body></html>".encode(),
        "l.html",
    )
    assert undated.lines == (Listed(f"{SITE}a.html", "关于节水的通知……".removesuffix("…"), None),)
    short = read_listing(
        f"<html><body><a href='{SITE}b'>关于节水的通知</a><a href='c.html'>短的地址一条</a></body></html>".encode(),
        "l.html",
    )
    assert [line.url for line in short.lines] == [f"{SITE}b"]
    assert short.said == ("没有给出列表页的网址，写成短地址的链接没有读",)


def test_a_sheet_with_a_column_of_addresses():
    data = workbook(
        [
            ["上线情况"],
            ["序号", "标题", "网址", "发布日期", "索引号", "文号"],
            [1, "关于节水的通知", f"{SITE}a", 45718, "A/1", "云水发〔2025〕3号"],
            [2, "没有地址", "", "", "", ""],
            ["", "", "", "", "", ""],
            [3.0, "又一次", f"{SITE}a", date(2025, 3, 2), "", ""],
        ]
    )
    found = read_listing(data, "上线.xlsx")
    assert (found.lines[0].title, found.lines[0].index_number) == ("关于节水的通知", "A/1")
    assert found.lines[0].document_number == "云水发〔2025〕3号"
    assert found.said == ("有1行没有网址，没有读",)
    csv = f"网址,发布日期\n{SITE}a,2025年3月2日\n,\n".encode("gbk")
    assert read_listing(csv, "上线.csv").lines == (Listed(f"{SITE}a", day=date(2025, 3, 2)),)


def test_the_result_of_a_walk():
    rows = [
        {"line": "header", "schema": "gongkai.patrol/1"},
        {"line": "hit", "kind": "dead_link", "url": f"{SITE}a"},
        {"line": "page", "role": "page", "url": f"{SITE}a", "status": 200, "item": True, "title": "甲", "day": "2025-03-02"},
        {"line": "page", "role": "page", "url": f"{SITE}", "status": 200},
        {"line": "page", "role": "file", "url": f"{SITE}a.pdf", "status": 200},
        {"line": "page", "role": "page", "url": f"{SITE}b", "status": None, "error": "timeout"},
        {"line": "page", "role": "page", "url": f"{SITE}c", "status": 404},
        {"line": "page", "role": "page", "url": f"{SITE}d", "status": 304, "item": True},
    ]  # fmt: skip
    found = read_listing(walk(*rows, "", {"line": "summary", "ended": "done"}), "result.jsonl")
    assert [(line.url[len(SITE) :], line.status) for line in found.lines] == [
        ("a", "there"), ("b", "unfetched"), ("c", "gone"), ("d", "there"),
    ]  # fmt: skip
    assert (found.lines[0].title, found.lines[0].day, found.whole) == ("甲", date(2025, 3, 2), True)
    assert not read_listing(walk(*rows), "result.jsonl").whole
    assert found.to_json()["lines"][0]["day"] == "2025-03-02"


def test_plain_rows_of_addresses_and_a_page_fetched_at_last():
    rows = [{"url": f"{SITE}a", "status": "timeout"}, {"url": f"{SITE}a", "status": "ok"}, "{", [1], {"url": 3}]
    found = read_listing(walk(*rows), "x.jsonl")
    assert [(line.url, line.status) for line in found.lines] == [(f"{SITE}a", "there")]
    assert found.said == ("有3行不是结果文件的写法，没有读",)


def test_a_list_of_json_and_what_a_sheet_says_is_gone():
    rows = [{"url": f"{SITE}a", "index_number": "A/1", "day": "2025-03-02"}, {"url": f"{SITE}b", "status": 410}]
    found = read_listing(json.dumps(rows).encode(), "x.json").lines
    assert found[0] == Listed(f"{SITE}a", day=date(2025, 3, 2), index_number="A/1")
    assert found[1].status == "gone"
    sheet = f"索引号,网址,上线日期,状态\nA/1,{SITE}a,2025-03-02,在线\nA/2,{SITE}b,,已撤下\n".encode()
    assert [(line.index_number, line.status) for line in read_listing(sheet, "登记表.csv").lines] == [
        ("A/1", "there"), ("A/2", "gone"),
    ]  # fmt: skip
    with pytest.raises(Unreadable):
        read_listing(b"[1, 2", "x.json")


BOMB = b"<!DOCTYPE a [<!ENTITY b 'cc'>]><urlset><loc>&b;</loc></urlset>"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xml", b" ", "empty"),
        ("a.xml", b"<urlset><loc>", "damaged"),
        ("a.xml", BOMB, "damaged"),
        ("a.xml", b"<?xml version='1.0'?>" + b"<a>" * 1_500_001, "too_large"),
        ("a.xml", b"<sitemapindex><sitemap><loc>http://a/b</loc></sitemap></sitemapindex>", "index"),
        ("a.xml", b"<urlset/>", "no_listing"),
        ("a.html", b"<html><body><p>x</p></body></html>", "no_listing"),
        ("a.jsonl", b'{"url": "http://[bad"}', "no_listing"),
        ("a.csv", "标题,日期\n甲,2025-03-02\n".encode(), "no_listing"),
        ("a.pdf", b"%PDF-1.4 broken", "damaged"),
        ("a.jsonl", b'{"url": "' + b"x" * 68_000_000, "too_large"),
        ("a.jsonl", b"\n".join(b'{"url": "http://a/%d"}' % n for n in range(100_001)), "too_large"),
    ],
)
def test_what_is_no_listing_is_refused_in_a_sentence(name, data, code):
    with pytest.raises(Unreadable) as refused:
        read_listing(data, name)
    assert refused.value.code == code


# ── saved sites ──────────────────────────────────────────────────────────────────────────────────────────────────────

FILES = {
    "tz/t1.html": b"1",
    "tz/P1.pdf": b"2",
    "images/W1.jpg": b"3",
    "a/x.doc": b"4",
    "b/x.doc": b"5",
    ".DS_Store": b"6",
}


@pytest.fixture(params=["folder", "zip"])
def site(request, tmp_path):
    if request.param == "zip":
        return open_saved(zipped(FILES))
    folder = tmp_path / "site"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (tmp_path / "secret.html").write_text("secret")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    (folder / "out").symlink_to(tmp_path)
    return open_saved(folder)


def test_a_saved_site_gives_its_pages_and_the_files_beside_them(site):
    assert list(site.pages()) == ["tz/t1.html"]
    assert sorted(site.names) == sorted(set(FILES) - {".DS_Store"})
    assert site.read("tz/P1.pdf") == b"2"


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("./P1.pdf", "tz/P1.pdf"),
        ("P1.pdf?v=1#p2", "tz/P1.pdf"),
        ("../images/W1.jpg", "images/W1.jpg"),
        ("/images/W1.jpg", "images/W1.jpg"),
        ("http://www.yunling.example/old/W1.jpg", "images/W1.jpg"),
        ("\\images\\W1.jpg", "images/W1.jpg"),
        ("x.doc", ""),  # two of that name: neither
        ("../../secret.html", ""),
        ("../../../etc/passwd", ""),
        ("P%00.pdf", ""),
        ("http://[bad/a.pdf", ""),
        ("", ""),
    ],
)
def test_a_link_leads_to_a_file_of_the_site_or_nowhere(site, href, name):
    assert site.beside("tz/t1.html", href) == name


def test_hostile_archives_are_refused_one_by_one(monkeypatch, tmp_path):
    site = open_saved(zipped({"../../up.html": b"x", "bomb.html": b"0" * 30_000_000}))
    assert list(site.pages()) == ["bomb.html", "up.html"]
    assert site.read("up.html") == b"x"
    with pytest.raises(Unreadable, match="过大"):
        site.read("bomb.html")
    with pytest.raises(Unreadable, match="压缩包"):
        open_saved(b"PK\x03\x04nothing")
    with pytest.raises(Unreadable, match="文件夹"):
        open_saved(tmp_path / "none")
    monkeypatch.setattr(saved_module, "MOST_FILES", 1)
    for source in (zipped({"a.html": b"", "b.html": b""}), _two(tmp_path)):
        with pytest.raises(Unreadable, match="超过1个"):
            open_saved(source)


def _two(folder):
    for name in "ab":
        (folder / f"{name}.html").write_text(name)
    return folder


# ── spreadsheets of metadata ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_sheet_of_metadata_is_entries():
    data = workbook(
        [
            ["2024年度信息公开目录"],
            ["索引号", "名称", "文号", "发布机构", "成文日期", "发布日期", "正文", "附件", "领导批示"],
            [
                "A/1",
                "关于节水的通知",
                "云水发〔2024〕3号",
                "云岭县水务局",
                "2024-03-02",
                "2024年3月5日",
                "第一段\n\n<第二段>",
                "t1.pdf；t2.docx",
                "略",
            ],
            ["", "", "", "", "", "", "", "", ""],
            ["A/2", "没有日期的公告", "", "", "", "", "", "", ""],
        ]
    )
    entries, strange = read_entries(data, "目录.xlsx")
    first, second = entries
    assert (first.place, first.title) == ("清单第3行", "关于节水的通知")
    assert first.html == "<p>第一段</p><p>&lt;第二段&gt;</p>"
    assert first.files == ("t1.pdf", "t2.docx")
    assert (first.written_on, first.published_on) == (date(2024, 3, 2), date(2024, 3, 5))
    assert first.metadata["issuing_organ"] == "云岭县水务局"
    assert (second.place, second.written_on, second.html) == ("清单第5行", None, "")
    assert strange == ("领导批示",)
    assert first.to_json()["published_on"] == "2024-03-05"
    assert second.to_json()["written_on"] == ""


def test_a_sheet_without_titles_or_with_too_many_rows_is_refused(monkeypatch):
    with pytest.raises(Unreadable, match="没有找到“标题”"):
        read_entries("甲,乙\n1,2\n".encode(), "x.csv")
    with pytest.raises(Unreadable, match="没有找到“标题”"):
        read_entries("标题\n".encode(), "x.csv")
    monkeypatch.setattr(sheet_module, "MOST_ROWS", 1)
    with pytest.raises(Unreadable, match="超过1行"):
        read_entries("标题,文号\n甲,1\n乙,2\n".encode(), "x.csv")
