"""The data folder, its secrets, the databases, and starting twice."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys

import pytest
from django.db import NotSupportedError
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from gongkai.web import triggers
from gongkai.web.databases import database_from
from gongkai.web.datafolder import secret
from tests.environment import empty_database, first_start, located, own_environment
from tests.first_start import free_port, seen, serving
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


def test_the_first_start_shows_the_demonstration_and_the_second_keeps_the_data(tmp_path):
    first = first_start()
    assert "云岭县教育局" in first["list"]
    reports = first["list"].count('class="go"')
    assert reports >= 10
    assert first["file"] == "%PDF", "also on the first day"
    assert (first["address"] in first["said"], "已放入演示报告" in first["said"]) == (True, True)
    assert schema(first["database"]) == schema(located(empty_database())), "what all other tests begin with"
    with own_environment(tmp_path, demonstration=True) as environment:
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
        port = free_port()
        server = serving(port, environment)
        try:
            second = seen(server, port)
            taken = serving(port, environment)
            assert "已被占用" in taken.communicate(timeout=120)[0]
            assert taken.returncode == 2
        finally:
            server.terminate()
            said = server.communicate(timeout=120)[0]
        assert ("云岭县教育局" in second["list"], second["file"]) == (True, "%PDF")
        assert second["list"].count('class="go"') == reports, "the demonstration is loaded once"
        assert (f"http://127.0.0.1:{port}" in said, "已放入演示报告" in said) == (True, False)


ON_DEMAND = re.compile(r"gongkai\.(documents|readers\.(?!errors$|kinds$)|web\.\w+\.(selectors|services|views))")
"""What a command loads for itself when it needs it: all of it takes twice as long to load as everything else."""


def test_a_command_that_needs_little_begins_with_little(tmp_path):
    code = (
        "import json, sys; from gongkai.web.operate.prepare import set_up; set_up(); print(json.dumps([*sys.modules]))"
    )
    with own_environment(tmp_path) as environment:
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    loaded = json.loads(done.stdout)
    assert "gongkai.web.collection.apps" in loaded
    assert [name for name in loaded if ON_DEMAND.match(name)] == []


@pytest.mark.django_db
def test_until_there_are_accounts_only_this_machine_is_served(capsys):
    from gongkai.web.serve import serve

    assert serve(port=free_port(), host="0.0.0.0") == 2
    assert "只在本机" in capsys.readouterr().err
