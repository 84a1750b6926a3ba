"""A data folder and a database of one's own for a process that a test starts: on SQLite a folder is enough."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
SHARED = "GONGKAI_TEST_SHARED"
"""Names the folder that all processes of one test run share; `tests/conftest.py` makes it."""


@contextmanager
def own_environment(folder: Path, *, tables: bool = False, **more: str) -> Iterator[dict[str, str]]:
    """The environment of a process that shares nothing with this one; on PostgreSQL with a database made for it.

    With `tables` the database is migrated already, as a copy; without, there is nothing yet, as on first use.
    """
    environment = _environment(folder / "data") | more
    copied = empty_database() if tables else ""
    server = os.environ.get("GONGKAI_DATABASE_URL", "")
    if not server:
        if copied:
            (folder / "data").mkdir(mode=0o700)
            shutil.copyfile(copied, folder / "data" / "gongkai.sqlite3")
        yield environment
        return
    name = f"own_{secrets.token_hex(6)}"
    _on_server(server, f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{copied}"' if copied else ""))
    environment["GONGKAI_DATABASE_URL"] = _url(server, name)
    try:
        yield environment
    finally:
        _on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def empty_database() -> str:
    """A migrated database with nothing in it, made once a run: its file, or on PostgreSQL its name."""
    server = os.environ.get("GONGKAI_DATABASE_URL", "")
    shared = Path(os.environ[SHARED])
    name = _name_of(shared)
    with (shared / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (shared / "made").exists():
            environment = _environment(shared / "data")
            if server:
                _on_server(server, f'CREATE DATABASE "{name}"')
                environment["GONGKAI_DATABASE_URL"] = _url(server, name)
            code = "from gongkai.web.operate.prepare import prepare_store; prepare_store()"
            subprocess.run([sys.executable, "-c", code], env=environment, check=True)
            (shared / "made").touch()
    return name if server else str(shared / "data" / "gongkai.sqlite3")


def forget_shared(shared: Path) -> None:
    """When the run is over."""
    server = os.environ.get("GONGKAI_DATABASE_URL", "")
    if server and (shared / "made").exists():
        _on_server(server, f'DROP DATABASE "{_name_of(shared)}" WITH (FORCE)')
    shutil.rmtree(shared, ignore_errors=True)


def _environment(data: Path) -> dict[str, str]:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    own = {**os.environ, "GONGKAI_DATA": str(data), "PYTHONPATH": paths}
    own.pop("GONGKAI_KEYS", None)
    return own


def _name_of(shared: Path) -> str:
    return "empty_" + "".join(c for c in shared.name.lower() if c.isalnum())


def _url(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path="/" + name))


def _on_server(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
