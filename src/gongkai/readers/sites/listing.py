"""A listing of what stands on line: site map, feed, saved list page, spreadsheet, or the result of a walk, as JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Literal, cast
from urllib.parse import urljoin, urlsplit

from lxml import etree

from gongkai.readers.border import guarded, sniff
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits, textfile
from gongkai.readers.formats.html import declared_charset, tree_of
from gongkai.readers.formats.package import local
from gongkai.readers.ledger.sheets import sheets_of
from gongkai.readers.sites.labels import day_of, few_words, meaning_of, words_of

Status = Literal["there", "gone", "unfetched"]
STATUSES: dict[Status, str] = {"there": "在线", "gone": "打不开（已删除）", "unfetched": "没有取到"}
MOST_LINES = 100_000
_GONE = (404, 410)
_TAKEN_DOWN = frozenset(("已撤下", "撤下", "已删除", "删除", "已下线", "下线"))
_HERE = timezone(timedelta(hours=8))
_NEITHER = Unreadable(
    "no_listing",
    "没有从文件中读出网上的条目。",
    "可以是站点地图（sitemap.xml）、RSS、保存下来的列表页、带“网址”一栏的表格，或者巡查的结果文件。",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One address on line, and what the listing says of it. Only what is `there` stands on line for sure."""

    url: str
    title: str = ""
    day: date | None = None
    index_number: str = ""
    document_number: str = ""
    digest: str = ""
    status: Status = "there"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing holds, each address once; `said` is what was not read."""

    kind: str
    lines: tuple[Listed, ...]
    said: tuple[str, ...] = ()
    whole: bool = False
    """Whether it says of itself that it holds everything there is: a walk that came to its end."""

    def to_json(self) -> dict[str, Any]:
        """Plain values, for another process."""
        lines = [asdict(line) | {"day": line.day.isoformat() if line.day else ""} for line in self.lines]
        return {"kind": self.kind, "lines": lines, "said": list(self.said), "whole": self.whole}


def read_listing(data: bytes, name: str, base: str = "") -> Listing:
    """Read a listing. `base` is the address of a saved page, for links that are written short.

    Raises `Unreadable`, and nothing else, whatever the bytes are.
    """
    return cast(Listing, guarded(lambda: cast(Any, _read(data, name, base))))


def _read(data: bytes, name: str, base: str) -> Listing:
    if not data.strip():
        raise Unreadable("empty", "文件是空的。", "请核对是否选错了文件，或重新获取原文件。")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    ending = name.rpartition(".")[2].lower()
    whole = False
    if head.startswith((b"{", b"[")):
        kind, (lines, said, whole) = "walk", _walk(_text(data))
    elif head.startswith((b"<?xml", b"<urlset", b"<rss", b"<feed")) or ending in ("xml", "rss", "atom"):
        kind, lines, said = _xml(data)
    elif sniff(data, name) == "html":
        kind, lines, said = "page", *_page(_text(data), base)
    else:
        kind, lines, said = "sheet", *_sheet(data, name)
    once: dict[str, Listed] = {}
    for line in lines:
        if line.url not in once or once[line.url].status != "there":
            once[line.url] = line
        if len(once) > MOST_LINES:
            raise limits.too_large(f"清单（超过{MOST_LINES}个网址）")
    if not once:
        raise _NEITHER
    return Listing(kind, tuple(once.values()), tuple(said), whole)


def _text(data: bytes) -> str:
    if len(data) > limits.MAX_TEXT_BYTES * 4:
        raise limits.too_large()
    return textfile.decode(data, declared_charset(data))


def address(words: str) -> str:
    """An address without its fragment; empty for what is none."""
    plain = "".join(words.split()).partition("#")[0]
    try:
        parts = urlsplit(plain)
    except ValueError:
        return ""
    return plain if parts.scheme in ("http", "https") and parts.netloc and len(plain) <= 1000 else ""


# ── the result of a walk ─────────────────────────────────────────────────────────────────────────────────────────────


def _walk(text: str) -> tuple[list[Listed], list[str], bool]:
    """The items of a walk, and what could not be fetched. Lines of other pages, hits and links are passed over."""
    found, wrong, whole = [], 0, False
    for row in _rows(text):
        if not isinstance(row, dict):
            wrong += 1
        elif row.get("line") == "summary":
            whole = row.get("ended") == "done"
        elif row.get("line", "page") == "page" and row.get("role", "page") == "page":
            line = _of_walk(row)
            wrong += line is None
            # A page that is no item (a front page, a list) is nobody's; one that was not fetched may be an item.
            if line is not None and (row.get("item", "line" not in row) or line.status != "there"):
                found.append(line)
    return found, [f"有{wrong}行不是结果文件的写法，没有读"] if wrong else [], whole


def _rows(text: str) -> Iterator[Any]:
    """The values of a JSON list, or of lines of JSON; None for a line that is none."""
    if text.lstrip().startswith("["):
        yield from _value(text) or [None]
        return
    yield from (_value(line) for line in text.splitlines() if line.strip())


def _value(words: str) -> Any:
    try:
        return json.loads(words)
    except ValueError:
        return None


def _of_walk(row: dict[str, Any]) -> Listed | None:
    url = address(str(row.get("url") or ""))
    if not url:
        return None

    def words(key: str, most: int) -> str:
        return " ".join(str(row.get(key) or "").split())[:most]

    return Listed(
        url,
        words("title", 200),
        day_of(words("day", 40)),
        words("index_number", 60),
        words("document_number", 60),
        words("digest", 64),
        status_of(row.get("status", "there")),
    )


def status_of(said: object) -> Status:
    """What became of an address: fetched, known to be gone, or not to be said."""
    if said in ("there", "ok", "fetched") or (isinstance(said, int) and (200 <= said < 300 or said == 304)):
        return "there"
    return "gone" if said in ("gone", *_GONE) else "unfetched"


# ── site map and feed ────────────────────────────────────────────────────────────────────────────────────────────────


def _xml(data: bytes) -> tuple[str, list[Listed], list[str]]:
    if len(data) > limits.MAX_TEXT_BYTES * 4 or data.count(b"<") > limits.MAX_MARKUP_SIGNS:
        raise limits.too_large()
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise limits.damaged()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise limits.damaged() from error
    kind = local(root).lower()
    if kind == "sitemapindex":
        raise Unreadable("index", "这是站点地图的索引，里面没有网页。", "请提供索引中列出的各个站点地图。")
    if kind == "urlset":
        return "sitemap", [Listed(url) for loc in _all(root, "loc") if (url := address(loc.text or ""))], []
    entries = [*_all(root, "item"), *_all(root, "entry")]
    return "feed", [line for entry in entries if (line := _of_feed(entry))], ["订阅源一般只有最近的条目"]


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in root.iter(etree.Element) if local(each).lower() == name)


def _of_feed(entry: etree._Element) -> Listed | None:
    parts: dict[str, str] = {}
    for part in entry.iterchildren(etree.Element):
        words = words_of(part) or (part.get("href") or "")
        parts.setdefault(local(part).lower(), words)
    url = address(parts.get("link", ""))
    when = parts.get("pubdate") or parts.get("published") or parts.get("date") or parts.get("updated") or ""
    return Listed(url, parts.get("title", "")[:200], _feed_day(when)) if url else None


def _feed_day(words: str) -> date | None:
    """A day as feeds write it; one given at a moment is the day here, eight hours ahead of Greenwich."""
    plain = re.sub(r"\s*(?:GMT|UTC|UT|Z)$", " +0000", words.strip())
    for pattern in ("%a, %d %b %Y %H:%M:%S %z", "%d %b %Y %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z"):
        try:
            return datetime.strptime(plain, pattern).astimezone(_HERE).date()
        except ValueError:
            continue
    return day_of(words)


# ── list pages and spreadsheets ──────────────────────────────────────────────────────────────────────────────────────

_ROW = frozenset(("li", "tr", "dd", "dt", "p", "div", "article"))


def _page(text: str, base: str) -> tuple[list[Listed], list[str]]:
    """The links of a list page beside which a day stands; without any, all links with the words of a title."""
    root = tree_of(text)
    assert root is not None
    own = next((address(each.get("href") or "") for each in root.iter("base")), "") or base
    dated: list[Listed] = []
    bare: list[Listed] = []
    for link in root.iter("a"):
        title = " ".join((link.get("title") or words_of(link)).split())[:200]
        url = _joined(own, link.get("href") or "")
        if not url or len(title) < 4:
            continue
        around = next((each for each in link.iterancestors() if each.tag in _ROW), None)
        day = day_of(few_words(around, 400) or "") if around is not None else None
        (dated if day else bare).append(Listed(url, re.sub(r"(?:…|\.{3})$", "", title), day))
    short = [] if own else ["没有给出列表页的网址，写成短地址的链接没有读"]
    return dated or bare, short


def _joined(base: str, href: str) -> str:
    try:
        return address(urljoin(base, href.strip()))
    except ValueError:
        return ""


def _sheet(data: bytes, name: str) -> tuple[list[Listed], list[str]]:
    found: list[Listed] = []
    without = 0
    for sheet in sheets_of(data, name).sheets:
        heads = next(
            (
                place
                for place, row in enumerate(sheet.rows[:10])
                if "address" in (meaning_of(str(cell)) for cell in row)
            ),
            None,
        )
        if heads is None:
            continue
        keys = [meaning_of(str(cell)) for cell in sheet.rows[heads]]
        for row in sheet.rows[heads + 1 :]:
            cells = [cell_words(cell) for cell in row]
            told = {key: cell for key, cell in reversed(list(zip(keys, cells, strict=False))) if key and cell}
            url = address(told.get("address", ""))
            if url:
                day = day_of(told.get("published_on", "") or told.get("written_on", ""))
                numbers = (told.get("index_number", "")[:60], told.get("document_number", "")[:60])
                status: Status = "gone" if told.get("status", "").strip() in _TAKEN_DOWN else "there"
                found.append(Listed(url, told.get("title", "")[:200], day, *numbers, status=status))
            elif any(cells):
                without += 1
    return found, [f"有{without}行没有网址，没有读"] if without else []


def cell_words(cell: object) -> str:
    """A cell as words: a day as 2026-03-02, a whole number without its point."""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split()) if cell is not None else ""
