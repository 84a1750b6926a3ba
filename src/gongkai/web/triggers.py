"""Triggers that make a table append-only in the database itself, for SQLite and PostgreSQL.

Code can forget that a row must not change; the database cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True, slots=True)
class Emptied:
    """What may be taken out of a row of an append-only table, and nothing else of it.

    Sealed `columns` become empty; look-up `keys` become a word made of the row's own key, which nobody looks up. Only
    of a row that the register of erasures names.
    """

    columns: tuple[str, ...]
    keys: tuple[str, ...] = ()


_NAMED = "EXISTS (SELECT 1 FROM erasure_row WHERE about = NEW.id AND of_table = '{table}')"


def _sqlite_emptied(connection: Any, table: str, emptied: Emptied) -> list[str]:
    with connection.cursor() as cursor:
        every = [each.name for each in connection.introspection.get_table_description(cursor, table)]
    kept = [name for name in every if name not in (*emptied.columns, *emptied.keys)]
    may = [f'NEW."{name}" IS OLD."{name}"' for name in kept]
    may += [f'(NEW."{name}" IS OLD."{name}" OR NEW."{name}" IS X\'\')' for name in emptied.columns]
    may += [f'(NEW."{name}" IS OLD."{name}" OR NEW."{name}" IS \'-\' || NEW.id)' for name in emptied.keys]
    may.append(_NAMED.format(table=table))
    first, *others = _sqlite(table)
    return [first.replace(" BEGIN ", f" WHEN NOT ({' AND '.join(may)}) BEGIN ", 1), *others]


def _postgresql_emptied(table: str, emptied: Emptied) -> list[str]:
    names = ", ".join(f"'{name}'" for name in (*emptied.columns, *emptied.keys))
    may = [f"(to_jsonb(NEW) - ARRAY[{names}]) = (to_jsonb(OLD) - ARRAY[{names}])"]
    may += [f"(NEW.{name} IS NOT DISTINCT FROM OLD.{name} OR NEW.{name} = ''::bytea)" for name in emptied.columns]
    may += [
        f"(NEW.{name} IS NOT DISTINCT FROM OLD.{name} OR NEW.{name} = '-' || replace(NEW.id::text, '-', ''))"
        for name in emptied.keys
    ]
    may.append(_NAMED.format(table=table))
    function, *triggers = _postgresql(table)
    allowed = f"IF TG_OP = 'UPDATE' THEN IF {' AND '.join(may)} THEN RETURN NEW; END IF; END IF;"
    return [function.replace("$$ BEGIN ", f"$$ BEGIN {allowed} ", 1), *triggers]


def emptied_statements(connection: Any, table: str, emptied: Emptied) -> list[str]:
    """The statements that forbid every change of `table` but the one that erasing asks for."""
    if connection.vendor == "sqlite":
        return _sqlite_emptied(connection, table, emptied)
    statements(connection.vendor, table)  # NotSupportedError for any other
    return _postgresql_emptied(table, emptied)


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


class Erasable(AppendOnly):
    """The migration step that lets an append-only table be emptied of personal data, and of nothing else."""

    def __init__(self, table: str, columns: Iterable[str], keys: Iterable[str] = ()) -> None:
        super().__init__(table)
        self.emptied = Emptied(tuple(columns), tuple(keys))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The table, and what may be taken out of its rows."""
        return type(self).__name__, [], {"table": self.table, **asdict(self.emptied)}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Put triggers with the one exception in the place of those without."""
        connection = schema_editor.connection
        _replace(
            schema_editor.execute,
            connection.vendor,
            self.table,
            emptied_statements(connection, self.table, self.emptied),
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Forbid every change again."""
        vendor = schema_editor.connection.vendor
        _replace(schema_editor.execute, vendor, self.table, statements(vendor, self.table))

    def describe(self) -> str:
        """What the step does, in the words of Django's own."""
        return f"Let {self.table} be emptied of personal data"


def _replace(execute: Callable[[str], Any], vendor: str, table: str, made: list[str]) -> None:
    for statement in (*_undo(vendor, table), *made):
        execute(statement)


def _steps(connection: Any) -> list[AppendOnly]:
    """The steps of the migrations applied to this database that say which tables are append-only."""
    loader = MigrationLoader(connection)
    steps = (
        step
        for key in loader.applied_migrations
        if key in loader.disk_migrations
        for step in loader.disk_migrations[key].operations
    )
    return [step for step in steps if isinstance(step, AppendOnly)]


def append_only_tables(connection: Any) -> list[str]:
    """The tables that the migrations applied to this database have made append-only."""
    return sorted({step.table for step in _steps(connection)})


def _wanted(connection: Any) -> dict[str, list[str]]:
    """The statements that guard each append-only table, as the migrations applied have left it."""
    found: dict[str, list[str]] = {}
    for step in sorted(_steps(connection), key=lambda step: isinstance(step, Erasable)):
        if isinstance(step, Erasable):
            found[step.table] = emptied_statements(connection, step.table, step.emptied)
        else:
            found[step.table] = statements(connection.vendor, step.table)
    return found


def _guards(vendor: str, table: str) -> set[str]:
    return (
        {f"{table}_no_update", f"{table}_no_delete"}
        if vendor == "sqlite"
        else {f"{table}_no_change", f"{table}_no_truncate"}
    )


def _present(connection: Any) -> dict[str, str]:
    """The triggers by name; on SQLite each with its statement, which names the columns it looks at."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor != "sqlite":
        query = "SELECT tgname, '' FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def unguarded(connection: Any) -> list[str]:
    """The append-only tables that lack a trigger, or have one made before a column was added.

    A table that SQLite made anew loses what hung on it; a trigger with an exception must look at every column.
    """
    present, wanted = _present(connection), _wanted(connection)
    written = set(present.values())
    return sorted(
        table
        for table, made in wanted.items()
        if not _guards(connection.vendor, table) <= set(present)
        or (connection.vendor == "sqlite" and not set(made) <= written)
    )


def guard_again(connection: Any) -> list[str]:
    """Put back the triggers that are missing; the tables that lacked one. Runs after every migration."""
    found = unguarded(connection)
    wanted = _wanted(connection) if found else {}
    with connection.cursor() as cursor:
        for table in found:
            _replace(cursor.execute, connection.vendor, table, wanted[table])
    return found
