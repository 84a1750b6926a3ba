"""Feeds of what is new: for the county, and for an organ, a column, an item of the law, a theme, a kind or a topic."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from gongkai.proactive.catalogue import kinds, theme_words, themes
from gongkai.proactive.items import items as statutory_items
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of
from gongkai.web.portal.kept import kept
from gongkai.web.portal.views.items import WHY, absolute
from gongkai.web.proactive.selectors.entries import column_names, topic_names
from gongkai.web.proactive.selectors.listing import newest
from gongkai.web.typed import key_asked

FORMS: dict[str, tuple[type[Any], str]] = {
    "rss": (Rss201rev2Feed, "application/rss+xml"),
    "atom": (Atom1Feed, "application/atom+xml"),
}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def clean(words: str) -> str:
    """Words without what XML does not hold."""
    return _NOT_XML.sub("", words)


def _organ(county: Any, key: str) -> str:
    wanted = key_asked(key)
    return next((organ.name for organ in living_organs(county.pk) if organ.pk == wanted), "")


def words_of(county: Any, facet: str, key: str) -> str:
    """What is followed, in words; empty where there is no such thing."""
    first = key.partition("/")[0]
    known = {
        "organ": lambda: _organ(county, key),
        "column": lambda: column_names(county.pk).get(key, ""),
        "topic": lambda: topic_names(county.pk).get(key, ""),
        "item": lambda: statutory_items()[key].name if key in statutory_items() else "",
        "kind": lambda: kinds()[key].zh if key in kinds() else "",
        "theme": lambda: theme_words(key) if first in themes() else "",
    }
    return known[facet]() if facet in known else ""


def _feed(request: HttpRequest, form: str, facet: str, key: str) -> HttpResponse:
    county = county_of()
    if form not in FORMS:
        raise Http404("没有这种订阅")
    title = f"{county.name}政府信息公开"
    if facet:
        words = words_of(county, facet, key)
        if not words:
            raise Http404("没有这一项订阅")
        title = f"{words} · {title}"
    made, media_type = FORMS[form]
    feed = made(
        title=clean(title),
        link=absolute(request, "portal"),
        description=clean(f"{title}：最近公开的信息"),
        language="zh-CN",
        feed_url=request.build_absolute_uri(request.path),
    )
    for entry in newest(county.pk, facet, key):
        address = absolute(request, "portal-item", entry.key)
        said = "　".join(part for part in (entry.issuer, entry.number, entry.kind_words, entry.summary) if part)
        feed.add_item(
            title=clean(entry.title),
            link=address,
            description=clean(said),
            unique_id=f"urn:uuid:{entry.key}",
            unique_id_is_permalink=False,
            author_name=clean(entry.issuer),
            pubdate=entry.published_at,
            updateddate=entry.published_at,
            categories=tuple(clean(each) for each in (entry.kind_words, entry.theme) if each),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=f"{media_type}; charset=utf-8")


@kept
@public(WHY)
@require_safe
def county(request: HttpRequest, form: str) -> HttpResponse:
    """What is new in the county."""
    return _feed(request, form, "", "")


@kept
@public(WHY)
@require_safe
def shelf(request: HttpRequest, form: str, facet: str, key: str) -> HttpResponse:
    """What is new under one heading."""
    return _feed(request, form, facet, key)


@kept
@public(WHY)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All that can be followed or taken away as data."""
    found = county_of()
    groups = [
        ("机关", "organ", [(str(organ.pk), organ.name) for organ in living_organs(found.pk)]),
        ("栏目", "column", list(column_names(found.pk).items())),
        ("法定主动公开事项", "item", [(item.key, item.name) for item in statutory_items().values()]),
        ("主题", "theme", [(theme.key, theme.zh) for theme in themes().values()]),
        ("专题", "topic", list(topic_names(found.pk).items())),
    ]
    return render(request, "portal/feeds.html", {"groups": [group for group in groups if group[2]]})
