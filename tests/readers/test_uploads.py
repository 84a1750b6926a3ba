"""Files handed in by anyone: told by their content, refused in words, marks found wherever Word can hide them."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gongkai.documents.letters import Letter, letter_docx, letter_pdf
from gongkai.readers.errors import Unreadable
from gongkai.readers.uploads import MEDIA_TYPES, inspect, safe_name

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def picture(kind: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (8, 8)).save(held, kind)
    return held.getvalue()


def letter(words: str = "正文。") -> Letter:
    return Letter("清溪县自然资源局", "告知书", "张三", (words,))


def workbook(words: str = "正文") -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    book.add_worksheet().write(0, 0, words)
    book.close()
    return held.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(held, "w", 8) as after:
        for part in before.namelist():
            if part != name:
                after.writestr(part, before.read(part))
        after.writestr(name, content)
    return held.getvalue()


def compound(words: str = "", *streams: str) -> bytes:
    return (
        OLE + b"".join(s.encode("utf-16-le") for s in ("WordDocument", *streams)) + b"\x00" + words.encode("utf-16-le")
    )


def ofd(words: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("OFD.xml", "<OFD/>")
        package.writestr("Doc_0/Pages/Content.xml", f"<Page><TextCode>{words}</TextCode></Page>")
    return held.getvalue()


FILES = {
    "申请表.pdf": (letter_pdf(letter()).data, "pdf"),
    "申请表.docx": (letter_docx(letter()), "docx"),
    "台账.xlsx": (workbook(), "xlsx"),
    "台账.et": (workbook(), "xlsx"),
    "旧文.doc": (compound(), "doc"),
    "旧文.wps": (compound(), "wps"),
    "版式.ofd": (ofd("正文"), "ofd"),
    "扫描.png": (picture("PNG"), "png"),
    "扫描.JPG": (picture("JPEG"), "jpeg"),
    "说明.txt": ("说明".encode(), "text"),
    "说明.md": ("# 说明".encode(), "text"),
    "宽.txt": ("说明一二三四".encode("utf-16"), "text"),
    "数据.txt": (b'{"schema": "gongkai.report/1"}', "text"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_may_be_taken(name: str) -> None:
    data, kind = FILES[name]
    found = inspect(name, data)
    assert (found.name, found.kind, found.size, found.marks) == (name, kind, len(data), ())
    assert found.media_type == MEDIA_TYPES[kind] and len(found.sha256) == 64 and not found.classified
    assert found.searched is (kind not in ("png", "jpeg"))


def test_a_file_without_an_ending_is_given_one() -> None:
    assert inspect("申请表", FILES["申请表.pdf"][0]).name == "申请表.pdf"


@pytest.mark.parametrize(
    ("name", "data"),
    (
        ("a.docx", letter_docx(letter("机密★10年"))),
        ("a.pdf", letter_pdf(letter("机密★10年")).data),
        ("a.xlsx", workbook("机密★10年")),
        ("a.ofd", ofd("机密★10年")),
        ("a.doc", compound("机密★10年")),
        ("b.doc", compound("", "x") + "机密★10年".encode("gb18030")),
        ("a.txt", "机密★10年".encode()),
        ("b.txt", "机密★10年".encode("gb18030")),
    ),
)
def test_a_mark_is_found_in_every_format(name: str, data: bytes) -> None:
    found = inspect(name, data)
    assert found.classified and "机密★10年" in [mark.shown for mark in found.marks]


def test_a_mark_in_a_header_and_over_several_runs_is_found() -> None:
    document = docx.Document()
    head = document.sections[0].header.paragraphs[0]
    for part in ("秘", "密", "★", "长期"):
        head.add_run(part)
    held = io.BytesIO()
    document.save(held)
    assert [mark.shown for mark in inspect("a.docx", held.getvalue()).marks] == ["秘密★长期"]


def test_the_mere_word_and_a_star_in_the_next_line_are_no_mark() -> None:
    data = letter_docx(Letter("局", "告知书", "", ("涉及商业秘密", "★第三条 国家秘密")))
    assert inspect("a.docx", data).marks == ()


# ---- refused ---------------------------------------------------------------------------------------------------

ATTACHED = (
    b'<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://evil/a.dotm" TargetMode="External"/>'
    b"</Relationships>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    (
        ("a.docx", with_part(FILES["申请表.docx"][0], "word/vbaProject.bin", b"x")),
        ("a.xlsx", with_part(workbook(), "xl/VBAPROJECT.BIN", b"x")),
        ("a.xlsx", with_part(workbook(), "xl/macrosheets/sheet1.xml", b"<x/>")),
        ("a.docx", with_part(FILES["申请表.docx"][0], "word/_rels/settings.xml.rels", ATTACHED)),
        ("a.docx", with_part(FILES["申请表.docx"][0], "[Content_Types].xml", b"<Types>application/vnd.ms-word.document.macroEnabled</Types>")),
        ("a.docm", FILES["申请表.docx"][0]),
        ("a.doc", compound("", "_VBA_PROJECT")),
        ("a.doc", compound("", "_VBA_PROJECT_CUR")),
    ),
)  # fmt: skip
def test_macros_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        inspect(name, data)
    assert caught.value.code == "macros" and "不含宏" in caught.value.advice


@pytest.mark.parametrize(
    ("name", "data", "code", "says"),
    (
        ("a.pdf", b"", "empty", "空文件"),
        ("a.pdf", FILES["申请表.docx"][0], "wrong_type", "与文件名的后缀不符"),
        ("a.docx", FILES["申请表.pdf"][0], "wrong_type", "与文件名的后缀不符"),
        ("a.png", picture("JPEG"), "wrong_type", "与文件名的后缀不符"),
        ("a.exe", b"MZ\x90\x00", "wrong_type", "不能识别的文件"),
        ("a.txt", b"MZ\x90\x00", "wrong_type", "不能识别的文件"),
        ("a.sh", b"#!/bin/sh\n", "wrong_type", "不能识别的文件"),
        ("a.txt", b"ab\x00\x01\x02" * 9, "wrong_type", "不能识别的文件"),
        ("a.html", b"<html><body><script>1</script></body></html>", "wrong_type", "网页"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "wrong_type", "网页"),
        ("a.gif", picture("GIF"), "wrong_type", "图片"),
        ("a.zip", with_part(b"PK\x05\x06" + b"\x00" * 18, "a.txt", b"x"), "wrong_type", "压缩包"),
        ("a.rtf", b"{\\rtf1 x}", "wrong_type", "RTF"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "打开密码"),
        ("a.pdf", b"%PDF-1.7 broken", "damaged", "损坏"),
        ("a.docx", FILES["申请表.docx"][0].replace(b"PK\x01\x02", b"PK\x09\x09"), "wrong_type", ""),
        ("a.docx", FILES["申请表.docx"][0][:-300], "wrong_type", ""),
    ),
)
def test_what_is_not_taken_is_said(name: str, data: bytes, code: str, says: str) -> None:
    with pytest.raises(Unreadable) as caught:
        inspect(name, data)
    assert (caught.value.code, says in caught.value.message) == (code, True), caught.value
    assert not caught.value.advice.isascii()


def test_size_and_kinds_are_bounded_by_the_caller() -> None:
    with pytest.raises(Unreadable, match="超过1兆字节"):
        inspect("a.txt", b"x" * 1_100_000, most_bytes=1 << 20)
    with pytest.raises(Unreadable, match="可以上传：PNG图片、JPEG图片"):
        inspect("a.pdf", FILES["申请表.pdf"][0], kinds=("png", "jpeg"))


def test_a_scan_without_text_is_taken_but_not_searched() -> None:
    from gongkai.documents.redaction import redact

    found = inspect("扫描件.pdf", redact(letter_pdf(letter("机密★10年")).data, [], dpi=72).data)
    assert not found.searched and found.marks == ()


@pytest.mark.parametrize(
    ("given_name", "kept"),
    (
        ("申请表.pdf", "申请表.pdf"),
        ("..\\..\\etc/passwd", "passwd"),
        ("a\x00b.pdf", "a_b.pdf"),
        ("票据\u202efdp.exe", "票据_fdp.exe"),
        ("", "未命名"),
        ("...", "未命名"),
        ("甲" * 300 + ".docx", "甲" * 110 + ".docx"),
        ("甲" * 300, "甲" * 110),
    ),
)
def test_names_are_made_safe(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text(max_size=300), st.binary(max_size=400))
def test_anything_is_taken_or_refused_in_words(name: str, data: bytes) -> None:
    try:
        found = inspect(name, data)
    except Unreadable as refusal:
        assert not refusal.message.isascii()
    else:
        assert found.name and "/" not in found.name and "\x00" not in found.name
