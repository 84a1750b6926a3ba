"""Searching: what is public at a moment and contains every word that was asked for.

The index gives positions newest first. Where its runs are the words themselves they are the answer; else the stored text
decides, document by document. Nothing is told that was not found in a text, except a count, which then says 约.
"""

from __future__ import annotations

import math
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils import timezone

from gongkai.text.query import Query, pairs, parse, searchable
from gongkai.web.search.embedded import switched_on
from gongkai.web.search.embedded.asking import IN_TITLE, IS_TITLE, ordered
from gongkai.web.search.found import CAP, Count, Facet, Facets, Found, Hit, Order
from gongkai.web.search.index import TOLD, Asked, Begun, Told, index_of, texts
from gongkai.web.search.marks import TITLE, Filters, mark
from gongkai.web.search.models import Document
from gongkai.web.search.positions import LAST, first_of, last_of
from gongkai.web.search.showing import pieces, snippet, title_holds, unpacked

SIZE = 20
LOOKED_AT = 20_000
"""No more texts than these are read for one page; past it the answer says that it is not complete."""
REACH = 10_000
"""So many hits are listed, page by page, where the index of relevance ranks them all."""
_COUNTED = 100
_TOLD_AT_ONCE = 100
_BY_DATE = f"找到的超过{CAP}条，按发布日期从新到旧排列；增加词语或者限定范围后可以按相关程度排列。"
_SUGGESTED_FROM = 200
_LENGTH = 1200
_FACETS = ("organ", "kind", "validity", "columns", "topics")


@dataclass(frozen=True, slots=True)
class _Met:
    """Positions that hold the words, others nobody looked at, and what is true of both together."""

    hits: list[int]
    unseen: list[int]
    count: Count
    complete: bool = True
    told: dict[int, Told] = field(default_factory=dict)
    """What was told of some of the hits already."""


def _asked(query: Query, county: uuid.UUID, filters: Filters, at: datetime) -> Asked:
    first = first_of(filters.since) if filters.since else 0
    last = last_of(filters.until) if filters.until else LAST
    letters = [(mark(TITLE, letter),) for letter in query.letters]
    return Asked(county, at, query.words, (*filters.marks(), *letters), first, last)


def _visible(at: datetime) -> Q:
    return Q(visible_from__lte=at) & (Q(visible_until__isnull=True) | Q(visible_until__gt=at))


def _holding(query: Query, positions: list[int]) -> list[int]:
    held = index_of().holding(positions, query.words) if positions else set()
    return [p for p in positions if p in held]


