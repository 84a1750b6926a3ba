"""A data folder and a database of one's own for a process that a test starts: on SQLite a folder is enough."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def own_environment(folder: Path, **more: str) -> Iterator[dict[str, str]]:
    """The environment of a process that shares nothing with this one; on PostgreSQL with a database made for it."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    # A server under measurement is several times slower and its threads are not Python's own: it runs unmeasured.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment = {**plain, "GONGKAI_DATA": str(folder / "data"), "PYTHONPATH": paths, **more}
    environment.pop("GONGKAI_KEYS", None)
    server = os.environ.get("GONGKAI_DATABASE_URL", "")
    if not server:
        yield environment
        return
    import psycopg

    name = f"own_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    environment["GONGKAI_DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path="/" + name))
    try:
        yield environment
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
