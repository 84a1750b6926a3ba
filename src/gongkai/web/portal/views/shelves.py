"""法定主动公开内容: what is public by item of the law, organ, theme, column and topic; and the lists behind each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.proactive.catalogue import columns, kinds, theme_words, themes
from gongkai.proactive.items import WHERE, items, items_of
from gongkai.web.guide.selectors import lead_of
from gongkai.web.memo import while_it_stands
from gongkai.web.organs.selectors import living_organs, names_of
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of
from gongkai.web.portal.kept import kept
from gongkai.web.portal.listing import SIZE, Page, leaf, lines_of, mark_of
from gongkai.web.portal.views.home import organ_or_404, shown_organs
from gongkai.web.proactive.body import shown
from gongkai.web.proactive.selectors.entries import column_names, topic_names
from gongkai.web.proactive.selectors.public import count, counts, turned
from gongkai.web.typed import key_asked

Listed = tuple[tuple[str, str], ...]
FACETS: dict[str, str] = {"item": "法定事项", "column": "栏目", "theme": "主题", "kind": "种类", "organ": "公开机关"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A shelf as a line: its words, what of the law it is, how many lie on it."""

    key: str
    words: str
    held: int
    says: str = ""
    under: tuple[Choice, ...] = ()


def by_item(held: dict[str, int], form: str | None = None) -> list[tuple[str, list[Choice]]]:
    """The items of arts. 19 to 21 with their words, grouped by article; with `form` those that bind such an organ."""
    groups: dict[str, list[Choice]] = {}
    wanted = items().values() if form is None else items_of(form)
    for item in wanted:
        article = item.article.partition("条")[0] + "条"
        words = article if item.where == "all" else f"{article}（{WHERE[item.where]}）"
        number = item.article.partition("条")[2]
        groups.setdefault(words, []).append(Choice(item.key, item.zh, held.get(item.key, 0), number))
    order = ("第二十条", "第二十一条", "第十九条")
    return sorted(groups.items(), key=lambda group: next(n for n, a in enumerate(order) if group[0].startswith(a)))


def _columns(county: uuid.UUID, held: dict[str, int]) -> list[Choice]:
    known = columns()
    named = column_names(county)
    return [
        Choice(key, words, held.get(key, 0))
        for key, words in named.items()
        if not key.startswith("item.") and not (key in known and known[key].board)
    ]


def _themes(held: dict[str, int]) -> list[Choice]:
    return [
        Choice(key, theme.zh, held.get(key, 0), "", tuple(
            Choice(f"{key}/{under}", under, held[f"{key}/{under}"]) for under in theme.under if held.get(f"{key}/{under}")
        ))
        for key, theme in themes().items()
        if held.get(key)
    ]  # fmt: skip


def _whole(request: HttpRequest, organ: Any = None) -> HttpResponse:
    county = county_of()
    within = ("organ", str(organ.pk)) if organ is not None else None
    held = {facet: counts(county.pk, facet, within=within) for facet in ("item", "column", "theme")}
    listed: Listed = (within,) if within else ()
    context: dict[str, Any] = {
        "organ": organ,
        "count": count(county.pk, listed),
        "groups": by_item(held["item"], organ.form if organ is not None else None),
        "columns": _columns(county.pk, held["column"]),
        "themes": _themes(held["theme"]),
        "filter": f"?organ={organ.pk}" if organ is not None else "",
    }
    if organ is None:
        by_organ = counts(county.pk, "organ")
        context["organs"] = [(each, by_organ.get(str(each.pk), 0)) for each in shown_organs(county.pk, by_organ)]
    return render(request, "portal/statutory.html", context)


@kept
@public("法定主动公开内容")
@require_safe
def statutory(request: HttpRequest) -> HttpResponse:
    """What the county has published, by item of the law and every other way."""
    return _whole(request)


