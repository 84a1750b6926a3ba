"""A data folder and a database of one's own for a process that a test starts: on SQLite a folder is enough."""

from __future__ import annotations

import fcntl
import json
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


MADE = {
    "empty": """
from gongkai.web.operate.prepare import prepare_store, set_up
from tests.schema import new_models_alone
set_up()
with new_models_alone(onward=True):
    prepare_store()
""",
    "demonstration": """
from tests.first_start import start
start()
""",
}
"""What is made once a run, by a process of its own, and copied for every process that needs it: tables with nothing in
them, and what the first start of a server leaves."""


@contextmanager
def own_environment(
    folder: Path, *, tables: bool = False, demonstration: bool = False, **more: str
) -> Iterator[dict[str, str]]:
    """The environment of a process that shares nothing with this one; on PostgreSQL with a database made for it.

    With `tables` the database is migrated already, with `demonstration` all of the demonstration is there and read,
    each as a copy; without, there is nothing yet, as on first use.
    """
    environment = _environment(folder / "data") | more
    copied = made_once("demonstration") if demonstration else empty_database() if tables else ""
    server = os.environ.get("GONGKAI_DATABASE_URL", "")
    if demonstration:
        for name in ("data", "data.keys"):
            shutil.copytree(Path(os.environ[SHARED]) / "demonstration" / name, folder / name)
    if not server:
        if tables and not demonstration:
            _copy(copied, folder / "data")
        yield environment
        return
    name = f"own_{secrets.token_hex(6)}"
    _make(server, name, copied)
    environment["GONGKAI_DATABASE_URL"] = _url(server, name)
    try:
        yield environment
    finally:
        _on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def empty_database() -> str:
    """A migrated database with nothing in it: its file, or on PostgreSQL its name."""
    return made_once("empty")


def first_start() -> dict[str, str]:
    """What was seen of the first start, and the database that it left."""
    database = made_once("demonstration")
    seen: dict[str, str] = json.loads((Path(os.environ[SHARED]) / "demonstration" / "first.json").read_text("utf-8"))
    return {**seen, "database": located(database)}


def made_once(kind: str) -> str:
    """A database of MADE, made by the first process of the run that asks: its file, or on PostgreSQL its name."""
    server = os.environ.get("GONGKAI_DATABASE_URL", "")
    shared = Path(os.environ[SHARED]) / kind
    name = _name_of(shared)
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (shared / "made").exists():
            environment = _environment(shared / "data")
            if server:
                _make(server, name, "")
                environment["GONGKAI_DATABASE_URL"] = _url(server, name)
            subprocess.run([sys.executable, "-c", MADE[kind]], env=environment, check=True, stdout=subprocess.DEVNULL)
            (shared / "made").touch()
    return name if server else str(shared / "data" / "gongkai.sqlite3")


def database_of(environment: dict[str, str]) -> str:
    """Where the database of an environment is: its file, or its address on the server."""
    return environment.get("GONGKAI_DATABASE_URL") or str(Path(environment["GONGKAI_DATA"]) / "gongkai.sqlite3")


def located(database: str) -> str:
    """Where a database is that `made_once` gave: its file, or its address on the server."""
    server = os.environ.get("GONGKAI_DATABASE_URL", "")
    return _url(server, database) if server else database


def forget_shared(shared: Path) -> None:
    """When the run is over."""
    server = os.environ.get("GONGKAI_DATABASE_URL", "")
    for kind in MADE:
        if server and (shared / kind / "made").exists():
            _on_server(server, f'DROP DATABASE "{_name_of(shared / kind)}" WITH (FORCE)')
    shutil.rmtree(shared, ignore_errors=True)


def _copy(database: str, data: Path) -> None:
    data.mkdir(mode=0o700)
    shutil.copyfile(database, data / "gongkai.sqlite3")


def _make(server: str, name: str, like: str) -> None:
    _on_server(server, f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{like}"' if like else ""))


def _environment(data: Path) -> dict[str, str]:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    own = {**os.environ, "GONGKAI_DATA": str(data), "PYTHONPATH": paths}
    own.pop("GONGKAI_KEYS", None)
    return own


def _name_of(shared: Path) -> str:
    return f"{shared.name}_" + "".join(c for c in shared.parent.name.lower() if c.isalnum())


def _url(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path="/" + name))


def _on_server(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
