"""PostgreSQL's planner must not call workers to help with what the index of the words answers by itself."""

from typing import Any

from django.db import migrations

from gongkai.web.search.index.postgresql import PostgresIndex


def _unshare(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for statement in PostgresIndex().unshare():
            editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_counties")]

    operations = [migrations.RunPython(_unshare, migrations.RunPython.noop)]
