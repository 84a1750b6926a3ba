"""One file from its bytes to its hints: told by what it is, read by its format, its words looked through."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, cast

from gongkai.readers import border
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.precheck.common import paths
from gongkai.readers.precheck.flow import Found
from gongkai.readers.precheck.lists import Lists
from gongkai.readers.precheck.pictures import pictures_beside
from gongkai.readers.precheck.text_hits import text_hits, without_personal
from gongkai.readers.precheck.values import Hit, Place, Precheck, hit, marked

MOST_OF_A_KIND = 60
"""Hits of one kind that are listed; how many more there are is said."""


def check(name: str, data: bytes, lists: Lists) -> Precheck:
    """The hints on a file. Raises `Unreadable`, and nothing else."""
    return _answered(lambda: _check(name, data, lists))


def check_text(text: str, lists: Lists, name: str) -> Precheck:
    """The hints on a pasted text. Raises `Unreadable`, and nothing else."""
    return _answered(lambda: _check_text(text, lists, name))


def _answered(read: Callable[[], Precheck]) -> Precheck:
    """What a reader gives, or its refusal in words that fit any file."""
    try:
        return cast(Precheck, border.guarded(cast(Any, read)))
    except Unreadable as error:
        raise _said(error) from error


def _check_text(text: str, lists: Lists, name: str) -> Precheck:
    if len(text) > limits.MAX_TEXT_BYTES // 3:
        raise limits.too_large()
    return _told(name, text.encode("utf-8", "replace"), _text_of(text), lists)


def _check(name: str, data: bytes, lists: Lists) -> Precheck:
    if len(data) > limits.MAX_FILE_BYTES:
        raise limits.too_large()
    found = read(name, data)
    found.hits.extend(_ending(name, found.format))
    return _told(name, data, found, lists)


def _ending(name: str, kind: str) -> list[Hit]:
    """The hint that a file is called what it is not; where only one ending would do."""
    own = _ENDINGS.get(kind, ())
    called = name.rpartition(".")[2].lower() if "." in name else ""
    if not own or called in own:
        return []
    has = f"文件名的扩展名是“.{called[:10]}”" if called else "文件名没有扩展名"
    return [hit("ending", Place("file", "文件名"), says=f"{has}，内容是{kind.upper()}，下载的人可能打不开。")]


def _told(name: str, data: bytes, found: Found, lists: Lists) -> Precheck:
    if not (found.pieces or found.hits or found.left_out):
        raise limits.nothing_in_it()
    hits = [*found.hits, *text_hits(found.pieces, lists)]
    shown = without_personal(hit.text for hit in found.hits)
    hits[: len(shown)] = [replace(hit, text=text) for hit, text in zip(found.hits, shown, strict=True)]
    left_out = tuple(dict.fromkeys(found.left_out))
    return Precheck(name, found.format, hashlib.sha256(data).hexdigest(), marked(_few(hits)), left_out)


def _few(hits: Iterable[Hit]) -> list[Hit]:
    """At most so many hits of one kind; the last of them says how many more there are."""
    kept: dict[tuple[str, str], list[Hit]] = {}
    more: dict[tuple[str, str], int] = {}
    for each in dict.fromkeys(hits):
        key: tuple[str, str] = (each.kind, each.grade)
        if len(kept.setdefault(key, [])) < MOST_OF_A_KIND:
            kept[key].append(each)
        else:
            more[key] = more.get(key, 0) + each.count
    for full, count in more.items():
        last = kept[full][-1]
        kept[full][-1] = replace(last, count=last.count + count, says=f"{last.says}另有{count}处同类的没有逐一列出。")
    return [each for found in kept.values() for each in found]


_ENDINGS = {
    "docx": ("docx", "docm", "dotx", "dotm"),
    "xlsx": ("xlsx", "xlsm", "xltx", "xltm"),
    "pdf": ("pdf",),
    "ofd": ("ofd",),
    **dict.fromkeys(("jpeg", "png"), ("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff")),
}
"""How a file of a format may be called. A page saved as .doc or .xls and one picture called another open, and are left
alone.
"""

# ---- by format ----------------------------------------------------------------------------------------------------


def read(name: str, data: bytes, depth: int = 0) -> Found:
    """What a file of any format gives. Raises `Unreadable`."""
    kind = border.sniff(data, name)
    reader = _READERS.get(kind)
    if reader is None:
        raise limits.damaged() if kind == "zip" and not zipfile.is_zipfile(io.BytesIO(data)) else _refusal(kind)
    if kind in ("docx", "xlsx"):
        return _office(kind, data, depth)
    return reader(data)


def _office(kind: str, data: bytes, depth: int) -> Found:
    again: Callable[[str, bytes], Found] | None = None
    if depth == 0:
        again = lambda name, inner: read(name, inner, depth + 1)  # noqa: E731 - it carries the depth
    if kind == "docx":
        from gongkai.readers.precheck.word import read_docx

        return read_docx(data, again)
    from gongkai.readers.precheck.workbook import read_xlsx

    return read_xlsx(data, again)


def _pdf(data: bytes) -> Found:
    from gongkai.readers.precheck.pdf import read_pdf

    return read_pdf(data)


def _ofd(data: bytes) -> Found:
    from gongkai.readers.precheck.ofd import read_ofd

    return read_ofd(data)


def _html(data: bytes) -> Found:
    from gongkai.readers.precheck.page import read_html

    return read_html(data)


def _picture(data: bytes) -> Found:
    from gongkai.readers.precheck.pictures import read_picture

    return read_picture(data)


def _text(data: bytes) -> Found:
    from gongkai.readers.formats import textfile

    if len(data) > limits.MAX_TEXT_BYTES:
        raise limits.too_large()
    text = textfile.decode(data)
    if textfile.is_noise(text):
        raise limits.unknown_format()
    return _text_of(text)


def _text_of(text: str) -> Found:
    found = Found("text")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    if len(lines) > limits.MAX_LINES:
        raise limits.too_large()
    for number, line in enumerate(lines, 1):
        place = Place("body", f"第{number}行", None, number)
        found.say(line, place, wraps=True)
        found.hits.extend(paths(line, place))
    if not found.pieces:
        raise limits.nothing_in_it()
    return found


def _mhtml(data: bytes) -> Found:
    from gongkai.readers.formats import mhtml
    from gongkai.readers.precheck.page import read_html

    found = read_html(mhtml.page_of(data))
    pictures_beside(mhtml.pictures_of(data), found)
    return replace(found, format="mhtml")


def _old(kind: str) -> Callable[[bytes], Found]:
    def read_old(data: bytes) -> Found:
        from gongkai.readers.precheck.old import read_old_office

        return read_old_office(data, kind, lambda name, inner: read(name, inner, 0))

    return read_old


_READERS: dict[str, Callable[[bytes], Found]] = {
    "docx": lambda data: _office("docx", data, 0),
    "xlsx": lambda data: _office("xlsx", data, 0),
    "pdf": _pdf,
    "ofd": _ofd,
    "html": _html,
    "mhtml": _mhtml,
    "picture": _picture,
    "text": _text,
    "markdown": _text,
    "json": _text,
    **{kind: _old(kind) for kind in ("doc", "wps", "xls", "rtf", "odt", "ods", "xlsb", "word-xml")},
}


# ---- refusals -----------------------------------------------------------------------------------------------------

_TYPES = "DOCX、XLSX、PDF、OFD、HTML、文本，DOC、WPS、XLS，以及JPEG、PNG图片"
_OTHERWISE = {
    "too_large": ("文件过大，超出了检查的上限。", "请拆成几个文件，或者压缩其中的图片后再检查。"),
    "too_many_cells": ("表格的单元格过多，超出了检查的上限。", "请按年度或者单位拆成几个文件后再检查。"),
    "unknown_format": ("无法识别文件的格式。", f"可以检查：{_TYPES}。其他格式请先另存为DOCX或者PDF。"),
    "empty": ("文件是空的，或者没有任何文字。", "请核对是否选错了文件。"),
    "archive": ("压缩包不能直接检查。", "请解压后逐个检查其中的文件。"),
}
"""Readers speak of yearly reports; here any file may come."""


ARCHIVE = Unreadable("archive", *_OTHERWISE["archive"])
"""The refusal of an archive, for whoever knows one by its name."""


def _said(error: Unreadable) -> Unreadable:
    message, advice = _OTHERWISE.get(error.code, (error.message, error.advice))
    return Unreadable(error.code, message, advice)


def _refusal(kind: str) -> Unreadable:
    if kind == "encrypted":
        return limits.encrypted()
    return _said(
        Unreadable({"zip": "archive"}.get(kind, kind if kind in ("archive", "empty") else "unknown_format"), "", "")
    )
