"""The result file of a walk, as values and as it is written (`reading` reads it): JSON lines, UTF-8, one object a line, told apart by `line`.

    {"line": "header", "schema": "gongkai.patrol/1", "site", "version", "started_at", "starts", "hosts", "settings"}
    {"line": "hit", "kind", "url", "target", "place", "words", "why", "fingerprint"}
    {"line": "page", "url", "role", "status" or null, "error", "fetched_at", "title", "day", "text_digest", …}
    {"line": "summary", "finished_at", "ended", "counts", "columns", "sha256"}

The header is the first line. The hits of a page stand directly before its line, so that a file that was cut off is
whole up to its last `page`; hits about the walk as a whole stand before the summary. A page that was asked for twice
has two lines, and the later one counts. The summary is the last line; `sha256` is taken of all bytes before it. A file
without one is a walk that was interrupted: it can be read, and resumed.

`status` is null where there was no answer; `error` is then (and for an answer that was no use) a word of
`kinds.NOT_FETCHED`. Such a page could not be fetched: it is neither dead nor missing. `url` is the address as linked,
in normal form (`addresses.normal`); `landed` where redirects led. `text_digest` is the SHA-256 of all visible words
without blanks; `title` is the article's own title where the page names one, `day` its day of publication
(YYYY-MM-DD) or "". `links` are [role, url, words]. Nothing in the file holds a whole personal value.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

SCHEMA = "gongkai.patrol/1"

MOST_LINKS = 3000
LONGEST_ADDRESS = 2000
LONGEST_WORDS = 300

Role = Literal["page", "picture", "file"]
ROLES: tuple[Role, ...] = ("page", "picture", "file")

ENDED = {
    "done": "走完",
    "pages": "达到页数上限",
    "bytes": "达到流量上限",
    "time": "达到时间上限",
    "interrupted": "中途停止",
}


@dataclass(frozen=True, slots=True)
class Header:
    """Who walked where, when, and with what."""

    site: str
    version: str
    started_at: str
    starts: tuple[str, ...]
    hosts: tuple[str, ...]
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """What was asked for once, and what came of it."""

    url: str
    role: Role
    fetched_at: str
    status: int | None = None
    error: str = ""
    attempt: int = 1
    depth: int = 0
    found_on: str = ""
    landed: str = ""
    content_type: str = ""
    bytes: int = 0
    title: str = ""
    day: str = ""
    text_digest: str = ""
    item: bool = False
    """Whether the page says of itself, or by its place in a column, that it is one published item."""
    column: str = ""
    """The column whose list it is, by the address in the file of columns."""
    newest: str = ""
    """The newest day in a column's list."""
    items: int = 0
    """Items in a column's list."""
    prose: int = 0
    """Visible signs outside of links."""
    fixed: tuple[str, ...] = ()
    """Short digests of the parts that pages share, to compare with the next walk."""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    """Whether the server said that nothing changed since the earlier walk, whose line this repeats."""
    repeated: int = 0
    """Hits left out because the same words stand on other pages too."""
    links: tuple[tuple[str, str, str], ...] = ()

    @property
    def fetched(self) -> bool:
        """Whether there was an answer that says something of the page: it is there, or it is gone."""
        return not self.error and self.status is not None

    @property
    def there(self) -> bool:
        """Whether the page was there."""
        return self.fetched and self.status is not None and (200 <= self.status < 300 or self.status == 304)

    @property
    def gone(self) -> bool:
        """Whether the server said that there is no such page."""
        return self.fetched and self.status in (404, 410)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something met. `url` is the page on which it stands, `target` what it is about where that is another address."""

    kind: str
    url: str
    target: str = ""
    place: str = ""
    words: str = ""
    why: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """How the walk ended and what it came to."""

    finished_at: str
    ended: str
    counts: dict[str, int]
    columns: tuple[dict[str, Any], ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A result file as a value. `summary` is None for a walk that was interrupted."""

    header: Header
    pages: dict[str, Page]
    """By address, each as it was fetched last."""
    hits: tuple[Hit, ...]
    summary: Summary | None
    length: int = 0
    """Bytes up to the end of the last whole page: what a resumed walk keeps."""


ABOUT_TARGET = frozenset(
    ("dead_link", "broken_picture", "broken_file", "foreign_script", "hidden_link", "mixed_content", "insecure_form")
)
"""Kinds that are about the other address: one hit, on whichever of the pages it was met first."""
ABOUT_PAGE = frozenset(
    ("blank_column", "stale_column", "own_stale_column", "undated_column", "undated_item", "fixed_parts_changed",
     "title_changed")
)  # fmt: skip
"""Kinds that a page has once, whatever the words."""


def fingerprint(hit: Hit) -> str:
    """What stays the same when the same thing is met again."""
    where, words = hit.url, hit.words
    if hit.kind in ABOUT_TARGET and hit.target:
        where = words = ""
    elif hit.kind in ABOUT_PAGE:
        words = ""
    parts = (hit.kind, where, hit.target, words)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


# ---- writing ------------------------------------------------------------------------------------------------------


def line(name: str, value: Header | Page | Hit | Summary) -> bytes:
    """One line of the file. What a page leaves at its default is not written."""
    said = asdict(value)
    if isinstance(value, Page):
        usual = {f.name: f.default for f in fields(Page)}
        said = {k: v for k, v in said.items() if k in ("url", "status", "error") or v != usual[k]}
    head: dict[str, Any] = {"line": name}
    if name == "header":
        head["schema"] = SCHEMA
    return json.dumps(head | said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def to_bytes(result: Result) -> bytes:
    """A whole result as a file; `sha256` of the summary is taken anew. Hits stand before the page they are on."""
    by_page: dict[str, list[Hit]] = {}
    for hit in result.hits:
        by_page.setdefault(hit.url, []).append(hit)
    parts = [line("header", result.header)]
    for page in result.pages.values():
        parts += [line("hit", hit) for hit in by_page.pop(page.url, ())]
        parts.append(line("page", page))
    parts += [line("hit", hit) for hits in by_page.values() for hit in hits]
    body = b"".join(parts)
    if result.summary is None:
        return body
    said = asdict(result.summary) | {"sha256": hashlib.sha256(body).hexdigest()}
    return body + line("summary", Summary(**said))
