"""`gongkai restore`: a backup brought into a new data folder, after all of it was checked, and checked again there."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from gongkai.web.operate import postgres, tables
from gongkai.web.operate.backup import DATA, DUMP, SQLITE, Done
from gongkai.web.operate.manifest import DAMAGED, Manifest, NoBackup, check_files, read
from gongkai.web.operate.prepare import pending_migrations, set_up

DATABASE = "gongkai.sqlite3"


def restore(source: Path, into: Path) -> Done:
    """Bring a backup into the folder `into`, which must be new or empty. NoBackup, and nothing left, when it fails.

    A backup of PostgreSQL goes into the empty database that GONGKAI_DATABASE_URL names, and its files into `into`.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise NoBackup(f"“{into.name}”里已经有内容，没有覆盖。请指定一个新的文件夹。")
    with _opened(source) as folder:
        manifest = read(folder)
        check_files(folder, manifest)
        into.parent.mkdir(parents=True, exist_ok=True)
        part = into.with_name(f".{into.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        try:
            if (folder / DATA).is_dir():
                shutil.copytree(folder / DATA, part)
            else:
                part.mkdir()
            part.chmod(0o700)
            done = _bring_back(folder, part, into, manifest)
            done = replace(done, chain=_verify_audit(part, into))
            if into.exists():
                into.rmdir()
            part.replace(into)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return done


def _verify_audit(part: Path, into: Path) -> str:
    """The verdict on the chain and the signed heads, where the keys are at hand; empty where they are not.

    Loads Django with the copy as its data: restoring is the last thing that a process does.
    """
    keys = Path(os.environ.get("GONGKAI_KEYS") or into.with_name(into.name + ".keys"))
    if not (keys / "lookup.key").is_file():
        return ""
    os.environ["GONGKAI_DATA"], os.environ["GONGKAI_KEYS"] = str(part), str(keys)
    set_up()
    from django.db import connection

    from gongkai.web.audit.chain import counties
    from gongkai.web.audit.verify import verify

    if pending_migrations():
        return ""
    try:
        verdicts = [verify(county) for county in counties()]
    finally:
        connection.close()
    for verdict in verdicts:
        if not verdict.whole:
            raise NoBackup(DAMAGED.format(what=verdict.faults[0].rstrip("。")))
    return "".join(verdict.words for verdict in verdicts)


@contextmanager
def _opened(source: Path) -> Iterator[Path]:
    """The folder of a backup; a TAR file is unpacked aside."""
    if source.is_dir():
        yield source
        return
    if not source.is_file():
        raise NoBackup(f"找不到备份“{source.name}”。")
    with tempfile.TemporaryDirectory(prefix="gongkai-restore-") as aside:
        try:
            with tarfile.open(source) as archive:
                archive.extractall(aside, filter="data")
        except (tarfile.TarError, EOFError, OSError):
            raise NoBackup(DAMAGED.format(what="压缩包不完整")) from None
        yield Path(aside)


def _bring_back(folder: Path, part: Path, into: Path, manifest: Manifest) -> Done:
    if manifest.database == "sqlite":
        shutil.copyfile(folder / SQLITE, part / DATABASE)
        (part / DATABASE).chmod(0o600)
        tables.check_sqlite(part / DATABASE)
        with closing(sqlite3.connect(part / DATABASE)) as connection:
            return _verify(connection.execute, part, into, manifest)
    if not os.environ.get("GONGKAI_DATABASE_URL"):
        raise NoBackup("这份备份来自PostgreSQL，请用环境变量 GONGKAI_DATABASE_URL 指明一个空的数据库。")
    return _into_postgresql(folder, part, into, manifest)


def _into_postgresql(folder: Path, part: Path, into: Path, manifest: Manifest) -> Done:
    import psycopg

    from gongkai.web.databases import database_from

    database = database_from(os.environ["GONGKAI_DATABASE_URL"], part)
    wanted = {
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "host": database["HOST"],
        "port": database["PORT"],
        **database["OPTIONS"],
    }
    try:
        with psycopg.connect(**{k: v for k, v in wanted.items() if v}) as connection:

            def ask(statement: str) -> list[tuple[Any, ...]]:
                return list(connection.execute(statement).fetchall())

            if tables.counts(ask, "postgresql"):
                raise NoBackup("GONGKAI_DATABASE_URL 指明的数据库里已经有表，没有覆盖。请指定一个空的数据库。")
            connection.rollback()
            postgres.load(database, folder / DUMP)
            return _verify(ask, part, into, manifest)
    except psycopg.OperationalError:
        raise NoBackup("无法连接 GONGKAI_DATABASE_URL 指明的数据库，请核对。") from None


def _verify(ask: tables.Ask, part: Path, into: Path, manifest: Manifest) -> Done:
    """Compare what was brought back with what the manifest and the rows say."""
    found = tables.counts(ask, manifest.database)
    if found != manifest.counts:
        wrong = next(
            name for name in sorted({*found, *manifest.counts}) if found.get(name) != manifest.counts.get(name)
        )
        raise NoBackup(DAMAGED.format(what=f"表 {wrong} 的行数与清单不符"))
    places, isolated = tables.stored_files(ask)
    missing = set(manifest.missing)
    if lost := [place for place in places if place not in missing and not (part / place).is_file()]:
        raise NoBackup(DAMAGED.format(what=f"缺少文件 {lost[0]}"))
    audit = tables.check_audit(ask)
    return Done(into, sum(found.values()), len(places) - len(missing), isolated, tuple(manifest.missing), audit)
