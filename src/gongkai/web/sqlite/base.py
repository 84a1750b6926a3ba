"""SQLite with a queue of writers.

SQLite lets one write at a time and makes the others try again after ever longer naps of up to 0.1 s: whoever comes
while one sleeps goes first, and under load some wait for seconds. Here a writer waits at a lock of the operating
system, which wakes the first in line as soon as the one before is done, and gives the turn on when a process dies.
SQLite's own lock still decides: what comes without queueing (one statement alone, another program) stays as safe.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

try:
    import fcntl
except ImportError:  # Windows: one office's PC, one process, and SQLite's own lock
    fcntl = None  # type: ignore[assignment]


class DatabaseWrapper(SQLite):
    """A connection that queues before each transaction that writes, and gives its turn on when that ends."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._turn: IO[bytes] | None = None

    def _queue(self) -> None:
        name = str(self.settings_dict["NAME"])
        if fcntl is None or self.is_in_memory_db() or self._turn is not None:  # type: ignore[redundant-expr]
            return
        turn = Path(name + ".queue").open("ab")  # noqa: SIM115 - closed when the turn is over
        fcntl.flock(turn, fcntl.LOCK_EX)
        self._turn = turn

    def _give_on(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            fcntl.flock(turn, fcntl.LOCK_UN)  # a program begun in between holds the same file
            turn.close()

    def _start_transaction_under_autocommit(self) -> None:  # what Django begins a transaction by
        self._queue()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_on()
            raise

    def commit(self) -> None:
        """End a transaction; where that fails the caller rolls it back."""
        super().commit()
        self._give_on()

    def rollback(self) -> None:
        """Undo a transaction."""
        try:
            super().rollback()
        finally:
            self._give_on()

    def close(self) -> None:
        """Close, with whatever was begun."""
        try:
            super().close()
        finally:
            self._give_on()
