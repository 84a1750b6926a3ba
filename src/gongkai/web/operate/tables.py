"""The rows of a copied database as plain SQL shows them: counted, and looked at without any key."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from gongkai.web.operate.manifest import DAMAGED, NoBackup

Ask = Callable[[str], Iterable[tuple[Any, ...]]]
"""Runs one statement and gives its rows."""

_FILES = "SELECT kind, sha256, stored, isolated, gone_on FROM files_stored_file"
_TABLES = {
    # What an index keeps lies in tables of its own beside the virtual one, which cannot be counted.
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
    "AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'",
    "postgresql": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' "
    "AND table_type = 'BASE TABLE'",
}


def counts(ask: Ask, vendor: str) -> dict[str, int]:
    """How many rows each table has."""
    names = sorted(str(name) for (name,) in ask(_TABLES[vendor]))
    return {name: next(iter(ask(f'SELECT COUNT(*) FROM "{name}"')))[0] for name in names}  # noqa: S608 - our own names


def migrations(ask: Ask) -> list[str]:
    """The migrations that the database has had."""
    return sorted(f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations"))


def stored_files(ask: Ask) -> tuple[list[str], int]:
    """The files that the rows speak of, by their place in the data folder; and how many lie isolated."""
    places, isolated = [], 0
    for kind, sha256, stored, apart, gone in ask(_FILES):
        if apart:
            isolated += not gone
            continue
        if gone:
            continue
        folder, name = ("files", sha256) if kind == "report" else ("attachments", stored)
        places.append(f"{folder}/{name[:2]}/{name}")
    return sorted(set(places)), isolated


def check_audit(ask: Ask) -> int:
    """How many audit rows there are, each of which must be the bytes that its digest was taken of."""
    count = 0
    for payload, digest in ask("SELECT payload, digest FROM audit_entry"):
        count += 1
        if hashlib.sha256(bytes(payload)).hexdigest() != digest:
            raise NoBackup(DAMAGED.format(what="审计记录与其校验值不符"))
    return count


def check_sqlite(path: Path) -> None:
    """NoBackup when the database file is damaged or a row points nowhere."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            [(said,)] = connection.execute("PRAGMA integrity_check(1)").fetchall()
            lost = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError:
        raise NoBackup(DAMAGED.format(what="数据库文件无法读取")) from None
    if said != "ok" or lost:
        raise NoBackup(DAMAGED.format(what="数据库内部不一致"))
