"""Many files on several processes, and one file in a guarded one: no file takes the others, or the program, with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.cli import pool
from gongkai.cli.sources import Item, sources
from gongkai.cli.work import Job
from tests.cli.invented import report, save, unsound


@pytest.fixture
def items(tmp_path):
    for number in range(12):
        save(tmp_path, f"{number:02}.json", report(received=number))
    return list(sources([str(tmp_path)]))


def values(outcomes):
    return [json.loads(o.json)["cells"]["applications.received.total"]["value"] for o in outcomes]


@pytest.mark.parametrize(("processes", "chunk"), [(1, 1), (2, 1), (2, 5), (3, 16)])
def test_results_come_in_the_order_of_the_files(items, processes, chunk):
    counted = []

    outcomes = list(pool.run_all(Job("read", json=True), items, processes, chunk, counted.append))

    assert values(outcomes) == list(range(12))
    assert counted == list(range(1, 13))


def test_files_are_taken_only_when_a_process_is_free_for_them(items):
    taken = []

    def coming():
        for number, item in enumerate(items):
            taken.append(number)
            yield item

    first = next(pool.run_all(Job("read", json=True), coming(), 2, 1))

    assert values([first]) == [0]
    assert len(taken) < 12


def test_a_process_that_dies_costs_one_file_and_the_others_go_on(items):
    running = pool._Pool(Job("read", json=True), items, 2, 4)
    done = {}
    for index, outcome in running.outcomes():
        if not done:
            os.kill(running.workers[0].process.pid, signal.SIGKILL)
        done[index] = outcome
    running.close()

    failed = [o for o in done.values() if o.error is not None]
    assert sorted(done) == list(range(12))
    assert len(failed) <= 1
    assert all(o.error.code == "died" for o in failed)
    assert sorted(values(o for o in done.values() if o.error is None)) == sorted(
        i for i, o in done.items() if o.error is None
    )


def test_a_process_that_hangs_is_ended_and_its_file_said_to_be_too_slow(items, monkeypatch):
    monkeypatch.setattr(pool, "HARD_LIMIT", 1.0)
    running = pool._Pool(Job("read", json=True), items, 1, 12)
    done = {}
    for index, outcome in running.outcomes():
        if not done:
            os.kill(running.workers[0].process.pid, signal.SIGSTOP)
        done[index] = outcome
    running.close()

    codes = [done[i].error.code for i in range(12) if done[i].error]
    assert codes == ["timeout"]


def test_no_process_is_left_behind(items):
    outcomes = pool.run_all(Job("read"), items, 2, 1)
    next(outcomes)
    frame = outcomes.gi_frame.f_locals["pool"]
    processes = [w.process for w in frame.workers]

    outcomes.close()

    assert processes
    assert not any(p.is_alive() for p in processes)


def test_a_fault_of_the_program_is_one_sentence_for_that_file(monkeypatch):
    import gongkai.readers
    from gongkai.cli import work

    monkeypatch.setattr(gongkai.readers, "read_bytes", lambda data, name: 1 / 0)

    outcome = work.run(Job("check", json=True), Item("甲.html", "甲.html", data=b"x"))

    assert outcome.error.code == "internal"
    assert "ZeroDivisionError" in outcome.error.message
    assert "Traceback" in outcome.trace
    assert "Traceback" not in outcome.json


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch):
    import time

    import gongkai.readers
    from gongkai.cli import work

    monkeypatch.setattr(gongkai.readers, "read_bytes", lambda data, name: time.sleep(5))
    monkeypatch.setattr(work, "TIME_LIMIT", 0.05)

    assert work.run(Job("read"), Item("甲.html", "甲.html", data=b"x")).error.code == "timeout"


def command(*arguments, **settings):
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *arguments], capture_output=True, check=False, timeout=60, **settings
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="没有 /dev/full")
@pytest.mark.parametrize("several", [False, True])
def test_a_full_disk_is_one_sentence(tmp_path, several):
    path = str(save(tmp_path, "报告.html"))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gongkai.cli", "check", path, *([path] if several else [])],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )

    assert done.returncode == 2
    assert done.stderr == "gongkai：结果输出不了：磁盘已满。\n"


def test_the_installed_command_reads_checks_and_refuses_like_the_function(tmp_path):
    good, bad = str(save(tmp_path, "好.html")), str(save(tmp_path, "错.html", unsound()))

    assert command("read", good).returncode == 0
    assert command("check", good).returncode == 0
    assert command("check", bad).returncode == 1
    assert command("check", bad, str(tmp_path / "没有.html")).returncode == 2
    assert command("convert", good, str(tmp_path / "出.docx")).returncode == 0
    assert command("convert", good, good).returncode == 2


def test_json_is_utf_8_whatever_the_terminal_speaks(tmp_path):
    done = command("read", str(save(tmp_path, "报告.html")), "--json", env={**os.environ, "PYTHONIOENCODING": "gbk"})

    assert json.loads(done.stdout.decode("utf-8"))["organ"] == "青禾县民政局"


# ---- one file, guarded ----------------------------------------------------------------------------------------------


def guarded(body: str, *, limit: float = 20.0) -> subprocess.CompletedProcess[str]:
    program = f"""
import os, signal, sys, time
from gongkai.cli import work
from gongkai.cli.guard import guard

def do():
    {body}
    return 0

def said(error):
    print(error.code)
    return 2

sys.exit(guard(do, said, {limit}))
"""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)


GUARDED = [
    # what the reading does                     | exit | what is printed
    ("print('读完')", 0, "读完"),
    ("return 1", 1, ""),
    ("os.kill(os.getpid(), signal.SIGSEGV)", 2, "died"),
    ("os.kill(os.getpid(), signal.SIGKILL)", 2, "memory"),
    ("raise RecursionError", 2, "died"),
    ("held = bytearray(2 * work.MEMORY_LIMIT)", 2, "died"),
]


@pytest.mark.parametrize(("body", "status", "said"), GUARDED)
def test_whatever_reading_does_there_is_one_answer(body, status, said):
    done = guarded(body)

    assert (done.returncode, done.stdout.strip()) == (status, said)


def test_a_file_that_never_ends_is_ended():
    done = guarded("time.sleep(60)", limit=0.3)

    assert (done.returncode, done.stdout.strip()) == (2, "timeout")


def test_memory_beyond_the_limit_is_said_to_be_that():
    program = """
import gongkai.readers
from gongkai.cli import work
from gongkai.cli.sources import Item
work.limit_memory(200 * 1024 * 1024)
gongkai.readers.read_bytes = lambda data, name: bytearray(400 * 1024 * 1024)
print(work.run(work.Job("read"), Item("x", "x", data=b"x")).error.code)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "memory"
