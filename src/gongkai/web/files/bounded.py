"""Calls into the worker process: one at a time each, a time limit, a fresh process after a death."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from gongkai.web.files.worker import Answer, read_frame, write_frame

JOBS_OF_ONE = 300
"""After this many jobs a worker is replaced, so that no library's leak grows for ever."""


class WorkerFailed(Exception):
    """The worker gave no answer: `why` is time, memory, died, or the name of an exception."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Worker:
    """One worker process."""

    def __init__(self, memory: int) -> None:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gongkai.web.files.worker", str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self.jobs = 0

    @property
    def worn(self) -> bool:
        """Dead, or due for replacement."""
        return self.process.poll() is not None or self.jobs >= JOBS_OF_ONE

    def call(self, head: dict[str, Any], data: bytes, seconds: float) -> Answer:
        """Ask and wait at most `seconds`. WorkerFailed when no answer comes; the process is then dead."""
        self.jobs += 1
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            write_frame(self.process.stdin, head, data)  # type: ignore[arg-type]
            answer = read_frame(self.process.stdout)  # type: ignore[arg-type]
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            raise WorkerFailed("time" if late.is_set() else "died")
        if "failed" in answer[0]:
            if answer[0]["failed"] == "memory":
                self.close()
            raise WorkerFailed(answer[0]["failed"])
        return answer

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        with suppress(OSError):
            if self.process.stdin:
                self.process.stdin.close()
        if self.process.stdout:
            self.process.stdout.close()
        self.process.wait()


class Pool:
    """A few workers, started when first needed; a caller waits for a free one."""

    def __init__(self, size: int, memory: int) -> None:
        self._memory = memory
        self._free: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(size):
            self._free.put(None)

    def call(self, op: str, data: bytes = b"", *, seconds: float = 30.0, **params: Any) -> Answer:
        """Run one operation of `files.operations` in a worker. WorkerFailed when it does not end well."""
        worker = self._free.get()
        try:
            if worker is not None and worker.worn:
                worker.close()
                worker = None
            worker = worker or Worker(self._memory)
            return worker.call({"op": op, **params}, data, seconds)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End every worker that is free."""
        with suppress(queue.Empty):
            while True:
                worker = self._free.get_nowait()
                if worker is not None:
                    worker.close()


_pool: Pool | None = None
_lock = threading.Lock()


def pool() -> Pool:
    """The pool of this process."""
    global _pool
    with _lock:
        if _pool is None:
            from django.conf import settings

            _pool = Pool(min(2, os.cpu_count() or 1), settings.GONGKAI_READING_BYTES)
        return _pool
