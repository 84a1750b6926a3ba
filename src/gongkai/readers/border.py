"""The one border that bytes of others pass: told by what they are, bounded, and whatever fails said in one sentence.

Nothing here or below opens a network connection, and nothing that a library raises gets past `open_content`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from gongkai.readers.content import Content
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.text.zips import BROKEN_ZIP

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPACE = b" \t\r\n\x0b\x0c"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")
_HTML_START = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|table|div|center|section|article|h[1-6]|span|style|link|base)\b",
    re.IGNORECASE,
)
_HTML_CELL = re.compile(rb"</t[dr]\s*>", re.IGNORECASE)
_HTML_BLOCKS = re.compile(rb"</(?:p|div|tr|td|li|h[1-6])\s*>", re.IGNORECASE)
_REPORT_SCHEMA = b'"gongkai.report/'
_HEAD = 4096


def read_limited(path: Path) -> bytes:
    """The bytes of a file. Raises `Unreadable` before reading one that is too large, missing or no file."""
    try:
        if not path.is_file():
            raise Unreadable("not_found", "找不到该文件。", "请核对文件名和路径。")
        with path.open("rb") as stream:
            data = stream.read(limits.MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Unreadable("not_found", "无法打开该文件。", "请核对文件是否存在、是否有读取权限。") from error
    if len(data) > limits.MAX_FILE_BYTES:
        raise limits.too_large()
    return data


def sniff(data: bytes, name: str) -> str:
    """What a file is, by its bytes first and its ending second. Never raises.

    One of: `json` (a report of ours), `docx xlsx ofd odt ods xlsb zip`, `pdf`, `doc wps xls rtf word-xml encrypted`,
    `html mhtml markdown text`, `picture archive empty unknown`.
    """
    ending = name.rpartition(".")[2].lower()
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf").lstrip(_SPACE)
    if not head or not data.strip(_SPACE + b"\xef\xbb\xbf\x00"):
        return "text" if data.strip(_SPACE + b"\xef\xbb\xbf\x00") else "empty"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_zip(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        return _kind_of_ole(data, ending)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if (data.startswith(_PICTURES) and not data[:64].isascii()) or data[8:12] == b"WEBP":
        return "picture"
    if data.startswith(_ARCHIVES):
        return "archive"
    return _kind_of_text(data, head, ending)


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {name.replace("\\", "/").lstrip("/") for name in package.namelist()}
    except BROKEN_ZIP:
        return "zip"
    if "OFD.xml" in names:
        return "ofd"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return "docx"
    if "content.xml" in names and "mimetype" in names:
        return "ods" if b"opendocument.spreadsheet" in data[:200] else "odt"
    return "unknown" if "[Content_Types].xml" in names else "zip"


def _kind_of_ole(data: bytes, ending: str) -> str:
    """A compound file by the names of its streams, which stand in its directory as UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("WordDocument"):
        return "wps" if ending == "wps" else "doc"
    return "xls" if holds("Workbook") or holds("Book") else "unknown"


def _kind_of_text(data: bytes, head: bytes, ending: str) -> str:
    if head.startswith((b"{", b"[")) and _REPORT_SCHEMA in data[:2_000_000]:
        return "json"
    if head.lower().startswith(b"mime-version:") or (b"MIME-Version:" in head and b"multipart/related" in head):
        return "mhtml"
    if b"<w:wordDocument" in data[:20_000] or b"<pkg:package" in data[:20_000]:
        return "word-xml"
    if ending in ("md", "markdown"):
        return "markdown"
    flat = head.replace(b"\x00", b"").lstrip(b"\xff\xfe" + _SPACE)
    if flat.startswith(b"<") and _HTML_START.search(flat):
        return "html"
    if ending in ("html", "htm", "xhtml", "shtml") and b"<" in flat:
        return "html"
    sample = data[:400_000].replace(b"\x00", b"")
    if _HTML_CELL.search(sample) or len(_HTML_BLOCKS.findall(sample)) > 5:
        return "html"
    return "text"


