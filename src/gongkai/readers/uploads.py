"""What a file handed in by anyone is, before it is kept: its type by content, macros, locks, classification marks.

An attachment may be a scan or a contract, so nothing here asks that it be a report. What is refused is said in a
sentence; a classification mark is no refusal but a fact: the application is registered and the file goes to the
secrecy office, without another copy.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from gongkai.readers import border
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.formats.package import Package
from gongkai.text.secrecy import ClassificationMark, classification_marks

MAX_UPLOAD_BYTES = 50 * limits.MEGABYTE
"""One attachment: a scanned contract of a hundred pages is under 30 MB."""

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
    "xls": "application/vnd.ms-excel",
    "ofd": "application/ofd",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "text": "text/plain; charset=utf-8",
}
"""What is taken: the kind, by content → its media type."""

_NAMES = {
    "pdf": "PDF文件", "docx": "Word文档（DOCX）", "xlsx": "Excel工作簿（XLSX）", "doc": "Word文档（DOC）", "wps": "WPS文字文档",
    "xls": "Excel工作簿（XLS）", "ofd": "OFD文件", "png": "PNG图片", "jpeg": "JPEG图片", "text": "文本文件", "html": "网页", "mhtml": "网页",
    "picture": "图片", "archive": "压缩包", "zip": "压缩包", "rtf": "RTF文档", "odt": "ODT文档", "ods": "ODS表格", "xlsb": "XLSB工作簿",
    "markdown": "文本文件", "json": "数据文件", "word-xml": "Word的XML文件",
}  # fmt: skip
_ENDINGS: dict[str, Collection[str]] = {
    "pdf": ("pdf",), "docx": ("docx", "wps"), "xlsx": ("xlsx", "et"), "doc": ("doc", "wps"), "wps": ("wps", "doc"),
    "xls": ("xls", "et"), "ofd": ("ofd",), "png": ("png",), "jpeg": ("jpg", "jpeg"), "text": ("txt", "csv", "log", "md"),
}  # fmt: skip
_MACRO_ENDINGS = frozenset(("docm", "dotm", "xlsm", "xltm", "xlam", "pptm"))
_MACRO_PARTS = re.compile(
    r"(?:^|/)(?:vbaproject[^/]*\.bin|vbadata\.xml)$|^xl/(?:macrosheets|intlmacrosheets)/", re.IGNORECASE
)
_MACRO_TYPES = re.compile(rb"macroEnabled|ms-office\.vbaProject", re.IGNORECASE)
_OUTSIDE = re.compile(
    rb"attachedTemplate[^>]*TargetMode\s*=\s*[\"']External|TargetMode\s*=\s*[\"']External[^>]*attachedTemplate"
)
_OLE_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA_PROJECT_CUR"))
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"#!")
_TAG = re.compile(r"<[^>]*>")
_LINE_END = re.compile(r"</(?:\w+:)?(?:p|si|c|row)\s*>")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\\/:*?\"<>|]+")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """An attachment that may be kept. `searched` says whether its words could be looked through for marks.

    With `marks` the file must be set apart for the secrecy office. `name` is safe to show and to store.
    """

    name: str
    kind: str
    media_type: str
    size: int
    sha256: str
    marks: tuple[ClassificationMark, ...] = ()
    searched: bool = True

    @property
    def classified(self) -> bool:
        """Whether the file bears a classification mark."""
        return bool(self.marks)


def inspect(
    name: str, data: bytes, *, kinds: Collection[str] = tuple(MEDIA_TYPES), most_bytes: int = MAX_UPLOAD_BYTES
) -> UploadFacts:
    """The facts of a file. Raises `Unreadable` for what is not taken: empty, too large, locked, damaged, of another
    type than its name says, with macros. Nothing is taken for harmless that could not be opened.
    """
    safe = safe_name(name)
    if not data:
        raise Unreadable("empty", f"“{safe}”是空文件。", "请核对是否选错了文件，或重新获取原文件。")
    if len(data) > most_bytes:
        most = f"{most_bytes / limits.MEGABYTE:g}"
        raise Unreadable("too_large", f"“{safe}”超过{most}兆字节。", "请压缩图片或者分成几个文件后再上传。")
    kind = _kind(data, safe)
    ending = safe.rpartition(".")[2].lower() if "." in safe else ""
    if ending in _MACRO_ENDINGS:
        raise _macros(safe)
    if kind not in kinds:
        what = _NAMES.get(kind, "不能识别的文件")
        listed = "、".join(dict.fromkeys(_NAMES[k] for k in kinds))
        raise Unreadable("wrong_type", f"“{safe}”的内容是{what}，不能上传。", f"可以上传：{listed}。")
    if ending and ending not in _ENDINGS[kind]:
        raise Unreadable(
            "wrong_type",
            f"“{safe}”的内容是{_NAMES[kind]}，与文件名的后缀不符。",
            "请核对是否选错了文件，或改正后缀后再上传。",
        )
    texts, searched = _texts(kind, data, safe)
    marks = tuple(dict.fromkeys(mark for text in texts for mark in classification_marks(text)))
    return UploadFacts(
        safe if ending else f"{safe}.{_first_ending(kind)}",
        *(kind, MEDIA_TYPES[kind], len(data), hashlib.sha256(data).hexdigest(), marks, searched),
    )


def safe_name(name: str) -> str:
    """A file name without path, control characters and signs that turn the direction of writing; never empty."""
    bare = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" ._")
    if len(bare) > _LONGEST_NAME:
        stem, dot, ending = bare.rpartition(".")
        bare = f"{(stem or ending)[: _LONGEST_NAME - 10]}{dot}{ending[:8] if dot else ''}"
    return bare or "未命名"


def _kind(data: bytes, name: str) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(_PROGRAMS):
        return "unknown"
    kind = border.sniff(data, name)
    if kind == "encrypted":
        raise limits.encrypted()
    if kind in ("markdown", "json"):
        return "text"
    if kind == "text" and data.count(b"\x00", 0, 4096) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "unknown"
    return kind


def _first_ending(kind: str) -> str:
    return next(iter(_ENDINGS[kind]))


def _macros(name: str) -> Unreadable:
    return Unreadable(
        "macros",
        f"“{name}”带有宏或者外部模板，可能运行程序，不能接收。",
        "请另存为不含宏的文档（DOCX、XLSX）或者PDF后再上传。",
    )


def _texts(kind: str, data: bytes, name: str) -> tuple[list[str], bool]:
    """The words of the file, also of headers and text boxes; whether they could be had."""
    match kind:
        case "docx" | "xlsx":
            return border.guarded(lambda: list(_office(data, name))), True
        case "ofd":
            return border.guarded(lambda: list(_parts(Package(data)))), True
        case "doc" | "wps" | "xls":
            if any(stream in data for stream in _OLE_MACROS):
                raise _macros(name)
            # Words stand in a compound file as UTF-16, at even or odd places, or as GBK.
            wide = [data[start:].decode("utf-16-le", "ignore") for start in (0, 1)]
            return [*wide, data.decode("gb18030", "ignore")], True
        case "png" | "jpeg":
            return [], False
        case _:
            return _read(data, name)


def _read(data: bytes, name: str) -> tuple[list[str], bool]:
    """The text of a PDF or a text file; a scan has none, and one of very many pages is not looked through."""
    try:
        return [border.open_content(data, name).text], True
    except Unreadable as refusal:
        if refusal.code in ("encrypted", "damaged", "unknown_format", "unknown_encoding"):
            raise
        return [], False


def _office(data: bytes, name: str) -> Iterator[str]:
    package = Package(data)
    if any(_MACRO_PARTS.search(part) for part in package.names):
        raise _macros(name)
    for part in package.names:
        lower = part.lower()
        if lower.endswith(".rels") and _OUTSIDE.search(package.read(part)):
            raise _macros(name)
        if lower == "[content_types].xml" and _MACRO_TYPES.search(package.read(part)):
            raise _macros(name)
    yield from _parts(package)


def _parts(package: Package) -> Iterator[str]:
    for part in package.names:
        if part.lower().endswith(".xml"):
            # Tags go, so that a mark whose characters stand in several runs is one again.
            lines = _LINE_END.sub("\n", package.read(part).decode("utf-8", "replace"))
            yield html.unescape(_TAG.sub("", lines))
