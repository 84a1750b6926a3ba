"""A zip of reports, opened without trusting anything it says about itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from gongkai.text.zips import BROKEN_ZIP

SKIPPED_FOLDERS = ("__MACOSX", ".git")
RATIO_LIMIT = 400
"""A report of words and numbers packs to a tenth; a member that unpacks to 400 times its size is a bomb."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, or the sentence why it was not taken."""

    name: str
    data: bytes = b""
    message: str = ""
    advice: str = ""


def is_archive(data: bytes, name: str) -> bool:
    """Whether these bytes are a plain zip, not one of the office formats that are zips themselves."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except BROKEN_ZIP:
        return name.lower().endswith(".zip")
    return not names & {"[Content_Types].xml", "OFD.xml", "mimetype", "content.xml"}


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes | None:
    with archive.open(info) as member:
        data = member.read(limit + 1)
    return None if len(data) > limit else data


def members(data: bytes, *, files: int, one: int, total: int) -> Iterator[Member]:
    """The files of a zip in order, at most `files` of them, `one` bytes each, `total` bytes together.

    What is refused comes out as a Member with a sentence; folders and system droppings are left out silently.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN_ZIP:
        yield Member("压缩包", message="压缩包已损坏，无法打开。", advice="请重新打包为ZIP格式后再交入。")
        return
    with archive:
        used = taken = 0
        for info in archive.infolist():
            name = _name(info)
            path = PurePosixPath(name.replace("\\", "/"))
            if info.is_dir() or path.name.startswith((".", "~$")) or set(path.parts) & set(SKIPPED_FOLDERS):
                continue
            if path.name in ("Thumbs.db", "desktop.ini"):
                continue
            taken += 1
            if taken > files:
                yield Member(
                    name, message=f"压缩包内文件超过{files}个，其余没有读取。", advice="请分成几个压缩包交入。"
                )
                return
            member = _read(archive, info, name, one)
            used += len(member.data)
            if used > total:
                limit = total // 1024 // 1024
                yield Member(
                    name, message=f"压缩包解开后超过{limit}MB，其余没有读取。", advice="请分成几个压缩包交入。"
                )
                return
            yield member


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, one: int) -> Member:
    if info.flag_bits & 0x1:
        return Member(name, message="文件有密码，无法打开。", advice="请去掉密码后重新打包。")
    if info.file_size > 1024 * 1024 and info.file_size > RATIO_LIMIT * max(info.compress_size, 1):
        return Member(name, message="文件压缩比异常，没有打开。", advice="请直接交入原文件。")
    try:
        data = _bounded(archive, info, one)
    except BROKEN_ZIP:
        return Member(name, message="压缩包内的这个文件已损坏。", advice="请重新打包，或者直接交入原文件。")
    if data is None:
        return Member(name, message=f"文件超过{one // 1024 // 1024}MB，没有读取。", advice="请交入不含大图片的版本。")
    return Member(name, data=data)