@kept
@public("法定主动公开内容")
@require_safe
def statutory_of(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What one organ has published, by the items that bind it."""
    return _whole(request, organ_or_404(county_of(), key))


def _page(request: HttpRequest, county: uuid.UUID, listed: Listed, size: int = SIZE) -> Page:
    after, before = mark_of(request.GET.get("after", "")), mark_of(request.GET.get("before", ""))
    rows = turned(
        county,
        listed,
        after=(after.at, after.key) if after else None,
        before=(before.at, before.key) if before and not after else None,
        limit=size + 1,
    )
    backwards = before is not None and after is None
    page = leaf(rows, request.GET.dict(), newest=not after and not before, backwards=backwards, size=size)
    return Page(tuple(lines_of(page.lines)), page.older, page.newer, size)


def _organ_asked(request: HttpRequest, county: uuid.UUID) -> str:
    said = request.GET.get("organ", "")
    if not said:
        return ""
    key = key_asked(said)
    if key is None:
        raise Http404("没有这个机关")
    return str(key)


@while_it_stands
def _choices(county: uuid.UUID, within: tuple[str, str]) -> tuple[tuple[str, str, int], ...]:
    """The organs with something on a shelf: key, name, how many; who has most first."""
    held = counts(county, "organ", within=within)
    names = names_of(uuid.UUID(each) for each in held)
    found = [(each, names.get(uuid.UUID(each), ""), n) for each, n in held.items()]
    return tuple(sorted((each for each in found if each[1]), key=lambda each: (-each[2], each[1])))


def _list(request: HttpRequest, title: str, listed: Listed, **more: Any) -> HttpResponse:
    """A shelf, all of it or one organ's part; the smaller part is read first."""
    county = county_of().pk
    asked = _organ_asked(request, county)
    whole: Listed = ((*listed, ("organ", asked))) if asked and listed[:1] != (("organ", asked),) else listed
    choices = _choices(county, listed[0]) if listed and listed[0][0] != "organ" else ()
    chosen = next((choice for choice in choices if choice[0] == asked), None)
    context = {
        "title": title,
        "page": _page(request, county, whole),
        "count": chosen[2] if chosen else count(county, whole),
        "organs": choices,
        "asked": asked,
        "asked_name": chosen[1] if chosen else "",
        **more,
    }
    return render(request, "portal/shelf.html", context)


def _words(county: uuid.UUID, facet: str, key: str) -> tuple[str, dict[str, Any]]:
    """How a shelf is called, and what of the law stands above it. Http404 for none such."""
    if facet == "item" and key in items():
        item = items()[key]
        return item.name, {"item": item}
    if facet == "column":
        named = column_names(county) | {column.key: column.zh for column in columns().values() if column.board}
        if key in named:
            return named[key], {"item": items().get(key.removeprefix("item."))}
    if facet == "theme" and key.partition("/")[0] in themes():
        first, _, under = key.partition("/")
        if not under or under in themes()[first].under:
            return theme_words(key), {}
    if facet == "kind" and key in kinds():
        return kinds()[key].zh, {}
    if facet == "organ":
        found = next((organ for organ in living_organs(county) if str(organ.pk) == key), None)
        if found is not None:
            return found.name, {"organ": found}
    raise Http404("没有这一目录")


@kept
@public("按机关、法定事项、栏目、主题查阅")
@require_safe
def shelf(request: HttpRequest, facet: str, key: str) -> HttpResponse:
    """What lies on one shelf, newest first."""
    title, more = _words(county_of().pk, facet, key)
    return _list(request, title, ((facet, key),), facet=FACETS[facet], feed=(facet, key), **more)


@kept
@public("全部公开的信息")
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """All that is public, newest first."""
    return _list(request, "全部公开的信息", (), facet="")


@kept
@public("专题")
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of the county."""
    county = county_of().pk
    held = counts(county, "topic")
    rows = [Choice(key, words, held.get(key, 0)) for key, words in topic_names(county).items()]
    return render(request, "portal/topics.html", {"rows": rows})


@kept
@public("专题")
@require_safe
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """A topic: what leads it in, and its entries."""
    county = county_of().pk
    words = topic_names(county).get(key)
    if words is None:
        raise Http404("没有这个专题")
    lead = lead_of(county, key)
    more: dict[str, Any] = {}
    if lead is not None:
        files = f"/items/{lead.item_id}/files/"
        more = {"lead": lead, "lead_body": shown(lead.version.body, lambda file: f"{files}{file}")}
    return _list(request, words, (("topic", key),), facet="专题", feed=("topic", key), **more)
