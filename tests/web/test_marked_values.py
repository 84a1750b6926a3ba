"""Marked people pass through every door of an office; afterwards their marks lie nowhere but sealed.

Searched: every byte of the data folder (the database with its free pages and its log, the files), every column of every
table, what the process said, and everything that went out.
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.environment import ROOT, own_environment
from tests.web.marked.life import MARKS
from tests.web.marked.office import Marks

MARKED = Marks(MARKS)
PLAIN = (MARKED.name, MARKED.agent, *MARKED.applicant, *MARKED.others, MARKED.spoken, MARKED.file)


def forms(mark: str) -> Iterator[bytes]:
    """A mark as it may be written: plain, in two bytes a sign, in an address, in JSON."""
    yield from {mark.encode(), mark.encode("utf-16-le"), quote(mark).encode(), json.dumps(mark)[1:-1].encode()}
    yield mark.encode().hex().encode()


def found_in(data: bytes) -> set[str]:
    """The marks that bytes hold."""
    return {mark for mark in PLAIN if any(form in data for form in forms(mark))}


def parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """A file's bytes, and those within when it is a package."""
    data = path.read_bytes()
    yield path.name, data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield f"{path.name}/{name}", package.read(name)


def columns(environment: dict[str, str], data: Path) -> Iterator[tuple[str, bytes]]:
    """Every value of every table, with its place."""
    if not os.environ.get("GONGKAI_DATABASE_URL"):
        with sqlite3.connect(data / "gongkai.sqlite3") as base:
            # A virtual table keeps its rows in plain tables of its own, which are listed and read like any other; the
            # index of the search has no content of its own and cannot be read as a table at all.
            plain = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'"
            tables = [row[0] for row in base.execute(plain)]
            for table in tables:
                rows = base.execute(f'SELECT * FROM "{table}"')
                names = [each[0] for each in rows.description]
                for row in rows:
                    yield from (
                        (f"{table}.{n}", v if isinstance(v, bytes) else str(v).encode())
                        for n, v in zip(names, row, strict=True)
                    )
        return
    import psycopg

    with psycopg.connect(environment["GONGKAI_DATABASE_URL"]) as base:
        tables = [row[0] for row in base.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        for table in tables:
            rows = base.execute(f'SELECT * FROM "{table}"')  # type: ignore[call-overload]
            names = [each.name for each in rows.description or ()]
            for row in rows:
                yield from (
                    (f"{table}.{n}", bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode())
                    for n, v in zip(names, row, strict=True)
                )


def test_marked_values_lie_nowhere_but_sealed(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with own_environment(tmp_path, tables=True) as environment:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.web.marked.life", str(out)],
            cwd=ROOT, env=environment, capture_output=True, timeout=400, check=False,
        )  # fmt: skip
        assert ran.stdout.decode().strip().endswith("lived"), ran.stderr.decode()[-5000:]
        data = Path(environment["GONGKAI_DATA"])
        wrong = {(place, mark) for place, value in columns(environment, data) for mark in found_in(value)}
    looked = 0
    for folder in (data, out):
        for path in (each for each in folder.rglob("*") if each.is_file()):
            for place, held in parts(path):
                looked += 1
                wrong |= {(place, mark) for mark in found_in(held)}
    wrong |= {("log", mark) for mark in found_in(ran.stdout + ran.stderr)}
    assert sorted(wrong) == []
    assert looked > 20


@pytest.mark.parametrize("mark", PLAIN)
def test_the_search_would_find_a_mark(mark):
    assert all(found_in(b"\x00\x01" + form + b"\xff") for form in forms(mark))
