"""A county's applications for the benchmark: made once per size, kept beside the other material, opened by each run.

Some cases come in through the door of the ledger and are given a clerk, notes, a letter with all its steps and its
delivery, so that case pages open real, sealed rows; the others are written in bulk in the same shape, with sealed
columns that nobody opens.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from bench.office_rows import bulk, ledger_rows, lived

SIZE = int(os.environ.get("BENCH_SIZE", "100000"))
FILLING = 2
"""Counted up when what is filled in changes, so that an older set is made anew. Newer tables are migrated in place."""

ORGANS = 60
REAL = 2000
BATCH = 20_000


def store() -> str:
    """The kind of database that is measured."""
    return "PostgreSQL" if os.environ.get("GONGKAI_DATABASE_URL") else "SQLite"


def folder(build: Path) -> Path:
    """Where the data of this size lie, and the whole machine's answer to `GONGKAI_DATA`."""
    return build / f"office-{SIZE}{'-postgresql' if store() == 'PostgreSQL' else ''}"


def prepared(build: Path) -> Path:
    """The data folder, filled; made anew when an earlier run did not finish or filled in something else."""
    place = folder(build)
    done = place / f"complete-{FILLING}"
    os.environ["GONGKAI_DATA"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    os.environ.setdefault("GONGKAI_BACKGROUND", "0")
    if not done.exists():
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(f"{place}.keys", ignore_errors=True)
    from gongkai.web.operate.prepare import prepare_store, set_up

    set_up()
    if not done.exists():
        _emptied()
    prepare_store()
    if not done.exists():
        start = time.monotonic()
        _fill()
        _settle()
        done.write_text("", "ascii")
        print(f"  {SIZE:,} cases filled in, in {time.monotonic() - start:.0f} s", file=sys.stderr)
    return place


def _emptied() -> None:
    """A PostgreSQL database that an earlier run left half filled begins anew."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")


def _fill() -> None:
    from django.db import connection

    from gongkai.web.annual.desk import open_desk
    from gongkai.web.audit.services import Audit
    from gongkai.web.onrequest.services.ledger import bring_in
    from gongkai.web.organs.models import Organ
    from gongkai.web.people.selectors import local_operator

    county, operator = open_desk(), local_operator()
    assert operator is not None
    audit = Audit(actor=operator.pk, county=county.pk)
    organs = [
        Organ.objects.create(county=county.pk, name=f"云岭县第{n + 1}局", form="department", word=f"云{n + 1}")
        for n in range(ORGANS)
    ]
    bring_in(audit=audit, organ=organs[0], rows=ledger_rows(REAL), sha256="bench")
    with connection.cursor() as cursor:
        # For the filling alone: what it writes is right, and is made anew if the machine stops.
        cursor.execute(
            "PRAGMA synchronous=OFF" if connection.vendor == "sqlite" else "SET session_replication_role = replica"
        )
        for rows in (lived(operator.pk), bulk(range(REAL, SIZE), county.pk, operator.pk, [o.pk for o in organs])):
            while some := list(islice(rows, BATCH)):
                _write(some)
    connection.close()


def _settle() -> None:
    """Have the database look at what it holds, as it does by itself in a store that grows slowly."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


_Row = tuple[Any, dict[str, Any]]


def _write(rows: Iterable[_Row]) -> None:
    """Rows of several tables: copied into PostgreSQL, inserted in bulk elsewhere; tables in the order of their first row."""
    from django.db import connection, transaction

    by_kind: dict[Any, list[dict[str, Any]]] = {}
    for kind, values in rows:
        by_kind.setdefault(kind, []).append(values)
    with transaction.atomic(), connection.cursor() as cursor:
        for kind, many in by_kind.items():
            columns, lines = _lines(kind, many)
            named = ", ".join(f'"{column}"' for column in columns)
            table = kind._meta.db_table
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as out:
                    for line in lines:
                        out.write_row(line)
            else:
                marks = ", ".join("?" * len(columns))
                connection.connection.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", lines)


def _lines(kind: Any, many: list[dict[str, Any]]) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The columns of a table and the values of its rows as the database writes them; what is not told is the default."""
    from django.db import connection

    from gongkai.web.facts import new_key

    fields = kind._meta.concrete_fields
    empty = kind()
    usual = {f.attname: f.get_db_prep_save(getattr(empty, f.attname), connection) for f in fields}
    keyed = "id" in usual

    def plain(value: Any) -> Any:
        if connection.vendor == "postgresql":
            return value
        if isinstance(value, uuid.UUID):
            return value.hex
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        return value.isoformat() if isinstance(value, date) else value

    def lines() -> Iterator[tuple[Any, ...]]:
        for values in many:
            row = usual | {name: plain(value) for name, value in values.items()}
            if keyed and "id" not in values:
                row["id"] = plain(new_key())
            yield tuple(row.values())

    return [f.column for f in fields], lines()
