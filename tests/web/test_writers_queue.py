"""Writers on SQLite wait in line: the first to come is the first served, and nobody's end leaves the others waiting."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import ConnectionHandler
from django.db.utils import IntegrityError

pytest.importorskip("fcntl")


@pytest.fixture
def store(tmp_path, django_db_blocker):
    """Connections to a database of its own, as the settings make them."""
    from gongkai.web.databases import database_from

    handler = ConnectionHandler({"default": database_from("", tmp_path)})
    with django_db_blocker.unblock():
        with handler["default"].cursor() as cursor:
            cursor.execute("CREATE TABLE line (n INTEGER PRIMARY KEY)")
        yield handler
        handler.close_all()


def write(connection, n: int) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.cursor().execute("INSERT INTO line VALUES (%s)", [n])
    connection.commit()
    connection.set_autocommit(True)


def waiting(path: Path, pid: str) -> int:
    """How many of a process's threads stand at the lock of this file, by the system's own table."""
    inode = f":{path.stat().st_ino} "
    lines = Path("/proc/locks").read_text().splitlines()
    return sum(1 for line in lines if "->" in line and inode in line and pid in line.split())


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="not Linux")
def test_the_first_to_come_is_the_first_served(store, tmp_path):
    done: list[int] = []

    def late(n: int) -> None:
        connection = store["default"]
        write(connection, n)
        done.append(n)
        connection.close()

    holder = store["default"]
    holder.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    threads = []
    for n in range(6):
        threads.append(threading.Thread(target=late, args=(n,)))
        threads[-1].start()
        until = time.monotonic() + 30
        while waiting(tmp_path / "gongkai.sqlite3.queue", str(os.getpid())) <= n:
            assert time.monotonic() < until
            time.sleep(0.01)
    assert done == []
    holder.commit()
    holder.set_autocommit(True)
    for thread in threads:
        thread.join(30)

    with holder.cursor() as cursor:
        cursor.execute("SELECT n FROM line ORDER BY rowid")
        assert [row[0] for row in cursor.fetchall()] == list(range(6))


def test_a_refused_write_gives_its_turn_on(store):
    write(store["default"], 1)
    with pytest.raises(IntegrityError):
        write(store["default"], 1)
    store["default"].rollback()
    store["default"].set_autocommit(True)

    other = threading.Thread(target=lambda: (write(store["default"], 2), store["default"].close()))
    other.start()
    other.join(30)
    assert not other.is_alive()


def test_a_lost_connection_gives_its_turn_on(store):
    store["default"].set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    store["default"].close()

    other = threading.Thread(target=lambda: (write(store["default"], 3), store["default"].close()))
    other.start()
    other.join(30)
    assert not other.is_alive()


def test_a_killed_writer_gives_its_turn_on(store, tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from django.conf import settings; settings.configure();"
        "from django.db import ConnectionHandler; from gongkai.web.databases import database_from;"
        "c = ConnectionHandler({'default': database_from('', Path(sys.argv[1]))})['default'];"
        "c.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True);"
        "c.cursor().execute('INSERT INTO line VALUES (7)'); print('writes', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writes\n"
        process.kill()
    write(store["default"], 7)  # what the dead one wrote is gone


def test_a_transaction_within_another_takes_no_second_turn(store):
    connection = store["default"]
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    sid = connection.savepoint()
    connection.cursor().execute("INSERT INTO line VALUES (9)")
    connection.savepoint_commit(sid)
    connection.commit()
    connection.set_autocommit(True)
    write(connection, 10)
