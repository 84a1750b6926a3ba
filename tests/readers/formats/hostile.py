"""Files made to hurt: bombs, depths, spans, noise. Each a function, so that a test can build it in its own process."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

from tests.readers.formats.samples import W, docx_file, docx_of, ofd_of, paragraph, xlsx_file, zipped

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = f'<!DOCTYPE z [<!ENTITY l0 "哈哈">{_LAUGHS}]>'
OUTSIDE = '<!DOCTYPE z [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>'


def with_part(data: bytes, name: str, content: bytes | str) -> bytes:
    """A package with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts: dict[str, bytes | str] = {n: package.read(n) for n in package.namelist()}
    return zipped({**parts, name: content})


def zeros(megabytes: int) -> bytes:
    """A well-formed part that packs a thousandfold."""
    return b"<a>" + b" " * (megabytes * 1024 * 1024) + b"</a>"


def _sheet(rows: str) -> str:
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>'


def _workbook_of(sheet: str | bytes) -> bytes:
    return with_part(xlsx_file(), "xl/worksheets/sheet1.xml", sheet)


def _noise(count: int) -> bytes:
    return random.Random(7).randbytes(count)


def _utf16_doctype() -> bytes:
    document = f'<?xml version="1.0" encoding="UTF-16"?>{ENTITIES}<w:document xmlns:w="{W}"><w:body/></w:document>'
    return with_part(docx_file(), "word/document.xml", document.encode("utf-16"))


def _nested_docx(depth: int) -> bytes:
    return docx_of("<w:tbl><w:tr><w:tc>" * depth + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * depth)


def _glued_name() -> bytes:
    return zipped({"word/document.xml": "<a/>", "\u202e" * 2000: "x"})


