"""Kills the real server while four clients register applications over HTTP, and looks at what is left.

`python -m tests.crash.server --kills 200`: each life of the server ends with SIGKILL at a random moment. Then the form
that got no answer is sent again, as a person would: it must be registered once. GONGKAI_DATA and GONGKAI_DATABASE_URL
say where; both must be the test's own. Exit status 1 when anything is not as it must be.
"""

from __future__ import annotations

import argparse
import functools
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from tests.crash.run import fork
from tests.first_start import free_port

CLIENTS = 4
CHECK_EVERY = 10
SERVER = """
import sys
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
Granian("gongkai.web.wsgi:application", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI, workers=1,
        blocking_threads=4, log_level=LogLevels.critical, websockets=False).serve()
"""
"""As `gongkai serve` starts it."""
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
LOST = (OSError, http.client.HTTPException)


@contextmanager
def _alive() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A server that answers, in a process group of its own; dead afterwards, with all that it started."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], start_new_session=True)
    try:
        for _ in range(300):
            try:
                _ask(port, "GET", "/health")
                break
            except LOST:
                time.sleep(0.05)
        yield process, port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _ask(port: int, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, text
    finally:
        connection.close()


def _form(once: str, organ: str, today: str) -> dict[str, str]:
    return {
        "once": once,
        "organ": organ,
        "channel": "in_person",
        "received_on": today,
        "kind": "natural_person",
        "name": "李清照",
        "identity_kind": "identity_card",
        "identity": "110101199003074514",
        "phone": "13800001234",
        "content": f"申请公开农村公路建设项目的立项批复，{once}",
        "provision": "paper",
        "manner": "pick_up",
    }


class Clerk(threading.Thread):
    """Registers one application after the other until the server is gone; what was told and what had no answer."""

    def __init__(self, port: int, organ: str, today: str, unanswered: list[str]) -> None:
        super().__init__()
        self.port, self.organ, self.today = port, organ, today
        self.again = list(unanswered)
        self.told: dict[str, str] = {}
        self.unanswered: list[str] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        """Work."""
        try:
            _, headers, page = _ask(self.port, "GET", "/cases/new")
        except LOST:
            self.unanswered = self.again
            return
        cookie = headers["set-cookie"].split(";")[0]
        token = _TOKEN.search(page)
        while token:
            once = self.again.pop() if self.again else f"desk:{uuid.uuid4()}"
            sent = _form(once, self.organ, self.today) | {"csrfmiddlewaretoken": token[1]}
            try:
                status, headers, page = _ask(
                    self.port, "POST", "/cases/new", urlencode(sent), Cookie=cookie,
                    **{"Content-Type": "application/x-www-form-urlencoded"},
                )  # fmt: skip
            except LOST:
                self.unanswered = [once, *self.again]
                return
            if status != 302:
                self.wrong.append(f"{status}: {page[-400:]}")
                return
            self.told[once] = headers["location"].split("/")[2]


def prepare() -> tuple[str, str]:
    """The organ and the day, in a store made for this."""
    from django.utils import timezone

    from gongkai.web.organs.models import Organ
    from tests.crash.scenarios.scenario import office

    audit = office()
    organ, _ = Organ.objects.get_or_create(
        county=audit.county, name="云岭县交通运输局", defaults={"form": "department", "word": "云交"}
    )
    return str(organ.pk), timezone.localdate().isoformat()


def look(told: dict[str, str]) -> list[str]:
    """What is not as it must be."""
    from gongkai.web.audit import chain, verify
    from gongkai.web.onrequest.models import Application
    from tests.crash.run import _database_is_sound
    from tests.crash.scenarios.onrequest import _check_applications
    from tests.crash.scenarios.scenario import office

    audit = office()
    known = dict(Application.objects.values_list("once", "pk"))
    wrong = [
        f"{once} was answered with {key} and is {known.get(once)}"
        for once, key in told.items()
        if str(known.get(once)) != key
    ]
    chain.seal(audit.county)
    return wrong + _check_applications(audit, []) + list(verify.verify(audit.county).faults) + _database_is_sound()


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20260302)
    options = parser.parse_args()
    os.environ["GONGKAI_TESTING"] = "1"
    from gongkai.web.operate.prepare import prepare_store, set_up

    fork(prepare_store)[1]()
    set_up()
    _, (organ, today) = fork(prepare)[1]()
    chance = random.Random(options.seed)
    told: dict[str, str] = {}
    unanswered: list[str] = []
    wrong: list[str] = []
    repeated, kills, begun = 0, 0, time.monotonic()
    while kills < options.kills and not wrong:
        with _alive() as (process, port):
            repeated += len(unanswered)
            clerks = [Clerk(port, organ, today, unanswered[n::CLIENTS]) for n in range(CLIENTS)]
            for clerk in clerks:
                clerk.start()
            # Mostly while it is at work, now and then while it warms up.
            patience = time.monotonic() + 10 * (chance.random() < 0.8)
            while time.monotonic() < patience and not any(clerk.told for clerk in clerks):
                time.sleep(0.01)
            time.sleep(chance.uniform(0.0, 0.5))
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
            for clerk in clerks:
                clerk.join()
        unanswered = [once for clerk in clerks for once in clerk.unanswered]
        for clerk in clerks:
            told |= clerk.told
            wrong += clerk.wrong
        if kills % CHECK_EVERY == 0 or kills == options.kills:
            status, said = fork(functools.partial(look, told))[1]()
            wrong += said if status == 0 else ["the check failed by itself"]
    report: dict[str, Any] = {
        "kills": kills,
        "registered": len(told),
        "sent_again": repeated,
        "seconds": round(time.monotonic() - begun, 1),
        "wrong": wrong,
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
