"""Every migration of ours goes both ways: all apps back to nothing, and forward again to the same tables.

On the way back the apps at the bottom, on which all others stand, go step by step: after each, every append-only table
that is left has its triggers. The library of the jobs has migrations of its own that do not go back; its tables stay.

Both ways are gone with `new_models_alone`, as the database was made that they begin with; that Django's own way leads to
the same tables is looked at in test_settings.
"""

from __future__ import annotations

import subprocess
import sys

from tests.environment import database_of, own_environment

_BOTH_WAYS = """
import sys
from gongkai.web.operate.prepare import prepare_store
prepare_store()
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from gongkai.web.triggers import append_only_tables, unguarded
from tests.schema import new_models_alone, schema

where = sys.argv[1]
before = schema(where)
assert len(before) > 50
ours = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("gongkai."))
known = MigrationExecutor(connection).loader
migrated = [app for app in ours if app in known.migrated_apps]
assert unguarded(connection) == []
with new_models_alone():
    for app in ("audit", "people", "organs"):
        steps = sorted(name for label, name in known.disk_migrations if label == app)
        for step in reversed(steps[1:-1]):
            call_command("migrate", app, step, verbosity=0, interactive=False)
            assert append_only_tables(connection) and unguarded(connection) == [], (app, step)
    MigrationExecutor(connection).migrate([(app, None) for app in migrated])
    tables = {model._meta.db_table for app in migrated for model in apps.get_app_config(app).get_models()}
    left = [row for row in schema(where) if row[2] in tables or row[1] in tables or row[0] in ("trigger", "function")]
    assert not left, left
with new_models_alone(onward=True):
    call_command("migrate", verbosity=0, interactive=False)
after = schema(where)
assert after == before, set(after) ^ set(before)
assert unguarded(connection) == []
print(" ".join(migrated))
"""


def test_every_app_migrates_back_to_nothing_and_forward_again(tmp_path):
    with own_environment(tmp_path, tables=True) as environment:
        done = subprocess.run(
            [sys.executable, "-c", _BOTH_WAYS, database_of(environment)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert {"annual", "audit", "files", "jobs", "organs", "outbox", "people"} <= set(done.stdout.split())
