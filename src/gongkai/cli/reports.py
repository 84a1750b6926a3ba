"""`read`, `check` and `convert`: from files to output, one guarded process for one file, several for many."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gongkai.annual.report import Report
from gongkai.cli import work
from gongkai.cli.export import Refused, Targets, check_target, findings_tables
from gongkai.cli.export import convert as write_converted
from gongkai.cli.show import Screen, failure, summary
from gongkai.cli.sources import Item, Sources, clean, is_archive, is_folder, sources
from gongkai.cli.terminal import Paint, Progress, columns, plain, wants_colour
from gongkai.cli.work import Job, Outcome
from gongkai.readers.errors import Unreadable

OK, CONFLICT, UNREADABLE = 0, 1, 2
_PROGRESS_FROM = 4
_DOING = {"read": "读取", "check": "核对", "convert": "转换"}


def read_or_check(options: Namespace, *, guarded: bool) -> int:
    """`gongkai read` and `gongkai check`: the exit status of the format."""
    found = sources(options.files)
    tables = [t for t in (getattr(options, "csv", None), getattr(options, "xlsx", None)) if t is not None]
    for target in tables:
        check_target(target, found.paths)
    if len({Path(t).resolve() for t in tables}) < len(tables):
        raise Refused("--csv 和 --xlsx 不能写到同一个文件。")
    previous, previous_name = _previous(getattr(options, "previous", None))
    screen = _screen()
    job = Job(
        command=options.command,
        json=options.json,
        indent=None if found.several else 2,
        screen=None if options.json or options.summary else screen,
        brief=found.several,
        explain=getattr(options, "explain", None),
        previous=previous,
        previous_name=previous_name,
    )
    if not found.several:
        return _one(job, next(iter(found)), options, screen, guarded=guarded)
    return _many(job, found, options, screen)


def _previous(argument: str | None) -> tuple[Report | None, str]:
    """Last year's report, read before anything else: without it the whole question changes."""
    if argument is None:
        return None, ""
    if is_folder(argument):
        raise Refused(f"--previous 应当是一份报告，“{plain(clean(argument))}”是文件夹。")
    if is_archive(argument):
        raise Refused(f"--previous 应当是一份报告，“{plain(clean(argument))}”是压缩包。")
    item = next(iter(sources([argument])))
    outcome = work.run(Job("read", keep_report=True), item)
    if outcome.error is not None:
        error = outcome.error
        raise Refused(f"上年报告“{plain(item.shown)}”读不了：{plain(error.message)}{plain(error.advice)}")
    return outcome.report, item.name


def _one(job: Job, item: Item, options: Namespace, screen: Screen, *, guarded: bool) -> int:
    """One file: read in this process, or in a forked child whose end this process survives."""

    def finish(outcome: Outcome) -> int:
        return _say_one(job, outcome, options, screen)

    if not guarded:
        return finish(work.run(job, item))
    from gongkai.cli.guard import guard

    return guard(lambda: finish(work.run(job, item)), lambda error: finish(work.failed(job, item, error)))


def _say_one(job: Job, outcome: Outcome, options: Namespace, screen: Screen) -> int:
    if job.json:
        print(outcome.json)
    _complain(outcome, alone=True)
    if not job.json:
        lines = outcome.lines if not options.summary else tuple(summary([outcome], screen, checked=_checks(job)))
        for line in lines if outcome.error is None else ():
            print(line)
    _write_tables([outcome], options)
    sys.stdout.flush()
    return _status(job, [outcome])


def _many(job: Job, found: Sources, options: Namespace, screen: Screen) -> int:
    kept: list[Outcome] = []
    first = True
    if job.json:
        print("[", end="")
    for outcome in _outcomes(job, found, options):
        if job.json:
            print(("" if first else ",") + "\n" + outcome.json, end="")
        elif outcome.lines:
            print("\n".join((*outcome.lines, "", "─" * min(screen.width, 60))))
        _complain(outcome, alone=job.json)
        kept.append(_light(outcome))
        first = False
    if job.json:
        print("\n]")
    elif job.explain is None:
        for line in summary(kept, screen, checked=_checks(job)):
            print(line)
    else:
        for outcome in kept:
            for line in failure(outcome, screen) if outcome.error else ():
                print(line)
    _write_tables(kept, options)
    sys.stdout.flush()
    return _status(job, kept)


def _checks(job: Job) -> bool:
    return job.command == "check"


