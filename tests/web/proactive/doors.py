"""Every public address by which an entry could be met: asked for it, or named here with the reason why it never shows one.

A pattern that is new in the portal or the interface stands in neither list, and `unknown` tells it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from gongkai.web.proactive.models import Attachment, IndexNumber, Item, Shelf, Version

OWN = "shows what an applicant, or who wrote a letter or an opinion, was told, under their own credentials; never an entry"
FORM = "a form to be filled in: it shows what was typed, never an entry"
EXEMPT: dict[str, str] = {
    "portal-privacy": "says how an organ treats personal data",
    "portal-apply": "the organs to which one may apply",
    "portal-follow": OWN,
    "portal-follow-leave": OWN,
    "portal-follow-receipt": OWN,
    "portal-follow-case": OWN,
    "portal-follow-letter": OWN,
    "portal-follow-file": OWN,
    "portal-follow-supplement": OWN,
    "portal-follow-reasons": OWN,
    "portal-follow-withdraw": OWN,
    "portal-follow-notices": OWN,
    "portal-follow-unreadable": OWN,
    "portal-follow-complaint": OWN,
    "portal-letter-new": FORM,
    "portal-letter-follow": OWN,
    "portal-letter-leave": OWN,
    "portal-letter-receipt": OWN,
    "portal-letter": OWN,
    "portal-letter-rate": OWN,
    "portal-answer": "a published answer of the interaction, which has its own tests; by key",
    "portal-consultation": "a consultation of the interaction, which has its own tests; by key",
    "portal-opinion": FORM,
    "portal-opinion-follow": OWN,
    "portal-opinion-leave": OWN,
    "portal-opinion-receipt": OWN,
    "portal-opinion-mine": OWN,
    "portal-appraisal": "a questionnaire and its published result, which have their own tests; by key",
    "portal-appraisal-file": "the same result as a file",
    "portal-appraisal-answer": FORM,
    "portal-appraisal-thanks": "says that an answer is in",
    "portal-report": "a yearly report as it was handed in, by key",
    "portal-report-file": "the same as a file",
    "api-openapi": "describes the interface",
    "api-page": "describes the interface",
    "api-unknown": "says that there is no such address",
    "api-apply": "takes applications under a token",
    "api-changed": "tells of applications under a token",
    "api-state": "tells of an application under a token",
    "api-statistics": "counts applications under a token",
    "api-decisions": "the kinds of decisions on applications",
    "api-organs": "the organs to which one may apply, under a token",
}
"""The addresses that are not asked, each with its reason."""


@dataclass(frozen=True, slots=True)
class World:
    """What the doors are asked about: the county, the organ, the entries with their versions and files, the marks."""

    organ: Any
    items: tuple[Item, ...]
    marks: tuple[str, ...] = ()
    facets: set[tuple[str, str]] = field(default_factory=set)


Door = Callable[[World], Iterable[str]]


def _address(name: str, args: Iterable[Any] = ()) -> str:
    return reverse(_spaces().get(name, "") + name, args=list(args))


@cache
def _spaces() -> dict[str, str]:
    """The namespaces of the names that stand in one."""

    def walk(patterns: Iterable[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""))
            else:
                yield pattern.name or "", space

    return dict(walk(get_resolver().url_patterns, ""))


def _plain(name: str) -> Door:
    return lambda _: [_address(name)]


def _of_items(name: str) -> Door:
    return lambda world: [_address(name, args=[item.pk]) for item in world.items]


def _of_organ(name: str) -> Door:
    return lambda world: [_address(name, args=[world.organ.pk])]


def _asked(name: str, parts: str) -> Door:
    """By the marks of some parts (甲 a title, 乙 a summary, 丙 a text, 丁 a file), and by what all entries have in common."""

    def ask(world: World) -> list[str]:
        marks = [mark for mark in world.marks if mark[-2] in parts]
        return [f"{_address(name)}?q={mark}" for mark in (*marks, "众人关心的事")]

    return ask


def _files(world: World) -> Iterator[str]:
    for item in world.items:
        for file in Attachment.objects.filter(version__item=item).values_list("file", flat=True).distinct():
            yield _address("portal-item-file", args=[item.pk, file])


def _numbers(world: World) -> Iterator[str]:
    for text in IndexNumber.objects.filter(item__in=world.items).values_list("text", flat=True):
        yield _address("portal-item-number", args=[text])


def _shelves(name: str, *before: str) -> Door:
    def ask(world: World) -> Iterator[str]:
        for facet, key in sorted(set(Shelf.objects.values_list("facet", "key")) | world.facets):
            if not (name == "portal-shelf" and facet == "topic"):
                yield _address(name, args=[*before, facet, key])

    return ask


def _library(world: World) -> Iterator[str]:
    yield _address("portal-library")
    for year in (2025, 2026):
        yield f"{reverse('portal-library')}?year={year}"


def _search(world: World) -> Iterator[str]:
    yield from _asked("portal-search", "丙丁")(world)
    yield f"{reverse('portal-search')}?q=众人关心的事&order=ranked"


ASKED: dict[str, Door] = {
    **{name: _plain(name) for name in (
        "portal", "portal-boards", "portal-organs", "portal-guide", "portal-system", "portal-statutory",
        "portal-everything", "portal-fields", "portal-yearly", "portal-terminal", "portal-ledgers", "portal-topics", "portal-feeds",
        "portal-csv", "portal-json", "portal-dcat", "portal-sitemap", "portal-robots", "portal-letters",
        "portal-answers", "portal-faq", "portal-responses", "portal-consultations", "portal-appraisals",
        "api-entries",
    )},
    **{name: _of_organ(name) for name in (
        "portal-organ", "portal-organ-guide", "portal-organ-system", "portal-organ-statutory", "portal-organ-yearly",
        "portal-apply-to",
    )},
    **{name: _of_items(name) for name in (
        "portal-item", "portal-item-print", "portal-item-code", "api-entry", "api-entry-files", "api-entry-validity",
    )},
    "portal-item-file": _files,
    "portal-item-number": _numbers,
    "portal-search": _search,
    "portal-suggest": _asked("portal-suggest", "甲"),
    "portal-library": _library,
    "portal-shelf": _shelves("portal-shelf"),
    "portal-topic": lambda _: [_address("portal-topic", args=["drinking"])],
    "portal-feed": lambda _: [_address("portal-feed", args=[form]) for form in ("rss", "atom")],
    "portal-feed-of": _shelves("portal-feed-of", "atom"),
    "portal-sitemap-part": lambda _: [_address("portal-sitemap-part", args=[2026, 1])],
    "portal-field": lambda _: [_address("portal-field", args=["municipal"])],
    "portal-ledger": lambda _: [_address("portal-ledger", args=["normative"])],
}  # fmt: skip
"""How each address is asked."""


def names() -> dict[str, str]:
    """Every named address of the portal and the interface, with its pattern."""

    def walk(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif pattern.callback.__module__.startswith(("gongkai.web.portal", "gongkai.web.api")):
                yield pattern.name or "", route

    return dict(walk(get_resolver().url_patterns))


def unknown() -> set[str]:
    """The addresses that nobody has put into one of the two lists, and those listed that there are not."""
    return set(names()) ^ (set(ASKED) | set(EXEMPT))


def words_of(response: Any) -> str:
    """All that an answer says, headers included; a workbook or an archive is unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    said = body.decode("utf-8", "replace")
    if body[:2] == b"PK":
        import zipfile

        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            said += "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    said = re.sub(r"\\u([0-9a-f]{4})", lambda met: chr(int(met[1], 16)), said)
    return said + " ".join(str(value) for value in response.headers.values())


def marks_of(version: Version) -> set[str]:
    """The words of a version that stand nowhere else: in its title, text, summary and file."""
    text = " ".join([version.title, version.text, str(version.metadata.get("summary", "")), version.mode_reason])
    text += " ".join(row.text + row.name for row in Attachment.objects.filter(version=version))
    return set(re.findall(r"[甲乙丙丁戊][一-龥]{3}标[甲乙丙丁][0-9]", text))
