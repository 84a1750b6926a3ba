"""Every address of the product that shows a page, and what may not be wrong with it at either width."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.urls import URLPattern, URLResolver, get_resolver
from lxml.html import document_fromstring
from playwright.sync_api import Error

from tests.browser.looking import ALL, BUT_COLOURS, DESK, PHONE, fits, objections, open_all, raw, resized

NOT_A_PAGE = re.compile(
    r"(^|-)(file|export|form|original|page|picture|document|download|archive|findings|notices)$"
    r"|^(health|go|api.*|openapi.*|schema.*|place|aside|alike|cell|finding|batch-progress|progress|sheet.*|.*-sheet)$"
    r"|^portal-follow-(letter|file)$"
)
"""Addresses that answer with a file, a fragment or other data."""

MORE = (
    "/disputes?all=1",
    "/registers?kind=seals",
    "/registers?kind=deliveries",
    "/month?of=2027-2",
    "/annual?year=2025&state=conflict&sort=state",
    "/annual?aside=1",
    "/api/",
    "/oversight/notices",
)
"""Pages that look otherwise when asked for something, and one whose address sounds like data."""


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


LISTS = (
    "/",
    "/talk/letters",
    "/talk/consultations",
    "/letters/answers",
    "/consultations",
    "/policies",
    "/cases?group=all",
    "/entries/settings",
    "/annual",
    "/people",
    "/organs/tree",
    "/registers?kind=seals",
    "/oversight/problems?group=all",
    "/oversight/inspections",
    "/oversight/notices",
    "/oversight/trainings",
    "/oversight/points",
    "/oversight/accountability",
    "/assessment",
    "/assessment/mocks",
    "/appraisal",
    "/appraisals",
    "/year",
    "/year/words",
    "/year/issue",
    "/year/issue?year=2024",
    "/year/words?year=2024",
)
"""From here on links are followed."""
FILE = re.compile(r"\.(docx|pdf|xlsx|zip|png|csv)$|/(original|download|files/\*$)|/file|/sheets?/|/letters/\*/sheet")
ALIKE = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{32}\b"), "*"),
    (re.compile(r"/\d{4}/records/"), "/*/records/"),
    (re.compile(r"(/cells/\w+)\.[\w.]+(?=$|/)"), r"\1"),
    (re.compile(r"/indicators/\w+$"), "/indicators/*"),
)
"""What tells a thing from another of its kind: its key; the year of a record; a cell within its table and year; an indicator within its scheme."""


def met(page) -> list[str]:
    """Pages of things: one of each kind, met by following links of the demonstration from the lists."""
    kinds: dict[str, str] = {}
    todo, seen = list(LISTS), set()
    while todo and len(seen) < 120:  # a bound for whom a page leads ever on
        path = todo.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = page.request.get(path)
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        for href in links(answer.text()):
            kind = kind_of(href)
            if href.startswith("/") and "*" in kind and kind not in kinds and not FILE.search(kind):
                kinds[kind] = href.split("#")[0]
                todo.append(href.split("#")[0])
    return list(kinds.values())


def kind_of(href: str) -> str:
    """An address with any thing of the kind in the place of this one; a county's report is another kind than an organ's."""
    split = urlsplit(href)
    kind = split.path
    for told, instead in ALIKE:
        kind = told.sub(instead, kind)
    return kind + ("?scope=consolidated" if "scope=consolidated" in split.query else "")


def links(text: str) -> list[str]:
    """Where the links within the words of a page lead."""
    return [str(each) for each in document_fromstring(text).xpath("//main//a/@href")]


def look(page, path: str) -> list[str]:
    """What is wrong with a page, first on a desk, then as narrow as a phone."""
    resized(page, DESK)
    try:
        answer = page.goto(path)
    except Error:  # a download, or an answer without a page: the browser shows neither
        answer = page.request.get(path)
        if answer.status < 400 and "text/html" in answer.headers.get("content-type", ""):
            raise
    if answer.status == 405 or "text/html" not in answer.headers.get("content-type", ""):
        return []
    if answer.status >= 400:
        return [f"{path}: {answer.status}"]
    open_all(page)
    wrong = [f"{path}: {each}" for each in raw(page)]
    if page.locator("h1").count() != 1:
        wrong.append(f"{path}: not one heading of its own")
    for size, rules in ((DESK, ALL), (PHONE, BUT_COLOURS)):  # the same colours, and half of axe's time
        resized(page, size)
        if not fits(page):
            wrong.append(f"{path}: sticks out at {size}")
        if found := objections(page, rules):
            wrong.append(f"{path} at {size}: {found}")
    return wrong
