"""The pages of the public side as every page names them: the head's menu, and the way back."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai import __version__
from gongkai.web.portal.addresses import address_of

register = template.Library()
_LONG = 24
"""Words of the table that are longer stand on a line of their own."""


@register.simple_tag
def address(name: str, *args: Any) -> str:
    """The address of a page; empty when there is no such page, so that a link to it can be left out."""
    told = [each for each in args if each not in ("", None)]
    try:
        return address_of(name, *told)
    except NoReverseMatch:
        return ""


@register.simple_tag
def metadata(rows: Iterable[Any], *without: str) -> SafeString:
    """The rows of an entry's table but for some: made here, since each of thousands of pages has twenty of them."""
    made = []
    for row in rows:
        if row.key not in without:
            begin = '<tr class="long">' if len(row.value) > _LONG else "<tr>"
            made.append(f'{begin}<th scope="row">{escape(row.zh)}</th><td>{escape(row.value)}</td></tr>')
    return mark_safe("".join(made))  # noqa: S308 - every word is escaped


@register.simple_tag
@functools.cache
def asset(path: str) -> SafeString:
    """The address of a style or script, which changes with the version of the system."""
    return mark_safe(f"{escape(static(path))}?v={escape(__version__)}")  # noqa: S308 - both are our own


@register.simple_tag
def entries(lines: Iterable[Any], without_organ: Any = None) -> SafeString:
    """The lines of a list: title, number, organ, day. Made here, since a list has fifty of them."""
    made = []
    for line in lines:
        day = line.on
        parts = [f"<span>{escape(line.number)}</span>"] if line.number else []
        if not without_organ:
            parts.append(f"<span>{escape(line.organ)}</span>")
        parts.append(f'<time datetime="{day.isoformat()}">{day.year}年{day.month}月{day.day}日</time>')
        tag = f'<span class="tag {escape(line.state)}">{escape(line.state_zh)}</span>' if line.state else ""
        to = address_of("portal-item", line.key)
        made.append(f'<li><a href="{to}">{escape(line.title)}</a>{tag}<p>{"".join(parts)}</p></li>')
    return mark_safe("".join(made))  # noqa: S308 - every word is escaped above


PLACES = (
    (
        "portal-boards",
        "信息公开",
        ("/boards", "/guide", "/system", "/statutory", "/fields", "/yearly", "/organs", "/topics"),
    ),
    ("portal-library", "政策文件", ("/policies",)),
    ("portal-consultations", "意见征集", ("/consultations",)),
    ("portal-letters", "互动", ("/letters", "/appraisals")),
    ("portal-apply", "申请公开", ("/apply",)),
    ("portal-follow", "查询进度", ("/follow",)),
)
"""The menu: the name of each address, its words, and where one is when one is within it."""


@register.simple_tag(takes_context=True)
def menu(context: Any) -> SafeString:
    """The menu of the head; a page that does not exist is left out."""
    request = context.get("request")
    path = request.path if request else ""
    made = []
    for name, words, within in PLACES:
        if url := address(name):
            here = ' aria-current="page"' if path.startswith(within) else ""
            made.append(f'<a href="{escape(url)}"{here}>{escape(words)}</a>')
    return mark_safe("".join(made))  # noqa: S308 - every word is escaped


@register.inclusion_tag("portal/_crumbs.html")
def crumbs(*steps: Any) -> dict[str, Any]:
    """The way from the first page to this one: words and address in turn, the page itself by its words alone."""
    pairs = [(str(steps[n]), str(steps[n + 1]) if n + 1 < len(steps) else "") for n in range(0, len(steps), 2)]
    return {"steps": [pair for pair in pairs if pair[0]]}
