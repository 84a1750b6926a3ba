"""One process beside this one for files of others, one after another: bounded, ended when it takes too long, begun anew.

Started by the fork server (or spawned), never forked from here: whoever uses it has threads, and the files come from
sites that mean no good.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from gongkai.cli import pool, work
from gongkai.readers.errors import Unreadable

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Apart(Generic[_Given, _Made]):
    """`do` in a process of its own. What it is given and what it gives back are pickled."""

    def __init__(
        self, do: Callable[[_Given], _Made], *, seconds: float = pool.HARD_LIMIT, memory: int = work.MEMORY_LIMIT
    ) -> None:
        self._do, self._seconds, self._memory = do, seconds, memory
        self._process: Any = None
        self._connection: Connection | None = None

    def __call__(self, given: _Given) -> _Made:
        """What `do` makes of it. `Unreadable` when it refuses, takes too long or too much, or dies."""
        connection = self._connection or self._started()
        try:
            connection.send(given)
            if not connection.poll(self._seconds):
                self.close()
                raise work.TOO_SLOW
            good, made = connection.recv()
        except (EOFError, OSError) as error:
            self.close()
            raise pool.DIED from error
        if not good:
            if made.code == work.TOO_LARGE.code:
                self.close()
            raise made
        return made  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the process and whatever it started."""
        if self._connection is not None:
            self._connection.close()
            with contextlib.suppress(OSError, AttributeError):
                os.killpg(self._process.pid, signal.SIGKILL)
            with contextlib.suppress(OSError, ValueError):
                self._process.kill()
                self._process.join(5)
        self._process = self._connection = None

    def _started(self) -> Connection:
        """A process that said it is ready: starting it is no fault of the file."""
        context = pool.started_apart()
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._do, self._memory), daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()
        self._connection = ours
        ours.recv()
        return ours


def _serve(connection: Connection, do: Callable[[Any], Any], memory: int) -> None:
    with contextlib.suppress(OSError, AttributeError):
        os.setpgid(0, 0)  # so that what a reader starts (LibreOffice) ends with it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work.limit_memory(memory)
    with contextlib.suppress(OSError, EOFError):
        connection.send(None)
        while True:
            connection.send(_answer(do, connection.recv()))


def _answer(do: Callable[[Any], Any], given: Any) -> tuple[bool, Any]:
    try:
        return True, do(given)
    except Unreadable as error:
        return False, error
    except MemoryError:
        return False, work.TOO_LARGE
    except Exception as error:  # noqa: BLE001 - whatever a hostile file makes a library raise is one sentence
        return False, Unreadable("internal", work.INTERNAL.format(type(error).__name__), work.INTERNAL_ADVICE)
