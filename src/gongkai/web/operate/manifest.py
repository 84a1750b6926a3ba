"""What a backup says of itself: where it is from, how many rows each table has, each file with its size and hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

NAME, FORMAT = "manifest.json", 1
DAMAGED = "备份已损坏或者被改动：{what}。请换用另一份备份。"


class NoBackup(ValueError):
    """A backup that cannot be used, or one that could not be made. The message is one Chinese sentence."""


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(slots=True)
class Manifest:
    """The manifest of a backup. `files` names every file in it with its size and hash, but for the manifest."""

    made_at: str
    version: str
    database: str
    counts: dict[str, int] = field(default_factory=dict)
    migrations: list[str] = field(default_factory=list)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    isolated: int = 0
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def add(self, folder: Path, name: str) -> None:
        """Add a file of the backup."""
        path = folder / name
        self.files[name] = (path.stat().st_size, hash_of(path))

    def write(self, folder: Path) -> None:
        """Write the manifest, with a hash of itself."""
        told = asdict(self)
        (folder / NAME).write_text(
            json.dumps({**told, "sha256": _digest(told)}, ensure_ascii=False, indent=1), encoding="utf-8"
        )


def _digest(told: dict[str, Any]) -> str:
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def read(folder: Path) -> Manifest:
    """The manifest of a backup. NoBackup when there is none or it was changed."""
    try:
        told = json.loads((folder / NAME).read_text("utf-8"))
        said = told.pop("sha256")
        if told.get("format") != FORMAT:
            raise NoBackup("这份备份是另一个版本的格式，本版本不能恢复。")
        if _digest(told) != said:
            raise NoBackup(DAMAGED.format(what="清单与其校验值不符"))
        found = Manifest(**told)
    except FileNotFoundError:
        raise NoBackup("这里没有备份：找不到清单 manifest.json。") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, NoBackup):
            raise
        raise NoBackup(DAMAGED.format(what="清单无法读取")) from None
    found.files = {name: (int(size), str(digest)) for name, (size, digest) in found.files.items()}
    return found


def check_files(folder: Path, manifest: Manifest) -> None:
    """NoBackup when a file is missing, cut off, changed, or stands there without being named."""
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        if folder.resolve() not in path.resolve().parents:
            raise NoBackup(DAMAGED.format(what="清单中有不该有的路径"))
        if not path.is_file():
            raise NoBackup(DAMAGED.format(what=f"缺少文件 {name}"))
        if path.stat().st_size != size or hash_of(path) != digest:
            raise NoBackup(DAMAGED.format(what=f"文件 {name} 与清单不符"))
    there = {str(p.relative_to(folder).as_posix()) for p in folder.rglob("*") if p.is_file()}
    if extra := there - set(manifest.files) - {NAME}:
        raise NoBackup(DAMAGED.format(what=f"多出文件 {min(extra)}"))
