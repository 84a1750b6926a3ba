"""The pages of the public side as every page names them: the head's menu, and the way back."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@functools.cache
def _plain(name: str) -> str:
    return reverse(name)


@functools.cache
def _item_address() -> tuple[str, str]:
    """What stands before and after the key in the address of an entry."""
    key = "00000000-0000-0000-0000-000000000000"
    before, _, after = reverse("portal-item", args=[key]).partition(key)
    return before, after


@register.simple_tag
def entries(lines: Iterable[Any], without_organ: Any = None) -> SafeString:
    """The lines of a list: title, number, organ, day. Made here, since a list has fifty of them."""
    before, after = _item_address()
    made = []
    for line in lines:
        day = line.on
        parts = [f"<span>{escape(line.number)}</span>"] if line.number else []
        if not without_organ:
            parts.append(f"<span>{escape(line.organ)}</span>")
        parts.append(f'<time datetime="{day.isoformat()}">{day.year}年{day.month}月{day.day}日</time>')
        tag = f'<span class="tag {escape(line.state)}">{escape(line.state_zh)}</span>' if line.state else ""
        made.append(
            f'<li><a href="{before}{line.key}{after}">{escape(line.title)}</a>{tag}<p>{"".join(parts)}</p></li>'
        )
    return mark_safe("".join(made))  # noqa: S308 - every word is escaped above


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the menu of the head."""

    url: str
    words: str
    here: bool


PLACES = (
    (
        "portal-boards",
        "信息公开",
        ("/boards", "/guide", "/system", "/statutory", "/fields", "/yearly", "/organs", "/topics"),
    ),
    ("portal-library", "政策文件", ("/policies",)),
    ("portal-consultations", "意见征集", ("/consultations",)),
    ("portal-letters", "互动", ("/letters",)),
    ("portal-apply", "申请公开", ("/apply",)),
    ("portal-follow", "查询进度", ("/follow",)),
)
"""The menu: the name of each address, its words, and where one is when one is within it."""


@register.simple_tag(takes_context=True)
def places(context: Any) -> list[Place]:
    """The menu of the head."""
    request = context.get("request")
    path = request.path if request else ""
    return [Place(_plain(name), words, path.startswith(within)) for name, words, within in PLACES]


@register.inclusion_tag("portal/_crumbs.html")
def crumbs(*steps: Any) -> dict[str, Any]:
    """The way from the first page to this one: words and address in turn, the page itself by its words alone."""
    pairs = [(str(steps[n]), str(steps[n + 1]) if n + 1 < len(steps) else "") for n in range(0, len(steps), 2)]
    return {"steps": [pair for pair in pairs if pair[0]]}
