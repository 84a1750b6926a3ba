"""Every migration of ours goes both ways: all apps back to nothing, and forward again to the same tables.

On the way back the apps at the bottom, on which all others stand, go step by step: after each, every append-only table
that is left has its triggers. The library of the jobs has migrations of its own that do not go back; its tables stay.

For each new model Django makes every model anew that hangs together with it, which is most of the time such a way takes.
Here the new one alone is made; the tables at the end are compared with those that came about in Django's own way.
"""

from __future__ import annotations

import subprocess
import sys

from tests.environment import own_environment

_BOTH_WAYS = """
from gongkai.web.operate.prepare import prepare_store
prepare_store()
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from gongkai.web.triggers import append_only_tables, unguarded

def schema():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        else:
            cursor.execute('''
                SELECT 'column', table_name, column_name, data_type || is_nullable FROM information_schema.columns
                 WHERE table_schema = 'public'
                UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
                UNION ALL SELECT 'trigger', event_object_table, trigger_name, event_manipulation
                            FROM information_schema.triggers
                UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
                            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                UNION ALL SELECT 'function', '', proname, '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace''')
        return sorted(tuple(map(str, row)) for row in cursor.fetchall())

made_anew = ProjectState.reload_model

def reload_model(state, app, name, delay=False):
    if "apps" in state.__dict__ and name in state.apps.all_models[app]:
        made_anew(state, app, name, delay)
    elif "apps" in state.__dict__:
        state.apps.render_multiple([state.models[app, name]])

ProjectState.reload_model = reload_model
before = schema()
assert len(before) > 50
ours = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("gongkai."))
known = MigrationExecutor(connection).loader
migrated = [app for app in ours if app in known.migrated_apps]
assert unguarded(connection) == []
for app in ("audit", "people", "organs"):
    steps = sorted(name for label, name in known.disk_migrations if label == app)
    for step in reversed(steps[1:-1]):
        call_command("migrate", app, step, verbosity=0, interactive=False)
        assert append_only_tables(connection) and unguarded(connection) == [], (app, step)
MigrationExecutor(connection).migrate([(app, None) for app in migrated])
tables = {model._meta.db_table for app in migrated for model in apps.get_app_config(app).get_models()}
left = [row for row in schema() if row[2] in tables or row[1] in tables or row[0] in ("trigger", "function")]
assert not left, left
call_command("migrate", verbosity=0, interactive=False)
after = schema()
assert after == before, set(after) ^ set(before)
assert unguarded(connection) == []
print(" ".join(migrated))
"""


def test_every_app_migrates_back_to_nothing_and_forward_again(tmp_path):
    with own_environment(tmp_path, tables=True) as environment:
        done = subprocess.run(
            [sys.executable, "-c", _BOTH_WAYS],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert {"annual", "audit", "files", "jobs", "organs", "outbox", "people"} <= set(done.stdout.split())
