"""A data folder and a database that are ready to use: made and migrated on first use, by one process at a time."""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = 0x676F6E67
"""The advisory lock under which a PostgreSQL database is migrated."""


def set_up() -> None:
    """Load Django with our settings, once. None of it is garbage: that is not looked for meanwhile, nor in it afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    import django
    from django.apps import apps
    from django.db import connections

    if apps.ready:
        return
    gc.disable()
    try:
        django.setup()
    finally:
        gc.freeze()
        gc.enable()
    # Else what SQLite wrote last stays in a file beside the database, which a copy of the one file would lack.
    atexit.register(connections.close_all)


@contextmanager
def _alone() -> Iterator[None]:
    """Be the only process that migrates: by an advisory lock on PostgreSQL, by a locked file beside SQLite."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        return
    try:
        import fcntl
    except ImportError:  # Windows: one office's PC, one process
        yield
        return
    with (settings.GONGKAI_DATA / "migrate.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def pending_migrations() -> bool:
    """Whether the tables are older than this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare_store() -> None:
    """Bring the tables up to date. A second process waits for the first and finds nothing to do."""
    set_up()
    from django.core.management import call_command

    if pending_migrations():
        with _alone():
            call_command("migrate", verbosity=0, interactive=False)
