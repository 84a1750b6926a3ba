"""The data folder, and beside it the folder of keys: where they are, and secrets with rights for their owner only.

Keys never lie in the data folder, so that a copy of the data (a backup, a stolen disk image) opens nothing by itself.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def data_folder() -> Path:
    """The folder named by GONGKAI_DATA, else `data` in the working folder. Made when missing, for its owner only."""
    folder = Path(os.environ.get("GONGKAI_DATA") or "data").expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keys_folder(data: Path) -> Path:
    """The folder named by GONGKAI_KEYS, else `<data folder>.keys` beside the data. Made when missing, owner only.

    ValueError when it lies inside the data folder or the other way round: a copy of the one would hold the other.
    """
    named = os.environ.get("GONGKAI_KEYS")
    folder = Path(named).expanduser().resolve() if named else data.with_name(data.name + ".keys")
    if folder == data or data in folder.parents or folder in data.parents:
        raise ValueError("密钥文件夹（GONGKAI_KEYS）不得放在数据文件夹之内，也不得包含数据文件夹。")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def write_once(path: Path, content: bytes) -> bytes:
    """Write a file that is not there yet, whole or not at all and on the disk; what stands in it afterwards.

    Of two processes that write at once the first wins, and both go on with what it wrote.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
    _settle(path.parent)
    return path.read_bytes()


def _settle(folder: Path) -> None:
    """Have the names in a folder on the disk too. Windows has no such call and needs none."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def secret(folder: Path, name: str, *, formerly: Path | None = None) -> str:
    """The secret of that name, made at first use. One that lies in the folder `formerly` is taken over from there."""
    path = folder / name
    old = formerly / name if formerly else None
    if old is not None and old.exists() and not path.exists():
        write_once(path, old.read_bytes())
    if old is not None and old.exists() and old.read_bytes() == path.read_bytes():
        old.unlink()
    if not path.exists():
        write_once(path, secrets.token_urlsafe(50).encode("ascii"))
    return path.read_text("ascii").strip()
