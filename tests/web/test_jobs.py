"""Jobs: with the transaction or not at all, once while they wait, taken over from the dead, given up at last."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gongkai.web.jobs import daily, worker
from gongkai.web.jobs.models import DailyRun, Ticket
from gongkai.web.jobs.services import NotForAJob, enqueue
from tests.environment import own_environment
from tests.web.job_tasks import done, fail, note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def test_a_job_of_a_key_waits_once_and_can_be_wanted_again_when_it_runs():
    assert enqueue(note, "a", key="k") is not None
    assert enqueue(note, "a", key="k") is None
    assert enqueue(note, "b", key="other") is not None
    taken = worker.claim("one")
    assert enqueue(note, "a", key="k") is not None
    worker.run(*taken)
    assert worker.run_waiting() == 2
    assert sorted(done) == ["a", "a", "b"]
    assert set(Ticket.objects.values_list("state", flat=True)) == {"done"}
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_job_of_a_failed_act_is_never_done():
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue(note, "a", key="k")
        raise RuntimeError("the power went out")
    assert worker.run_waiting() == 0


def test_a_job_for_later_is_left_until_then():
    enqueue(note, "a", key="k", run_after=timezone.now() + timedelta(hours=1))
    assert worker.run_waiting() == 0


@pytest.mark.parametrize("wrong", ["张三", "13900001111", "a@b.cn", 13900001111, 1.5, None, datetime.now(), "a" * 65])  # noqa: DTZ005
def test_nothing_that_may_tell_of_a_person_becomes_an_argument(wrong):
    with pytest.raises(NotForAJob):
        enqueue(note, wrong, key="k")
    assert enqueue(note, "letter.write", key="k") is not None
    assert enqueue(note, uuid.uuid4(), key="l") is not None
    assert enqueue(note, date(2026, 3, 2), key="m") is not None
    assert enqueue(note, 2026, key="n") is not None


def test_a_failing_job_is_tried_five_times_and_what_it_said_is_kept_nowhere():
    enqueue(fail, "a", key="k")
    for _ in range(worker.ATTEMPTS + 1):
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
        worker.run_waiting()
    ticket, row = Ticket.objects.get(), DBTaskResult.objects.get()
    assert (len(done), ticket.state, row.status) == (worker.ATTEMPTS, "failed", "FAILED")
    assert ticket.failure == "builtins.RuntimeError"
    assert "张三" not in str(DBTaskResult.objects.values()) + str(Ticket.objects.values())


def test_a_silent_worker_loses_its_job_and_may_not_say_it_was_done():
    enqueue(note, "a", key="k")
    task, ticket = worker.claim("one")
    assert worker.reclaim() == 0
    Ticket.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    assert worker.reclaim() == 1
    taken = worker.claim("two")
    worker.run(task, ticket)
    assert Ticket.objects.get().state == "running"
    worker.run(*taken)
    assert Ticket.objects.get().state == "done"


def test_a_job_of_the_dead_that_is_wanted_anew_is_done_once():
    enqueue(note, "a", key="k")
    worker.claim("one")
    enqueue(note, "a", key="k")
    Ticket.objects.filter(state="running").update(beat_at=timezone.now() - timedelta(minutes=5))
    assert worker.reclaim() == 1
    assert worker.run_waiting() == 1
    assert done == ["a"]


def test_what_is_done_daily_is_done_once_a_day_and_again_when_it_failed(monkeypatch):
    seen, broken = [], [True]

    def breaks(day):
        if broken:
            raise RuntimeError("not today")
        seen.append(("b", day))

    monkeypatch.setattr(daily, "_hooks", {"a": lambda day: seen.append(("a", day)), "b": breaks})
    monkeypatch.setattr(daily, "autodiscover_modules", lambda _name: None)
    today = date(2026, 3, 2)
    assert daily.run_daily(today) == ["a"]
    assert DailyRun.objects.get(name="b").failure == "RuntimeError"
    broken.clear()
    assert daily.run_daily(today) == ["b"]
    assert daily.run_daily(today) == []
    assert seen == [("a", today), ("b", today)]
    assert daily.run_daily(today + timedelta(days=1)) == ["a", "b"]


def test_a_daily_hook_that_was_cut_off_is_begun_anew_after_an_hour(monkeypatch):
    seen: list = []
    monkeypatch.setattr(daily, "_hooks", {"a": seen.append})
    monkeypatch.setattr(daily, "autodiscover_modules", lambda _name: None)
    today = date(2026, 3, 2)
    DailyRun.objects.create(name="a", day=today, begun_at=timezone.now())
    assert daily.run_daily(today) == []
    DailyRun.objects.update(begun_at=timezone.now() - timedelta(hours=2))
    assert daily.run_daily(today) == ["a"]


def test_every_app_s_daily_hooks_are_found():
    assert {"files.sweep", "jobs.prune", "messages.wake"} <= set(daily.hooks())
    assert "files.sweep" in daily.run_daily()
    daily.run_ticks()


def test_jobs_that_were_done_a_month_ago_are_forgotten():
    enqueue(note, "a", key="old")
    worker.run_waiting()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=31))
    enqueue(note, "a", key="new")
    worker.run_waiting()
    daily.prune(date(2026, 3, 2))
    assert [ticket.key for ticket in Ticket.objects.all()] == ["new"]
    assert DBTaskResult.objects.count() == 1


def test_two_hooks_of_one_name_are_refused():
    hook = daily.hooks()["files.sweep"]
    assert daily.every_day("files.sweep")(hook) is hook
    with pytest.raises(ValueError, match=r"files\.sweep"):
        daily.every_day("files.sweep")(lambda day: None)


_WORK = """
import django; django.setup()
from gongkai.web.jobs.worker import Worker
Worker(poll=0.1, beat=0.3, lease=1.5).work()
"""
_ASK = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.web.jobs.services import enqueue
from tests.web.job_tasks import slow
enqueue(slow, "first", key="first")
"""
_TELL = """
import django; django.setup()
from gongkai.web.jobs.models import Ticket
t = Ticket.objects.get(key="first"); print(t.state, t.attempts)
"""


