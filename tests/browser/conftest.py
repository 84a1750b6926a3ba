"""A real server with its demonstration, and a real browser that may not reach anything else."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import Locator, expect, sync_playwright

from tests.environment import own_environment

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 60_000
"""Milliseconds that a page may take on a machine with much else to do: a page that never comes is what must be seen."""
expect.set_options(timeout=PATIENCE)
WIDTHS = {"desk": (1280, 800), "phone": (390, 844)}


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of a desk with the demonstration in it, all read."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = f"from gongkai.web.serve import serve; serve(port={port})"
    with own_environment(tmp_path_factory.mktemp("own"), tables=True) as environment:
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


def _wait_for(url: str, process: subprocess.Popen) -> None:
    """Until the demonstration is there and every report of it is read."""
    until = time.monotonic() + 300
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
    yield from _page(chromium, server, WIDTHS[width], scripts=True)


@pytest.fixture
def wide_page(chromium, server):
    yield from _page(chromium, server, WIDTHS["desk"], scripts=True)


@pytest.fixture
def phone_page(chromium, server):
    yield from _page(chromium, server, WIDTHS["phone"], scripts=True)


@pytest.fixture
def plain_page(chromium, server):
    """A page without scripts."""
    yield from _page(chromium, server, WIDTHS["desk"], scripts=False)


def _page(chromium, server, size, *, scripts):
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", base_url=server, java_script_enabled=scripts
    )
    context.set_default_timeout(PATIENCE)
    page, wrong = context.new_page(), []
    page.on("request", lambda r: None if r.url.startswith((server, "data:", "blob:")) else wrong.append(r.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    expected = ("404", "422")  # a page that is not there; a form that comes back with what is to be put right
    page.on(
        "console",
        lambda m: wrong.append(m.text) if m.type == "error" and not any(s in m.text for s in expected) else None,
    )
    yield page
    context.close()
    assert wrong == []
