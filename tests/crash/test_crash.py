"""A small sample of `make crash`: every point once, and some deaths at any moment."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gongkai.web import failpoints
from tests.crash.run import points_in_code
from tests.environment import ROOT, own_environment

KILLS = 76
SERVER_KILLS = 3


def test_what_was_promised_survives_the_death_of_the_process_at_every_point(tmp_path):
    with own_environment(tmp_path, tables=True) as environment:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.crash.run", "--kills", str(KILLS)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=500,
            check=False,
        )
    assert ran.stdout, ran.stderr
    report = json.loads(ran.stdout)
    assert report["wrong"] == [], ran.stderr
    assert ran.returncode == 0
    assert report["kills"] > KILLS * 0.8, "most acts were killed, not merely ended"
    assert report["unreached"] == [], "a point that no scenario reaches is tested by none"
    died = {point for point, deaths in report["points"].items() if deaths}
    assert sorted(points_in_code() - died) == [], "a point at which no process died"


def test_what_the_server_answered_survives_its_death(tmp_path):
    with own_environment(tmp_path, tables=True) as environment:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.crash.server", "--kills", str(SERVER_KILLS)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    assert ran.stdout, ran.stderr
    report = json.loads(ran.stdout)
    assert (report["wrong"], report["kills"]) == ([], SERVER_KILLS), ran.stderr
    assert report["registered"] > 0, "it was killed at work"


def test_a_point_does_nothing_unless_a_test_says_so(monkeypatch):
    monkeypatch.delenv("GONGKAI_TESTING", raising=False)
    monkeypatch.setenv("GONGKAI_FAILPOINT", "files.before_row")
    failpoints._from_environment()
    failpoints.failpoint("files.before_row")
    for wanted in (lambda: failpoints.arm("files.before_row"), failpoints.watch):
        with pytest.raises(RuntimeError, match="GONGKAI_TESTING"):
            wanted()


@pytest.mark.parametrize(("hit", "status"), [("", 137), (":2", 137), (":3", 0)])
def test_a_point_ends_the_process_at_the_hit_that_was_named(hit, status):
    code = "from gongkai.web.failpoints import failpoint as f; f('a.b'); f('c'); f('a.b')"
    environment = {"GONGKAI_TESTING": "1", "GONGKAI_FAILPOINT": "a.b" + hit, "PYTHONPATH": str(ROOT / "src")}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == status


def test_the_points_of_the_code_are_known():
    assert {"files.before_row", "messages.after_send", "jobs.before_done", "archive.packed"} <= points_in_code()
    assert len(points_in_code()) > 30