_BESIDE = """
import time
from gongkai.web.operate.prepare import prepare_store
prepare_store()
from gongkai.web.annual.desk import open_desk
from gongkai.web.jobs.models import DailyRun, Ticket
from gongkai.web.jobs.services import enqueue
from gongkai.web.operate.worker import start_background
from tests.web.job_tasks import note
open_desk()
enqueue(note, "a", key="a")
start_background()
start_background()
end = time.monotonic() + 240
while Ticket.objects.get().state != "done" or not DailyRun.objects.filter(done_at__isnull=False).exists():
    assert time.monotonic() < end
    time.sleep(0.05)
print("done")
"""


def _run(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _worker(environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", _WORK], env=environment)


def _until(true, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_job_of_a_killed_worker_is_done_by_another(tmp_path):
    with own_environment(tmp_path, tables=True) as environment:
        _run(_ASK, environment)
        begun = Path(environment["GONGKAI_DATA"]) / "first.begun"
        first = _worker(environment)
        _until(begun.exists)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        second = _worker(environment)
        try:
            _until(lambda: begun.read_text().count("begun") == 2)
            _until(lambda: _run(_TELL, environment) == "done 2")
        finally:
            second.kill()
            second.wait()


def test_the_server_of_one_machine_does_the_jobs_itself(tmp_path):
    with own_environment(tmp_path, tables=True) as environment:
        assert _run(_BESIDE, environment) == "done"


def test_a_worker_that_is_told_to_stop_ends_by_itself(tmp_path):
    with own_environment(tmp_path, tables=True) as environment:
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai.cli", "worker"], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "后台处理已启动。\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=120) == 0
        process.stdout.close()
