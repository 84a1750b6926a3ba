"""Files and texts from anybody: what they are, their bytes say; nothing in them runs on this site."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from dataclasses import replace

import pytest

from gongkai.web.facts import Refused
from gongkai.web.headers import POLICY as PAGE_POLICY
from gongkai.web.proactive.body import MOST_TAGS, clean, shown
from gongkai.web.proactive.services import drafting, release
from gongkai.web.proactive.services.drafting import look_through, read_article
from tests.web.published.conftest import PNG, kept_file

SCRIPT = b"<script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"


def packed(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, SCRIPT)
    return held.getvalue()


HOSTILE = {
    "a page called a picture": ("图.png", b"<!doctype html>" + SCRIPT, "image/png", "text/plain"),
    "an SVG with a script": ("图.svg", SVG, "image/svg+xml", "text/plain"),
    "a page": ("通知.html", b"<html><body>" + SCRIPT, "text/html", "text/plain"),
    "a picture that is also a script": ("动图.gif", b"GIF89a/*" + SCRIPT + b"*/=1;alert(1)", "text/html", "image/gif"),
    "a picture with a page behind it": ("图.html", PNG + SCRIPT, "text/html", "image/png"),
    "a PDF that begins like a page": ("表.pdf", b"%PDF-1.7\n" + SCRIPT, "text/html", "application/pdf"),
    "a Word file": (
        "通知.html",
        packed("[Content_Types].xml", "word/document.xml"),
        "text/html",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "a workbook": (
        "表.svg",
        packed("[Content_Types].xml", "xl/workbook.xml"),
        "image/svg+xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "an OFD": ("公文.ofd", packed("OFD.xml"), "text/html", "application/ofd"),
    "nothing known": ("x.html", b"\x00\x01\x02" * 40, "text/html", "application/octet-stream"),
}


@pytest.fixture
def get(stranger, published, monkeypatch):
    """Answers for the files of one public entry, by their names; what they say they are is what an attacker would like."""
    monkeypatch.setattr("gongkai.web.proactive.selectors.facts.open_hints", lambda _: 0)

    def give(*files):
        item = published(files=tuple(kept_file(name, data, media_type=says) for name, data, says in files))
        found = {row.name: f"/items/{item.pk}/files/{row.file_id}" for row in item.versions.get().attachments.all()}
        return {name: lambda url=url, **headers: stranger.get(url, headers=headers) for name, url in found.items()}

    return give


def test_a_hostile_file_is_taken_away_or_shown_as_a_picture_and_never_run(get):
    found = get(*((f"{n}{name}", data, says) for n, (name, data, says, _) in enumerate(HOSTILE.values())))
    for n, (name, data, _, is_) in enumerate(HOSTILE.values()):
        answer = found[f"{n}{name}"]()
        assert answer.content == data
        assert answer.headers["Content-Type"].split(";")[0] == is_
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        kind, _, named = answer.headers["Content-Disposition"].partition(";")
        assert kind == ("inline" if is_ in ("image/png", "image/gif") else "attachment"), name
        assert not re.search(r"\.(html?|svg|xml|js)(\"|$)", named), "an ending by which a saved file would run"


NAMES = ('x"\r\nSet-Cookie: a=b.txt', "../../etc/passwd", "a;b=c.txt", "表格 1（定稿）.txt", "\u202etxt.exe")


def test_a_name_is_only_a_name(get):
    for name, ask in get(*((name, f"供水{n}".encode(), "") for n, name in enumerate(NAMES))).items():
        answer = ask()
        said = answer.headers["Content-Disposition"]
        assert "Set-Cookie" not in answer.headers, name
        assert re.fullmatch(r"attachment; filename=\"[A-Za-z0-9._-]+\"; filename\*=UTF-8''[A-Za-z0-9%._~-]+", said), (
            name
        )
        assert said.endswith(".txt")


def test_nothing_of_a_page_may_run_that_is_not_ours(stranger, published):
    answer = stranger.get(f"/items/{published().pk}")
    assert answer.headers["Content-Security-Policy"] == PAGE_POLICY
    assert "script-src 'self'" in PAGE_POLICY
    assert "unsafe" not in PAGE_POLICY


RUNS = re.compile(
    r"<\s*(script|style|iframe|object|embed|svg|math|link|meta|base|form|input|button|template|video|audio)\b|\son\w+\s*=|"
    r"\bstyle\s*=|(?:href|src)\s*=\s*[\"']?\s*(?:javascript|data|vbscript|file)|srcdoc|expression\(",
    re.IGNORECASE,
)
TEXTS = (
    "<script>alert(1)</script>",
    "<p onclick=alert(1) style='background:url(javascript:alert(1))'>供水</p>",
    "<img src=x onerror=alert(1)>",
    "<img src='attachment:x' onerror=alert(1)>",
    "<a href='javascript:alert(1)'>点</a>",
    "<a href=' java\tscript:alert(1)'>点</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>点</a>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<table><td background='javascript:alert(1)'>格</td></table>",
    "<!--><script>alert(1)</script>-->",
    "<p><![CDATA[<script>alert(1)</script>]]></p>",
    "<template><script>alert(1)</script></template>",
    "<form action=/x><button formaction=javascript:alert(1)>按</button></form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "&lt;script&gt;alert(1)&lt;/script&gt;<p title='&quot; onmouseover=alert(1)'>字</p>",
)


def test_what_a_text_brings_with_it_does_not_reach_the_page(stranger, published):
    item = published(body="<p>供水</p>" + "".join(TEXTS))
    for url in (f"/items/{item.pk}", f"/items/{item.pk}/print"):
        words = stranger.get(url).content.decode()
        body = words.partition('<div class="text">')[2].partition("</article>")[0]
        assert "供水" in body
        assert not RUNS.search(re.sub(r'"[^"]*"', '""', body)), body
        assert "evil.example" not in body


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_alone_keeps_what_runs(text):
    """One by one, since what one leaves open might swallow the next."""
    made = clean(f"<p>供水</p>{text}")
    assert "供水" in made.text
    assert not RUNS.search(re.sub(r'"[^"]*"', '""', made.html)), made.html
    assert not re.search(r'(?:href|src)="(?!https?:|mailto:|attachment:)', made.html)


KEY = "01a206a1-ee76-7a52-bf89-ed9b2a92ca26"


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        (f"attachment:{KEY}", (uuid.UUID(KEY),)),
        (f"/entries/x/files/{KEY}", (uuid.UUID(KEY),)),
        (f"https://desk.example/entries/x/files/{KEY}?v=2", (uuid.UUID(KEY),)),
        (f"attachment:{KEY}\n", ()),
        (f"attachment:{KEY}0", ()),
        ("attachment:" + "-" * 36, ()),
        ("attachment:" + "a" * 36, ()),
        (f"/entries/x/files/{'-' * 36}", ()),
        ("https://other.example/a.png", ()),
    ],
)
def test_a_picture_in_a_text_is_a_file_of_its_own_or_is_left_out(source, kept):
    made = clean(f'<p>供水<img src="{source}" alt="图"></p>')
    assert made.pictures == kept
    assert ("<img" in made.html) == bool(kept)
    assert shown(made.html, lambda key: f"/f/{key}").count(f'src="/f/{KEY}"') == len(kept)


def test_a_page_of_a_million_tags_is_refused_with_a_sentence(entry):
    with pytest.raises(Refused, match=f"标记超过{MOST_TAGS}处，不像是正文。.*附件"):
        entry(body="<b>" * 600_000)
    with pytest.raises(Refused, match="。"):
        entry(body="<b>" * 1_000_000)
    with pytest.raises(Refused, match="正文超过2兆字节"):
        entry(body="<p>" + "供" * 1_000_000 + "</p>")
    with pytest.raises(Refused, match="过多的属性，不像是正文"):
        clean("<p " + " ".join(f"a{n}" for n in range(20_000)) + ">甲</p>")


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04" + b"\x00" * 400, packed("[Content_Types].xml", "word/document.xml"), b"", b"<html>" + SCRIPT],
    ids=["torn", "of another kind within", "empty", "a page"],
)
def test_a_broken_word_file_is_refused_with_a_sentence(data):
    with pytest.raises(Refused, match="。$"):
        read_article("通知.docx", data)


def test_a_file_with_a_program_or_of_no_known_kind_is_not_taken():
    for name, data, says in (
        ("宏.docx", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "带有宏"),
        ("程序.pdf", b"MZ" + b"\x00" * 200, "不是可以接收的文件类型"),
        ("空.txt", b"", "空文件"),
    ):
        with pytest.raises(Refused, match=says):
            look_through(name, data)
    with pytest.raises(Refused, match="不是图片"):
        look_through("图.svg", SVG, "picture", "供水图")


def test_part_of_a_file_can_be_asked_for(get):
    [ask] = get(("甲.txt", bytes(range(65, 91)) * 4, "")).values()
    assert ask(range="bytes=0-3").content == b"ABCD"
    last = ask(range="bytes=-3")
    assert (last.status_code, last.content, last.headers["Content-Range"]) == (206, b"XYZ", "bytes 101-103/104")
    assert ask(range="bytes=100-").content == b"WXYZ"
    assert (ask(range="bytes=200-").status_code, ask(range="bytes=5-1").status_code) == (416, 416)
    for odd in ("bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=a-b"):
        assert len(ask(range=odd).content) == 104, odd


def test_who_has_a_file_is_given_no_bytes_but_loses_it_with_the_entry(stranger, published, hands, clock):
    item = published(files=(kept_file("名单.txt", "张三".encode()),))
    [row] = item.versions.get().attachments.all()
    url = f"/items/{item.pk}/files/{row.file_id}"
    first = stranger.get(url)
    assert first.headers["Cache-Control"] == "no-cache"
    held = {"if-none-match": first.headers["ETag"]}
    assert stranger.get(url, headers=held).status_code == 304
    clock.on(minutes=1)
    release.withdraw(audit=hands[0], item=item, reason="有误")
    assert stranger.get(url, headers=held).status_code == 410


def test_a_file_of_another_entry_or_of_an_earlier_edition_is_not_there(stranger, published, approve, hands, clock):
    one, other = (published(files=(kept_file(f"{n}.txt", n.encode()),)) for n in "甲乙")
    [row] = one.versions.get().attachments.all()
    assert stranger.get(f"/items/{other.pk}/files/{row.file_id}").status_code == 404
    clock.on(hours=1)
    drafting.correct(audit=hands[0], item=one, reason="有误")
    without = replace(drafting.content_of(one.versions.last()), files=())
    drafting.edit(audit=hands[0], item=one, content=without)
    assert stranger.get(f"/items/{one.pk}/files/{row.file_id}").status_code == 200
    approve(one)
    release.release(audit=hands[0], item=one)
    assert stranger.get(f"/items/{one.pk}/files/{row.file_id}").status_code == 404
