"""The application desk under load: pages with many cases stored, registrations beside readers, a ledger brought in."""

from __future__ import annotations

import http.client
import os
import re
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import office_data
from bench.figures import Figure, at_least, at_most, shown
from bench.office_rows import TODAY, ledger_rows

ROUNDS = 200
WARM = 10
PORT = 18231
_LEDGER = "云岭县台账"
READERS, RATE, SECONDS = 20, 20, 10


def _percentiles(moments: list[float]) -> tuple[float, float]:
    """Median and 99th percentile, in milliseconds."""
    ordered = sorted(moments)
    return statistics.median(ordered) * 1000, ordered[int(len(ordered) * 0.99) - 1] * 1000


def _timed(get: Callable[[str], object], urls: list[str]) -> tuple[list[float], list[float]]:
    """By the clock and by this process's processor time; each address is asked once before."""
    for url in urls[:WARM]:
        get(url)
    moments, worked = [], []
    for n in range(ROUNDS):
        start, busy = time.perf_counter(), time.process_time()
        get(urls[n % len(urls)])
        worked.append(time.process_time() - busy)
        moments.append(time.perf_counter() - start)
    return moments, worked


def _asking() -> Callable[[str], object]:
    """The server's own application, asked without a network: what a worker of the server does for each request."""
    from django.test import RequestFactory

    from gongkai.web.wsgi import application

    factory = RequestFactory(headers={"host": "127.0.0.1"})

    def get(url: str) -> bytes:
        said: list[str] = []

        def begin(status: str, headers: Any, error: Any = None, /) -> Callable[[bytes], object]:
            said.append(status)
            return lambda written: None

        answer = application(factory.get(url).environ, begin)
        try:
            page = b"".join(answer)
        finally:
            answer.close()
        assert said == ["200 OK"], (url, said)
        return page

    return get


def pages(build: Path) -> Iterator[Figure]:
    """Server's time of the start page, the list, a case and the figures, as the middleware and templates make them."""
    office_data.prepared(build)
    from gongkai.web.onrequest.models import Case

    get = _asking()
    keys = list(Case.objects.filter(number__startswith="台").order_by("number").values_list("pk", flat=True)[:ROUNDS])
    filters = ("", "?group=overdue", "?group=closed", "?group=all&page=3", "?group=all&order=oldest", "?group=soon")
    many = {
        "start page": (["/"], 40, 120),
        "list": ([f"/cases{query}" for query in filters], 40, 120),
        "case page": ([f"/cases/{key}" for key in keys], 40, 120),
        "figures of a year": ([f"/figures?year={year}" for year in (TODAY.year, TODAY.year - 1)], 300, 300),
    }
    for name, (urls, most, at_worst) in many.items():
        moments, worked = _timed(get, urls)
        beside = f"{name}, {office_data.SIZE:,} cases on {office_data.store()}"
        for part, found, busy, limit in zip(
            ("median", "99th percentile"), _percentiles(moments), _percentiles(worked), (most, at_worst), strict=True
        ):
            yield at_most(f"{beside}, {part}", found, "ms", limit)
            yield shown(f"{beside}, {part}, processor time of the process", busy, "ms")


@contextmanager
def _served() -> Iterator[None]:
    words = [sys.executable, "-m", "gongkai.cli", "serve", "--port", str(PORT)]
    told = os.environ | {"GONGKAI_BACKGROUND": "1"}
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=told)
    try:
        for _ in range(240):
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)) as asked:
                    asked.request("GET", "/health")
                    if asked.getresponse().status == 200:
                        break
            except OSError:
                time.sleep(0.25)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _form() -> tuple[str, dict[str, str]]:
    """The cookie and the fields of an empty form of registration."""
    with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)) as asked:
        asked.request("GET", "/cases/new")
        answer = asked.getresponse()
        page = answer.read().decode()
        cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    organ = re.search(r'name="organ"[^>]*>\s*<option value="([^"]+)"', page)
    assert token
    assert organ
    fields = {
        "csrfmiddlewaretoken": token[1], "organ": organ[1], "channel": "in_person", "kind": "natural_person",
        "name": "李清", "identity_kind": "", "identity": "", "phone": "13900000000", "content": "申请公开道路施工许可",
        "provision": "paper", "manner": "pick_up", "received_on": time.strftime("%Y-%m-%d"),
    }  # fmt: skip
    return cookie, fields


def registrations(build: Path) -> Iterator[Figure]:
    """Registrations at a steady rate while readers turn pages, over HTTP on one machine, clients included."""
    office_data.prepared(build)
    moments: list[float] = []
    stop, lock = threading.Event(), threading.Lock()
    with _served():
        cookie, fields = _form()
        origin = f"http://127.0.0.1:{PORT}"

        def read() -> None:
            with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)) as asked:
                while not stop.is_set():
                    asked.request("GET", "/cases?group=soon")
                    asked.getresponse().read()
                    stop.wait(0.5)

        def register(n: int, at: float) -> None:
            time.sleep(max(0.0, at - time.perf_counter()))
            body = urlencode(fields | {"once": f"bench:{time.time_ns()}:{n}"})
            head = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Origin": origin}
            with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)) as asked:
                asked.request("POST", "/cases/new", body, head)
                status = asked.getresponse().status
            assert status == 302, status
            with lock:
                moments.append(time.perf_counter() - at)

        readers = [threading.Thread(target=read) for _ in range(READERS)]
        start = time.perf_counter() + 1
        writers = [threading.Thread(target=register, args=(n, start + n / RATE)) for n in range(RATE * SECONDS)]
        for thread in (*readers, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        took = time.perf_counter() - start
        stop.set()
        for thread in readers:
            thread.join()
    middle, last = _percentiles(moments)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    yield at_least(
        f"durable registrations beside {READERS} readers", len(moments) / took, "registrations/s", RATE * 0.98
    )
    yield shown("durable registration, median", middle, "ms")
    yield at_most("durable registration, 99th percentile", last, "ms", 300)
    yield shown("processor time of the server, its start included", used.ru_utime + used.ru_stime, "s")


def ledger(build: Path) -> Iterator[Figure]:
    """A ledger of 20,000 rows brought in, reading of the workbook left out."""
    office_data.prepared(build)
    from gongkai.web.annual.desk import open_desk
    from gongkai.web.audit.services import Audit
    from gongkai.web.onrequest.services.ledger import bring_in
    from gongkai.web.organs.models import Organ
    from gongkai.web.people.selectors import local_operator

    county, operator = open_desk(), local_operator()
    assert operator is not None
    # Other people than those of earlier runs over this store: the same ones would be looked up ever longer.
    before = Organ.objects.filter(county=county.pk, name__startswith=_LEDGER).count()
    organ = Organ.objects.create(county=county.pk, name=f"{_LEDGER}{before}局", form="department", word="云台")
    rows = ledger_rows(20_000, first=5_000_000 + 20_000 * before)
    start = time.process_time()
    bring_in(audit=Audit(actor=operator.pk, county=county.pk), organ=organ, rows=rows, sha256=str(time.time_ns()))
    yield at_most("ledger of 20,000 rows brought in", time.process_time() - start, "s", 60)
    yield shown("cases stored", office_data.SIZE, "cases")
