"""What a database is made of, to compare two that came about in different ways; and the quicker of the ways.

For each new model Django makes every model of the tree anew that hangs together with it, which is most of the time it takes
to migrate. With `new_models_alone` the new one alone is made. The tables must come out the same, which is looked at in
tests/web/test_settings.py on a desk that was started on nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
_POSTGRESQL = """
SELECT 'column', table_name, column_name, data_type || is_nullable FROM information_schema.columns
 WHERE table_schema = 'public'
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', event_object_table, trigger_name, event_manipulation FROM information_schema.triggers
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'function', '', proname, '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""

Part = tuple[str, ...]


def schema(database: str) -> list[Part]:
    """Every table, index, trigger, constraint and function of a database: the file's name, or its address on a server."""
    connected: Any
    if "://" in database:
        import psycopg

        connected, statement = psycopg.connect(database), _POSTGRESQL
    else:
        connected, statement = sqlite3.connect(database), _SQLITE
    with closing(connected):
        return sorted(tuple(map(str, row)) for row in connected.execute(statement).fetchall())


@contextmanager
def new_models_alone(*, onward: bool = False) -> Iterator[None]:
    """Migrate in this way until the end. With `onward` nothing is migrated back: then an index or a constraint that is
    added is put into its model as it is, which is not made anew for it either.
    """
    from django.db.migrations.state import ProjectState

    made_anew, appended = ProjectState.reload_model, ProjectState._append_option

    def reload_model(state: Any, app: str, name: str, delay: bool = False) -> None:
        if "apps" in state.__dict__ and name in state.apps.all_models[app]:
            made_anew(state, app, name, delay)
        elif "apps" in state.__dict__:
            state.apps.render_multiple([state.models[app, name]])

    def append_option(state: Any, app: str, name: str, option: str, added: Any) -> None:
        options = state.models[app, name].options
        options[option] = [*options[option], added]
        if "apps" in state.__dict__:
            told = state.apps.get_model(app, name)._meta
            setattr(told, option, told._format_names([*getattr(told, option), added]))

    ProjectState.reload_model = reload_model
    if onward:
        ProjectState._append_option = append_option
    try:
        yield
    finally:
        ProjectState.reload_model, ProjectState._append_option = made_anew, appended