def _newest(query: Query, asked: Asked, shown: range) -> _Met:
    """As many hits as are shown up to the last of these, and those that are counted."""
    index, wanted = index_of(), shown.stop
    if index.sure(asked):
        begun = index.begin(asked, CAP + 1, shown)
        met = list(islice(begun.positions, CAP + 1))
        return _Met(met[:CAP], [], Count(min(len(met), CAP), more=len(met) > CAP), told=begun.told)
    # Some more than are wanted, since not all of them will hold the words; those that do are told of at once.
    looked_at = min(wanted + SIZE // 4, LOOKED_AT)
    at_once = looked_at <= _TOLD_AT_ONCE
    begun = index.begin(asked, 2 * CAP + 1, range(looked_at if at_once else 0))
    some = list(islice(begun.positions, looked_at))
    hits = [p for p in some if p in begun.told] if at_once else _holding(query, some)
    return _looked_for(query, begun, hits, len(some), wanted)


def _looked_for(query: Query, begun: Begun, hits: list[int], looked: int, wanted: int) -> _Met:
    """As many hits as are wanted, met in the texts from the newest on; how many there are of the others.

    `hits` were met in the first that were `looked` at.
    """
    stream, told, step = begun.positions, begun.told, 2 * SIZE
    while len(hits) < wanted and (some := list(islice(stream, min(step, LOOKED_AT - looked)))):
        hits += _holding(query, some)
        looked += len(some)
        step = min(2 * step, 500)
    if len(hits) < wanted:
        complete = next(stream, None) is None
        number = min(len(hits), CAP) if complete else len(hits)
        return _Met(hits[:CAP], [], Count(number, more=not complete or len(hits) > CAP), complete=complete, told=told)
    unseen = list(islice(stream, 2 * CAP + 1 - len(hits)))
    if len(unseen) <= _COUNTED:
        hits += _holding(query, unseen)
        return _Met(hits[:CAP], [], Count(min(len(hits), CAP), more=len(hits) > CAP), told=told)
    about = len(hits) + round(len(unseen) * len(hits) / looked)
    more = about > CAP or len(unseen) + len(hits) > 2 * CAP
    return _Met(hits, unseen, Count(min(about, CAP), more=more, exact=False), told=told)


def _score(query: Query, text: str) -> tuple[int, float]:
    """Words in the title first, then how often they stand in the text for its length."""
    title = text[: text.index("\n")]
    weight = 0.25 + 0.75 * len(text) / _LENGTH
    often = sum(2.2 * n / (n + 1.2 * weight) for word in query.words for n in (text.count(word),))
    return sum(word in title for word in query.words) + 2 * (title in query.words), often


def _ranked(query: Query, asked: Asked) -> _Met | None:
    """The hits in order of their score, the newer first among equals; None when there are more than the cap."""
    most = CAP if index_of().sure(asked) else 2 * CAP
    candidates = list(islice(index_of().begin(asked, most + 1, range(0)).positions, most + 1))
    if len(candidates) > most:
        return None
    scored = [
        (_score(query, text), position)
        for position, text in texts(candidates)
        if all(word in text for word in query.words)
    ]
    if len(scored) > CAP:
        return None
    scored.sort(reverse=True)
    return _Met([position for _, position in scored], [], Count(len(scored)))


def _weigh(query: Query, text: str) -> float:
    """The weight of a text among those that the index of relevance weighs."""
    title = text[: text.index("\n")]
    placed = IN_TITLE * sum(word in title for word in query.words) + IS_TITLE * (title in query.words)
    return placed + _score(query, text)[1]


def _ranked_all(query: Query, asked: Asked, wanted: int) -> _Met | None:
    """The best of all hits by the index of relevance; None when it cannot be asked."""
    standing = index_of().standing(asked)
    within = replace(asked, marks=asked.marked(alone=standing.alone))
    told = ordered(query, within, wanted, standing.hidden, lambda text: _weigh(query, text))
    return _Met(told.positions, [], Count(told.count)) if told else None


def _hits(query: Query, positions: list[int], at: datetime, told: dict[int, Told]) -> tuple[Hit, ...]:
    rest = [position for position in positions if position not in told]
    held = {**told, **index_of().told(rest, at)} if rest else told
    words = (*query.words, *query.letters)
    made = []
    for position in positions:
        if position in held:
            values, packed = held[position]
            row: dict[str, Any] = dict(zip(TOLD, values, strict=True))
            text = unpacked(packed, query.words)
            row |= {"title": pieces(row["title"], words), "snippet": snippet(text, query.words)}
            made.append(Hit(**row))
    return tuple(made)


def _facets(met: _Met, at: datetime) -> Facets:
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*_FACETS, "year")}
    positions = [*met.hits, *met.unseen][:CAP]
    for start in range(0, len(positions), 500):
        rows = Document.objects.filter(_visible(at), position__in=positions[start : start + 500])
        for *values, published_on in rows.values_list(*_FACETS, "published_on"):
            counts["year"][str(published_on.year)] += 1
            for name, value in zip(_FACETS, values, strict=True):
                counts[name].update(value if isinstance(value, list) else [str(value)])
    by = {
        name: tuple(Facet(value, n) for value, n in sorted(counter.items(), key=lambda x: (-x[1], x[0])) if value)
        for name, counter in counts.items()
    }
    whole = len(positions) >= met.count.number
    return Facets(by, complete=met.count.exact and not met.count.more and met.complete and whole)


