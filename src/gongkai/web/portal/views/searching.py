"""The search over everything public, and the library of policy documents: what is shown was public when it was asked.

The search gives places; whether an entry may be seen is asked once more of `selectors.public`, and of an entry that was
corrected meanwhile the old words are not shown.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.proactive.catalogue import kinds, theme_words
from gongkai.proactive.validity import VALIDITIES
from gongkai.text.query import bare
from gongkai.web.organs.selectors import living_organs, names_of
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of
from gongkai.web.portal.kept import kept
from gongkai.web.portal.views.items import WHY
from gongkai.web.proactive.selectors.entries import column_names, topic_names
from gongkai.web.proactive.selectors.listing import library_rows
from gongkai.web.proactive.selectors.outside import kind_words, standings
from gongkai.web.proactive.selectors.public import public_among
from gongkai.web.search.found import Facet, Found, Hit
from gongkai.web.search.marks import Filters
from gongkai.web.search.selectors import search, suggested
from gongkai.web.search.showing import marked

LONGEST = 200
SHOWN = 8
"""So many values of a facet stand open; the others behind a word."""
LIBRARY = tuple(key for key, kind in kinds().items() if kind.policy)
"""The kinds of entries that the policy library holds."""
PAGE, BY_NUMBER = 20, 100
"""Lines of a page; documents asked for by their number stand on one."""
THEME = "theme:"
"""How the themes stand among the topics of the search."""

FACETS: dict[str, str] = {
    "kind": "种类",
    "organ": "发布机构",
    "year": "发布年份",
    "validity": "有效性",
    "column": "栏目",
    "topic": "专题",
    "theme": "主题",
}
_IN_SEARCH = {"column": "columns", "topic": "topics", "theme": "topics"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as a link: where it leads, and how many would be left."""

    words: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """A facet with its values."""

    key: str
    words: str
    choices: tuple[Choice, ...]

    @property
    def first(self) -> tuple[Choice, ...]:
        """Those that stand open."""
        return self.choices[:SHOWN]

    @property
    def others(self) -> tuple[Choice, ...]:
        """Those behind a word."""
        return self.choices[SHOWN:]


@dataclass(frozen=True, slots=True)
class Line:
    """A hit as the page shows it, confirmed to be public."""

    key: uuid.UUID
    title: Any
    snippet: Any
    organ: str
    issuer: str
    kind: str
    number: str
    index_number: str
    published_on: date
    validity: str
    state: str


def plain(request: HttpRequest, name: str, longest: int = LONGEST) -> str:
    """A value of the address, without what no text holds."""
    return request.GET.get(name, "").replace("\x00", "")[: longest + 1].strip()


def _year(said: str) -> tuple[int, ...]:
    return (int(said),) if said.isascii() and said.isdigit() and len(said) == 4 else ()


def _organ(said: str) -> tuple[uuid.UUID, ...]:
    try:
        return (uuid.UUID(said),)
    except ValueError:
        return ()


