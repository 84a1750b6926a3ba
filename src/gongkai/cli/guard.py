"""One file in a forked child: whatever the file does to a reader, the person gets one sentence and exit status 2.

A fork costs a millisecond and loads nothing, so that one file is still read in well under half a second.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable

from gongkai.cli import work
from gongkai.readers.errors import Unreadable

HARD_LIMIT = 28.5
DIED = Unreadable("died", "读这个文件时程序意外结束。", "请确认文件没有损坏，另存后再试。")
KILLED = Unreadable("memory", "读这个文件时程序被系统结束，多半是内存不够。", "请确认它是一份年度报告，另存后再试。")


def guard(do: Callable[[], int], on_failure: Callable[[Unreadable], int], limit: float | None = None) -> int:
    """Run `do` in a child with limits and give its exit status; `on_failure` says what happened when it has none."""
    if not hasattr(os, "fork"):
        return do()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _child(do)
    try:
        status = _wait(child, time.monotonic() + (HARD_LIMIT if limit is None else limit))
    except BaseException:
        _end(child)
        raise
    if status is None:
        _end(child)
        return on_failure(work.TOO_SLOW)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != _BROKEN:
        return os.WEXITSTATUS(status)
    return on_failure(KILLED if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else DIED)


_BROKEN = 70


def _child(do: Callable[[], int]) -> None:
    status = _BROKEN
    try:
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)  # so that what a reader starts (LibreOffice) ends with it
        work.limit_memory()
        status = do()
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        status = 0
    except KeyboardInterrupt:
        status = 130
    except Exception as error:  # noqa: BLE001 - a child of fork must never run on into its parent's code
        status = _refusal(error)
    finally:
        os._exit(status)


def _refusal(error: Exception) -> int:
    from gongkai.cli.export import Refused, reason

    if isinstance(error, OSError):
        error = Refused(f"结果输出不了：{reason(error)}。")
    if not isinstance(error, Refused):
        if work.debugging():
            import traceback

            traceback.print_exc()
        return _BROKEN
    with contextlib.suppress(OSError):
        sys.stderr.write(f"gongkai：{error}\n")
        sys.stderr.flush()
    return 2


def _wait(child: int, until: float) -> int | None:
    """The wait status of the child, None when its time is over. Short steps first: most children take no time."""
    pause = 0.001
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        time.sleep(pause)
        pause = min(pause * 1.2, 0.02)
    return None


def _end(child: int) -> None:
    for end in (os.killpg, os.kill):
        with contextlib.suppress(OSError):
            end(child, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(child, 0)