def open_content(data: bytes, name: str) -> Content:
    """The content of a file in any format that is read; of a PDF its text layer (tier 1).

    Raises `Unreadable`, and nothing else, whatever the bytes are.
    """
    return guarded(lambda: _read(data, name))


def open_geometry(data: bytes, kind: str = "pdf") -> Content:
    """The content of a PDF or an OFD by its geometry (tier 2), with the same promise."""
    from gongkai.readers.formats import ofd_rules, pdf

    return guarded(lambda: ofd_rules.read(data) if kind == "ofd" else pdf.geometry(data))


_Read = TypeVar("_Read")


def guarded(read: Callable[[], _Read]) -> _Read:
    """Run a reader; what a library raises on a broken file becomes `Unreadable`.

    This is the only place that catches everything: the libraries below document no closed set of exceptions, and one
    of them ends with a panic that is no `Exception`.
    """
    try:
        return read()
    except (Unreadable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except MemoryError as error:
        raise limits.too_large("文件内容") from error
    except RecursionError as error:
        raise limits.too_deep() from error
    except BaseException as error:
        raise limits.damaged() from error


def _read(data: bytes, name: str) -> Content:
    if len(data) > limits.MAX_FILE_BYTES:
        raise limits.too_large()
    kind = sniff(data, name)
    reader = _READERS.get(kind)
    if reader is None:
        raise _refusal(kind)
    return reader(data)


def _refusal(kind: str) -> Unreadable:
    if kind == "empty":
        return Unreadable("empty", "文件是空的。", "请核对是否选错了文件，或重新获取原文件。")
    if kind == "encrypted":
        return limits.encrypted()
    if kind == "picture":
        return Unreadable(
            "no_text_layer",
            "文件是图片，没有文字层，无法读取其中的文字。",
            "请索取可编辑的原件（DOCX 等）；只有图片的，请先作文字识别并核对后再试。",
        )
    if kind == "zip":
        return Unreadable(
            "archive",
            "文件是压缩包或不完整的文档，不是单份报告。",
            "压缩包请按多份报告处理；如应是 DOCX 等文档，请重新获取。",
        )
    if kind == "archive":
        return Unreadable(
            "archive", "文件是 RAR、7z 等压缩包，不能直接读取。", "请解压后提供其中的报告，或改用 ZIP 压缩。"
        )
    return limits.unknown_format()


def _html(data: bytes) -> Content:
    from gongkai.readers.formats import html

    return html.read(data)


def _mhtml(data: bytes) -> Content:
    from gongkai.readers.formats import mhtml

    return mhtml.read(data)


def _docx(data: bytes) -> Content:
    from gongkai.readers.formats import docx

    return docx.read(data)


def _xlsx(data: bytes) -> Content:
    from gongkai.readers.formats import xlsx

    return xlsx.read(data)


def _xls(data: bytes) -> Content:
    from gongkai.readers.formats import legacy

    return legacy.read_xls(data)


def _ofd(data: bytes) -> Content:
    from gongkai.readers.formats import ofd

    return ofd.read(data)


def _pdf(data: bytes) -> Content:
    from gongkai.readers.formats import pdf

    return pdf.text_layer(data)


def _markdown(data: bytes) -> Content:
    from gongkai.readers.formats import markdown

    return markdown.read(data)


def _text(data: bytes) -> Content:
    from gongkai.readers.formats import textfile

    return textfile.read(data)


def _converted(kind: str) -> Callable[[bytes], Content]:
    def read(data: bytes) -> Content:
        from gongkai.readers.formats import legacy

        return legacy.convert(data, kind)

    return read


_READERS: dict[str, Callable[[bytes], Content]] = {
    "html": _html,
    "mhtml": _mhtml,
    "docx": _docx,
    "xlsx": _xlsx,
    "xls": _xls,
    "ofd": _ofd,
    "pdf": _pdf,
    "markdown": _markdown,
    "text": _text,
    "json": _text,
    **{kind: _converted(kind) for kind in ("doc", "wps", "rtf", "odt", "ods", "xlsb", "word-xml")},
}
