"""Every address of the product that shows a page, at both widths: nothing sticks out, axe objects to nothing, nothing is raw."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser import acting
from tests.browser.acting import PHONE, window

pytestmark = pytest.mark.needs("browser")

NOT_A_PAGE = re.compile(
    r"(^|-)(file|export|form|original|page|picture|document|download|archive|findings|notices)$"
    r"|^(health|go|api.*|openapi.*|schema.*|place|aside|alike|cell|finding|batch-progress|progress|sheet.*|.*-sheet)$"
    r"|^portal-follow-(letter|file)$"
)
"""Addresses that answer with a file, a fragment or other data."""

EARS = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


def named(patterns, before: str = ""):
    """(name, route) of every address."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from named(each.url_patterns, route)
        elif isinstance(each, URLPattern) and each.name:
            yield each.name, route


def plain() -> list[str]:
    """The addresses without a part to fill in, and with GET."""
    return ["/" + route for name, route in named(get_resolver().url_patterns) if "<" not in route and not skip(name)]


def skip(name: str) -> bool:
    return bool(NOT_A_PAGE.search(name))


def met(page) -> list[str]:
    """Pages of things: one of each kind, met by following links of the demonstration from the lists."""
    kinds: dict[str, str] = {}
    todo, seen = (
        [
            "/",
            "/talk/letters",
            "/talk/consultations",
            "/letters/answers",
            "/consultations",
            "/policies",
            "/cases?group=all",
            "/annual",
            "/people",
            "/organs/tree",
            "/registers?kind=seals",
            "/year",
            "/year/words",
        ],
        set(),
    )
    while todo and len(seen) < 40:
        path = todo.pop(0)
        if path in seen:
            continue
        seen.add(path)
        if page.request.get(path).status != 200:
            continue
        page.goto(path)
        found = page.evaluate("[...document.querySelectorAll('main a[href]')].map((a) => a.getAttribute('href'))")
        for href in found:
            route = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "*", href.split("#")[0].split("?")[0])
            if href.startswith("/") and "*" in route and route not in kinds and not FILE.search(route):
                kinds[route] = href.split("#")[0]
                todo.append(href.split("#")[0])
    return list(kinds.values())


FILE = re.compile(r"\.(docx|pdf|xlsx|zip|png|csv)$|/(original|download|files/\*$)|/file|/sheets?/|/letters/\*/sheet")


@pytest.fixture(scope="module")
def pages(chromium, server):
    """What there is to look at."""
    with window(chromium, server) as page:
        found = list(dict.fromkeys([*plain(), *met(page)]))
        return sorted(found, key=lambda path: path == "/terminal")  # from there on a browser is a terminal


def look(page, path: str) -> list[str]:
    """What is wrong with a page, first on a desk, then as narrow as a phone."""
    answer = page.request.get(path)
    if answer.status == 405 or "text/html" not in answer.headers.get("content-type", ""):
        return []
    if answer.status >= 400:
        return [f"{path}: {answer.status}"]
    wrong = []
    page.set_viewport_size({"width": acting.DESK[0], "height": acting.DESK[1]})
    page.goto(path)
    page.evaluate(EARS)
    if re.search(r"\{[{%#]|[%#}]\}|\bNone\b", page.locator("main").inner_text()):
        wrong.append(f"{path}: raw words of a template")
    if any(re.search(r"\{[{%#]", t.input_value()) for t in page.locator("main textarea").all()):
        wrong.append(f"{path}: raw words of a template in a field")
    return wrong + _seen_at(page, path, "desk") + _seen_at(page, path, "phone", PHONE)


def _seen_at(page, path: str, size: str, pixels: tuple[int, int] | None = None) -> list[str]:
    if pixels:
        page.set_viewport_size({"width": pixels[0], "height": pixels[1]})
    wide = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    return [f"{path}: sticks out ({size})"] * (not wide) + [
        f"{path} ({size}): {found.generate_report()}" for _ in range(bool(found.violations_count))
    ]


def test_nothing_is_wrong_with_any_page(chromium, server, pages):
    assert len(pages) > 45
    with window(chromium, server) as page:
        wrong = [each for path in pages for each in look(page, path)]
    assert not wrong, "\n".join(wrong)
