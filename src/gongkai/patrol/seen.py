"""A page as the checks look at it: its words, its links, its lists, its scripts and forms. Made from bytes, once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

from gongkai.patrol.addresses import normal, role_of
from gongkai.patrol.dates import day_in, day_of_row, day_said
from gongkai.patrol.results import LONGEST_WORDS, MOST_LINKS, Role
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import html, limits, tags, textfile
from gongkai.readers.formats.html_shown import is_hidden

_SILENT = frozenset(("script", "style", "template", "noscript", "head", "title", "svg", "math"))
_BLOCKS = frozenset(
    ("p", "div", "li", "tr", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "br", "table", "section", "article",
     "ul", "ol", "header", "footer", "nav", "main", "form", "option", "center")
)  # fmt: skip
_ROWS = frozenset(("li", "tr", "dd", "p"))
_LONGEST_ROW = 400
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_AWAY = re.compile(
    r"(?:left|top|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}|(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_TITLES = ("articletitle", "title", "og:title")
_DAYS = ("pubdate", "publishdate", "publish-date", "article:published_time", "firstpublishedtime")
_REFRESH = re.compile(r"\burl\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
MOST_FIXED = 400
_MOST_FORMS = 50


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page. `hidden`: no visitor sees it."""

    role: Role
    url: str
    words: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form: where what is filled in goes, and whether it asks for a secret."""

    action: str
    secret: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A page taken apart."""

    url: str
    title: str
    heading: str
    """What the page is called by itself: its meta data, else its first heading, else its title."""
    day: str
    item: bool
    text: str
    prose: int
    links: tuple[Link, ...]
    rows: tuple[tuple[str, str], ...]
    """Dated items of lists: (address, day)."""
    scripts: tuple[str, ...]
    taken: tuple[str, ...]
    """Addresses of what a browser loads into the page: scripts, styles, pictures, frames."""
    forms: tuple[Form, ...]
    metas: tuple[tuple[str, str], ...]
    fixed: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Of all visible words without blanks."""
        return hashlib.sha256("".join(self.text.split()).encode()).hexdigest()


def decode(body: bytes, content_type: str) -> str:
    """The characters of a page. `Unreadable` where no encoding fits, and for markup out of all proportion."""
    if body.count(b"<") > limits.MAX_MARKUP_SIGNS // 4:
        raise limits.too_large("网页")
    named = _CHARSET.search(content_type)
    text = textfile.decode(body, named[1] if named else html.declared_charset(body)).replace("\x00", "")
    tags.check(text.encode("utf-8", "replace"))
    return text


def see(url: str, text: str, today: date) -> Seen:
    """A page taken apart. Whatever is in it, this gives a value."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_pis=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace") or b"<p/>", parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return _Looking(url, today).all(root if root is not None else etree.fromstring(b"<p/>", parser))


