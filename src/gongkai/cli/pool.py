"""Many files on several processes: results in the order of the files, and no file takes the others with it.

Our own few lines instead of ProcessPoolExecutor, which breaks as a whole when one process dies and cannot end a
task that hangs. Processes are forked from a small server that has loaded the readers once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any

from gongkai.cli import work
from gongkai.cli.sources import Item
from gongkai.cli.work import Job, Outcome
from gongkai.readers.errors import Unreadable

HARD_LIMIT = 28.5
"""Seconds after which the process of a file is ended."""
_START_LIMIT = 30.0
_CHUNK = 16
_CHUNK_BYTES = 8 * 1024 * 1024
_PRELOAD = ["gongkai.cli.work", "gongkai.readers", "gongkai.annual.check"]

DIED = Unreadable("died", "读这个文件的进程意外结束。", "请确认文件没有损坏，另存后再试。")


@dataclass(slots=True)
class _Worker:
    process: Any
    connection: Connection
    ready: bool = False
    todo: deque[tuple[int, Item]] = field(default_factory=deque)
    since: float = 0.0

    @property
    def overdue_at(self) -> float:
        return self.since + (HARD_LIMIT if self.ready else _START_LIMIT)


def processes_for(count: int, wanted: int | None = None) -> int:
    """How many processes `count` files are worth: one a core, none without a few files to do."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    return max(1, min(wanted or min(cores, 8), count))


def chunk_for(count: int, processes: int) -> int:
    """How many files a process is given at a time: few enough that none waits while another has many."""
    return max(1, min(_CHUNK, count // (processes * 4)))


def run_all(
    job: Job, items: Iterable[Item], processes: int, chunk: int = 1, on_done: Callable[[int], None] = lambda _: None
) -> Iterator[Outcome]:
    """The outcome of each item, in the order of the items, as soon as all before it are there.

    Items are taken one by one when a process is free for them, `chunk` at a time.
    """
    pool = _Pool(job, items, processes, chunk)
    done: dict[int, Outcome] = {}
    following = 0
    try:
        for count, (index, outcome) in enumerate(pool.outcomes(), start=1):
            done[index] = outcome
            on_done(count)
            while following in done:
                yield done.pop(following)
                following += 1
    finally:
        pool.close()


class _Pool:
    def __init__(self, job: Job, items: Iterable[Item], processes: int, chunk: int) -> None:
        self.job, self.processes, self.chunk = job, processes, chunk
        self.coming = enumerate(items)
        self.waiting: deque[tuple[int, Item]] = deque()
        self.workers: list[_Worker] = []
        self.failed_starts = 0
        self.context = started_apart()

    def _more(self) -> bool:
        """Whether there is an item for a process; takes the next one when none waits."""
        if not self.waiting:
            self.waiting.extend(islice(self.coming, 1))
        return bool(self.waiting)

    def outcomes(self) -> Iterator[tuple[int, Outcome]]:
        """(index, outcome) of every item, as they come."""
        while self._more() or any(w.todo for w in self.workers):
            if self.failed_starts > 2:  # this machine starts no processes: do the rest here
                while self._more():
                    index, item = self.waiting.popleft()
                    yield index, work.run(self.job, item)
                return
            self._staff()
            yield from self._collect()

    def _staff(self) -> None:
        while len(self.workers) < self.processes and self._more():
            self.workers.append(self._started())
        for worker in self.workers:
            if worker.ready and not worker.todo and self._more():
                self._give(worker)

    def _started(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(theirs, self.job), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        return _Worker(process, ours, since=time.monotonic())

    def _give(self, worker: _Worker) -> None:
        """Send the next few files."""
        given: list[tuple[int, Item]] = []
        size = 0
        while len(given) < self.chunk and size < _CHUNK_BYTES and self._more():
            given.append(self.waiting.popleft())
            size += len(given[-1][1].data or b"")
        worker.todo = deque(given)
        worker.since = time.monotonic()
        try:
            worker.connection.send(given)
        except OSError:
            return  # it died meanwhile: `_collect` meets the end of its connection

    def _collect(self) -> Iterator[tuple[int, Outcome]]:
        nearest = min((w.overdue_at for w in self.workers if w.todo or not w.ready), default=time.monotonic())
        ready = wait([w.connection for w in self.workers], timeout=max(nearest - time.monotonic(), 0.0))
        for worker in [w for w in self.workers if w.connection in ready]:
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                yield from self._lost(worker, DIED)
                continue
            worker.since = time.monotonic()
            if message is None:
                worker.ready = True
                continue
            worker.todo.popleft()
            yield message
        for worker in [w for w in self.workers if (w.todo or not w.ready) and w.overdue_at < time.monotonic()]:
            yield from self._lost(worker, work.TOO_SLOW)

    def _lost(self, worker: _Worker, why: Unreadable) -> Iterator[tuple[int, Outcome]]:
        """The worker is gone or must go: its present file fails, the rest of its files wait again."""
        _end(worker)
        self.workers.remove(worker)
        self.failed_starts += not worker.ready
        if worker.todo:
            index, item = worker.todo.popleft()
            self.waiting.extendleft(reversed(worker.todo))
            yield index, work.failed(self.job, item, why)

    def close(self) -> None:
        """End every process."""
        for worker in self.workers:
            _end(worker)


def started_apart() -> BaseContext:
    """How a process beside this one is started: from a small server that has loaded the readers, or anew."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(_PRELOAD)
    return context


def _end(worker: _Worker) -> None:
    worker.connection.close()
    with contextlib.suppress(OSError, AttributeError):
        if worker.ready and worker.process.pid:
            os.killpg(worker.process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError, ValueError):
        worker.process.kill()
        worker.process.join(5)


def _serve(connection: Connection, job: Job) -> None:
    """A worker: read chunks, send an outcome a file, end when the connection ends."""
    with contextlib.suppress(OSError, AttributeError):
        os.setpgid(0, 0)  # so that what a reader starts (LibreOffice) ends with it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work.limit_memory()
    with contextlib.suppress(OSError, EOFError):
        connection.send(None)
        while True:
            for index, item in connection.recv():
                connection.send((index, work.run(job, item)))