def _light(outcome: Outcome) -> Outcome:
    """An outcome without what has been shown already."""
    from dataclasses import replace

    return replace(outcome, json="", lines=(), report=None)


def _outcomes(job: Job, found: Sources, options: Namespace) -> Iterator[Outcome]:
    """Outcomes in the order of the files, read by several processes."""
    from gongkai.cli.pool import chunk_for, processes_for, run_all

    if all(isinstance(part, Item) and part.error is not None for part in found.parts):
        yield from (work.run(job, item) for item in found)
        return
    progress = Progress(_DOING[options.command])
    count = found.count
    total = count if count >= _PROGRESS_FROM else 0
    processes = processes_for(count, getattr(options, "jobs", None))
    try:
        for outcome in run_all(
            job, found, processes, chunk_for(count, processes), lambda done: progress.show(min(done, total), total)
        ):
            if outcome.lines or outcome.error or outcome.previous:
                progress.clear()
            yield outcome
    finally:
        progress.clear()


def _complain(outcome: Outcome, *, alone: bool) -> None:
    """What a person must hear whatever the output is: on standard error."""
    if outcome.error is not None and alone:
        sys.stderr.write(f"{plain(outcome.shown)}：{plain(outcome.error.message)}{plain(outcome.error.advice)}\n")
    if outcome.previous:
        sys.stderr.write(f"{plain(outcome.shown)}：--previous 没有用上：{plain(outcome.previous)}\n")
    if outcome.trace and work.debugging():
        sys.stderr.write(outcome.trace)


def _write_tables(outcomes: Sequence[Outcome], options: Namespace) -> None:
    csv, xlsx = getattr(options, "csv", None), getattr(options, "xlsx", None)
    if csv is not None or xlsx is not None:
        for path in findings_tables(outcomes, csv, xlsx):
            sys.stderr.write(f"已写入 {plain(clean(path))}。\n")


def _status(job: Job, outcomes: Sequence[Outcome]) -> int:
    if any(o.error is not None or o.unclear for o in outcomes):
        return UNREADABLE
    return CONFLICT if _checks(job) and any(o.count("conflict") for o in outcomes) else OK


def _screen() -> Screen:
    width = columns(sys.stdout)
    limit = width if sys.stdout.isatty() or "COLUMNS" in os.environ else None
    return Screen(min(width, 110), Paint(wants_colour(sys.stdout)), limit)


# ---- convert --------------------------------------------------------------------------------------------


def convert(options: Namespace, *, guarded: bool) -> int:
    """`gongkai convert IN… OUT`: 0 when everything was written, else 2."""
    *inputs, out = options.files
    if not inputs:
        raise Refused("缺少输出的文件名，写法：gongkai convert 年度报告.html 年度报告.docx。")
    found = sources(inputs)
    targets = Targets(found, out, options.to)
    job = Job("read", keep_report=True)
    if found.several:
        return _convert_all(_outcomes(job, found, options), targets)
    item = next(iter(found))

    def finish(outcome: Outcome) -> int:
        return _convert_all([outcome], targets)

    if not guarded:
        return finish(work.run(job, item))
    from gongkai.cli.guard import guard

    return guard(lambda: finish(work.run(job, item)), lambda error: finish(work.failed(job, item, error)))


def _convert_all(outcomes: Iterable[Outcome], targets: Targets) -> int:
    status = OK
    for outcome in outcomes:
        _complain(outcome, alone=True)
        if outcome.report is None:
            status = UNREADABLE
            continue
        try:
            path = _convert_one(outcome.report, outcome, targets)
        except Refused as refused:
            sys.stderr.write(f"{plain(outcome.shown)}：{refused}\n")
            status = UNREADABLE
            continue
        if outcome.unsure:
            sys.stderr.write(f"{plain(outcome.shown)}：有 {outcome.unsure} 格读不准，未写入，请核对。\n")
        print(f"已写入 {plain(clean(path))}")
    sys.stdout.flush()
    return status


def _convert_one(report: Report, outcome: Outcome, targets: Targets) -> str:
    """Write one report; the path it was written to."""
    if not outcome.found:
        raise Refused("没有找到年度报告的表格和章节，没有转换。")
    path, wanted = targets.of(outcome.name)
    try:
        write_converted(report, wanted, path)
    except (Refused, BrokenPipeError, MemoryError):
        raise
    except (Unreadable, ValueError, KeyError) as error:
        raise Refused(f"写不成 {wanted}：{plain(str(error))}") from error
    return path
