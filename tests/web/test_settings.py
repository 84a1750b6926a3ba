"""The data folder, its secrets, the databases, and starting twice."""

from __future__ import annotations

import re
import socket
import stat
import subprocess
import sys
import time
import urllib.request

import pytest
from django.db import NotSupportedError
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from gongkai.web import triggers
from gongkai.web.databases import database_from
from gongkai.web.datafolder import secret
from tests.environment import database_of, empty_database, located, own_environment
from tests.schema import schema


def test_a_secret_is_made_once_and_is_its_owners_alone(tmp_path):
    first = secret(tmp_path, "secret.key")
    assert secret(tmp_path, "secret.key") == first
    assert len(first) > 50
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert secret(tmp_path, "other.key") != first


def test_sqlite_is_the_default_and_promises_what_it_wrote(tmp_path):
    found = database_from("", tmp_path)
    options = found["OPTIONS"]
    assert found["NAME"] == tmp_path / "gongkai.sqlite3"
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_is_one_setting(tmp_path):
    found = database_from("postgresql://desk:p%40ss@db.local:5433/gongkai?sslmode=require", tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"], found["OPTIONS"]) == (
        "desk",
        "p@ss",
        "db.local",
        "5433",
        "gongkai",
        {"sslmode": "require", "options": "-c jit=off"},
    )
    with pytest.raises(ValueError, match="postgresql://"):
        database_from("mysql://x/y", tmp_path)


def test_both_databases_get_their_triggers_and_no_other_is_trusted():
    for vendor in ("sqlite", "postgresql"):
        words = " ".join(triggers.statements(vendor, "audit_entry"))
        assert "UPDATE" in words
        assert "DELETE" in words
        assert "只可追加" in words
    assert "TRUNCATE" in " ".join(triggers.statements("postgresql", "audit_entry"))
    with pytest.raises(NotSupportedError, match="只追加"):
        triggers.statements("oracle", "audit_entry")


@pytest.mark.django_db
def test_no_migration_is_missing():
    from django.apps import apps
    from django.db import connection

    loader = MigrationLoader(connection)
    with translation.override(None):  # words are translated after their migration was written
        states = loader.project_state(), ProjectState.from_apps(apps)
        changes = MigrationAutodetector(*states).changes(graph=loader.graph)
    assert changes == {}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(port: int, environment: dict[str, str]) -> subprocess.Popen:
    code = f"import sys; from gongkai.web.serve import serve; sys.exit(serve(port={port}))"
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _get(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=120) as answer:
        return answer.read()


def _first_page(port: int, seconds: float = 900) -> str:
    """The list of reports, once each of them is read."""
    begun = time.monotonic()
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/annual", timeout=5) as answer:
                page = answer.read().decode()
            if "tag-wait" not in page or time.monotonic() - begun > seconds:
                return page
        except OSError:
            if time.monotonic() - begun > seconds:
                raise
        time.sleep(0.1)


@pytest.fixture
def environment(tmp_path):
    with own_environment(tmp_path) as found:
        yield found


def test_the_first_start_shows_the_demonstration_and_the_second_keeps_the_data(tmp_path, environment):
    port, reports = _free_port(), []
    for start in (1, 2):
        server = _run(port, environment)
        try:
            page = _first_page(port)
            assert "云岭县教育局" in page
            reports.append(page.count('class="go"'))
            assert reports[0] == reports[-1] >= 10, "the demonstration is loaded once"
            report = re.search(r"/reports/[0-9a-f-]{36}", page)[0]
            assert _get(port, f"{report}/download/pdf").startswith(b"%PDF"), "also on the first day"
            if start == 2:
                taken = _run(port, environment)
                assert "已被占用" in taken.communicate(timeout=120)[0]
                assert taken.returncode == 2
        finally:
            server.terminate()
            said = server.communicate(timeout=120)[0]
        assert f"http://127.0.0.1:{port}" in said
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert schema(database_of(environment)) == schema(located(empty_database())), "what all other tests begin with"


@pytest.mark.django_db
def test_until_there_are_accounts_only_this_machine_is_served(capsys):
    from gongkai.web.serve import serve

    assert serve(port=_free_port(), host="0.0.0.0") == 2
    assert "只在本机" in capsys.readouterr().err
