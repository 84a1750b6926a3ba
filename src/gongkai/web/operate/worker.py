"""`gongkai worker`: reading and jobs in a process of their own, beside as many web processes as are wanted."""

from __future__ import annotations

import signal
import threading
from types import FrameType

from gongkai.web.operate.prepare import prepare_store

_started = False


def start_background() -> None:
    """Read reports and do jobs in threads of this process, once: what the server of one machine does itself."""
    global _started
    if _started:
        return
    _started = True
    from gongkai.web.annual.desk import start_reading
    from gongkai.web.jobs.worker import Worker

    start_reading()
    threading.Thread(target=Worker().work, name="jobs", daemon=True).start()


def work() -> int:
    """Work until stopped by SIGTERM or Ctrl+C; a job in hand is ended first."""
    prepare_store()
    from gongkai.web.annual.desk import open_desk, start_reading
    from gongkai.web.jobs.worker import Worker

    open_desk()
    start_reading()
    worker = Worker()

    def stop(number: int, frame: FrameType | None) -> None:
        worker.stop()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    print("后台处理已启动。", flush=True)
    worker.work()
    return 0
