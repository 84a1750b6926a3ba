"""The text of an entry: made safe, and read as plain words. Nothing that runs, loads or styles comes through.

Pictures of the entry's own are written `attachment:KEY` (the key of the stored file) and become addresses only where
the text is shown; a picture from anywhere else is left out.
"""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import nh3

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats.tags import check as check_tags
from gongkai.web.facts import Refused

MOST_BYTES = 2 * 1024 * 1024
MOST_TAGS = 40_000
"""A long statistical table has some ten thousand cells; what has more is a file, not a text."""

TAGS = {
    *("h2", "h3", "h4", "p", "br", "hr", "strong", "b", "em", "i", "u", "s", "sub", "sup", "blockquote"),
    *("ul", "ol", "li", "a", "img", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
}
_GONE = {"script", "style", "iframe", "object", "embed", "template", "noscript", "title", "svg", "math"}
_FILE = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_OWN = re.compile(rf"attachment:{_FILE}")
_SPAN = re.compile(r"^\d{1,3}$")
_ADDRESS = re.compile(rf'src="attachment:{_FILE}"')
_DESK = re.compile(
    rf'(<img\b[^>]*?\bsrc=["\'])(?:https?://[^"\'/]+)?/[^"\']*?/files/{_FILE}(?:\?[^"\']*)?(["\'])', re.IGNORECASE
)
_ENDS = re.compile(r"</(?:p|h[2-4]|li|tr|blockquote|figcaption|caption|table)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)
_FOREIGN = re.compile(r"<img\b(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE)
_IMAGE = re.compile(r"<img\b([^>]*)>", re.IGNORECASE)
_MARKUP = re.compile(r"</[a-z][a-z0-9]*\s*>|<(?:br|hr|img)\b", re.IGNORECASE)
_ALT = re.compile(r'\balt="\s*[^"\s]', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """A text that is safe to show, and its words."""

    html: str
    text: str

    @property
    def pictures(self) -> tuple[uuid.UUID, ...]:
        """The stored files that stand in it as pictures, in order."""
        return tuple(dict.fromkeys(uuid.UUID(key) for key in _ADDRESS.findall(self.html)))

    @property
    def without_words(self) -> int:
        """How many pictures have no alternative words."""
        return sum(not _ALT.search(attributes) for attributes in _IMAGE.findall(self.html))


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if _OWN.fullmatch(value) else None
    if name in ("colspan", "rowspan", "start"):
        return value if _SPAN.match(value) else None
    return value


def clean(words: str) -> Body:
    """Make a text safe. Refused with a sentence when it is longer or has more tags than any text has."""
    if len(words.encode()) > MOST_BYTES:
        raise Refused(f"正文超过{MOST_BYTES // 1024 // 1024}兆字节。请把大的表格、图片作为附件上传。")
    if words.count("<") > MOST_TAGS:
        raise Refused(f"正文的标记超过{MOST_TAGS}处，不像是正文。请把大的表格作为附件上传，或者先粘贴为纯文本。")
    try:
        check_tags(words.encode("utf-8", "replace"))
    except Unreadable:
        raise Refused("正文中有的标记带着过多的属性，不像是正文。请先粘贴为纯文本。") from None
    safe = nh3.clean(
        _DESK.sub(r"\1attachment:\2\3", words),
        tags=TAGS,
        clean_content_tags=_GONE,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "attachment"},
        link_rel="noopener nofollow",
        strip_comments=True,
    )
    safe = _FOREIGN.sub("", safe).strip()
    return Body(safe, plain(safe))


def plain(safe: str) -> str:
    """The words of a safe text: a line for each paragraph and each row of a table, tabs between its cells."""
    lines = _CELL.sub("\t", _ENDS.sub("\n", safe))
    bare = html.unescape(nh3.clean(lines, tags=set(), clean_content_tags=_GONE))
    found = (" ".join(part.strip() for part in line.split("\t")).strip() for line in bare.splitlines())
    return "\n".join(line for line in found if line)


def shown(safe: str, address: Callable[[uuid.UUID], str]) -> str:
    """A safe text with the addresses of its pictures as the place that shows it has them."""
    return _ADDRESS.sub(lambda met: f'src="{html.escape(address(uuid.UUID(met[1])))}"', safe)


def is_markup(words: str) -> bool:
    """Whether somebody's editor sent these words, not somebody's hand: a sign for less than is no markup."""
    return _MARKUP.search(words) is not None


def from_plain(words: str) -> str:
    """Plain words as a text: a paragraph for each line."""
    return "\n".join(f"<p>{html.escape(line.strip())}</p>" for line in words.splitlines() if line.strip())
