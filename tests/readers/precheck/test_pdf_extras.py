"""PDF: notes, links, fields and actions that hang on it; pages that are empty, broken, too many or too full."""

from __future__ import annotations

import pytest

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.precheck import Precheck, precheck
from tests.documents.test_redaction import made, stream, words
from tests.readers.precheck.files import IDENTITY
from tests.readers.precheck.test_pdf import SECRET, SHOWN, SIX, hits, pdf, scan

ONE = b"/Annots [6 0 R]"


def annotated(subtype: bytes, more: bytes, content: bytes = SHOWN) -> bytes:
    annotation = b"<< /Type /Annot /Subtype /%s /Rect [300 300 340 320] %s >>" % (subtype, more)
    return pdf(content, b"", annotation, page=ONE)


def told(found: Precheck) -> list[tuple[str, str, str]]:
    return [(hit.kind, hit.grade, hit.text) for hit in found.hits]


URI = b"/A << /S /URI /URI (%s) >>"
HANGING = [
    # the kind of annotation | what it says | what is told
    (b"Link", URI % b"http://192.168.1.7/oa", [("external_link", "doubt", "http://192.168.1.7/oa")]),
    (
        b"Link",
        URI % b"file:///C:/Users/zhangsan/a.doc",
        [("local_path", "doubt", "file:///C:/Users/zh＊＊＊＊＊＊/a.doc")],
    ),
    (b"Link", URI % b"https://www.gov.cn/", [("external_link", "note", "https://www.gov.cn/")]),
    (b"Link", URI % (b"http://192.168.1.7/" + b"a" * 12_000), []),
    (b"Link", b"/A << /S /GoTo /D [3 0 R /Fit] >>", []),
    (b"Link", b"/Dest [3 0 R /Fit]", []),
    (b"FileAttachment", b"/Contents (x)", [("attachment", "doubt", "")]),
    (b"Text", b"/Contents (Ask Wang 7788)", [("comment", "doubt", "Ask Wang 7788")]),
    (b"Square", b"/Contents (Delete this)", [("comment", "doubt", "Delete this")]),
    (b"Caret", b"/Contents (Insert a date)", [("comment", "doubt", "Insert a date")]),
    (b"Highlight", b"", []),
    (b"Popup", b"/Contents (x)", []),
]


@pytest.mark.parametrize(("subtype", "more", "expected"), HANGING)
def test_what_hangs_on_a_page_is_told_by_what_it_is(subtype: bytes, more: bytes, expected: list) -> None:
    assert told(precheck("a.pdf", annotated(subtype, more))) == expected


def test_a_note_says_whether_it_is_signed_and_not_by_whom() -> None:
    signed = precheck("a.pdf", annotated(b"Text", b"/Contents (Why so?) /T (Wang Xiaoming)"))
    unsigned = precheck("a.pdf", annotated(b"Text", b"/Contents (Why so?)"))
    assert [hit.says for hit in signed.hits] == ["文件中有注释（有署名）。"]
    assert [hit.says for hit in unsigned.hits] == ["文件中有注释。"]


def field(value: bytes, content: bytes = SHOWN) -> bytes:
    widget = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (%s) /Rect [72 300 300 320] >>" % value
    return pdf(content, b"", widget, page=ONE, catalogue=b"/AcroForm << /Fields [6 0 R] >>")


def test_what_was_filled_into_a_form_is_looked_through() -> None:
    found = precheck("a.pdf", field(IDENTITY.encode()))
    assert [(hit.kind, hit.place.says) for hit in found.hits] == [("identity", "第1页的表单项")]
    assert precheck("a.pdf", field(b"")).hits == ()


