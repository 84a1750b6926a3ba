"""Triggers that make a table append-only in the database itself, for SQLite and PostgreSQL.

Code can forget that a row must not change; the database cannot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import NotSupportedError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

_SAYS = "{table} 只可追加，不得修改或者删除"


def _sqlite(table: str) -> list[str]:
    says = _SAYS.format(table=table)
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    says = _SAYS.format(table=table)
    return [
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{says}'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
    ]


def statements(vendor: str, table: str) -> list[str]:
    """The statements that forbid change of `table`. NotSupportedError for a database we do not know."""
    makers: dict[str, Callable[[str], list[str]]] = {"sqlite": _sqlite, "postgresql": _postgresql}
    if vendor not in makers:
        raise NotSupportedError(f"数据库 {vendor} 没有只追加的触发器，不能在其上运行")
    return makers[vendor](table)


def _undo(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_update", f"DROP TRIGGER IF EXISTS {table}_no_delete"]
    return [f"DROP FUNCTION IF EXISTS {table}_append_only() CASCADE"]


class AppendOnly(Operation):
    """The migration step that makes a table append-only; it remembers which.

    It asks nothing of the models as they stood at that point: Django would make all of them anew for each table.
    """

    reduces_to_sql = False

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The table is all there is to it."""
        return type(self).__name__, [], {"table": self.table}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Put the triggers on the table."""
        for statement in statements(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take them off again."""
        for statement in _undo(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement)

    def describe(self) -> str:
        """What the step does, in the words of Django's own."""
        return f"Make {self.table} append-only"


def append_only(table: str) -> AppendOnly:
    """The migration step that makes `table` append-only, and its undoing."""
    return AppendOnly(table)


def append_only_tables(connection: Any) -> list[str]:
    """The tables that the migrations applied to this database have made append-only."""
    loader = MigrationLoader(connection)
    steps = (
        step
        for key in loader.applied_migrations
        if key in loader.disk_migrations
        for step in loader.disk_migrations[key].operations
    )
    return sorted({step.table for step in steps if isinstance(step, AppendOnly)})


def _guards(vendor: str, table: str) -> set[str]:
    return (
        {f"{table}_no_update", f"{table}_no_delete"}
        if vendor == "sqlite"
        else {f"{table}_no_change", f"{table}_no_truncate"}
    )


def _present(connection: Any) -> set[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor != "sqlite":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def unguarded(connection: Any) -> list[str]:
    """The append-only tables that lack a trigger: a table that SQLite made anew loses what hung on it."""
    present = _present(connection)
    return [t for t in append_only_tables(connection) if not _guards(connection.vendor, t) <= present]


def guard_again(connection: Any) -> list[str]:
    """Put back the triggers that are missing; the tables that lacked one. Runs after every migration."""
    found = unguarded(connection)
    with connection.cursor() as cursor:
        for table in found:
            for statement in (*_undo(connection.vendor, table), *statements(connection.vendor, table)):
                cursor.execute(statement)
    return found