def search(
    typed: str,
    *,
    county: uuid.UUID,
    filters: Filters | None = None,
    order: Order = "newest",
    page: int = 1,
    size: int = SIZE,
    at: datetime | None = None,
    facets: bool = False,
) -> Found:
    """A page of what is public at a moment (today) and contains every word typed; without a word, of all the filters leave.

    `order="ranked"` puts hits in titles first, then the frequent ones; above CAP hits they come by date all the same,
    unless there is an index of relevance, which ranks and counts them all.
    """
    at = at or timezone.now()
    query = parse(typed)
    said = [query.said] if query.said else []
    if typed.strip() and not query:
        said.append("请输入要查找的文字，标点符号不作为查找的内容。")
        return Found((), Count(0), 1, 1, order, complete=True, said=tuple(said))
    asked = _asked(query, county, filters or Filters(), at)
    ranked, met, reach = order == "ranked" and bool(query.words), None, CAP
    if ranked and switched_on():
        page = max(1, min(page, math.ceil(REACH / size)))
        met, reach = _ranked_all(query, asked, max(page * size, CAP if facets else 0)), REACH
        if met is not None and met.count.number > REACH:
            said.append(f"按相关程度只列出前{REACH}条，其余的请增加词语或者限定范围后查找。")
    if met is None:
        reach, page = CAP, max(1, min(page, math.ceil(CAP / size)))
        met = _ranked(query, asked) if ranked else None
    if met is None:
        met = _newest(query, asked, range((page - 1) * size, page * size))
        if ranked and switched_on():
            said.append(f"按相关程度排列的索引正在更新，现在不能用。{_BY_DATE}")
        elif ranked:
            said.append(_BY_DATE)
        order = "newest"
    if not met.complete:
        said.append(f"含有这些字的太多，只核对了最近发布的{LOOKED_AT}件，更早的没有核对，请增加词语或者限定范围。")
    # What nobody looked at may be one page more than the count makes them.
    pages = max(1, math.ceil(min(met.count.number, reach) / size), page + 1 if met.unseen else 1)
    shown = met.hits[(page - 1) * size : page * size]
    return Found(
        hits=_hits(query, shown, at, met.told), count=met.count, page=page, pages=pages,
        order=order, complete=met.complete, said=tuple(said), facets=_facets(met, at) if facets else None,
    )  # fmt: skip


def suggested(
    typed: str, *, county: uuid.UUID, at: datetime | None = None, most: int = 8
) -> tuple[tuple[uuid.UUID, uuid.UUID, str], ...]:
    """Titles that contain what was typed so far, those that begin with it first, then the newest; each once.

    Each with its item and its release, so that who shows it can ask whether it is public.
    """
    at = at or timezone.now()
    query = parse(typed)
    words = (*query.words, *query.letters)
    if not words:
        return ()
    runs = sorted({run for word in words for run in (pairs(word) or {word})})
    asked = Asked(county, at, marks=tuple((mark(TITLE, run),) for run in runs))
    positions = list(islice(index_of().begin(asked, _SUGGESTED_FROM, range(0)).positions, _SUGGESTED_FROM))
    rows = Document.objects.filter(_visible(at), position__in=positions).order_by("-position")
    titles: dict[str, tuple[uuid.UUID, uuid.UUID]] = {}
    for item, release, title in rows.values_list("item", "release", "title"):
        titles.setdefault(title, (item, release))
    fitting = [title for title in titles if title_holds(title, words)]
    fitting.sort(key=lambda title: not searchable(title).startswith(words[0]))
    return tuple((*titles[title], title) for title in fitting[:most])


def suggestions(typed: str, *, county: uuid.UUID, at: datetime | None = None, most: int = 8) -> tuple[str, ...]:
    """The same, the titles alone."""
    return tuple(title for *_, title in suggested(typed, county=county, at=at, most=most))


def holds(item: uuid.UUID, *, at: datetime | None = None) -> bool:
    """Whether an item may be found at a moment."""
    return Document.objects.filter(_visible(at or timezone.now()), item=item).exists()


def releases(county: uuid.UUID) -> set[uuid.UUID]:
    """All the releases of a county that the search holds, for comparing with what is released."""
    return set(Document.objects.filter(county=county).values_list("release", flat=True))
