"""A Word or other office file as PDF, by an installed LibreOffice: macros off, a profile of its own, bounded in time.

What is drawn over before release must be seen as it will be released; so a file is turned into pages once, the person
draws on those pages, and those pages are redacted.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

SECONDS = 60
"""What one conversion may take."""

LARGEST = 30 * 1024 * 1024
"""What is given to the converter: it needs 20 times the size of a document."""

ENDINGS = frozenset(("docx", "doc", "wps", "rtf", "odt", "xlsx", "xls", "et", "ods", "pptx", "ppt"))

_SETTING = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>"
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    + _SETTING.format("BlockUntrustedRefererLinks", "true")
    + _SETTING.format("DisableMacrosExecution", "true")
    + _SETTING.format("MacroSecurityLevel", "3")
    + "</oor:items>"
)


class NotConverted(ValueError):
    """A file could not be turned into pages; the message says why and what to do, in Chinese."""


def office_to_pdf(data: bytes, ending: str) -> bytes:
    """The pages of an office file as PDF. Raises `NotConverted`, also where no LibreOffice is installed."""
    ending = ending.lower().removeprefix(".")
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if ending not in ENDINGS:
        raise NotConverted("不能把这种文件转换为PDF。请另存为PDF后再试。")
    if program is None:
        raise NotConverted("本机没有安装LibreOffice，不能转换文件。请用WPS或Word另存为PDF后再试。")
    if len(data) > LARGEST:
        raise NotConverted("文件过大，不能转换。请用WPS或Word另存为PDF后再试。")
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        place = Path(folder)
        source = place / f"in.{ending}"
        source.write_bytes(data)
        _run(program, source, place)
        made = place / "out" / "in.pdf"
        if not made.is_file():
            raise NotConverted("文件已损坏或者内容特殊，没有转换成功。请用WPS或Word另存为PDF后再试。")
        return made.read_bytes()


def _run(program: str, source: Path, place: Path) -> None:
    profile = place / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    command = [
        *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", "pdf"),
        *("--outdir", str(place / "out"), str(source)),
    ]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own words; the file is named by us
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise NotConverted("LibreOffice没有启动，不能转换文件。请用WPS或Word另存为PDF后再试。") from error
    try:
        process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise NotConverted("文件转换用时过长，已停止。请用WPS或Word另存为PDF后再试。") from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
