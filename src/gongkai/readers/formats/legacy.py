"""Old formats: DOC, WPS, RTF and ODT through an installed LibreOffice, XLS (and ET, which is the same) directly."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from gongkai.annual.report import At
from gongkai.readers.content import Content, ContentBuilder
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import docx, limits, xlsx
from gongkai.readers.formats.tables import Emitter, RawCell, Words

MAX_CONVERTED_BYTES = 30 * limits.MEGABYTE
"""What is given to the converter: it needs 20 times the size of a document."""

MAX_SHEET_PLACES = 3_000_000
"""Rows times columns of one sheet of an XLS, which the library holds as a full rectangle."""

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
</oor:items>
"""

_NAMES = {
    "doc": "DOC",
    "wps": "WPS",
    "rtf": "RTF",
    "odt": "ODT",
    "ods": "ODS",
    "word-xml": "Word XML",
    "xlsb": "XLSB",
    "xls": "XLS",
}


def needs_conversion(kind: str) -> Unreadable:
    """The refusal for an old format where nothing is installed that reads it."""
    name = _NAMES.get(kind, kind.upper())
    wanted = "XLSX" if kind in ("ods", "xlsb", "xls") else "DOCX"
    return Unreadable(
        "needs_conversion",
        f"本机不能直接读取 {name} 格式。",
        f"请用 WPS 或 Word 打开，另存为 {wanted} 后再试；也可请管理员在本机安装 LibreOffice。",
    )


def converter() -> str | None:
    """The path of an installed LibreOffice."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, kind: str) -> Content:
    """Content of an old document by way of DOCX (XLSX for `ods`, `xlsb`). Raises `Unreadable`."""
    sheets = kind in ("ods", "xlsb")
    result = converted(data, kind, "xlsx" if sheets else "docx")
    content = xlsx.read(result) if sheets else docx.read(result)
    # Places in the converted file are not places in what was sent.
    return replace(content, format=kind)


def converted(data: bytes, kind: str, ending: str) -> bytes:
    """An old document as DOCX or XLSX. Raises `Unreadable`, also where nothing is installed that converts."""
    program = converter()
    if program is None:
        raise needs_conversion(kind)
    if len(data) > MAX_CONVERTED_BYTES:
        raise limits.too_large()
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        place = Path(folder)
        source = place / f"in.{'xml' if kind == 'word-xml' else kind}"
        source.write_bytes(data)
        _run(program, source, place, ending)
        made = place / "out" / f"in.{ending}"
        if not made.is_file() or made.stat().st_size > limits.MAX_FILE_BYTES:
            raise limits.damaged()
        return made.read_bytes()


def _run(program: str, source: Path, place: Path, ending: str) -> None:
    """Convert with a profile of its own, without macros, links or a network, for a bounded time."""
    user = place / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    nowhere = "http://127.0.0.1:9"
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(place),
        "LANG": "C.UTF-8",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
        "SAL_USE_VCLPLUGIN": "svp",
    }
    command = [program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    command += [f"-env:UserInstallation={(place / 'profile').as_uri()}", "--convert-to", ending]
    command += ["--outdir", str(place / "out"), str(source)]
    try:
        process = subprocess.Popen(  # noqa: S603  (a fixed program, our own file name, no shell)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=place,
            start_new_session=True,
        )
    except OSError as error:
        raise needs_conversion(source.suffix[1:]) from error
    try:
        process.wait(timeout=limits.CONVERSION_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            "conversion_failed", "旧格式文件的转换用时过长，已停止。", "请用 WPS 或 Word 打开，另存为 DOCX 后再试。"
        ) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the converter and what it started; its session has its process id as group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def read_xls(data: bytes) -> Content:
    """Content of an XLS or ET workbook: visible sheets, merged ranges as spans. Raises `Unreadable`."""
    import io

    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    if len(data) > MAX_CONVERTED_BYTES:
        raise limits.too_large()
    builder = ContentBuilder("xls")
    emitter = Emitter(builder)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        for name in visible[: limits.MAX_SHEETS]:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > MAX_SHEET_PLACES:
                raise limits.too_many_cells()
            xlsx.emit_rows(emitter, _rows(sheet, name))
    except PasswordError as error:
        raise limits.encrypted() from error
    except CalamineError as error:
        raise limits.damaged() from error
    content = builder.build()
    if not content.text.strip():
        raise limits.nothing_in_it()
    return content


def _rows(sheet: Any, name: str) -> Iterator[list[RawCell]]:
    spans = dict(sheet.merged_cell_ranges or [])
    covered: dict[tuple[int, int], bool] = {}
    for (top, left), (bottom, right) in spans.items():
        if (bottom - top + 1) * (right - left + 1) > limits.MAX_CELLS:
            raise limits.too_many_cells()
        covered.update({(r, c): True for r in range(top, bottom + 1) for c in range(left, right + 1)})
        if len(covered) > limits.MAX_GRID_STEPS:
            raise limits.too_many_cells()
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        cells = []
        for column, value in enumerate(values):
            if (row, column) in covered and (row, column) not in spans:
                continue
            end = spans.get((row, column), (row, column))
            at = At(dom=f"{name}!{xlsx.column_name(column)}{row + 1}")
            text = _shown(value)
            items = [Words(text, at)] if text else []
            cells.append(RawCell(list(items), end[0] - row + 1, end[1] - column + 1, at, column))
        empty = not any(cell.items for cell in cells) and not any((row, c) in covered for c in range(len(values)))
        yield [] if empty else cells


def _shown(value: object) -> str:
    """A value as it is printed."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return xlsx.plain_number(repr(value))
    if hasattr(value, "year"):
        return f"{value.year}年{value.month}月{value.day}日"  # type: ignore[attr-defined]
    return str(value).strip()
