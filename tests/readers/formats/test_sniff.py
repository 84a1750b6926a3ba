"""What a file is, told by its bytes first and its ending second."""

from __future__ import annotations

import pytest

from gongkai.readers import border
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from tests.readers.formats.samples import docx_of, paragraph, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


CASES: list[tuple[str, bytes, str]] = [
    ("a.docx", b"", "empty"),
    ("a.txt", b"\xef\xbb\xbf", "empty"),
    ("a.txt", b" " * 5000 + "甲".encode(), "text"),
    ("a.docx", zipped({"word/document.xml": "<a/>"}), "docx"),
    ("a.docx", zipped({"word\\document.xml": "<a/>"}), "docx"),
    ("a.zip", zipped({"[Content_Types].xml": "<a/>", "word/main.xml": "<a/>"}), "docx"),
    ("a.docx", zipped({"xl/workbook.xml": "<a/>"}), "xlsx"),
    ("a.xlsx", zipped({"xl/workbook.bin": "x"}), "xlsb"),
    ("a.pdf", zipped({"OFD.xml": "<a/>"}), "ofd"),
    ("a.zip", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, 0), "odt"),
    ("a.zip", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}, 0), "ods"),
    ("a.docx", zipped({"甲.docx": "1"}), "zip"),
    ("a.docx", b"\n%PDF-1.4", "pdf"),
    ("a.doc", stream("WordDocument"), "doc"),
    ("a.wps", stream("WordDocument"), "wps"),
    ("a.doc", stream("Workbook"), "xls"),
    ("a.docx", stream("EncryptedPackage"), "encrypted"),
    ("a.doc", OLE, "unknown"),
    ("a.doc", b"{\\rtf1\\ansi}", "rtf"),
    ("a.doc", b"<html><body>1</body></html>", "html"),
    ("a.doc", b"MIME-Version: 1.0\r\n", "mhtml"),
    ("a.doc", b'<?xml version="1.0"?><w:wordDocument/>', "word-xml"),
    ("a.txt", "<!DOCTYPE html>甲".encode("utf-16"), "html"),
    ("a.html", b"<x>1</x>", "html"),
    ("a.html", "规章 3".encode(), "text"),
    ("a.txt", "甲 <b>乙</b>".encode(), "text"),
    ("a.txt", b"1<table><tr><td>1</td></tr></table>", "html"),
    ("a.md", b"# 1\n<table><tr><td>1</td></tr></table>", "markdown"),
    ("a.txt", b'{"schema": "gongkai.report/1"}', "json"),
    ("a.json", b'{"a": 1}', "text"),
    ("a.txt", b"BM 1", "text"),
    ("a.doc", b"\x89PNG\r\n\x1a\n", "picture"),
    ("a.zip", b"7z\xbc\xaf\x27\x1c", "archive"),
]


@pytest.mark.parametrize(("name", "data", "kind"), CASES)
def test_what_a_file_is(name: str, data: bytes, kind: str) -> None:
    assert border.sniff(data, name) == kind


def test_the_main_part_is_found_by_its_relation() -> None:
    relations = '<Relationships><Relationship Type="x/officeDocument" Target="/word/main.xml"/></Relationships>'
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(docx_of(paragraph("甲")))) as package:
        document = package.read("word/document.xml")
    data = zipped({"[Content_Types].xml": "<T/>", "_rels/.rels": relations, "word/main.xml": document})
    assert border.open_content(data, "a.docx").text == "甲\n"


def test_a_part_that_claims_encryption_is_refused_as_such() -> None:
    data = bytearray(zipped({"word/document.xml": "<a/>"}, 0))
    for place in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[place] |= 1
    with pytest.raises(Unreadable) as refusal:
        border.open_content(bytes(data), "a.docx")
    assert refusal.value.code == "encrypted"


def test_a_package_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PACKAGE_PARTS", 1)
    with pytest.raises(Unreadable) as refusal:
        border.open_content(docx_of(paragraph("甲")), "a.docx")
    assert refusal.value.code == "too_large"