def test_a_page_without_words_of_its_own_is_read_for_its_note_and_its_field_and_refused_without() -> None:
    found = precheck("a.pdf", annotated(b"Text", b"/Contents (Ask Wang 7788)", b"0 0 100 100 re f\n"))
    assert told(found) == [("comment", "doubt", "Ask Wang 7788")]
    assert found.left_out == ("页面上没有可以取出的文字，画在页面上的内容没有检查，请人工看一遍。",)
    assert [hit.kind for hit in precheck("a.pdf", field(IDENTITY.encode(), b"")).hits] == ["identity"]
    with pytest.raises(Unreadable) as refused:
        precheck("a.pdf", pdf(b"0 0 100 100 re f\n"))
    assert refused.value.code == "empty"


@pytest.mark.parametrize("action", [b"Launch", b"ImportData", b"SubmitForm"])
def test_an_action_that_opens_or_sends_something_is_told_with_the_path_it_names(action: bytes) -> None:
    opens = b"/OpenAction << /S /%s /F (file:///C:/Users/zhangsan/\xe5\xba\x95.exe) >>" % action
    found = precheck("a.pdf", pdf(SHOWN, catalogue=opens))
    assert [(hit.kind, hit.place.says) for hit in found.hits] == [("script", "文档动作"), ("local_path", "引用的文件")]
    assert found.hits[1].text == "file:///C:/Users/zh＊＊＊＊＊＊/底.exe"


# ---- pages --------------------------------------------------------------------------------------------------------


def pages(contents: list[bytes], missing: int = 0) -> bytes:
    """A PDF of pages with these contents, and of some that are listed only."""
    count = len(contents)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F 3 0 R >> >> >>"
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + count))
    kids += b" 9999 0 R" * missing
    return made(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count + missing, kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(page % number for number in range(4 + count, 4 + 2 * count)),
        *(stream(content) for content in contents),
    )


def test_a_page_that_is_missing_is_said_and_the_others_are_read() -> None:
    found = precheck("a.pdf", pages([words(SECRET, 72, 500, b"3 Tr")], missing=1))
    assert found.left_out == ("第2页已损坏，没有检查。",)
    assert [hit.place.page for hit in found.hits] == [1]


def test_from_the_eighty_first_page_on_it_is_said_that_the_unseen_is_not_looked_for() -> None:
    unseen = words(SECRET, 72, 500, b"3 Tr")
    found = precheck("a.pdf", pages([b""] * 79 + [unseen] * 3))
    assert [(hit.kind, hit.place.page) for hit in found.hits] == [("hidden_text", 80)]
    assert len(found.left_out) == 1 and found.left_out[0].startswith("第81页起没有查看")
    assert precheck("a.pdf", pages([b""] * 79 + [SHOWN])).left_out == ()


TOO_FULL = {
    "drawings": b"0 0 1 1 re f\n" * (limits.MAX_PAGE_OBJECTS + 1),
    "characters": b"".join(words(b"7" * (limits.MAX_PAGE_CHARACTERS // 3), 0, y) for y in (100, 200, 300)),
}


@pytest.mark.parametrize("content", TOO_FULL.values(), ids=TOO_FULL)
def test_a_page_out_of_all_proportion_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        precheck("a.pdf", pdf(SHOWN + content))
    assert (refused.value.code, refused.value.message) == ("too_large", "文件过大，超出了检查的上限。")


def test_a_scan_that_is_black_all_over_is_a_scan_and_not_a_page_of_secrets() -> None:
    found = precheck("a.pdf", scan((0, 0, 1190, 1684)))
    assert hits(found, "covered_text", "hidden_text") == []
    assert any("扫描图像" in sentence for sentence in found.left_out)


def test_a_picture_of_a_few_bytes_is_counted_and_not_opened() -> None:
    head = b"/Type /XObject /Subtype /Image /Width 4 /Height 4 /ColorSpace /DeviceGray /BitsPerComponent 8"
    found = precheck("a.pdf", pdf(SHOWN + b"q 40 0 0 40 60 490 cm /X Do Q\n", SIX, stream(bytes(16), head)))
    assert found.hits == () and found.left_out == ("图片里的文字没有识别，请人工看一遍。",)
