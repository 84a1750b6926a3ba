"""A real server with its demonstration, and a real browser that may not reach anything else."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import pytest
from playwright.sync_api import Locator, expect, sync_playwright

from tests.browser.acting import PATIENCE, window
from tests.browser.looking import DESK, PHONE
from tests.environment import own_environment

django.setup()  # the addresses of the product are read from it

_PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PROGRAM = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
"""The shell without windows draws the same pages in a third of the processor time."""
expect.set_options(timeout=PATIENCE)
WIDTHS = {"desk": DESK, "phone": PHONE}


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a desk with the demonstration in it, all read."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = f"from gongkai.web.serve import serve; serve(port={port})"
    with own_environment(folder, demonstration=True) as environment:
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(url, process)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=60)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The desk at which the browser tests of a worker sit."""
    with serving(tmp_path_factory.mktemp("own")) as url:
        yield url


def _wait_for(url: str, process: subprocess.Popen) -> None:
    """Until the demonstration is there and every report of it is read."""
    until = time.monotonic() + 900
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url + "/annual", timeout=60) as answer:
                text = answer.read().decode()
        except OSError:
            text = ""
        if "云岭县" in text and "tag-wait" not in text:
            return
        time.sleep(0.2)
    raise AssertionError("the server of the tests did not come up")


def _clicked(locator: Locator, _click=Locator.click, **how) -> None:
    """Click, and wait for the page that comes of it: a click ends when its answer begins, before there is a document."""
    _click(locator, **how)
    locator.page.wait_for_load_state()


@pytest.fixture(scope="session")
def chromium():
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setattr(Locator, "click", _clicked)
        browser = play.chromium.launch(
            executable_path=PROGRAM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--headless", "--lang=zh-CN"],
        )
        yield browser
        browser.close()


@pytest.fixture(params=list(WIDTHS))
def width(request):
    return request.param


@pytest.fixture
def page(chromium, server, width):
    """A page of one width that fails the test when it asks anyone else, or its script fails."""
    with window(chromium, server, WIDTHS[width], complains=True) as page:
        yield page


@pytest.fixture
def wide_page(chromium, server):
    with window(chromium, server, DESK, complains=True) as page:
        yield page


@pytest.fixture
def phone_page(chromium, server):
    with window(chromium, server, PHONE, complains=True) as page:
        yield page


@pytest.fixture
def plain_page(chromium, server):
    """A page without scripts."""
    with window(chromium, server, DESK, scripts=False, complains=True) as page:
        yield page