class _Looking:
    def __init__(self, url: str, today: date) -> None:
        self.base, self.url, self.today = url, url, today
        self.title = self.heading = ""
        self.words: list[str] = []
        self.prose = 0
        self.links: dict[tuple[str, str], Link] = {}
        self.rows: dict[str, str] = {}
        self.scripts: list[str] = []
        self.taken: list[str] = []
        self.forms: list[Form] = []
        self.metas: list[tuple[str, str]] = []

    def all(self, root: Any) -> Seen:
        hidden: set[Any] = set()
        silent: set[Any] = set()
        within: set[Any] = set()  # links
        for event, element in etree.iterwalk(root, events=("start", "end")):
            above = element.getparent()
            tag = str(element.tag).lower()
            if event == "end":
                if tag in _BLOCKS:
                    self.words.append("\n")
                self._say(element.tail, above in silent or above in hidden, above in within)
                continue
            if tag in _SILENT or above in silent:
                silent.add(element)
            if above in hidden or is_hidden(element) or _AWAY.search(element.get("style") or ""):
                hidden.add(element)
            if tag == "a" or above in within:
                within.add(element)
            self._element(element, tag, element in hidden)
            if tag in _BLOCKS:
                self.words.append("\n")
            self._say(element.text, element in silent or element in hidden, element in within)
        return self._seen()

    def _say(self, words: str | None, unseen: bool, linked: bool) -> None:
        if not words or unseen or words.isspace():
            return
        self.words.append(words)
        if not linked:
            self.prose += len("".join(words.split()))

    def _element(self, element: Any, tag: str, hidden: bool) -> None:
        if tag == "base" and element.get("href"):
            self.base = normal(element.get("href"), self.url) or self.base
        elif tag == "title" and not self.title:
            self.title = _plain(element)
        elif tag in ("h1", "h2") and not self.heading:
            self.heading = _plain(element)
        elif tag == "meta":
            name = (element.get("name") or element.get("property") or element.get("http-equiv") or "").lower()
            self.metas.append((name, (element.get("content") or "")[:1000]))
        elif tag == "a" and element.get("href"):
            self._link(element, hidden)
        elif tag in ("script", "img", "iframe", "frame", "embed", "link", "source"):
            self._taken(element, tag)
        elif tag == "form" and len(self.forms) < _MOST_FORMS:
            secret = any((each.get("type") or "").lower() == "password" for each in element.iter("input"))
            self.forms.append(Form(normal(element.get("action") or "", self.base) or "", secret))

    def _link(self, element: Any, hidden: bool) -> None:
        address = normal(element.get("href"), self.base)
        if address is None or len(self.links) >= MOST_LINKS:
            return
        role = role_of(address)
        words = _plain(element) or (element.get("title") or "").strip()[:80]
        key = (role, address)
        if key not in self.links or (self.links[key].hidden and not hidden):
            self.links[key] = Link(role, address, words[:80], hidden)
        if address not in self.rows and not hidden:
            day = self._day_beside(element)
            if day:
                self.rows[address] = day.isoformat()

    def _day_beside(self, element: Any) -> date | None:
        """The day in the row of a list in which a link stands."""
        row, steps = element.getparent(), 0
        while row is not None and str(row.tag) not in _ROWS and steps < 4:
            if str(row.tag) in ("body", "html", "ul", "ol", "table"):
                return None
            row, steps = row.getparent(), steps + 1
        if row is None or str(row.tag) not in _ROWS:
            row = element.getparent()
        if row is None or sum(1 for _ in zip(range(60), row.iter(), strict=False)) >= 60:
            return None
        words = " ".join("".join(map(str, row.itertext())).split())
        return day_of_row(words.replace(_plain(element), " ", 1), self.today) if len(words) < _LONGEST_ROW else None

    def _taken(self, element: Any, tag: str) -> None:
        said = element.get("href") if tag == "link" else element.get("src")
        if tag == "link" and "stylesheet" not in (element.get("rel") or "").lower():
            return
        address = normal(said, self.base) if said else None
        if address is None:
            return
        self.taken.append(address)
        if tag == "script":
            self.scripts.append(address)
        if tag in ("iframe", "frame"):
            self.links.setdefault(("page", address), Link("page", address, "（页面中的框架）"))
        if tag == "img" and len(self.links) < MOST_LINKS:
            self.links.setdefault(("picture", address), Link("picture", address, (element.get("alt") or "")[:80]))

    def _seen(self) -> Seen:
        named = dict(reversed(self.metas))
        for name, content in self.metas:
            met = _REFRESH.search(content) if name == "refresh" else None
            address = normal(met[1], self.base) if met else None
            if address:
                self.links.setdefault(("page", address), Link("page", address, "（自动跳转）"))
        text = re.sub(r"\n\s*\n+", "\n", "".join(self.words)).strip()
        heading = next((named[name] for name in _TITLES if named.get(name)), "") or self.heading or self.title
        said = next((day for name in _DAYS if (day := day_in(named.get(name, "")))), None) or day_said(text)
        return Seen(
            self.url,
            self.title,
            heading.strip()[:LONGEST_WORDS],
            said.isoformat() if said else "",
            bool(named.get("articletitle")),
            text,
            self.prose,
            tuple(self.links.values()),
            tuple(self.rows.items()),
            tuple(dict.fromkeys(self.scripts)),
            tuple(dict.fromkeys(self.taken)),
            tuple(self.forms),
            tuple(self.metas),
            tuple(sorted(set(self._fixed()))[:MOST_FIXED]),
        )

    def _fixed(self) -> Iterator[str]:
        """Digests of what frames a page: links that carry no day, and what is loaded."""
        for (_, address), link in self.links.items():
            if address not in self.rows and not link.hidden:
                yield _short(f"{address} {link.words}")
        for address in self.taken:
            yield _short(address)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:10]


def _plain(element: Any) -> str:
    """The words of an element on one line."""
    return " ".join("".join(str(part) for _, part in zip(range(200), element.itertext(), strict=False)).split())[
        :LONGEST_WORDS
    ]


__all__ = ["Form", "Link", "Seen", "Unreadable", "decode", "see"]
