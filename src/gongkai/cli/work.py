"""One file, read or checked: what every process does, and the small result that goes back to the terminal."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Literal

from gongkai.annual.findings import Finding
from gongkai.annual.report import SCHEMA, Report
from gongkai.cli.sources import Item
from gongkai.readers.errors import Unreadable

if TYPE_CHECKING:
    from gongkai.annual.check import Checked
    from gongkai.cli.show import Screen

TIME_LIMIT = 27
"""Seconds one file may take before it is given up politely; `pool.HARD_LIMIT` ends the process that does not listen."""
MEMORY_LIMIT = 896 * 1024 * 1024
"""Bytes of data one process may hold."""

TOO_SLOW = Unreadable("timeout", f"读了 {TIME_LIMIT} 秒还没有读完，已停止。", "请另存为普通的网页、DOCX 或文本后再试。")
TOO_LARGE = Unreadable("memory", "读这个文件需要的内存超过 1 GB，已停止。", "请确认它是一份年度报告，另存后再试。")
INTERNAL = "读这个文件时程序出错（{}）。"
INTERNAL_ADVICE = "请把这份文件交给维护人员；设 GONGKAI_DEBUG=1 再运行一次可以看到详情。"


class TimeUp(BaseException):
    """The time of one file is over. Not an Exception, so that no reader takes it for a fault of the file."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with each file."""

    command: Literal["read", "check"]
    json: bool = False
    indent: int | None = None
    screen: Screen | None = None
    """Where lines for a person are shown; None where none are wanted."""
    brief: bool = False
    """One of many: only what is wrong is shown."""
    explain: str | None = None
    keep_report: bool = False
    previous: Report | None = None
    previous_name: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. `error` or the rest; `json` is the object already written out where it was asked for."""

    shown: str
    name: str = ""
    error: Unreadable | None = None
    json: str = ""
    lines: tuple[str, ...] = ()
    unclear: bool = False
    """`--explain` was asked for words that mean no cell or several."""
    report: Report | None = None
    found: bool = True
    """Whether anything of a yearly report was found in the file."""
    read: int = 0
    unsure: int = 0
    organ: str | None = None
    year: int | None = None
    edition: str | None = None
    findings: tuple[Finding, ...] = ()
    verdicts: dict[str, int] | None = None
    previous: str = ""
    """Why last year's report was not used; empty when it was, or none was given."""
    trace: str = ""

    def count(self, grade: str) -> int:
        """Findings of a grade."""
        return sum(f.grade == grade for f in self.findings)


def run(job: Job, item: Item) -> Outcome:
    """Do the job with one file. Never raises but for what ends the program: every failure is a sentence."""
    trace = ""
    try:
        with _time_limit(TIME_LIMIT):
            return _finished(job, item, load(item))
    except Unreadable as error:
        failure = error
    except TimeUp:
        failure = TOO_SLOW
    except MemoryError:
        failure = TOO_LARGE
    except Exception as error:  # noqa: BLE001 - a batch goes on after whatever one file does to a reader
        failure = Unreadable("internal", INTERNAL.format(type(error).__name__), INTERNAL_ADVICE)
        trace = traceback.format_exc()
    return failed(job, item, failure, trace)


def failed(job: Job, item: Item, error: Unreadable, trace: str = "") -> Outcome:
    """The result for a file that cannot be read."""
    words = json.dumps(_error_object(item, error), ensure_ascii=False, indent=job.indent) if job.json else ""
    return Outcome(item.shown, item.name, error=error, json=words, trace=trace)


def load(item: Item) -> Report:
    """Read one file. Unreadable when it cannot be read."""
    if item.error is not None:
        raise item.error
    from gongkai.readers import read_bytes, read_file

    if item.path is not None:
        return read_file(Path(item.path), name=item.name)
    return read_bytes(item.data or b"", item.name)


def _finished(job: Job, item: Item, report: Report) -> Outcome:
    if job.explain is not None:
        return _explained(job, item, report)
    if job.command == "read":
        return _outcome(job, item, report, report.to_json() if job.json else None)
    from gongkai.annual.check import check
    from gongkai.annual.previous import NOT_COMPARABLE

    checked = check(report, job.previous)
    why = next((f.message for f in checked.findings if f.id == NOT_COMPARABLE.id), "")
    data = checked.to_json() if job.json else None
    if data is not None and job.previous is not None:
        data["previous"] = {"name": job.previous_name, "used": not why, "why": why or None}
    return _outcome(job, item, report, data, checked, why)


def _outcome(
    job: Job,
    item: Item,
    report: Report,
    data: dict[str, Any] | None,
    checked: Checked | None = None,
    previous: str = "",
) -> Outcome:
    outcome = Outcome(
        item.shown,
        item.name,
        json="" if data is None else json.dumps(data, ensure_ascii=False, indent=job.indent),
        report=report if job.keep_report else None,
        found=is_report(report),
        read=len(report.cells),
        unsure=len(report.unsure),
        organ=report.organ,
        year=report.year,
        edition=report.edition,
        findings=tuple(checked.findings) if checked else (),
        verdicts=dict(checked.verdicts) if checked else None,
        previous=previous,
    )
    if job.screen is None or job.explain is not None:
        return outcome
    from gongkai.cli.show import block

    return replace(outcome, lines=tuple(block(report, outcome, job.screen, brief=job.brief)))


def _explained(job: Job, item: Item, report: Report) -> Outcome:
    from gongkai.cli.explain import explain, lines

    data = explain(report, job.explain or "")
    words = json.dumps(data, ensure_ascii=False, indent=job.indent) if job.json else ""
    shown = tuple(lines(data, item.shown, job.screen)) if job.screen else ()
    return replace(_outcome(job, item, report, None), json=words, lines=shown, unclear="candidates" in data)


def _error_object(item: Item, error: Unreadable) -> dict[str, Any]:
    source = {"name": item.name, "format": None, "sha256": _sha256(item)}
    return {"schema": SCHEMA, "source": source, "error": error.to_json()}


def _sha256(item: Item) -> str | None:
    with suppress(OSError, ValueError, MemoryError):
        if item.data is not None:
            return hashlib.sha256(item.data).hexdigest()
        if item.path is not None:
            with Path(item.path).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    return None


def is_report(report: Report) -> bool:
    """Whether anything of a yearly report was found."""
    return bool(report.cells or report.unsure or report.blank or report.sections)


# ---- limits ---------------------------------------------------------------------------------------------


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeUp after so many seconds; without effect outside the main thread, where signals cannot be had."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def limit_memory(limit: int = MEMORY_LIMIT) -> None:
    """Let this process hold at most so much data; more raises MemoryError. A child may raise its own limit again."""
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard < 0 else min(limit, hard), hard))
    except (ImportError, ValueError, OSError):
        return


def debugging() -> bool:
    """Whether tracebacks are wanted."""
    return os.environ.get("GONGKAI_DEBUG", "0") not in ("", "0")
