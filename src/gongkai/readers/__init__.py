"""Files of others become reports. Everything passes one bounded file border."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from gongkai.annual.report import Report
from gongkai.readers.errors import Unreadable

__all__ = ["Unreadable", "read_bytes", "read_file", "read_text"]


def read_text(text: str, name: str = "粘贴的文本") -> Report:
    """The report in pasted or plain text."""
    from gongkai.readers.plain import content_of
    from gongkai.readers.reading import read_content

    return read_content(content_of(text), name, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())


def read_file(path: Path | str, *, name: str | None = None) -> Report:
    """The report in a file. Unreadable says why it cannot be read and what to do."""
    path = Path(path)
    from gongkai.readers.border import read_limited

    return read_bytes(read_limited(path), name or path.name)


def read_bytes(data: bytes, name: str) -> Report:
    """The report in the bytes of a file; what they are decides, not the ending of `name`."""
    from gongkai.readers import border
    from gongkai.readers.reading import read_content

    if border.sniff(data, name) == "json":
        return _from_json(data, name)
    digest = hashlib.sha256(data).hexdigest()
    report = read_content(border.open_content(data, name), name, digest)
    if report.source.format in ("pdf", "ofd") and _needs_geometry(report):
        try:
            better = read_content(border.open_geometry(data, report.source.format), name, digest)
        except Unreadable:
            return report  # the text layer was read; what the page's lines would add is not to be had
        if len(better.cells) > len(report.cells):
            return better
    return report


def _needs_geometry(report: Report) -> bool:
    return bool(report.unsure) or any(state != "whole" for state in report.tables.values())


def _from_json(data: bytes, name: str) -> Report:
    from dataclasses import replace
    from decimal import Decimal

    try:
        loaded = json.loads(data, parse_float=Decimal)
        report = Report.from_json(loaded)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        # What Python's own parser says is English; what our checks say is Chinese and names the place.
        said = "" if str(error).isascii() else f"：{error}"
        raise Unreadable(
            "bad_json", f"“{name}”不是完整的年度报告数据{said}。", "请用 gongkai read --json 或本系统导出的文件。"
        ) from error
    return replace(report, source=replace(report.source, name=report.source.name or name))
