"""PostgreSQL: one function answers what took a search three to five questions."""

from typing import Any

from django.db import migrations

from gongkai.web.search.index.postgresql import PostgresIndex


def _make(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for statement in PostgresIndex().ask_functions():
            editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_functions")]

    operations = [migrations.RunPython(_make, migrations.RunPython.noop)]
