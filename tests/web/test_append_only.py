"""Every append-only table of every app: the database refuses a change. After migrations, both ways: test_migrations."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.web import triggers
from gongkai.web.triggers import append_only_tables, guard_again, unguarded


@pytest.mark.django_db
def test_no_append_only_table_lacks_its_triggers():
    tables = append_only_tables(connection)
    assert len(tables) > 15
    assert {"audit_entry", "audit_chained", "people_appointment", "organs_version", "annual_reading"} <= set(tables)
    assert unguarded(connection) == []


def _filled(table: str) -> None:
    """Put one row into a table, whatever it asks for: foreign keys and checks are another matter."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
        kinds = {c.name: connection.introspection.get_field_type(c.type_code, c) for c in columns}
    values = []
    for name, found in kinds.items():
        kind = found[0] if isinstance(found, tuple) else found
        plain = {
            "UUIDField": "01890000000070008000000000000000",
            "DateTimeField": "2026-01-01 00:00:00+00:00",
            "DateField": "2026-01-01",
            "BinaryField": b"x",
            "JSONField": "{}",
            "BooleanField": False,
        }
        number = any(w in kind for w in ("Integer", "Auto", "Decimal", "Float"))
        values.append((name, 1 if number else plain.get(kind, "x")))
    names = ", ".join(f'"{n}"' for n, _ in values)
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [v for _, v in values])


@pytest.mark.django_db
def test_every_append_only_table_refuses_update_and_delete():
    for table in append_only_tables(connection):
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL session_replication_role = replica")
                    _filled(table)
                    cursor.execute("SET LOCAL session_replication_role = origin")
            else:
                _filled(table)
            with connection.cursor() as cursor:
                column = connection.introspection.get_table_description(cursor, table)[0].name
            for change in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
                with (
                    pytest.raises(DatabaseError, match="只可追加"),
                    transaction.atomic(),
                    connection.cursor() as cursor,
                ):
                    cursor.execute(change)
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_table_made_anew_gets_its_triggers_back():
    """What SQLite does for nearly every change of a table: the triggers are gone with the old one."""
    with connection.cursor() as cursor:
        for statement in triggers._undo(connection.vendor, "audit_entry"):
            cursor.execute(statement)
    assert unguarded(connection) == ["audit_entry"]
    assert guard_again(connection) == ["audit_entry"]
    assert unguarded(connection) == []
    assert guard_again(connection) == []
