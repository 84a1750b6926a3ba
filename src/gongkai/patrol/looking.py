"""From an answer to the line of a page and its hits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from urllib.parse import unquote, urlsplit

from gongkai.patrol.addresses import within
from gongkai.patrol.checks import planted, words
from gongkai.patrol.fetch import Answer
from gongkai.patrol.results import LONGEST_WORDS, MOST_LINKS, Hit, Page
from gongkai.patrol.seen import Seen, decode, see
from gongkai.patrol.settings import Settings
from gongkai.readers.errors import Unreadable

_MARKUP = ("text/html", "application/xhtml+xml", "")


def look(
    page: Page,
    answer: Answer,
    before: Page | None,
    settings: Settings,
    today: date,
    open_file: words.OpenFile | None = None,
) -> tuple[Page, list[Hit]]:
    """The page as the result file tells it, and what was met on it; a file is opened by `open_file` alone."""
    kind = answer.headers.get("content-type", "")
    page = replace(
        page,
        status=answer.status,
        error=answer.error,
        landed=answer.landed,
        content_type=kind.partition(";")[0].strip().lower()[:100],
        bytes=answer.bytes,
        etag=_header(answer.headers.get("etag", ""), LONGEST_WORDS),
        last_modified=_header(answer.headers.get("last-modified", ""), 100),
    )
    if answer.status == 304 and before is not None and not answer.error:
        same = {name: getattr(before, name) for name in _SAME}
        return replace(page, status=before.status, unchanged=True, **same), []
    if page.there and page.role == "file" and answer.body and open_file is not None:
        return _file(page, answer.body, open_file)
    if not page.there or page.role != "page":
        return page, []
    if page.content_type not in _MARKUP:
        return replace(page, text_digest=hashlib.sha256(answer.body).hexdigest()), []
    try:
        text = decode(answer.body, kind)
    except Unreadable as error:
        return replace(page, error="too_large" if error.code == "too_large" else "encoding"), []
    seen = see(answer.landed or page.url, text, today)
    return _told(page, seen, settings), list(_met(page.url, seen, text, settings))


def _file(page: Page, body: bytes, open_file: words.OpenFile) -> tuple[Page, list[Hit]]:
    """A file with its digest and what the check before publication says of its words.

    A page in its place has neither, and so has a file that cannot be read: it was not looked through.
    """
    if page.content_type.startswith("text/html"):
        return page, []
    name = unquote(urlsplit(page.landed or page.url).path).rpartition("/")[2][-120:]
    try:
        found = open_file((name or "附件", body))
    except Unreadable:
        return page, []
    return replace(page, text_digest=hashlib.sha256(body).hexdigest()), list(words.hits(page.url, found))


_SAME = (
    "content_type", "title", "day", "text_digest", "item", "column", "newest", "items", "prose", "fixed", "links", "etag", "last_modified",
)  # fmt: skip


def _header(value: str, longest: int) -> str:
    """A header as it may be sent back; none that is odd."""
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""


def _told(page: Page, seen: Seen, settings: Settings) -> Page:
    links = tuple((link.role, link.url, link.words) for link in seen.links if within(link.url, settings.allowed))[
        :MOST_LINKS
    ]
    days = [day for address, day in seen.rows if within(address, settings.allowed)]
    column = next((c.name for c in settings.site.columns if c.address == page.url), "")
    start = page.url in settings.starts
    return replace(
        page,
        title=(seen.title or seen.heading if start else seen.heading)[:LONGEST_WORDS],
        day=seen.day,
        text_digest=seen.digest,
        item=seen.item,
        column=column,
        newest=max(days, default=""),
        items=len(days),
        prose=seen.prose,
        fixed=seen.fixed,
        links=links,
    )


def _met(url: str, seen: Seen, text: str, settings: Settings) -> Iterator[Hit]:
    """The hits of one page by itself."""
    yield from words.prechecked(url, "page.html", text.encode("utf-8", "replace"), settings.lists)
    met = chain(
        planted.bad_words(seen, settings.allowed, settings.site),
        planted.foreign_scripts(seen, settings.allowed, settings.site),
        planted.hidden_links(seen, settings.allowed, settings.site),
        planted.insecure_forms(seen),
        planted.mixed_content(seen),
        words.template_residue(seen),
    )
    yield from (replace(hit, url=url) for hit in met)
