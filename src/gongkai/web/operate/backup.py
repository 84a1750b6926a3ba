"""`gongkai backup`: the database first, as one moment knew it, then the files that its rows speak of; no key, ever.

Everything stands in one folder, or one TAR file, with a manifest that names each file with its hash. Whoever keeps a
backup can check it without a key.
"""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai import __version__
from gongkai.web.failpoints import failpoint
from gongkai.web.operate import postgres, tables
from gongkai.web.operate.manifest import NAME, Manifest, NoBackup, hash_of
from gongkai.web.operate.prepare import set_up

SQLITE, DUMP, DATA = "database.sqlite3", "database.dump", "data"
_APART = {"files", "attachments", "isolated"}
_NEVER = (".key", ".lock", ".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".sqlite3-journal", ".log", ".pid")


@dataclass(frozen=True, slots=True)
class Done:
    """What a backup or its return came to."""

    place: Path
    rows: int
    files: int
    isolated: int
    missing: tuple[str, ...] = ()
    audit: int = 0
    chain: str = ""


def backup(target: Path) -> Done:
    """Make a backup at `target`, a new folder, or a file that ends in .tar. NoBackup when it cannot be made."""
    set_up()
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    as_tar = target.suffix == ".tar"
    if target.exists() and (as_tar or not target.is_dir() or any(target.iterdir())):
        raise NoBackup(f"“{target.name}”已经存在，没有覆盖。请换一个名称。")
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).is_file():
        raise NoBackup("这里还没有数据，不需要备份。请核对环境变量 GONGKAI_DATA。")
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    try:
        manifest = Manifest(timezone.localtime().isoformat(timespec="seconds"), __version__, connection.vendor)
        places = _copy_database(connection, part, manifest)
        failpoint("backup.between")
        missing = _copy_files(Path(settings.GONGKAI_DATA), part / DATA, places)
        for path in sorted(p for p in part.rglob("*") if p.is_file()):
            manifest.add(part, path.relative_to(part).as_posix())
        manifest.missing = missing
        manifest.write(part)
        failpoint("backup.before_name")
        _settle(part, target, as_tar=as_tar)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    rows = sum(manifest.counts.values())
    return Done(target, rows, len(places) - len(missing), manifest.isolated, tuple(missing))


def _copy_database(connection: Any, part: Path, manifest: Manifest) -> list[str]:
    """Copy the database as one moment knew it, and count in that copy. The places of its files."""

    def note(ask: tables.Ask, vendor: str) -> list[str]:
        manifest.counts, manifest.migrations = tables.counts(ask, vendor), tables.migrations(ask)
        places, manifest.isolated = tables.stored_files(ask)
        return places

    if connection.vendor == "sqlite":
        path = connection.settings_dict["NAME"]
        with (
            closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=60)) as source,
            closing(sqlite3.connect(part / SQLITE)) as copy,
        ):
            source.backup(copy)  # in one step: writers go on and are in it wholly or not at all
            copy.execute("PRAGMA journal_mode=DELETE")
            return note(lambda statement: copy.execute(statement).fetchall(), "sqlite")
    from django.db import transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        postgres.dump(connection.settings_dict, part / DUMP, cursor.fetchone()[0])

        def ask(statement: str) -> list[tuple[Any, ...]]:
            cursor.execute(statement)
            return list(cursor.fetchall())

        return note(ask, "postgresql")


def _copy_files(data: Path, target: Path, places: list[str]) -> list[str]:
    """Copy the stored files and whatever else the data folder holds but keys. The names of those that are missing.

    A file is missing when it was isolated a moment ago, or lost; the backup is worth having all the same.
    """
    missing = []
    for place in places:
        copy = target / place
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            shutil.copyfile(data / place, copy)
        except FileNotFoundError:
            missing.append(place)
            continue
        if hash_of(copy) != copy.name:
            copy.unlink()
            missing.append(place)
    for path in sorted(p for p in data.rglob("*") if p.is_file()):
        parts = path.relative_to(data).parts
        if parts[0] in _APART or path.name.endswith(_NEVER) or path.name.startswith("."):
            continue
        copy = target.joinpath(*parts)
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(path, copy)
    return missing


def _settle(part: Path, target: Path, *, as_tar: bool) -> None:
    """Give a finished backup its name: what has the name is whole."""
    from gongkai.web.files.disk import sync_folder

    if as_tar:
        packed = target.with_name(f".{target.name}.new")
        with tarfile.open(packed, "w") as archive:
            archive.add(part / NAME, NAME)
            for path in sorted(part.iterdir()):
                if path.name != NAME:
                    archive.add(path, path.name)
        packed.chmod(0o600)
        packed.replace(target)
    else:
        if target.exists():
            target.rmdir()
        part.replace(target)
    sync_folder(target.parent)
