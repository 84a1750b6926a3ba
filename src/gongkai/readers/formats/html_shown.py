"""What of an element a browser shows: hidden parts, unseen text, raised, struck-out and linked digits."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from gongkai.readers.formats.tables import APART, STRUCK

if TYPE_CHECKING:
    from lxml import etree

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
_ZERO = r"0*(?:\.0+)?(?:%|[a-z]+)?\s*(?:!|;|$)"
_UNSEEN = re.compile(
    rf"(?<![-\w])(?:visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*(?=[0.]){_ZERO})", re.IGNORECASE
)
_SIZE = re.compile(r"(?<![-\w])font(?:-size)?\s*:", re.IGNORECASE)
_STRUCK_TAGS, _RAISED_TAGS = frozenset(("del", "s", "strike")), frozenset(("sup", "sub"))
_STRUCK = re.compile(r"text-decoration[^;:]*:[^;]*line-through", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9０-９]")
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![-\w])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?<![-\w])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_PAPER = "#ffffff"
_WHITE = frozenset(("white", "#fff", "rgb(255,255,255)", "rgba(255,255,255,1)"))
_NONE = frozenset(("transparent", "rgba(0,0,0,0)"))
_INLINE = frozenset(("a", "b", "em", "font", "i", "span", "strong", "u"))
_FEW = 8
"""Pieces of text of one element that are looked at."""


def is_hidden(element: etree._Element) -> bool:
    """Whether a browser leaves the element out, or shows nothing of it."""
    style = element.get("style")
    if style and (_HIDDEN.search(style) or _is_unseen(style, element)):
        return True
    return element.get("hidden") is not None


def keeps_its_place(element: etree._Element) -> bool:
    """Whether a hidden cell still fills its place in the row: its text alone is unseen."""
    style = element.get("style") or ""
    gone = re.search(r"display\s*:\s*none|collapse|mso-hide", style, re.IGNORECASE)
    return gone is None and element.get("hidden") is None


def _is_unseen(style: str, element: etree._Element) -> bool:
    """Text of no size or no strength; a size of 0 that the elements within set anew only closes gaps between them."""
    found = _UNSEEN.search(style)
    if found is None:
        return False
    return not (
        _SIZE.match(found[0]) and any(_SIZE.search(inner.get("style") or "") for inner in element.iterdescendants())
    )


def mark(element: etree._Element, *, block: bool) -> str:
    """The sign on both sides of raised, linked, struck-out and faint digits: `3<sup>1</sup>` is no 31, `<s>5</s>3` no 53."""
    style = element.get("style") if element.attrib else None
    if element.attrib and _has_colour(element, style) and _is_faint(element) and _has_digits(element):
        return STRUCK
    if block:
        return ""
    tag = element.tag
    if tag in _STRUCK_TAGS or (style and _STRUCK.search(style)):
        return STRUCK
    apart = tag in _RAISED_TAGS or (style and _RAISED.search(style)) or (tag == "a" and _touches_digits(element))
    return APART if apart and _has_digits(element) else ""


def _has_digits(element: etree._Element) -> bool:
    return _DIGIT.search("".join(map(str, islice(element.itertext(), _FEW)))) is not None


def _touches_digits(link: etree._Element) -> bool:
    """Whether a digit stands right before or behind a link in its line: the link is a note then, or part of a number."""
    inner: etree._Element | None = link
    before = after = ""
    while inner is not None and (inner is link or inner.tag in _INLINE):
        previous = inner.getprevious()
        parent = inner.getparent()
        above = (previous.tail if previous is not None else parent.text if parent is not None else "") or ""
        if previous is not None and not above and previous.tag in _INLINE:
            above = "".join(map(str, previous.itertext()))
        before, after = above + before, after + (inner.tail or "")
        inner = parent
    return bool(_DIGIT.match(before[-1:]) or _DIGIT.match(after[:1]))


def _has_colour(element: etree._Element, style: str | None) -> bool:
    return (style is not None and "olor" in style) or element.get("color") is not None


def _is_faint(element: etree._Element) -> bool:
    """Whether an element sets the colour of its text to that of the ground under it, as far as styles in it say."""
    colour = _set_colour(element.get("style") or "") or _plain(element.get("color") or "")
    if not colour:
        return False
    if colour in _NONE:
        return True
    ground = ""
    inner: etree._Element | None = element
    while inner is not None and not ground:
        ground = _set_ground(inner.get("style") or "") or _plain(inner.get("bgcolor") or "")
        ground = "" if ground in _NONE else ground
        inner = inner.getparent()
    return colour == (ground or _PAPER)


@lru_cache(maxsize=256)
def _set_colour(style: str) -> str:
    found = _COLOUR.search(style)
    return _plain(found[1]) if found else ""


@lru_cache(maxsize=256)
def _set_ground(style: str) -> str:
    found = _GROUND.search(style)
    return _plain(found[1]) if found else ""


def _plain(colour: str) -> str:
    """A colour in one spelling, as far as pages spell it."""
    bare = re.sub(r"\s", "", colour).lower()
    if bare in _WHITE:
        return _PAPER
    short = re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", bare)
    return "#" + "".join(2 * c for c in short.groups()) if short else bare
