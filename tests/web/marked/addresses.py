"""Every address of the whole product, and those with something to fill in with the keys of real objects in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.marked.makers import MAKERS
from tests.web.marked.office import Office

PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """An address with the keys of real objects in it; `word` says which act is meant."""

    url: str
    name: str
    view: Any
    word: str


def patterns() -> Iterator[tuple[str, str, Any]]:
    """Every pattern: its address, its name, its view."""

    def walk(found: Any, prefix: str) -> Iterator[tuple[str, str, Any]]:
        for each in found:
            route = prefix + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, route)
            elif isinstance(each, URLPattern):
                yield route, each.name or route, each.callback

    yield from walk(get_resolver().url_patterns, "")


ALL = list(patterns())
FILLED = [each for each in ALL if "<" in each[0]]
PLAIN = [each for each in ALL if "<" not in each[0] and "^" not in each[0]]


def addresses(office: Office) -> list[Address]:
    """Every address of the whole product that has something to fill in, filled in."""
    found = []
    for route, name, view in FILLED:
        for places in MAKERS[name](office.keys):
            url = "/" + PLACE.sub(lambda m, places=places: str(places[m[2]]), route)
            words = [str(value) for place, value in places.items() if place in ("name", "form", "kind", "act")]
            found.append(Address(url, name, view, "".join(words)))
    return found
