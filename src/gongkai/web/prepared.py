"""Questions that pages ask again and again: their statement is written once, then only its values change.

To put a question together, not to answer it, is most of what a small question to the database costs. What the answer
costs is decided by the index it is looked up in: `Apart` keeps SQLite from the wrong one.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Func, Model, QuerySet

Value = uuid.UUID | datetime
_FIRST = datetime(1903, 2, 1, tzinfo=UTC)


class Apart(Func):
    """A column that is looked at in the rows that were found, and by which none are looked for.

    SQLite holds a column that is empty in nearly every row, or the same in all, for a good one to begin with.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        """With the sign by which SQLite is told."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement as one kind of database is asked: its values in order, each fixed or called by name."""

    sql: str
    values: tuple[tuple[str, Any], ...]
    read: Callable[[list[Any]], list[Any]]


def _adapted(value: Value) -> Any:
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datetimefield_value(value)


class Prepared:
    """A question whose rows come as `values_list` gives them. `asked` writes it for values called by name, which are
    keys or moments (`kinds`) and decide over nothing but themselves: no branch, no list of them, no None.
    """

    def __init__(self, asked: Callable[..., QuerySet[Any, tuple[Any, ...]]], **kinds: type[Value]) -> None:
        self._asked, self._kinds = asked, kinds
        self._written: dict[str, _Written] = {}

    def __call__(self, **values: Value) -> list[tuple[Any, ...]]:
        """The rows of the question with these values."""
        written = self._written.get(connection.vendor) or self._write()
        told = {name: _adapted(value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(written.sql, [told[name] if name else fixed for name, fixed in written.values])
            rows = cursor.fetchall()
        return [tuple(row) for row in written.read(rows)] if rows else []

    def _write(self) -> _Written:
        """Write it with values that stand for themselves, and see where they went."""
        signs: dict[str, Value] = {
            name: uuid.uuid5(uuid.NAMESPACE_OID, name) if kind is uuid.UUID else _FIRST + timedelta(minutes=n)
            for n, (name, kind) in enumerate(self._kinds.items())
        }
        names = {_adapted(sign): name for name, sign in signs.items()}
        compiler = self._asked(**signs).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        values = tuple((names.get(each, ""), each) for each in params)
        assert {name for name, _ in values if name} == set(signs), "a value of the question is not asked for"
        compiler.setup_query()
        converters = compiler.get_converters([column[0] for column in compiler.select])

        def read(rows: list[Any]) -> list[Any]:
            return list(compiler.apply_converters(rows, converters)) if converters else rows

        self._written[connection.vendor] = _Written(sql, values, read)
        return self._written[connection.vendor]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table that a question reads, and the objects made of them; what is left out is read when asked."""

    model: type[Model]
    names: tuple[str, ...]

    def through(self, path: str) -> tuple[str, ...]:
        """The same, of a table reached by a relation."""
        return tuple(f"{path}__{name}" for name in self.names)

    def made(self, values: tuple[Any, ...]) -> Any:
        """An object of these values."""
        return self.model.from_db(connection.alias, self.names, values)


def columns(model: type[Model], *, without: tuple[str, ...] = ()) -> Columns:
    """The columns of a table but for some."""
    return Columns(model, tuple(f.attname for f in model._meta.concrete_fields if f.name not in without))