class Asked:
    """What a page of the search was asked for, and the addresses of the pages beside it."""

    def __init__(self, request: HttpRequest) -> None:
        self.typed = plain(request, "q")
        self.order = "ranked" if request.GET.get("order") == "ranked" else "newest"
        said = plain(request, "page", 6)
        self.page = max(int(said), 1) if said.isascii() and said.isdigit() else 1
        self.chosen = {key: value for key in FACETS if (value := plain(request, key, 60))}
        if "kind" in self.chosen and self.chosen["kind"] not in kinds():
            del self.chosen["kind"]
        if "validity" in self.chosen and self.chosen["validity"] not in VALIDITIES:
            del self.chosen["validity"]
        for key, reads in (("year", _year), ("organ", _organ)):
            if key in self.chosen and not reads(self.chosen[key]):
                del self.chosen[key]
        if "topic" in self.chosen:
            self.chosen.pop("theme", None)
        self.rest = {name: value for name in ("issuer", "number") if (value := plain(request, name, 60))}

    def __bool__(self) -> bool:
        return bool(self.typed or self.chosen or self.rest)

    def filters(self, within: tuple[str, ...] = ()) -> Filters:
        """For the search; `within` are the kinds when none is chosen."""
        chosen = self.chosen
        topics = [THEME + chosen["theme"]] if "theme" in chosen else []
        topics += [chosen["topic"]] if "topic" in chosen else []
        kind = chosen.get("kind", "")
        wanted = (kind,) if kind and (not within or kind in within) else within
        return Filters(
            organs=_organ(chosen.get("organ", "")),
            kinds=wanted,
            columns=(chosen["column"],) if "column" in chosen else (),
            topics=tuple(topics),
            validities=(chosen["validity"],) if "validity" in chosen else (),
            years=_year(chosen.get("year", "")),
            issuers=(self.rest["issuer"],) if "issuer" in self.rest else (),
        )

    def query(self, **other: str) -> str:
        """The address of this page with other values; an empty one is left out, and the page begins anew."""
        values = {"q": self.typed, "order": self.order if self.order == "ranked" else "", **self.chosen, **self.rest}
        made = QueryDict(mutable=True)
        made.update({key: value for key, value in (values | other).items() if value})
        return made.urlencode()


# ── words of the facets ──────────────────────────────────────────────────────────────────────────────────────────────


def _names(county: Any, key: str, values: list[str]) -> dict[str, str]:
    if key == "organ":
        return {str(k): name for k, name in names_of(uuid.UUID(value) for value in values).items()}
    if key == "column":
        return column_names(county.pk)
    if key == "topic":
        return topic_names(county.pk)
    if key == "kind":
        return {value: kind_words(value) for value in values}
    if key == "validity":
        return {each.value: zh for each, zh in VALIDITIES.items()}
    if key == "theme":
        return {value: theme_words(value) for value in values}
    return {value: f"{value}年" for value in values}


def _values(found: Found, key: str) -> list[Facet]:
    by = found.facets.by if found.facets else {}
    rows = list(by.get(_IN_SEARCH.get(key, key), ()))
    if key == "theme":
        named = [Facet(row.value.removeprefix(THEME), row.count) for row in rows if row.value.startswith(THEME)]
        return [row for row in named if "/" not in row.value]
    if key == "topic":
        rows = [row for row in rows if not row.value.startswith(THEME)]
    return sorted(rows, key=lambda row: row.value, reverse=True) if key == "year" else rows


def shelves_of(county: Any, asked: Asked, found: Found, keys: tuple[str, ...]) -> list[Shelf]:
    """The facets of what was found as links with counts; one that is chosen leads back to all."""
    made = []
    for key in keys:
        rows = _values(found, key)
        chosen = asked.chosen.get(key, "")
        names = _names(county, key, [row.value for row in rows] + ([chosen] if chosen else []))
        if chosen and chosen not in [row.value for row in rows]:
            rows.insert(0, Facet(chosen, 0))
        choices = tuple(
            Choice(
                names[row.value], row.count, asked.query(**{key: "" if row.value == chosen else row.value}),
                row.value == chosen,
            )
            for row in rows
            if names.get(row.value)
        )  # fmt: skip
        if choices:
            made.append(Shelf(key, FACETS[key], choices))
    return made


def narrowed_of(asked: Asked, shelves: list[Shelf]) -> dict[str, Any]:
    """For `_narrowed.html`: each limit that was chosen, with the address without it; and that without any."""
    chosen = [
        (shelf.words, choice.words, choice.query) for shelf in shelves for choice in shelf.choices if choice.chosen
    ]
    return {"narrowed": chosen, "without": asked.query(**dict.fromkeys(asked.chosen, ""))}


# ── what was found ───────────────────────────────────────────────────────────────────────────────────────────────────


def confirmed(county: uuid.UUID, hits: tuple[Hit, ...]) -> tuple[list[Hit], dict[uuid.UUID, Any]]:
    """The hits of which just this release is public at this moment, and those releases."""
    releases = public_among(county, [hit.item for hit in hits]) if hits else {}
    good = [hit for hit in hits if hit.item in releases and releases[hit.item].pk == hit.release]
    return good, releases


