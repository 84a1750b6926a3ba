"""What a page's source keeps, a page saved as MHTML, old files, texts: looked through, or refused in fitting words."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import legacy, limits
from gongkai.readers.precheck import Precheck, precheck, precheck_text
from gongkai.readers.precheck.pictures import MOST_PICTURES
from tests.readers.precheck import books, files
from tests.readers.precheck.files import IDENTITY, photograph


def kinds(found: Precheck) -> list[str]:
    return [f"{hit.kind} {hit.place.says}" for hit in found.hits]


def page(body: str, head: str = "") -> Precheck:
    return precheck("a.html", f"<html><head>{head}</head><body><p>云岭县公示</p>{body}</body></html>".encode())


def inline(data: bytes | str) -> str:
    held = data if isinstance(data, str) else base64.b64encode(data).decode()
    return f'<img src="data:image/jpeg;base64,{held}">'


KEPT = [
    # what the source holds | what is told
    ('<iframe src="http://192.168.0.3/oa"></iframe>', ["external_link 源代码第1行的链接"]),
    ('<embed src="file:///C:/a.pdf">', ["local_path 源代码第1行的链接"]),
    ('<iframe src="https://www.gov.cn/"></iframe>', []),
    ('<img src="images/a.png"><img>', []),
    (inline(photograph()), ["location 第1张图片", "exif 第1张图片"]),
    (inline("图"), []),
    (inline("abc"), []),
    (inline(b"no picture"), []),
    ("<!-- nav --><!-- -->", []),
    ("<!-- 内部意见 -->", ["hidden_text 源代码中的注释（源代码第1行）"]),
    ('<input type="hidden" value="">', []),
    (
        '<div hidden>不公开的理由<p style="display:none">再藏一层</p></div>',
        ["hidden_text 页面上不显示的部分（源代码第1行）"],
    ),
    ('<p onclick="x()">公示</p>', ["script 网页脚本"]),
    ('<a href="javascript:x()">打印</a>', ["script 网页脚本"]),
]


@pytest.mark.parametrize(("body", "expected"), KEPT)
def test_what_the_source_of_a_page_keeps_is_told_and_the_ordinary_is_not(body: str, expected: list[str]) -> None:
    assert kinds(page(body)) == expected


HEADS = [
    ('<meta charset="utf-8"><meta name="viewport" content="x"><meta name="author" content=" ">', []),
    ('<meta name="Author" content="王小明">', ["metadata 网页的元数据"]),
    ('<meta name="author" content="admin">', []),
    ('<meta name="keywords" content="公示">', []),
    (f'<meta name="description" content="身份证{IDENTITY}">', ["identity 网页的元数据"]),
]


@pytest.mark.parametrize(("head", "expected"), HEADS)
def test_what_a_page_says_of_itself_is_looked_through(head: str, expected: list[str]) -> None:
    assert kinds(page("", head)) == expected


def test_comments_before_and_behind_the_page_are_read() -> None:
    source = f"<!DOCTYPE html><!-- 拟稿：身份证{IDENTITY} -->\n<html><body><p>云岭县公示</p></body></html>\n<!-- 暂不公开 -->"
    assert kinds(precheck("a.html", source.encode())) == [
        "identity 源代码中的注释（源代码第1行）",
        "hidden_text 源代码中的注释（源代码第1行）",
        "hidden_text 源代码中的注释（源代码第3行）",
    ]


@pytest.mark.parametrize("source", ["<!DOCTYPE html>", "<html><body><p> </p><table></table></body></html>"])
def test_a_page_without_a_word_is_refused(source: str) -> None:
    with pytest.raises(Unreadable) as refused:
        precheck("a.html", source.encode())
    assert (refused.value.code, refused.value.message) == ("empty", "文件是空的，或者没有任何文字。")


# ---- MHTML --------------------------------------------------------------------------------------------------------


def test_a_page_saved_as_mhtml_is_looked_through_like_the_page() -> None:
    source = (
        f"<html><body><p>名单</p><!-- 内部意见 --><table><tr><td>姓名</td><td>身份证号</td></tr>"
        f"<tr><td>张三</td><td>{IDENTITY}</td></tr></table></body></html>"
    )
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(source.encode())
        + b"\r\n--x--\r\n"
    )
    found = precheck("名单.mht", data)
    assert found.format == "mhtml"
    assert kinds(found) == ["identity 第1个表格第2行第2格", "hidden_text 源代码中的注释（源代码第1行）"]
    assert found.left_out == ()


def saved_page(*pictures: tuple[str, bytes]) -> bytes:
    """A page saved with pictures, each by its address (none where it is empty) and its bytes."""

    def part(kind: str, body: bytes, where: str = "") -> bytes:
        place = f"Content-Location: {where}\r\n" if where else ""
        head = f"--x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{place}\r\n"
        return head.encode() + base64.encodebytes(body) + b"\r\n"

    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
        + part("text/html; charset=utf-8", "<html><body><p>现场照片</p></body></html>".encode())
        + b"".join(part("image/jpeg", body, where) for where, body in pictures)
        + b"--x--\r\n"
    )


PHOTO = "file:///C:/a.files/image001.jpg"


def test_the_pictures_saved_with_a_page_are_looked_at() -> None:
    found = precheck("a.mht", saved_page((PHOTO, photograph()), ("", b"no picture")))
    assert {(hit.kind, hit.place.says) for hit in found.hits} >= {("location", "第1张图片（image001.jpg）")}
    assert found.left_out == ("图片里的文字没有识别，请人工看一遍。",)


def test_a_picture_of_which_nothing_was_saved_is_not_counted() -> None:
    found = precheck("a.mht", saved_page(("file:///C:/a.files/image000.jpg", b""), ("", photograph())))
    assert {hit.place.says for hit in found.hits} == {"第1张图片"}
    assert precheck("a.mht", saved_page((PHOTO, b""))).left_out == ()


def test_pictures_of_a_saved_page_beyond_those_looked_at_are_said_to_be_left_out() -> None:
    drawings = [("", b"no picture")] * (MOST_PICTURES - 1)
    within = precheck("a.mht", saved_page(*drawings, (PHOTO, photograph())))
    assert {hit.kind for hit in within.hits} == {"location", "exif"} and len(within.left_out) == 1
    beyond = precheck("a.mht", saved_page(*drawings, ("", b"no picture"), (PHOTO, photograph())))
    assert beyond.hits == ()
    assert beyond.left_out[0] == f"图片超过{MOST_PICTURES}张，只看了前{MOST_PICTURES}张的拍摄信息。"


# ---- old formats, with a converter that gives what a real one gives -------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def old(*streams: str) -> bytes:
    return OLE + b"".join(stream.encode("utf-16-le") + bytes(64) for stream in streams)


def test_macros_that_the_conversion_drops_are_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "converted", lambda data, kind, ending: files.in_body(f"身份证{IDENTITY}"))
    plain, armed = (precheck("a.doc", old("WordDocument", *more)) for more in ((), ("_VBA_PROJECT",)))
    assert [hit.kind for hit in plain.hits] == ["identity"]
    assert sorted(kinds(armed)) == ["identity 第3段", "macro 宏工程"]
    assert armed.format == "doc"


LISTENER = (
    '<script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.Module1.Main"/>'
)


@pytest.mark.parametrize(
    ("ending", "parts", "armed"),
    [
        ("odt", {}, False),
        ("odt", {"Basic/Standard/script-lb.xml": "<x/>", "Basic/script-lc.xml": "<x/>"}, False),
        ("odt", {"Basic/Standard/Module1.xml": "<x/>"}, True),
        ("ods", {"Basic/Standard/Module1.xml": "<x/>"}, True),
        ("ods", {"Scripts/python/a.py": "import os"}, True),
        ("odt", {"content.xml": f"<x>{LISTENER}</x>"}, True),
    ],
)
def test_programs_in_open_documents_are_told(
    monkeypatch: pytest.MonkeyPatch, ending: str, parts: dict[str, str], armed: bool
) -> None:
    kind = "spreadsheet" if ending == "ods" else "text"
    made = books.book({}) if ending == "ods" else files.in_body("通知")
    monkeypatch.setattr(legacy, "converted", lambda data, kind, ending: made)
    named = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>", **parts}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:  # the type comes first and as it is, by which such a file is told
        for name, content in named.items():
            package.writestr(name, content)
    found = precheck(f"a.{ending}", held.getvalue())
    assert (found.format, "macro 宏工程" in kinds(found)) == (ending, armed)


def test_an_xls_whose_sheets_are_all_hidden_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray((Path(__file__).parents[1] / "formats" / "data" / "small.xls").read_bytes())
    at = data.index(b"\x85\x00", 512)
    while not (data[at + 2] < 64 and data[at + 3] == 0 and data[at + 9] == 0):  # BOUNDSHEET: a short record of a sheet
        at = data.index(b"\x85\x00", at + 1)
    data[at + 8] = 1  # its state: hidden
    with pytest.raises(Unreadable) as refused:
        legacy.read_xls(bytes(data))
    assert refused.value.code == "empty"
    made = books.book({}, books.hidden_sheet("hidden"))
    monkeypatch.setattr(legacy, "converted", lambda data, kind, ending: made)
    found = precheck("a.xls", bytes(data))
    assert found.format == "xls"
    assert sorted(kinds(found)) == ["hidden_sheet 工作表“底稿”", "identity 工作表“底稿”B2（隐藏的工作表）"]


# ---- texts --------------------------------------------------------------------------------------------------------

REFUSED_TEXTS = [
    # the text | the code | of the sentence
    ("词" * (limits.MAX_TEXT_BYTES // 3 + 1), "too_large", "超出了检查的上限"),
    ("1\n" * (limits.MAX_LINES + 1), "too_large", "超出了检查的上限"),
    (" \n\u3000", "empty", "没有任何文字"),
    ("", "empty", "没有任何文字"),
]


@pytest.mark.parametrize(("text", "code", "said"), REFUSED_TEXTS, ids=["long", "lines", "blank", "nothing"])
def test_a_pasted_text_is_refused_in_words_that_fit_it(text: str, code: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        precheck_text(text)
    assert refused.value.code == code and said in refused.value.message
    assert "年度报告" not in f"{refused.value.message}{refused.value.advice}"


REFUSED_FILES = [
    ("noise.txt", b"\x01\x02\x03\x05abc" * 500, "unknown_format"),
    ("blank.txt", "\u3000\n\u3000".encode(), "empty"),
    ("long.txt", b"1 " * (limits.MAX_TEXT_BYTES // 2 + 1), "too_large"),
]


def test_a_page_of_attributes_is_refused_for_them_and_not_for_its_size() -> None:
    data = b"<html><p " + b"a=b " * 60_000 + b">1</p>"
    with pytest.raises(Unreadable) as refused:
        precheck("a.html", data)
    assert len(data) < limits.MEGABYTE
    assert (refused.value.code, refused.value.message) == (
        "too_many_attributes",
        "网页中有的标记带着过多的属性，没有看完。",
    )
    assert "拆成几个文件" not in refused.value.advice


@pytest.mark.parametrize(("name", "data", "code"), REFUSED_FILES, ids=[case[0] for case in REFUSED_FILES])
def test_a_text_file_that_is_none_is_refused(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        precheck(name, data)
    assert refused.value.code == code and "报告" not in refused.value.advice


CALLED = [
    # the name | what is said of it
    ("a.docx", None),
    ("a.DOCX", None),
    ("a.docm", None),
    ("通知.pdf", "文件名的扩展名是“.pdf”，内容是DOCX，下载的人可能打不开。"),
    ("通知.doc", "文件名的扩展名是“.doc”，内容是DOCX，下载的人可能打不开。"),
    ("通知", "文件名没有扩展名，内容是DOCX，下载的人可能打不开。"),
]


@pytest.mark.parametrize(("name", "says"), CALLED)
def test_a_file_that_is_called_what_it_is_not_is_told(name: str, says: str | None) -> None:
    told = [hit.says for hit in precheck(name, files.in_comment("请再核")).hits if hit.kind == "ending"]
    assert told == ([says] if says else [])


def test_a_picture_called_a_document_is_told() -> None:
    assert [hit.kind for hit in precheck("扫描件.docx", photograph()).hits][-1] == "ending"
    assert "ending" not in [hit.kind for hit in precheck("a.png", photograph()).hits]


@pytest.mark.parametrize("name", ["a.html", "a.doc", "a.xls", "a.txt"])
def test_a_page_saved_under_an_office_name_is_left_alone(name: str) -> None:
    found = precheck(name, "<html><body><p>云岭县公示</p></body></html>".encode())
    assert [hit.kind for hit in found.hits] == []


TORN = [
    ("a.docx", files.in_comment("请再核")[:3000], "damaged"),
    ("a.zip", files.in_comment("请再核")[:3000], "damaged"),
    ("a.bin", b"MZ\x90\x00\x03\x00" + bytes(range(256)) * 4, "unknown_format"),
    ("a.txt", b"\x81\xff\x82\xfe" * 60, "unknown_encoding"),
]


@pytest.mark.parametrize(("name", "data", "code"), TORN)
def test_half_a_file_is_damaged_and_a_program_is_no_text(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        precheck(name, data)
    assert refused.value.code == code
    assert "压缩包" not in refused.value.message
