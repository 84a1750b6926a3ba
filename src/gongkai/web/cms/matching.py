"""Which of our entries a line of a listing is: pure, and the same for every site.

Asked in this order, and the first that answers decides: what a person said of the address, the address written back,
the index number, the document number, the title with its day, a like title with its day. Where several entries answer
alike, none is taken: a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from gongkai.readers.sites.listing import Listed
from gongkai.text.sameness import bare, number

How = Literal["decided", "address", "index_number", "document_number", "title", "like", "several", "none"]
HOW: dict[How, str] = {
    "decided": "人工认定",
    "address": "网址",
    "index_number": "索引号",
    "document_number": "发文字号",
    "title": "名称和日期",
    "like": "名称相近",
    "several": "有几个可能",
    "none": "没有找到",
}
LIKE = 92.0
"""From which likeness of titles (of 100) a line may be an entry; its day must fit too."""
NEAR = timedelta(days=3)
"""How far the day on line may be from ours: a site shows the day on which its editor put it up."""
_LEAST = 6
"""Characters of a title from which on likeness says something."""


@dataclass(frozen=True, slots=True)
class Ours:
    """An entry of ours: what it says, and since when it should stand on line. `ended` says why it should not."""

    key: str
    title: str
    day: date | None
    index_number: str = ""
    document_number: str = ""
    addresses: tuple[str, ...] = ()
    digest: str = ""
    organ: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a line was found to be: `key` of an entry, or those it may be."""

    how: How
    key: str = ""
    candidates: tuple[str, ...] = ()
    score: int = 0


def plain_address(url: str) -> str:
    """An address as it is compared: without scheme, fragment, `www.`, port of the scheme and a last slash."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port if parts.port not in (80, 443) else None
    except ValueError:
        return url.strip()
    path = parts.path.rstrip("/").removesuffix("/index.html").removesuffix("/index.htm")
    return f"{host}{f':{port}' if port else ''}{path}{'?' + parts.query if parts.query else ''}"


@dataclass(slots=True)
class Index:
    """Our entries by everything that a line is asked for."""

    by_key: dict[str, Ours] = field(default_factory=dict)
    address: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    index_number: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    document_number: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    title: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    day: dict[date, list[str]] = field(default_factory=lambda: defaultdict(list))


def index(entries: Iterable[Ours]) -> Index:
    """Make the index once for all lines."""
    made = Index()
    for entry in entries:
        made.by_key[entry.key] = entry
        for address in entry.addresses:
            made.address[plain_address(address)].append(entry.key)
        if entry.index_number:
            made.index_number[bare(entry.index_number)].append(entry.key)
        if entry.document_number:
            made.document_number[number(entry.document_number)].append(entry.key)
        made.title[bare(entry.title)].append(entry.key)
        if entry.day:
            made.day[entry.day].append(entry.key)
    return made


def _one(how: How, keys: Iterable[str], made: Index, score: int = 100) -> Match | None:
    """One entry, or several; of several those that should stand on line come before those that should not."""
    found = tuple(dict.fromkeys(keys))
    if len(found) > 1:
        living = tuple(key for key in found if not made.by_key[key].ended)
        found = living if len(living) == 1 else found
    if not found:
        return None
    return Match(how, found[0], score=score) if len(found) == 1 else Match("several", candidates=found, score=score)


def _fits(ours: date | None, theirs: date | None) -> bool:
    return ours is None or theirs is None or abs(ours - theirs) <= NEAR


def match(line: Listed, made: Index, decided: Mapping[str, str] | None = None, but: Iterable[str] = ()) -> Match:
    """What a line is. `decided`: entries by address as people said; `but`: entries that people said it is not."""
    not_these = set(but)
    chosen = (decided or {}).get(line.url, "")
    if chosen in made.by_key:
        return Match("decided", chosen, score=100)

    def among(keys: Iterable[str]) -> list[str]:
        return [key for key in keys if key not in not_these]

    asked: list[tuple[How, list[str]]] = [
        ("address", made.address.get(plain_address(line.url), [])),
        ("index_number", made.index_number.get(bare(line.index_number), []) if line.index_number else []),
        ("document_number", made.document_number.get(number(line.document_number), []) if line.document_number else []),
    ]
    words = bare(line.title)
    same = [key for key in made.title.get(words, []) if _fits(made.by_key[key].day, line.day)] if words else []
    asked.append(("title", same))
    for how, keys in asked:
        if found := _one(how, among(keys), made):
            return found
    return _alike(words, line, made, among) if len(words) >= _LEAST and line.day else Match("none")


def _alike(words: str, line: Listed, made: Index, among: object) -> Match:
    assert line.day is not None
    days = [line.day + timedelta(days=n) for n in range(-NEAR.days, NEAR.days + 1)]
    near = among([key for day in days for key in made.day.get(day, [])])  # type: ignore[operator]
    scored = [(fuzz.ratio(words, bare(made.by_key[key].title), score_cutoff=LIKE), key) for key in near]
    best = sorted(((score, key) for score, key in scored if score), reverse=True)
    if not best:
        return Match("none")
    if len(best) == 1:
        return Match("like", best[0][1], score=round(best[0][0]))
    return Match("several", candidates=tuple(key for _, key in best[:5]), score=round(best[0][0]))


DIFFERENCES = {"title": "名称不同", "day": "日期不同", "text": "正文不同"}


def differences(line: Listed, entry: Ours) -> tuple[str, ...]:
    """In what a line and its entry differ; what the listing does not say is not compared."""
    found = []
    if line.title and bare(line.title) != bare(entry.title) and not _cut(line.title, entry.title):
        found.append("title")
    if line.day and entry.day and not _fits(line.day, entry.day):
        found.append("day")
    if line.digest and entry.digest and line.digest != entry.digest:
        found.append("text")
    return tuple(found)


def _cut(short: str, whole: str) -> bool:
    """Whether a list shows the beginning of a title only."""
    begin = short.rstrip(".…· ")
    return begin != short and bool(bare(begin)) and bare(whole).startswith(bare(begin))
