"""DOC, WPS, XLS and other old formats: converted by an installed LibreOffice and then looked through as DOCX or XLSX."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import legacy
from gongkai.readers.formats.package import Package
from gongkai.readers.precheck.flow import Found
from gongkai.readers.precheck.values import Place, hit

_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA_PROJECT_CUR"))
_PROGRAMS = re.compile(
    r"^Basic/[^/]+/(?!script-l[bc]\.xml$)[^/]+\.xml$|^Scripts/.+\.\w+$|(?:^|/)vbaproject[^/]*\.bin$", re.IGNORECASE
)
"""The parts of a package that are programs; the lists of libraries beside them are in many a file without any."""
_CALLED = re.compile(rb"<script:event-listener\b[^>]*vnd\.sun\.star\.script:")
_SHEETS = frozenset(("xls", "ods", "xlsb"))


def _sound(data: bytes) -> None:
    """Raises `Unreadable` for an XLS that is none: LibreOffice makes a table of any noise."""
    try:
        legacy.read_xls(data)
    except Unreadable as error:
        if error.code != "empty":  # all sheets may be hidden
            raise


def _open_macros(data: bytes, kind: str) -> bool:
    """Whether an open document (ODT, ODS) or an XLSB carries programs, or calls one when something happens."""
    if kind not in ("odt", "ods", "xlsb"):
        return False
    package = Package(data)
    called = any(part in package and _CALLED.search(package.read(part)) for part in ("content.xml", "styles.xml"))
    return called or any(_PROGRAMS.search(name) for name in package.names)


def read_old_office(data: bytes, kind: str, read: Callable[[str, bytes], Found]) -> Found:
    """What an old document gives by way of the new format. Raises `Unreadable` where no LibreOffice is installed."""
    ending = "xlsx" if kind in _SHEETS else "docx"
    if kind == "xls":
        _sound(data)
    found = read(f"a.{ending}", legacy.converted(data, kind, ending))
    if any(stream in data for stream in _MACROS) or _open_macros(data, kind):
        found.hits.append(hit("macro", Place("code", "宏工程")))
    found.left_out.append(
        "旧格式文件先转换再检查，位置可能与原文件略有出入，少数隐藏内容可能在转换时丢失；建议另存为DOCX、XLSX再检查。"
    )
    return replace(found, format=kind)
