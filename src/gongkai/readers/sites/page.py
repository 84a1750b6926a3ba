"""One saved page of a site: its title, metadata, days, main text, pictures and files; what was not read is said.

The main text is found without a model of any one site: places that sites name as their text are taken, else the
innermost element that holds nearly all words that are no link. Nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, cast

from lxml import etree

from gongkai.readers.border import guarded
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits, textfile
from gongkai.readers.formats.html import declared_charset, tree_of
from gongkai.readers.formats.html_shown import is_hidden
from gongkai.readers.sites.flow import written
from gongkai.readers.sites.labels import day_of, few_words, in_head, in_page, is_line, words_of

_GONE = {
    *("script", "style", "noscript", "template", "nav", "svg", "math", "iframe", "object", "embed", "applet", "canvas"),
    *(
        "audio",
        "video",
        "select",
        "button",
        "textarea",
        "input",
        "form",
        "footer",
        "aside",
        "dialog",
        "map",
        "noframes",
    ),
}
_AROUND = re.compile(
    r"(?:^|[-_])(?:nav(?:bar|igation)?|menu|crumbs?|breadcrumbs?|position|location|foot(?:er)?|copyright|share|bshare|"
    r"bdsharebuttonbox|side(?:bar)?|pager|pagination|related|recommend|toolbar|print|qrcode|top-?bar|login|search)(?:$|[-_])",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"zoom|ucap-?content|trs_(?:ueditor|editor).*|vsb_content(?:_\d+)?|article-?(?:con|content|body|text)|"
    r"news_?con(?:tent)?|pages_content|xxgk_?(?:con|content)|arti(?:cle)?_content|wp_articlecontent|main-?text|"
    r"content_?(?:text|txt|body)|con_?text|txtcontent|zw",
    re.IGNORECASE,
)
_FOOT = re.compile(r"版权所有|ICP备|网站标识码|公安备|公网安备|技术支持[:：]")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|ofd|wps|et|zip|rar|7z|txt|csv|jpe?g|png|ceb|pptx?)$", re.IGNORECASE)
_SITE = re.compile(r"\s*(?:[-_|｜—–]+|>>|::)\s*")
_BLOCKS = frozenset(("body", "div", "section", "article", "main", "td", "tr", "table", "tbody", "center", "html"))
MOST_TAGS = 300_000
"""`<` in one page: the longest table of a county's page has some fifty thousand."""
_SHARE = 0.85
_LEAST = 20
_SIGNED = re.compile(r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class Linked:
    """A file that the page links to, or a picture that stands in its text: its address as written and its words."""

    href: str
    words: str
    picture: bool = False


@dataclass(frozen=True, slots=True)
class SitePage:
    """What was understood of a page. Days are days or None; `metadata` are words as they stood there, by key."""

    title: str
    html: str
    text: str
    metadata: dict[str, str]
    written_on: date | None
    published_on: date | None
    files: tuple[Linked, ...]
    said: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, for another process."""
        days = {
            name: day.isoformat() if (day := getattr(self, name)) else "" for name in ("written_on", "published_on")
        }
        return asdict(self) | days


def read_page(data: bytes, name: str = "") -> SitePage:
    """Read a page. Raises `Unreadable`, and nothing else, whatever the bytes are."""
    return cast(SitePage, guarded(lambda: cast(Any, _read(data, name))))


def _read(data: bytes, name: str) -> SitePage:
    if len(data) > limits.MAX_TEXT_BYTES or data.count(b"<") > MOST_TAGS:
        raise limits.too_large("网页")
    root = tree_of(textfile.decode(data, declared_charset(data)))
    if root is None:
        raise limits.nothing_in_it()
    if root.find(".//frameset") is not None:
        raise Unreadable("frames", "这是只有框架的网页，正文在别的文件里。", "请把框架里的网页一并保存后再迁入。")
    head = in_head(root)
    page_title = next((words_of(each) for each in root.iter("title")), "")
    around = _around(root)
    for element in around:
        _drop(element)
    beside, holders = in_page(root)
    metadata = head | beside
    main = _main(root)
    title = _title(metadata, root, page_title)
    headings = {each for each in main.iter("h1", "h2", "h3") if title and words_of(each) == title}
    made, text = written(main, holders | headings - {main})
    said = []
    if not text:
        said.append("没有找到正文")
    if not title:
        said.append("没有找到标题")
        title = name.rpartition("/")[2].rpartition(".")[0][:200]
    files = _files(root, main)
    written_on = day_of(metadata.get("written_on", "")) or _signed(text)
    published_on = day_of(metadata.get("published_on", ""))
    if written_on is None and published_on is None:
        said.append("没有找到日期")
    return SitePage(title[:200], made, text, metadata, written_on, published_on, files, tuple(said))


def _around(root: etree._Element) -> list[etree._Element]:
    """What stands around the text: navigation, foot, what is hidden, what runs."""
    found = []
    for element in root.iter(etree.Element):
        tag = element.tag
        if tag in ("html", "body", "head", "title", "meta"):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
        named = any(_AROUND.search(name) for name in names) and not any(_TEXT.fullmatch(name) for name in names)
        if (
            tag in _GONE
            or named
            or is_hidden(element)
            or (tag in ("div", "p", "td", "li") and is_line(element) and _FOOT.search(few_words(element, 400) or ""))
        ):
            found.append(element)
    return found


def _drop(element: etree._Element) -> None:
    """Take an element out and leave the words behind it."""
    parent = element.getparent()
    assert parent is not None
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _weights(root: etree._Element) -> dict[etree._Element, int]:
    """How many characters that are no link stand in each element; a picture or a cell counts for some."""
    found: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        own = 0 if element.tag in ("a", "head", "title") else len((element.text or "").strip())
        own += 30 if element.tag == "img" else 0
        if element.tag not in ("a", "head"):
            own += sum(found.get(child, 0) + len((child.tail or "").strip()) for child in element)
        found[element] = own
    return found


def _main(root: etree._Element) -> etree._Element:
    weights = _weights(root)
    named = [
        element
        for element in root.iter("div", "td", "article", "section", "ucapcontent", "span")
        if any(_TEXT.fullmatch(word) for word in f"{element.get('class') or ''} {element.get('id') or ''}".split())
    ]
    best = max(named, key=lambda each: weights[each], default=None)
    if best is not None and weights[best] >= _LEAST:
        return best
    bodies = list(root.iter("body"))
    here = whole = bodies[0] if bodies else root
    while True:
        inner = [child for child in here if child.tag in _BLOCKS]
        heavy = max(inner, key=lambda each: weights[each], default=None)
        if heavy is None or weights[heavy] < max(_SHARE * weights[here], 1):
            return whole
        if heavy.tag == "table" and len(list(heavy.iter("tr"))) > 3:
            return whole
        here = heavy
        whole = whole if here.tag in ("table", "tbody", "tr") else here


def _title(metadata: dict[str, str], root: etree._Element, page_title: str) -> str:
    if metadata.get("title"):
        return metadata["title"]
    headings = [words for each in root.iter("h1") if 4 <= len(words := words_of(each)) <= 200]
    if headings:
        return headings[0]
    parts = [part for part in _SITE.split(page_title) if part]
    return max(parts, key=len) if len(parts) > 2 else (parts[0] if parts else "")


def _files(root: etree._Element, main: etree._Element) -> tuple[Linked, ...]:
    """The files linked from anywhere in what is left of the page, and the pictures of the text; each address once."""
    found: dict[str, Linked] = {}
    for link in root.iter("a"):
        href = (link.get("href") or "").strip()
        if _FILE.search(href.partition("#")[0].partition("?")[0]):
            found.setdefault(href, Linked(href, words_of(link)[:200]))
    for picture in main.iter("img"):
        href = (picture.get("src") or "").strip()
        if href and not href.lower().startswith("data:"):
            found.setdefault(href, Linked(href, (picture.get("alt") or "").strip()[:200], picture=True))
    return tuple(found.values())


def _signed(text: str) -> date | None:
    """The day under a text, where its last lines hold one that stands alone."""
    for line in text.splitlines()[-3:]:
        if _SIGNED.fullmatch("".join(line.split())):
            return day_of("".join(line.split()))
    return None
