"""A real little site with one of each defect, walked; taken up again where it stopped; walked a second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, unquote

import pytest

from gongkai.patrol import reading
from gongkai.patrol.fetch import Bounds, Network
from gongkai.patrol.results import Result
from gongkai.patrol.settings import Settings
from gongkai.patrol.sitefile import Column, Site
from gongkai.patrol.walk import Walk
from gongkai.readers.precheck import Lists, precheck
from gongkai.readers.precheck.lists import Word
from tests.patrol.little import DEFECTS, Clock, Server, article, page


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(dict(DEFECTS)).open() as opened:
        yield opened


def settings_for(server: Server, **changes: object) -> Settings:
    kinds = (("通知公告", "/tzgg/", "notices"), ("动态要闻", "/news/", "news"), ("空栏目", "/empty/", "list"))
    columns = tuple(Column(name, server.root + path, kind) for name, path, kind in kinds)
    usual = Settings((f"{server.root}/",), Site("凌川", (), columns), Lists(), bounds=Bounds(2, 5))
    return replace(usual, **changes)  # type: ignore[arg-type]


def walked(
    server: Server, settings: Settings | None = None, clock: Clock | None = None, **more: object
) -> tuple[Result, bytes]:
    out: list[bytes] = []
    network = Network()
    told = settings or settings_for(server)
    more.setdefault("open_file", lambda given: precheck(*given, told.lists))
    walk = Walk(told, network, clock or Clock(), out.append, **more)  # type: ignore[arg-type]
    result = walk.go()
    network.close()
    return result, b"".join(out)


def said(result: Result, server: Server) -> Counter[tuple[str, str, str]]:
    return Counter((h.kind, h.url.removeprefix(server.root), h.target.removeprefix(server.root)) for h in result.hits)


DEFECTS_MET = Counter({
    ("template_residue", "/residue.html", ""): 2,
    ("bad_words", "/planted.html", ""): 1,
    ("foreign_script", "/planted.html", "http://cdn.example.net/x.js"): 1,
    ("hidden_link", "/planted.html", "http://bet.example.org/"): 1,
    ("insecure_form", "/planted.html", "/login"): 1,
    ("personal", "/a1.html", ""): 1,
    ("dead_link", "/", "/gone.html"): 1,
    ("broken_picture", "/", "/lost.png"): 1,
    ("broken_file", "/", "/lost.docx"): 1,
    ("stale_column", "/news/", ""): 1,
    ("blank_column", "/empty/", ""): 1,
    ("undated_item", "/a2.html", ""): 1,
})  # fmt: skip


def test_each_defect_is_met_once_and_nothing_else(server: Server) -> None:
    clock = Clock()
    result, data = walked(server, clock=clock)
    assert said(result, server) == DEFECTS_MET
    assert reading.read(data) == replace(result, length=reading.read(data).length)
    assert b"110101199003074514" not in data
    pages = {url.removeprefix(server.root): each for url, each in result.pages.items()}
    assert pages["/gbk.html"].title == "关于编码的说明"
    assert (pages["/gbk.html"].day, pages["/zip.html"].title) == ("2026-03-01", "压缩的页面")
    assert pages["/moved.html"].landed == f"{server.root}/n1.html"
    assert sum(path == "/gone.html" for path in server.paths()) == 2 and max(clock.waits) > 60  # at another time
    assert "/private/x.html" not in server.paths()


def test_what_was_not_fetched_is_neither_dead_nor_missing(server: Server) -> None:
    result, _ = walked(server)
    missed = {p.url.removeprefix(server.root): p.error for p in result.pages.values() if not p.fetched}
    assert missed == {"/private/x.html": "robots", "/away.html": "outside", "/err.html": "server"}
    assert not any(hit.target.endswith(path) for hit in result.hits for path in missed)
    assert result.summary is not None and result.summary.counts["not_fetched"] == 3
    server.pages["/tzgg/"] = (500, {}, b"")
    server.pages["/empty/"] = (503, {}, b"")
    result, _ = walked(server)
    assert {c["name"]: c["state"] for c in result.summary.columns} == {
        "通知公告": "not_fetched",
        "动态要闻": "stale_column",
        "空栏目": "not_fetched",
    }  # type: ignore[union-attr]
    assert not {"blank_column", "undated_column"} & {hit.kind for hit in result.hits}


def test_what_is_there_again_at_the_second_look_is_no_dead_link(server: Server) -> None:
    good = article("去年的计划", "2026-03-01", "请看这里")
    asked = []

    def once_missing(handler) -> None:
        asked.append(handler.path)
        status, body = (404, b"") if len(asked) == 1 else (200, good[2])
        handler.send_response(status)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    server.pages["/gone.html"] = once_missing
    result, _ = walked(server)
    assert [hit.target for hit in result.hits if hit.kind == "dead_link"] == []
    assert result.pages[f"{server.root}/gone.html"].title == "去年的计划"


def test_without_a_robots_file_that_answers_nothing_is_walked(server: Server) -> None:
    server.pages["/robots.txt"] = (500, {}, b"")
    result, _ = walked(server)
    assert {p.error for p in result.pages.values()} == {"robots"} and not result.hits
    assert set(server.paths()) == {"/robots.txt"}


def test_a_walk_keeps_its_pace_and_its_bounds(server: Server) -> None:
    clock = Clock()
    result, _ = walked(server, settings_for(server, pages=3, rate=0.5), clock)
    assert sum(p.role == "page" for p in result.pages.values()) == 3
    assert result.summary is not None and result.summary.ended == "pages" and result.summary.counts["waiting"] > 0
    assert clock.gone >= 2 * (len(server.asked) - 1)
    result, _ = walked(server, settings_for(server, minutes=0.0001, rate=0.5))
    assert result.summary is not None and result.summary.ended == "time"


def test_the_same_words_on_every_page_are_told_three_times_and_counted(server: Server) -> None:
    result, _ = walked(server, settings_for(server, lists=Lists(words=(Word("版权所有", "", ""),))))
    hits = [hit for hit in result.hits if hit.kind == "sensitive"]
    assert len(hits) == 3 and result.summary is not None and result.summary.counts["repeated"] >= 5


@pytest.mark.parametrize("kept", [0.15, 0.4, 0.65, 0.9])
def test_a_walk_that_was_cut_off_anywhere_goes_on_to_the_same_result(server: Server, kept: float) -> None:
    whole, data = walked(server)
    cut = data[: int(len(data) * kept)]
    begun = reading.read(cut)
    out: list[bytes] = []
    network = Network()
    asked = len(server.asked)
    walk = Walk(settings_for(server), network, Clock(), out.append, begun=begun)
    walk.kept(cut[: begun.length])
    resumed = walk.go()
    network.close()
    again = reading.read(cut[: begun.length] + b"".join(out))
    assert again.summary == resumed.summary
    plain = lambda result: {url: replace(p, fetched_at="") for url, p in result.pages.items()}  # noqa: E731
    assert plain(again) == plain(whole) and again.hits == whole.hits
    assert whole.summary is not None and again.summary is not None
    assert again.summary.counts == whole.summary.counts
    assert len(server.asked) - asked <= asked


def test_a_second_walk_asks_whether_anything_changed_and_compares_the_frame(server: Server) -> None:
    first, _ = walked(server)
    server.asked.clear()
    second, _ = walked(server, earlier=first)
    home = second.pages[f"{server.root}/"]
    assert home.unchanged and home.status == 200 and home.links == first.pages[f"{server.root}/"].links
    assert said(second, server) == DEFECTS_MET
    many = "".join(f'<a href="/spam{i}.html">彩{i}</a>' for i in range(12))
    server.pages["/"] = page(many, "澳门娱乐")
    third, _ = walked(server, settings_for(server, depth=0), earlier=first)
    assert {("title_changed", "/", ""), ("fixed_parts_changed", "/", ""), ("bad_words", "/", "")} <= set(
        said(third, server)
    )
    fourth, _ = walked(server, settings_for(server, depth=0), earlier=third)
    assert "title_changed" not in {hit.kind for hit in fourth.hits}


CARD = "张三的身份证号码是110101199003074514。"


def with_files(server: Server) -> None:
    kinds = {"Content-Type": "text/plain; charset=utf-8"}
    names = ("名单.txt", "干净.txt", "太大.txt", "有变.txt")
    links = "".join(f'<a href="/f/{name}">{name}</a>' for name in names)
    server.pages["/"] = page(f'{links}<a href="/f/网页.docx">网页.docx</a>')
    contents = {"名单": CARD, "干净": "供水管网改造进展。", "太大": CARD + "水" * 4000, "有变": "进展。"}
    for name, words in contents.items():
        server.pages[f"/f/{quote(name)}.txt"] = (200, kinds | {"ETag": f'"{len(words)}"'}, words.encode())
    server.pages[f"/f/{quote('网页')}.docx"] = page(CARD)


def test_files_are_looked_through_when_asked_and_only_then(server: Server) -> None:
    with_files(server)
    usual = settings_for(server, site=Site("凌川"))
    plain, _ = walked(server, usual)
    assert not [hit for hit in plain.hits if "/f/" in hit.url]
    assert not any(method == "GET" and path.startswith("/f/") for method, path, _ in server.asked)
    asked = replace(usual, files=True, file_bytes=5000)
    whole, data = walked(server, asked)
    [hit] = [hit for hit in whole.hits if "/f/" in hit.url]
    assert (hit.kind, hit.url) == ("personal", f"{server.root}/f/{quote('名单')}.txt")
    assert b"110101199003074514" not in data
    assert whole.summary and whole.summary.counts["files_read"] == 3
    assert [hit.target for hit in whole.hits if hit.kind == "broken_file"] == [f"{server.root}/f/{quote('网页')}.docx"]
    assert usual.digest_of_words() != asked.digest_of_words(), "what was not looked through was not put right"


def test_files_that_did_not_change_are_not_fetched_again_and_keep_their_hits(server: Server) -> None:
    with_files(server)
    asked = settings_for(server, site=Site("凌川"), files=True)
    first, _ = walked(server, asked)
    server.pages[f"/f/{quote('有变')}.txt"] = (200, {"Content-Type": "text/plain; charset=utf-8"}, CARD.encode())
    second, _ = walked(server, asked, earlier=first)
    named = {unquote(hit.url.rpartition("/")[2]) for hit in second.hits if hit.kind == "personal"}
    assert named >= {"名单.txt", "太大.txt", "有变.txt"}
    assert second.pages[f"{server.root}/f/{quote('名单')}.txt"].unchanged


def test_files_are_never_opened_without_bounds(server: Server) -> None:
    with pytest.raises(ValueError, match="bounds"):
        Walk(settings_for(server, files=True), Network(), Clock(), print)
