"""`gongkai worker`: reading and jobs in a process of their own, beside as many web processes as are wanted."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from gongkai.web.operate.prepare import prepare_store

_started = False


def start_background() -> None:
    """Read reports and do jobs beside the pages, once a machine: what the server of one machine does itself.

    Of several web processes on one data folder the first does it; when it ends, another takes over.
    """
    global _started
    if _started:
        return
    _started = True
    threading.Thread(target=_background, name="background", daemon=True).start()


def _background() -> None:
    with _alone():
        from gongkai.web.annual.desk import start_reading
        from gongkai.web.jobs.worker import Worker

        start_reading()
        Worker().work()


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process of this data folder works in the background."""
    try:
        import fcntl
    except ImportError:  # Windows: one office's PC, one process
        yield
        return
    from django.conf import settings

    with (settings.GONGKAI_DATA / "background.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def work() -> int:
    """Work until stopped by SIGTERM or Ctrl+C; a job in hand is ended first."""
    prepare_store()
    from gongkai.web.annual.desk import open_desk, start_reading
    from gongkai.web.jobs.worker import Worker
    from gongkai.web.operate.search import ready

    open_desk()
    if said := ready():
        print(said, flush=True)
    start_reading()
    worker = Worker()

    def stop(number: int, frame: FrameType | None) -> None:
        worker.stop()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    print("后台处理已启动。", flush=True)
    worker.work()
    return 0
