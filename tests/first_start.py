"""The first start of the desk, on a folder that is not there yet: what it shows, and what it leaves.

It is made once a run, by `tests.environment.made_once`: tests/web/test_settings.py looks at what was seen, and the tests
that need the demonstration begin with a copy of what was left.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

_PATIENCE = 900.0
"""Seconds that a start may take on a machine with much else to do."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serving(port: int, environment: dict[str, str]) -> subprocess.Popen[str]:
    """A server, and what it says."""
    code = f"import sys; from gongkai.web.serve import serve; sys.exit(serve(port={port}))"
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _get(port: int, path: str, seconds: float = 120) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=seconds) as answer:
        return bytes(answer.read())


def _list(server: subprocess.Popen[str], port: int) -> str:
    """The list of reports, once each of them is read."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            page = _get(port, "/annual", 5).decode()
        except OSError:
            page = ""
        if page and "tag-wait" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("the server did not come up, or did not read its reports")


def seen(server: subprocess.Popen[str], port: int) -> dict[str, str]:
    """What a server shows: the list of reports, and how the file of the first of them begins."""
    page = _list(server, port)
    report = re.search(r"/reports/[0-9a-f-]{36}", page)
    assert report, page
    return {"list": page, "file": _get(port, f"{report[0]}/download/pdf")[:4].decode("latin-1")}


def start() -> None:
    """Start on nothing, keep what was seen beside the data folder, and leave no work behind."""
    folder, port = Path(os.environ["GONGKAI_DATA"]), free_port()
    assert not folder.exists(), "the first start finds nothing"
    server = serving(port, dict(os.environ))
    try:
        found = seen(server, port)
    finally:
        server.terminate()
        said = server.communicate(timeout=120)[0]
    end_work()
    kept = {**found, "said": said, "address": f"http://127.0.0.1:{port}"}
    folder.with_name("first.json").write_text(json.dumps(kept), "utf-8")


def end_work() -> None:
    """Do what is still to be done, in this process."""
    from gongkai.web.serve import prepare

    assert not prepare(), "the demonstration is loaded once"
    from gongkai.web.annual.desk import read_all
    from gongkai.web.files import bounded
    from gongkai.web.jobs.worker import reclaim, run_waiting

    read_all()
    reclaim(seconds=0)
    run_waiting()
    bounded.pool().close()
