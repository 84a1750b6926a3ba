"""HTML: its words as they are read, and what the source keeps: comments, hidden parts, fields, links, pictures."""

from __future__ import annotations

import base64
import binascii
import re
from itertools import chain
from typing import Any, cast

from lxml import etree

from gongkai.readers.content import Line
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import html, limits, tags, textfile
from gongkai.readers.formats.html_shown import is_hidden
from gongkai.readers.precheck.common import link_hit, links, paths, property_hit
from gongkai.readers.precheck.flow import Found
from gongkai.readers.precheck.pictures import PICTURES_UNREAD, picture_hits
from gongkai.readers.precheck.values import Part, Place, hit

_CELL = re.compile(r"table\[(\d+)\]/tr\[(\d+)\]/t[dh]\[(\d+)\]")
_INLINE = re.compile(r"^data:image/[\w.+-]+;base64,", re.IGNORECASE)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}|\d{7}")
_SCRIPTED = re.compile(r"^\s*javascript:", re.IGNORECASE)
_MOST = 200
Element = etree._Element  # noqa: SLF001 - lxml has no other name for its elements


def read_html(data: bytes) -> Found:
    """What a page gives. Raises `Unreadable`."""
    found = Found("html")
    try:
        content = html.read(data)
    except Unreadable as error:
        if error.code != "empty":
            raise
        content = None
    text = textfile.decode(data, html.declared_charset(data))
    heads: dict[tuple[str, int], str] = {}
    lines = 0
    for block in content.blocks if content else ():
        if isinstance(block, Line):
            lines += 1
            found.say(block.text, Place("body", f"第{lines}段", None, lines, block.at.dom))
            continue
        for cell in block.cells:
            dom = cell.at.dom or ""
            met = _CELL.search(dom)
            says = f"第{met[1]}个表格第{met[2]}行第{met[3]}格" if met else "表格中"
            table = block.at.dom or dom.partition("/")[0]
            if cell.row == 0:
                heads[table, cell.col] = cell.text[:40]
            head = heads.get((table, cell.col), "") if cell.row else ""
            found.say(cell.text, Place("table", says, None, None, dom), head=head, column=f"{table}/{cell.col}")
    _source(text, found)
    if not found.pieces and not found.hits:
        raise limits.nothing_in_it()
    return found


def _source(text: str, found: Found) -> None:
    """What the source holds beside the words that are read."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_pis=True)
    source = text.replace("\x00", "").encode("utf-8", "replace")
    tags.check(source)
    root = etree.fromstring(source or b"<p/>", parser)
    if root is None:
        return
    targets: list[tuple[str, Place]] = []
    pictures = scripts = 0
    # Comments before the first element and behind the last stand beside the root, not below it.
    for element in chain(root.itersiblings(preceding=True), root.iter(), root.itersiblings()):
        line = int(cast(Any, element).sourceline or 0)
        if element.tag is etree.Comment:
            _kept("源代码中的注释", "comment", element.text or "", line, found)
            continue
        tag = str(element.tag)
        if tag in ("script", "style", "head", "template", "noscript") or not isinstance(element.tag, str):
            scripts += tag == "script"
            continue
        if is_hidden(element) and not any(is_hidden(above) for above in element.iterancestors()):
            _kept("页面上不显示的部分", "hidden", " ".join("".join(map(str, element.itertext())).split()), line, found)
        if tag == "input" and (element.get("type") or "").lower() == "hidden":
            _kept("隐藏的表单项", "hidden", element.get("value") or "", line, found)
        if tag == "meta":
            _meta(element, found)
        place = Place("link", f"源代码第{line}行的链接", None, line)
        if tag == "a" and element.get("href"):
            targets.append((element.get("href", "").strip(), place))
        if tag in ("img", "iframe", "embed", "object", "source", "link"):
            address = (element.get("src") or element.get("data") or element.get("href") or "").strip()
            if tag == "img":
                pictures += 1
                found.hits.extend(paths(element.get("alt") or "", place))
                _inline(address, pictures, found)
            said = link_hit(address, place, "引用的内容") if not address.startswith("data:") else None
            if said is not None and said.grade == "doubt":
                found.hits.append(said)
    scripted = [name for e in root.iter(etree.Element) for name in e.attrib if str(name).lower().startswith("on")]
    scripted += [target for target, _ in targets if _SCRIPTED.match(target)]
    if scripts or scripted:
        says = f"网页带有{scripts + len(scripted)}处脚本，发布系统一般会去掉；确需保留的请由技术人员核对。"
        found.hits.append(hit("script", Place("code", "网页脚本"), says=says, grade="note"))
    links([each for each in targets if not _SCRIPTED.match(each[0])], found)
    if pictures:
        found.left_out.append(PICTURES_UNREAD)


def _kept(what: str, part: Part, text: str, line: int, found: Found) -> None:
    said = " ".join(text.split())
    if not said:
        return
    place = Place(part, f"{what}（源代码第{line}行）", None, line)
    found.say(said, place)
    if _WORDS.search(said) and sum(h.kind == "hidden_text" for h in found.hits) < _MOST:
        grade = "note" if part == "comment" else None
        says = f"{what}，查看源代码就能看到。"
        found.hits.append(hit("hidden_text", place, said[:60], says=says, grade=grade))  # type: ignore[arg-type]


def _meta(element: Element, found: Found) -> None:
    name, value = (element.get("name") or "").lower(), element.get("content") or ""
    if name in ("author", "generator", "keywords", "description", "contentsource") and value.strip():
        place = Place("metadata", "网页的元数据")
        found.say(value, place)
        said = property_hit("Author", value, place) if name == "author" else None
        if said is not None:
            found.hits.append(said)


def _inline(address: str, number: int, found: Found) -> None:
    met = _INLINE.match(address[:60])
    if met is None or number > _MOST:
        return
    try:
        data = base64.b64decode(address[met.end() :], validate=False)
    except (binascii.Error, ValueError):
        return
    found.hits.extend(picture_hits(data, Place("picture", f"第{number}张图片")))
