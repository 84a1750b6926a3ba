"""Every page: answers in Chinese, keeps to itself, escapes what strangers wrote."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.annual.desk import read_all
from gongkai.web.annual.models import Submission
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.workbench.original import Span, chars_of, lines_of, paragraphs_of

PAGES = [
    "/",
    "/annual",
    "/annual?year=2025&state=conflict&sort=state&down=1",
    "/annual?q=教育&sort=year",
    "/annual?aside=1",
    "/annual?sort=received",
    "/organs",
    "/compare",
    "/downloads",
    "/downloads?year=2025",
]


def addresses(text: str) -> list[str]:
    return re.findall(r"""(?:src|href|action|hx-get|hx-post|data-href)=["']?([^"'\s>]+)""", text)


@pytest.fixture
def all_pages(desk, handed_in, audit):
    handed_in("云岭县教育局", 2024)
    submission = handed_in("云岭县教育局", 2025)
    hand_in(audit=audit, files=[Incoming("坏.pdf", b"%PDF-1.7 broken")])
    read_all()
    bad = Submission.objects.get(name="坏.pdf")
    finding = submission.checking.findings[0]["fingerprint"]
    here = f"/reports/{submission.pk}"
    return [
        *PAGES,
        here,
        f"{here}?cell=applications.concluded.total",
        f"{here}?finding={finding}",
        f"{here}/notice",
        f"{here}/cells/applications.concluded.total",
        f"/compare?right={submission.pk}",
        f"/compare?right={submission.pk}&all=1",
        f"/reports/{bad.pk}",
        f"/batches/{submission.batch_id}",
        f"/batches/{submission.batch_id}/progress",
    ]


def test_every_page_answers_and_depends_on_nobody(desk, all_pages):
    for url in all_pages:
        answer = desk.get(url)
        text = answer.content.decode()
        assert answer.status_code == 200, url
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        for address in addresses(text):
            assert address[0] in "/annual?#", (url, address)
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text), url
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), url


def test_the_desk_says_what_would_be_here_and_how_to_begin(desk):
    assert "还没有报告" in desk.get("/annual").content.decode()
    assert "名录还是空的" in desk.get("/organs").content.decode()
    assert "还没有可以对照的报告" in desk.get("/compare").content.decode()
    assert "还没有可以导出的报告" in desk.get("/downloads").content.decode()


def test_what_strangers_wrote_is_escaped(desk, audit, file_bytes):
    evil = "<img src=x onerror=alert(1)>"
    text = (
        file_bytes("云岭县卫生健康局")[1]
        .decode("gb18030")
        .replace("健康科普", evil)
        .replace("云岭县卫生健康局", f"云岭县{evil}局")
    )
    hand_in(audit=audit, files=[Incoming(f"{evil}.txt", text.encode())], label=evil)
    read_all()
    submission = Submission.objects.get()
    for url in (
        "/",
        f"/reports/{submission.pk}",
        f"/batches/{submission.batch_id}",
        f"/reports/{submission.pk}/notice",
        "/organs",
        "/compare",
        f"/annual?q={evil}",
    ):
        page = desk.get(url).content.decode()
        assert "<img" not in page, url
    assert "&lt;img" in desk.get(f"/reports/{submission.pk}").content.decode()


ABSENT = [
    "/nowhere",
    "/reports/01890000-0000-7000-8000-000000000000",
    "/batches/01890000-0000-7000-8000-000000000000",
    "/reports/01890000-0000-7000-8000-000000000000/pages/1.png",
    "/downloads/reports.exe.zip",
]


@pytest.mark.parametrize("url", ABSENT)
def test_what_is_not_there_is_said_in_chinese(desk, url):
    answer = desk.get(url)
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()


