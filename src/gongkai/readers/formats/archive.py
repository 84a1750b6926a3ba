"""Archives of many reports: one file after another, each bounded, none written to disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.text.zips import BROKEN_ZIP

_CHUNK = 256 * 1024
_UTF8_NAMES = 0x800
_ENCRYPTED = 0x1
_SKIPPED = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_CONTROLS = dict.fromkeys((*range(32), 127))


def iter_archive(source: bytes | Path) -> Iterator[tuple[str, bytes | Unreadable]]:
    """The files of a zip in its order: name with folders (`乡镇/甲镇.docx`) and the bytes, or why they cannot be had.

    Names written as GBK without saying so are put right; folders, system files and lock files are left out. A bad file
    is yielded as its `Unreadable` and the next one follows. Raises `Unreadable` where the archive as a whole is none,
    or has more files or more in them than is read; what was yielded before stays good.
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except BROKEN_ZIP as error:
        raise limits.damaged("压缩包") from error
    with opened as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > limits.MAX_ARCHIVE_FILES:
            raise Unreadable(
                "too_large",
                f"压缩包中的文件超过{limits.MAX_ARCHIVE_FILES}个。",
                "请分成几个压缩包后再试。",
            )
        left = limits.MAX_ARCHIVE_BYTES
        for entry in entries:
            name = safe_name(entry)
            if not name or is_system_file(name):
                continue
            try:
                data = inflate(archive, entry, left)
            except Unreadable as refusal:
                left -= limits.MAX_FILE_BYTES if refusal.code == "too_large" else 0
                yield name, refusal
            else:
                left -= len(data)
                yield name, data
            if left <= 0:
                raise limits.too_large("压缩包解压后")


def safe_name(entry: zipfile.ZipInfo) -> str:
    """The name as a relative path: GBK put right, backslashes as slashes, no drive, no `..`, no control characters."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAMES:
        name = _regained(name)
    name = name.replace("\\", "/").translate(_CONTROLS)
    parts = [part.strip() for part in name.split("/")]
    return "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":"))


def _regained(name: str) -> str:
    """Python takes names without the UTF-8 mark for code page 437; Windows in China writes GBK, other tools UTF-8."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    if raw.isascii():
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def is_system_file(name: str) -> bool:
    """Files that systems and editors leave in folders; no report."""
    parts = name.split("/")
    last = parts[-1].lower()
    return "__MACOSX" in parts or last in _SKIPPED or last.startswith(("~$", "._", ".~"))


def inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The bytes of one file, at most `left`. Raises `Unreadable` for a bomb, a password, damage."""
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable(
            "encrypted", "压缩包设有密码，无法取出文件。", "请解压后直接提供文件，或提供不设密码的压缩包。"
        )
    bound = min(limits.MAX_FILE_BYTES, left)
    ratio_bound = max(limits.RATIO_FREE_BYTES, limits.MAX_RATIO * entry.compress_size)
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > bound or size > ratio_bound:
                    raise limits.too_large("文件解压后")
                pieces.append(piece)
    except BROKEN_ZIP as error:
        raise limits.damaged() from error
    return b"".join(pieces)