HOSTILE: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "nothing": ("a.docx", lambda: b"", {"empty"}),
    "blanks": ("a.txt", lambda: b" \r\n\t " * 99, {"empty"}),
    "zero bytes": ("a.txt", lambda: b"\x00" * 9999, {"empty"}),
    "200 MB of noise": ("a.pdf", lambda: _noise(1 << 20) * 200, {"too_large"}),
    "20 MB of noise": ("a.txt", lambda: _noise(1 << 20) * 20, {"too_large"}),
    "1 MB of noise": ("a.txt", lambda: _noise(1 << 20), {"unknown_format", "unknown_encoding"}),
    "noise named html": (
        "a.html",
        lambda: b"<html>" + _noise(1 << 20),
        {"unknown_format", "unknown_encoding", "empty"},
    ),
    "a picture": ("a.pdf", lambda: b"\x89PNG\r\n\x1a\n" + _noise(999), {"no_text_layer"}),
    "a RAR": ("a.zip", lambda: b"Rar!\x1a\x07\x00" + _noise(999), {"archive"}),
    "an archive": ("a.docx", lambda: zipped({"甲.docx": "1"}), {"archive"}),
    "a presentation": (
        "a.docx",
        lambda: zipped({"[Content_Types].xml": "<T/>", "ppt/presentation.xml": "<p/>"}),
        {"unknown_format"},
    ),
    "cut DOCX": ("a.docx", lambda: docx_file()[:9000], {"archive"}),
    "cut XLSX": ("a.xlsx", lambda: xlsx_file()[:-9], {"archive"}),
    "DOCX of broken XML": ("a.docx", lambda: docx_of("<w:p><w:r>"), {"damaged"}),
    "DOCX without body": ("a.docx", lambda: zipped({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}), {"damaged"}),
    "DOCX with odd names": ("a.docx", _glued_name, {"damaged"}),
    "DOCX bomb": ("a.docx", lambda: with_part(docx_file(), "word/document.xml", zeros(60)), {"too_large"}),
    "XLSX bomb": ("a.xlsx", lambda: _workbook_of(zeros(60)), {"too_large"}),
    "XLSX string bomb": ("a.xlsx", lambda: with_part(xlsx_file(), "xl/sharedStrings.xml", zeros(60)), {"too_large"}),
    "OFD bomb": ("a.ofd", lambda: with_part(ofd_of(""), "Doc_0/Document.xml", zeros(60)), {"too_large"}),
    "DOCX of elements": ("a.docx", lambda: docx_of("<w:p/>" * 4_000_000), {"too_large"}),
    "DOCX of many paragraphs": ("a.docx", lambda: docx_of(paragraph("甲") * 150_000), set()),
    "DOCX entity bomb": ("a.docx", lambda: docx_of(paragraph("&l9;"), head=ENTITIES), {"damaged"}),
    "DOCX entity from outside": ("a.docx", lambda: docx_of(paragraph("&e;"), head=OUTSIDE), {"damaged"}),
    "DOCX entity in UTF-16": ("a.docx", _utf16_doctype, {"damaged"}),
    "XLSX entity bomb": ("a.xlsx", lambda: _workbook_of(ENTITIES + _sheet("")), {"damaged"}),
    "OFD entity bomb": ("a.ofd", lambda: with_part(ofd_of(""), "OFD.xml", ENTITIES + "<a>&l9;</a>"), {"damaged"}),
    "DOCX 80 tables deep": ("a.docx", lambda: _nested_docx(80), set()),
    "DOCX 9,000 tables deep": ("a.docx", lambda: _nested_docx(9000), {"damaged"}),
    "DOCX of wide spans": (
        "a.docx",
        lambda: docx_of(
            "<w:tbl>" + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr></w:tc></w:tr>' * 9000 + "</w:tbl>"
        ),
        {"too_many_cells", "empty"},
    ),
    "XLSX of a million cells": (
        "a.xlsx",
        lambda: _workbook_of(_sheet(f"<row>{'<c><v>1</v></c>' * 1000}</row>" * 400)),
        {"too_large", "too_many_cells"},
    ),
    "HTML of a million cells": (
        "a.html",
        lambda: b"<table>" + b"<tr><td>1<td>2" * 500_000,
        {"too_many_cells", "too_large"},
    ),
    "HTML of 50,000 cells": ("a.html", lambda: b"<table>" + b"<tr><td>1<td>2" * 25_000, set()),
    "HTML of wide spans": (
        "a.html",
        lambda: b"<table>" + b"<tr><td colspan=100000000>1<td>2" * 20_000,
        {"too_many_cells"},
    ),
    "HTML of tall spans": (
        "a.html",
        lambda: b"<table>" + b"<tr><td rowspan=100000000>1<td>2" * 20_000,
        {"too_many_cells"},
    ),
    "HTML 100,000 divs deep": ("a.html", lambda: b"<html><div>" * 100_000 + "甲".encode(), {"too_deep"}),
    "HTML 100,000 tables deep": (
        "a.html",
        lambda: b"<table><tr><td>" * 100_000 + "甲".encode(),
        {"too_deep", "too_many_cells"},
    ),
    "HTML 200 tables deep": ("a.html", lambda: b"<table><tr><td>1</td><td>" * 200, {"too_deep"}),
    "HTML of elements": ("a.html", lambda: b"<html>" + b"<b>" * 3_000_000, {"too_large"}),
    "HTML of open tags": ("a.html", lambda: b"<html>" + b"<" * 5_000_000, {"too_large"}),
    "HTML of half a tag": ("a.html", lambda: b"<html><p>" + b"<a b='" * 200_000, {"too_many_attributes"}),
    "HTML of attributes": ("a.html", lambda: b"<html><p " + b"a=b " * 2_000_000 + b">1</p>", {"too_many_attributes"}),
    "HTML of one long style": ("a.html", lambda: b"<html><p style='" + b"display " * 900_000 + b"'>1</p>", set()),
    "HTML of entities": ("a.html", lambda: b"<html><p>" + b"&#49;" * 900_000, set()),
    "HTML of blanks": ("a.html", lambda: b"<html><p>" + "甲 \n ".encode() * 900_000, set()),
    "glued digits": ("a.txt", lambda: b"7" * 200_000, set()),
    "text of line ends": ("a.txt", lambda: b"1\n" * 5_000_000, {"too_large"}),
    "Markdown of open tables": ("a.md", lambda: b"<table" * 300_000, set()),
    "JSON 100,000 deep": ("a.json", lambda: b'{"schema": "gongkai.report/1", "a":' + b"[" * 100_000, set()),
    "RTF 100,000 deep": (
        "a.rtf",
        lambda: b"{\\rtf1" + b"{" * 100_000,
        {"needs_conversion", "conversion_failed", "damaged", "empty"},
    ),
    "OLE of noise": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _noise(99_999), {"unknown_format"}),
    "XLS of noise": (
        "a.xls",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _noise(9999) + "Workbook".encode("utf-16-le") + _noise(9999),
        {"damaged"},
    ),
    "DOCX under a password": (
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        {"encrypted"},
    ),
    "PDF of noise": ("a.pdf", lambda: b"%PDF-1.7\n" + _noise(1 << 20), {"damaged"}),
    "MHTML of nothing": ("a.mht", lambda: b"MIME-Version: 1.0\r\n\r\n", {"damaged"}),
}
"""Name of the case: name of the file, the bytes, and the codes of refusal that are right (none: it is read)."""