def test_a_failure_of_the_program_is_said_in_chinese(desk, monkeypatch):
    from gongkai.web.annual.selectors import lists

    def broken(*_args, **_kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(lists, "rows_of", broken)
    desk.raise_request_exception = False
    answer = desk.get("/annual")
    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()


def test_too_much_at_once_is_refused_before_it_is_read(desk, settings):
    settings.GONGKAI_BATCH_LIMIT = 1000
    answer = desk.post("/hand-in", {"files": SimpleUploadedFile("a.txt", b"x" * 2000)})
    assert answer.status_code == 413
    assert "内容过大" in answer.content.decode()


def test_one_file_leads_to_its_report_and_many_to_their_batch(desk, file_bytes, monkeypatch):
    from gongkai.web.workbench.views import start

    monkeypatch.setattr(start, "wait_for", lambda *_: read_all() >= 0)
    one, two = file_bytes("云岭县公安局"), file_bytes("云岭县教育局")
    answer = desk.post("/hand-in", {"files": SimpleUploadedFile(*one)})
    submission = Submission.objects.get()
    assert answer.url == f"/reports/{submission.pk}"
    answer = desk.post("/hand-in", {"files": [SimpleUploadedFile(*one), SimpleUploadedFile(*two)]})
    assert answer.url.startswith("/batches/")
    answer = desk.post("/hand-in", {"files": SimpleUploadedFile(*one)}, follow=True)
    assert "没有重复保存" in answer.content.decode()


def test_the_page_that_uploads_itself_is_told_where_to_go(desk, monkeypatch):
    from gongkai.web.workbench.views import start

    monkeypatch.setattr(start, "wait_for", lambda *_: False)
    answer = desk.post("/hand-in", {"files": SimpleUploadedFile("a.txt", b"x")}, headers={"x-desk-upload": "1"})
    assert answer.json()["url"].startswith("/batches/")
    assert desk.post("/hand-in", headers={"x-desk-upload": "1"}).json() == {"url": "/annual"}
    assert "没有选中文件" in desk.get("/annual").content.decode()


def test_large_type_is_remembered_and_leads_nowhere_else(desk):
    answer = desk.post("/preferences/large-text", {"back": "/organs"})
    assert answer.url == "/organs"
    assert '<html lang="zh-Hans" class="large">' in desk.get("/annual").content.decode()
    assert desk.post("/preferences/large-text", {"back": "https://evil.example/"}).url == "/"
    assert 'class="large"' not in desk.get("/annual").content.decode()


def test_a_finding_is_judged_from_the_page_with_and_without_script(desk, handed_in):
    submission = handed_in("云岭县教育局", 2025)
    print_ = submission.checking.findings[0]["fingerprint"]
    url = f"/reports/{submission.pk}/findings/{print_}"
    answer = desk.post(url, {"verdict": "dismissed", "reason": ""}, headers={"hx-request": "true"})
    assert "请写明理由" in answer.content.decode()
    answer = desk.post(url, {"verdict": "dismissed", "reason": "原件如此"}, headers={"hx-request": "true"})
    assert "已排除" in answer.content.decode()
    assert 'id="counts"' in answer.content.decode()
    answer = desk.post(url, {"verdict": "withdrawn"})
    assert answer.url.endswith(f"#f-{print_}")


def test_a_cell_is_corrected_from_the_page_with_and_without_script(desk, handed_in):
    submission = handed_in("云岭县教育局", 2025)
    url = f"/reports/{submission.pk}/cells/applications.concluded.total"
    wanted = {"action": "value", "value": "x", "reason": "与原件核对"}
    answer = desk.post(url, wanted, headers={"hx-request": "true"})
    assert "不是数字" in answer.content.decode()
    assert 'value="与原件核对"' in answer.content.decode(), "the form keeps what was typed"
    answer = desk.post(url, {**wanted, "value": "7"}, headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"].endswith("?cell=applications.concluded.total")
    page = desk.post(url, {**wanted, "action": "original", "value": ""}, follow=True).content.decode()
    assert "原文“8”" in page


def test_the_place_of_a_cell_is_lit_on_the_server_too(desk, handed_in):
    submission = handed_in("云岭县教育局", 2025)
    page = desk.get(f"/reports/{submission.pk}?cell=applications.concluded.total").content.decode()
    assert re.search(r'class="[^"]*lit[^"]*" data-a="\d+" data-b="\d+">8<', page)


def test_every_value_of_the_form_stands_in_the_page_under_its_heads(desk, handed_in):
    submission = handed_in("云岭县教育局", 2025)
    page = desk.get(f"/reports/{submission.pk}").content.decode()
    cells = re.findall(r'<td headers="([^"]+)"[^>]*data-cell="([^"]+)"', page)
    assert len(cells) == len({a for _, a in cells}) == 200
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for headers, _ in cells:
        assert set(headers.split()) <= set(ids)


PIECES = [
    ("甲乙丙", [], ["甲乙丙"]),
    ("甲乙丙", [Span(1, 2)], ["甲", "乙", "丙"]),
    ("甲乙\n丙丁", [Span(1, 4)], ["甲", "乙", "丙", "丁"]),
    ("甲乙丙", [Span(0, 99)], ["甲乙丙"]),
    ("甲乙丙", [Span(2, 2), Span(3, 1)], ["甲乙丙"]),
    ("", [Span(0, 1)], []),
]


@pytest.mark.parametrize(("text", "spans", "pieces"), PIECES)
def test_the_original_is_cut_where_something_points(text, spans, pieces):
    lines = lines_of(text, spans)
    assert [p.text for line in lines for p in line.pieces] == pieces
    assert all(text[p.start : p.end] == p.text for line in lines for p in line.pieces)


PARAGRAPHS = [
    # 原文的行                                                      合成的段
    (["全年主动公开政府信息七十二条，内容包括社会救助、养", "老服务等。", "（二）依申请公开。"], [2, 1]),
    (["一、总体情况", "全年无。"], [1, 1]),
    (["全年主动公开政府信息七十二条，内容包括社会救助。", "另有其他。"], [1, 1]),
    (["全年主动公开政府信息七十二条，内容包括社会救助、养", "— 3 —", "老服务等。"], [2]),
    (["全年主动公开政府信息七十二条，内容包括社会救助、养", "2.老服务等。"], [1, 1]),
    ([], []),
]


@pytest.mark.parametrize(("lines", "paragraphs"), PARAGRAPHS)
def test_lines_that_a_page_parted_are_put_together_for_showing(lines, paragraphs):
    text = "\n".join(lines)
    assert [len(p) for p in paragraphs_of(lines_of(text, []))] == paragraphs


def test_the_worst_grade_of_a_piece_is_shown():
    lines = lines_of("甲乙丙丁", [Span(0, 4, "note"), Span(1, 3, "conflict"), Span(2, 4, "doubt")], (1, 2))
    assert [(p.text, p.grade, p.lit) for p in lines[0].pieces] == [
        ("甲", "note", False),
        ("乙", "conflict", True),
        ("丙", "conflict", False),
        ("丁", "doubt", False),
    ]


@pytest.mark.parametrize(
    ("words", "place"),
    [("1-3", (1, 3)), ("3-3", None), ("", None), ("a-b", None), ("1-", None), ("1-9999999999", None)],
)
def test_a_place_in_an_address_is_two_numbers(words, place):
    assert chars_of(words) == place
