"""Bytes on disk: written whole or not at all, forced to disk before anything speaks of them."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from gongkai.web.failpoints import failpoint

REPORTS, ATTACHMENTS, ISOLATED = "files", "attachments", "isolated"
PART = "part-"


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def place(folder: str, name: str) -> Path:
    """Where a file of that name lies in one of the three folders."""
    base: Path = settings.GONGKAI_DATA / folder
    return base / name[:2] / name


def write(folder: str, data: bytes) -> str:
    """Write bytes under their own hash: to a file aside, to the disk, under its name, and the name to the disk.

    Returns the hash. Bytes that are there already are left as they are.
    """
    name = digest(data)
    target = place(folder, name)
    if target.exists():
        return name
    failpoint("files.before_write")
    _make(target.parent)
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=PART)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data[: len(data) // 2])
            failpoint("files.half_written")
            out.write(data[len(data) // 2 :])
            out.flush()
            failpoint("files.before_sync")
            os.fsync(out.fileno())
        failpoint("files.before_rename")
        Path(part).replace(target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    failpoint("files.after_rename")
    sync_folder(target.parent)
    return name


def _make(folder: Path) -> None:
    """Make a folder and its parents, and force their names to disk."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(folder: str, name: str) -> None:
    """Remove a file, and its name from the disk. Nothing happens when it is gone."""
    target = place(folder, name)
    if target.exists():
        target.unlink(missing_ok=True)
        sync_folder(target.parent)


def wipe(folder: str, name: str) -> None:
    """Overwrite a file once and remove it, so that its bytes are not simply left behind."""
    target = place(folder, name)
    if not target.exists():
        return
    with target.open("r+b") as out:
        size = target.stat().st_size
        while size > 0:
            size -= out.write(os.urandom(min(size, 1024 * 1024)))
        out.flush()
        os.fsync(out.fileno())
    remove(folder, name)


def old(folder: str, *, seconds: float) -> Iterator[Path]:
    """Every file of a folder that was not touched for so long, parts of files among them."""
    base: Path = settings.GONGKAI_DATA / folder
    limit = time.time() - seconds
    for path in sorted(base.glob("??/*")):
        try:
            if path.is_file() and path.stat().st_mtime < limit:
                yield path
        except FileNotFoundError:
            continue