def lines_of(county: uuid.UUID, hits: tuple[Hit, ...]) -> list[Line]:
    """The hits as lines."""
    good, releases = confirmed(county, hits)
    stands = standings([releases[hit.item] for hit in good], timezone.localdate())
    return [
        Line(
            hit.item, marked(hit.title), marked(hit.snippet), releases[hit.item].organ.name, hit.issuer,
            kind_words(hit.kind), hit.number, hit.index_number, hit.published_on,
            stands[hit.item].zh if hit.item in stands else "",
            stands[hit.item].validity.value if hit.item in stands else "",
        )
        for hit in good
    ]  # fmt: skip


def _pages(asked: Asked, found: Found) -> list[tuple[str, str, bool]]:
    """The pages beside this one: words, address, whether it is this one."""
    near = range(max(1, found.page - 2), min(found.pages, found.page + 2) + 1)
    made = [(f"{n}", asked.query(page=str(n)), n == found.page) for n in near]
    if found.page > 1:
        made.insert(0, ("上一页", asked.query(page=str(found.page - 1)), False))
    if found.page < found.pages:
        made.append(("下一页", asked.query(page=str(found.page + 1)), False))
    return made if found.pages > 1 else []


@kept
@public(WHY)
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The search."""
    county, asked = county_of(), Asked(request)
    context: dict[str, Any] = {"asked": asked, "nothing_asked": not asked}
    if asked:
        found = search(
            asked.typed, county=county.pk, filters=asked.filters(), page=asked.page, facets=True,
            order="ranked" if asked.order == "ranked" else "newest", size=PAGE,
        )  # fmt: skip
        lines = lines_of(county.pk, found.hits)
        shelves = shelves_of(county, asked, found, tuple(FACETS))
        context |= {
            "found": found,
            "lines": lines,
            "changed": len(found.hits) - len(lines),
            "shelves": shelves,
            "pages": _pages(asked, found),
            "newest": asked.query(order=""),
            "ranked": asked.query(order="ranked"),
            **narrowed_of(asked, shelves),
        }
    return render(request, "portal/search.html", context)


@kept
@public(WHY)
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles that hold what was typed so far: as a page, and as a list for the search box."""
    county, typed = county_of(), plain(request, "q")
    rows = suggested(typed, county=county.pk, most=20)
    releases = public_among(county.pk, [item for item, *_ in rows]) if rows else {}
    good = [(item, title) for item, release, title in rows if item in releases and releases[item].pk == release]
    if request.GET.get("form") == "json":
        return JsonResponse({"titles": [title for _, title in good[:8]]}, json_dumps_params={"ensure_ascii": False})
    return render(request, "portal/suggest.html", {"typed": typed, "rows": good})


# ── the policy library ───────────────────────────────────────────────────────────────────────────────────────────────


@kept
@public(WHY)
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Policy documents by issuer, year, number, theme and validity, each with its interpretations."""
    county, asked = county_of(), Asked(request)
    number = asked.rest.get("number", "")
    words = " ".join(part for part in (asked.typed, number) if part)
    found = search(
        words, county=county.pk, filters=asked.filters(LIBRARY), page=1 if number else asked.page, facets=True,
        size=BY_NUMBER if number else PAGE,
    )  # fmt: skip
    good, releases = confirmed(county.pk, found.hits)
    if number:
        good = [hit for hit in good if bare(number) in bare(hit.number)]
    shelves = shelves_of(county, asked, found, ("year", "validity", "organ", "theme", "topic", "kind"))
    context = {
        "asked": asked,
        "number": number,
        "issuer": asked.rest.get("issuer", ""),
        "found": found,
        "count": f"{len(good)}" if number else f"{found.count}",
        "rows": library_rows(county.pk, [releases[hit.item] for hit in good]),
        "shelves": shelves,
        **narrowed_of(asked, shelves),
        "pages": [] if number else _pages(asked, found),
        "any": bool(asked),
        "all": reverse("portal-library"),
        "organs": sorted({organ.name for organ in living_organs(county.pk)}),
    }
    return render(request, "portal/library.html", context)
