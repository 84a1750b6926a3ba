"""The data folder: where it is, and the secrets kept in it with rights for its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def data_folder() -> Path:
    """The folder named by GONGKAI_DATA, else `data` in the working folder. Made when missing, for its owner only."""
    folder = Path(os.environ.get("GONGKAI_DATA") or "data").expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret(folder: Path, name: str) -> str:
    """The secret of that name, made at first use. Two processes that start at once agree on the first one's."""
    path = folder / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(50))
    return path.read_text("ascii").strip()
