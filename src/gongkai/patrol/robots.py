"""robots.txt (RFC 9309): which paths a site asks a program to leave alone, and how long it asks it to wait."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

MOST_BYTES = 500 * 1024
"""What RFC 9309 asks a reader to look at, at least."""
MOST_RULES = 2000
LONGEST_RULE = 500
LONGEST_DELAY = 30.0
NAME = "gongkai-patrol"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for this program: (allowed, pattern), and the seconds between two requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0
    closed: bool = False
    """Whether nothing may be fetched, because the site could not say what may be."""

    def allows(self, address: str) -> bool:
        """Whether an address may be fetched: the longest pattern that fits decides, and leave wins over a ban."""
        if self.closed:
            return False
        parts = urlsplit(address)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        best, verdict = -1, True
        for allowed, pattern in self.rules:
            if _fits(pattern, path) and (len(pattern) > best or (len(pattern) == best and allowed)):
                best, verdict = len(pattern), allowed
        return verdict


def parse(text: str) -> Robots:
    """The rules in a robots.txt: those for this program where there are any, those for all otherwise."""
    groups: dict[str, tuple[list[tuple[bool, str]], list[float]]] = {}
    open_to: list[str] = []
    naming = False
    for raw in text.lstrip("\ufeff").splitlines():
        name, _, value = raw.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "user-agent":
            if not naming:
                open_to = []
            naming = True
            open_to.append(value.lower())
            groups.setdefault(value.lower(), ([], []))
        elif name in ("allow", "disallow", "crawl-delay"):
            naming = False
            for agent in open_to:
                _add(groups[agent], name, value)
    rules, delays = groups.get(NAME, groups.get("*", ([], [])))
    return Robots(tuple(rules), min(max(delays, default=0.0), LONGEST_DELAY))


def _add(group: tuple[list[tuple[bool, str]], list[float]], name: str, value: str) -> None:
    rules, delays = group
    if name == "crawl-delay":
        if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value):
            delays.append(float(value))
    elif value and len(value) <= LONGEST_RULE and len(rules) < MOST_RULES:
        rules.append((name == "allow", quote(value, safe="/:@!$&'()*+,;=~-._%?")))


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern with `*` and a closing `$` fits the beginning of a path; never slower than their product."""
    anchored = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for number, piece in enumerate(pieces[1:], 1):
        if anchored and number == len(pieces) - 1:
            return len(path) - len(piece) >= at and path.endswith(piece)
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return at == len(path) if anchored else True
