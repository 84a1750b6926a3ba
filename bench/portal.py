"""The portal under load: kept pages, items and lists made anew, the memory of the server, what it never loads.

A real server with two workers answers `wrk` on the same machine (BENCH_PORTAL_ITEMS published entries, 20,000 by
default, kept in build/bench). A page is made anew when its address was never asked for before.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench import portal_data
from bench.figures import Figure, at_least, at_most, shown
from bench.office import PORT, _served

SECONDS = int(os.environ.get("BENCH_SECONDS", "6"))
CONNECTIONS = 16
UNNEEDED = ("typst", "duckdb", "pdfplumber", "docx", "docxtpl", "openpyxl", "pypdfium2", "PIL", "numpy", "polars")
NEVER = ("typst", "duckdb", "pdfplumber")
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_LATENCY = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
_SCRIPT = """
local paths = {}
for line in io.lines("%(list)s") do paths[#paths + 1] = line end
local n, first = 0, %(first)d
request = function()
  n = n + 1
  local path = paths[(n %% #paths) + 1]
  if %(anew)s then path = path .. (string.find(path, "?", 1, true) and "&" or "?") .. "n=" .. (first + n) end
  return wrk.format("GET", path)
end
done = function(summary) io.stderr:write("errors " .. (summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout)) end
"""


def _load(urls: list[str], *, anew: bool) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds. RuntimeError when any answer was an error."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "urls.txt", Path(folder) / "ask.lua"
        listed.write_text("\n".join(urls), "utf-8")
        told = {"list": listed, "first": time.time_ns() // 1000 % 10**9, "anew": str(anew).lower()}
        script.write_text(_SCRIPT % told, "utf-8")
        words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "30s", "--latency", "-s", str(script)]
        done = subprocess.run(
            [*words, f"http://127.0.0.1:{PORT}"], capture_output=True, text=True, check=True, timeout=SECONDS + 60
        )
    if "errors 0" not in done.stderr:
        raise RuntimeError(f"the server answered with errors: {done.stderr} {done.stdout}")
    rate, late = _RATE.search(done.stdout), _LATENCY.search(done.stdout)
    assert rate
    assert late
    return float(rate[1]), float(late[1]) * {"us": 0.001, "ms": 1, "s": 1000}[late[2]]


def _warm(urls: list[str]) -> None:
    """Ask until both workers have answered: a new connection each time, which may be either's."""
    for url in (*urls, *urls[:20]):
        with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)) as asked:
            asked.request("GET", url)
            answer = asked.getresponse()
            answer.read()
            assert answer.status == 200, (url, answer.status)


def _children(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            found += _children(int(child))
    return found


def _memory(pid: int) -> float:
    """Megabytes of the server and all its processes, what they share counted once (PSS)."""
    total = 0
    for each in _children(pid):
        rollup = Path(f"/proc/{each}/smaps_rollup").read_text("ascii")
        total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
    return total / 1024


@contextmanager
def _server() -> Iterator[int]:
    """The process of a running server."""
    before = set(_children(os.getpid()))
    with _served():
        mine = [pid for pid in _children(os.getpid()) if pid not in before]
        yield mine[0]


def _loaded(pid: int) -> set[str]:
    """Libraries of compiled code that a process of the server has loaded, among those it must not."""
    found = set()
    for each in _children(pid):
        maps = Path(f"/proc/{each}/maps").read_text("utf-8", errors="replace")
        found |= {name for name in UNNEEDED if f"/{name}" in maps}
    return found


def _modules(urls: list[str]) -> set[str]:
    """What a fresh process has loaded after making these pages."""
    code = (
        "import sys\nfrom django.test import RequestFactory\nfrom gongkai.web.wsgi import application\n"
        "factory = RequestFactory(headers={'host': '127.0.0.1'})\n"
        f"for url in {urls!r}:\n"
        "    b''.join(application(factory.get(url).environ, lambda status, headers, error=None: None))\n"
        "print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    return set(done.stdout.split()) & set(UNNEEDED)


def figures(build: Path) -> Iterator[Figure]:
    """All of it, over the store that is filled first."""
    found = portal_data.prepared(build)
    beside = f"{found.count:,} published on {portal_data.store()}"
    urls = [*found.pages, *found.items[:20]]
    met = _modules(urls)
    yield at_most(f"modules a portal process must not load: {', '.join(NEVER)}", len(met & set(NEVER)), "modules", 0)
    yield shown(
        f"heavy modules after {len(urls)} pages{': ' + ', '.join(sorted(met)) if met else ''}", len(met), "modules"
    )
    if shutil.which("wrk") is None:
        print("  wrk is not installed (Debian: wrk): the rates of the portal are not measured", file=sys.stderr)
        return
    with _server() as pid:
        _warm([*urls, *found.lists, *found.lists])
        for name, asked, anew, least in (
            ("anonymous pages, kept", urls, False, 1500),
            ("page of an item, made anew", found.items, True, 600),
            ("page of a list, made anew", found.lists, True, 250),
        ):
            rate, late = _load(asked, anew=anew)
            yield at_least(f"{name}, {beside}", rate, "requests/s", least)
            yield shown(f"{name}, 99th percentile with {CONNECTIONS} connections", late, "ms")
        yield at_most("memory of the server at two workers after that (PSS)", _memory(pid), "MB", 300)
        wrong = _loaded(pid) & set(NEVER)
        yield at_most(
            f"compiled libraries it must not load{': ' + ', '.join(wrong) if wrong else ''}", len(wrong), "", 0
        )
