"""Triggers that make a table append-only in the database itself, for SQLite and PostgreSQL.

Code can forget that a row must not change; the database cannot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import NotSupportedError, migrations

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
        return [f"DROP TRIGGER {table}_no_update", f"DROP TRIGGER {table}_no_delete"]
    return [f"DROP FUNCTION {table}_append_only() CASCADE"]


def append_only(table: str) -> migrations.RunPython:
    """The migration step that makes `table` append-only, and its undoing."""

    def forwards(apps: Any, editor: Any) -> None:
        for statement in statements(editor.connection.vendor, table):
            editor.execute(statement)

    def backwards(apps: Any, editor: Any) -> None:
        for statement in _undo(editor.connection.vendor, table):
            editor.execute(statement)

    return migrations.RunPython(forwards, backwards)
