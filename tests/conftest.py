"""What all tests share: by what name a test says what it needs, and when it may be skipped for want of it.

A test that needs something this machine may lack says so: `@pytest.mark.needs("browser")`, `"libreoffice"`, `"corpus"`.
Where it is absent the test is skipped by that name. Where GONGKAI_REQUIRE is set (as in continuous integration) only
the corpus may be wanting: any other skip, however it came about, is a failure.

`make test` gives the same answer every time: the examples of the property tests are always the same ones, and nothing
is judged by its speed. Fresh ones are looked for by `make explore`.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.environment import SHARED, forget_shared

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"


# Where Python is told to keep nothing of what it compiled, each of the hundreds of processes of a run would compile the whole
# product anew: they keep it, though not beside the sources.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / "build" / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# The web's settings make their data folder when they are loaded: each process of a test run gets one of its own.
_DATA = tempfile.mkdtemp(prefix="gongkai-test-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
atexit.register(shutil.rmtree, _DATA + ".keys", ignore_errors=True)
os.environ["GONGKAI_DATA"] = _DATA
os.environ.setdefault("GONGKAI_DEMO_ENTRIES", "60")  # of the demonstration's catalogue, as its own first start has
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
# What all processes of the run share: the first of them makes the folder, and takes it away again.
if SHARED not in os.environ:
    os.environ[SHARED] = tempfile.mkdtemp(prefix="gongkai-shared-")
    atexit.register(forget_shared, Path(os.environ[SHARED]))
# A worker is measured; what it starts is not: it would run several times slower, and where it is killed leave half a file.
if "PYTEST_XDIST_WORKER" in os.environ:
    for name in [each for each in os.environ if each.startswith("COV")]:
        del os.environ[name]
# Playwright leaves its event loop running in the process; what Django is asked after it is synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# How slowly an example is made says something about the machine, not about the product.
_UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("repeatable", derandomize=True, database=None, **_UNHURRIED)
settings.register_profile("explore", derandomize=False, max_examples=500, **_UNHURRIED)
settings.load_profile("repeatable")


def _program(*names: str) -> bool:
    return any(shutil.which(name) for name in names)


@cache
def _browser() -> bool:
    """A browser, and the driver that steers it, which needs a library that a small system may lack."""
    if not _program("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        return False
    from playwright._impl._driver import compute_driver_executable

    return not subprocess.run(
        [compute_driver_executable()[0], "--version"], capture_output=True, check=False
    ).returncode


NEEDS: dict[str, tuple[Callable[[], bool], str]] = {
    "browser": (_browser, "没有浏览器（chromium，及驱动程序所需的 libatomic1）"),
    "libreoffice": (lambda: _program("soffice", "libreoffice"), "没有 LibreOffice（soffice）"),
    "poppler": (lambda: _program("pdftotext"), "没有 poppler-utils（pdftotext）"),
    "corpus": (CORPUS.is_dir, "旁边没有语料（shared/corpus）"),
}


LONGEST = (
    "browser/test_every_page.py",
    "web/test_access_objects.py",
    "browser/test_every_thing.py",
    "browser/test_two_sides.py",
    "browser/",
    "readers/test_unseen.py",
    "web/test_access.py",
    "web/test_sent_wrong.py",
    "web/test_append_only.py",
    "web/test_migrations.py",
    "crash/",
    "web/test_backup.py",
    "web/test_settings.py",
    "web/issuing/",
    "web/proactive/test_no_door_leaks.py",
    "web/test_command_line.py",
    "cli/test_packages.py",
    "properties/",
)
"""What takes long begins first: workers take whole files, and neither is to wait for the other's last one.

Nor is the second worker to wait for the demonstration that the first one makes for both: it begins with something else.
"""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while tests are collected, and never again among what was: all of it stays to the end.

    Afterwards it is looked for more seldom than Python would: a test leaves little, and each look goes through everything.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 10, 20)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, the others as they come; the order within a file stays."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT / "tests").as_posix() if item.path.is_relative_to(ROOT / "tests") else ""
        return next((number for number, head in enumerate(LONGEST) if path.startswith(head)), len(LONGEST))

    items.sort(key=place)


def required() -> bool:
    """Whether this run must not skip what a machine can be given."""
    return bool(os.environ.get("GONGKAI_REQUIRE", "").split())


def may_be_skipped(reason: str) -> bool:
    """Only the corpus cannot be installed; where it is absent, tests that run over its files have none."""
    if "empty parameter set" in reason:
        return not CORPUS.is_dir()
    return any(word in reason.lower() for word in ("corpus", "语料", "shared"))


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks, so that a misspelt one is an error."""
    config.addinivalue_line("markers", "needs(name): 需要的外部条件：" + "、".join(NEEDS))
    config.addinivalue_line("markers", "slow: 较慢的测试")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip by name what this machine cannot run."""
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            present, says = NEEDS[name]
            if not present():
                pytest.skip(says)


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    found = report.longrepr
    return found[2] if isinstance(found, tuple) else str(found)


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not (required() and report.skipped and not hasattr(report, "wasxfail")):
        return
    reason = _reason(report)
    if not may_be_skipped(reason):
        report.outcome = "failed"
        report.longrepr = f"GONGKAI_REQUIRE 之下不得跳过：{reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is required, a skipped test is a failed one."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that skips itself while it is collected."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real published reports beside the repository; the test is skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip(NEEDS["corpus"][1])
    return CORPUS
