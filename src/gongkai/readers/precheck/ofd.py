"""OFD (GB/T 33190): its lines, and what its pages cover or do not show, its notes, attachments and properties."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from lxml import etree

from gongkai.readers.content import Line
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits, ofd
from gongkai.readers.formats.package import Package, local
from gongkai.readers.precheck.common import package_pictures, property_hit
from gongkai.readers.precheck.flow import Found
from gongkai.readers.precheck.values import Place, hit

Element = etree._Element  # noqa: SLF001 - lxml has no other name for its elements
_PAGE = re.compile(r"(?:^|/)Pages/.*Content\.xml$", re.IGNORECASE)
_COVERS = 0.8
"""Share of a text's box that a filled shape must cover."""


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, element: Element) -> _Box | None:
        """The boundary of an object; None where it has none that can be read."""
        try:
            numbers = [float(piece) for piece in (element.get("Boundary") or "").split()]
        except ValueError:
            return None
        return cls(*numbers[:4]) if len(numbers) >= 4 and numbers[2] > 0 and numbers[3] > 0 else None

    def share_under(self, other: _Box) -> float:
        """How much of this box lies under another."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(across, 0) * max(down, 0) / (self.width * self.height)


def read_ofd(data: bytes) -> Found:
    """What an OFD gives. One of pictures alone has no words, and says so."""
    found = Found("ofd")
    try:
        for line in (block for block in ofd.read(data).blocks if isinstance(block, Line)):
            place = Place("body", f"第{line.at.page}页第{line.at.line}行", line.at.page, line.at.line)
            found.say(line.text, place, wraps=True)
    except Unreadable as error:
        if error.code != "no_text_layer":
            raise
        found.left_out.append("OFD的页面是图片，没有文字层，图片里的文字没有识别，请人工看一遍。")
    package = Package(data)
    listed: dict[str, int] = {}
    for number, name in enumerate(ofd.page_names(package), 1):
        listed.setdefault(name, number)
    loose = [name for name in package.names if _PAGE.search(name) and name not in listed]
    if len(loose) > limits.MAX_PAGES:
        raise limits.too_large("OFD ")
    for name, number in listed.items():
        _unseen(package.xml(name), number, found)
    for name in loose:
        _unlisted(package.xml(name), found)
    for name in package.names:
        lower = name.lower()
        if lower.endswith(".xml") and ("annot" in lower):
            _notes(package.xml(name), found)
        elif lower.endswith("attachments.xml"):
            for element in package.xml(name).iter():
                if local(element) == "Attachment":
                    said = element.get("Name", "")
                    found.hits.append(hit("attachment", Place("file", "OFD附件"), said[:60]))
                    found.left_out.append(f"没有打开检查：附件“{said[:40]}”。")
        elif posixpath.basename(lower) == "ofd.xml":
            _properties(package.xml(name), found)
    folders = dict.fromkeys(n.rpartition("/")[0] + "/" for n in package.names if re.search(r"(?i)\.(?:jpe?g|png)$", n))
    for folder in folders:
        package_pictures(package, folder, found)
    return found


def _text_of(element: Element) -> str:
    return "".join(code.text or "" for code in element if local(code) == "TextCode").strip()


def _unseen(page: Element, number: int, found: Found) -> None:
    """Text that is switched off, white, or under a filled shape or a picture drawn later."""
    drawn = [e for e in page.iter() if local(e) in ("TextObject", "PathObject", "ImageObject")]
    covers: list[_Box] = []
    for element in reversed(drawn):
        box = _Box.of(element)
        if local(element) != "TextObject":
            solid = local(element) == "ImageObject" or (
                element.get("Fill") == "true" and element.get("Alpha", "255") == "255"
            )
            if solid and box is not None and len(covers) < 500:
                covers.append(box)
            continue
        text = _text_of(element)
        if not text:
            continue
        place = Place("hidden", f"第{number}页", number)
        colour = next((e.get("Value", "") for e in element if local(e) == "FillColor"), "")
        if element.get("Visible") == "false" or element.get("Alpha") == "0" or colour.split() == ["255", "255", "255"]:
            found.hits.append(hit("hidden_text", place, text[:60]))
            found.say(text, place)
        elif box is not None and any(box.share_under(cover) >= _COVERS for cover in covers):
            found.hits.append(hit("covered_text", place, text[:60]))


def _unlisted(page: Element, found: Found) -> None:
    """The words of a page that is in the package and not in the document: no program shows it."""
    place = Place("hidden", "没有列入页次的页面")
    for text in filter(None, (_text_of(e) for e in page.iter() if local(e) == "TextObject")):
        found.hits.append(
            hit("hidden_text", place, text[:60], says="文件里留有没有列入页次的页面，看不到，但可以取出。")
        )
        found.say(text, place)


def _notes(root: Element, found: Found) -> None:
    for note in root.iter():
        if local(note) != "Annot":
            continue
        text = " ".join(
            e.text or "" for e in note.iter() if local(e) in ("Remark", "TextCode", "Parameter") and e.text
        ).strip()
        if note.get("Type") in ("Link", "Watermark", "Stamp"):  # seen on the page, and nobody's remark
            found.say(text, Place("annotation", "OFD的水印、图章或者链接"))
            continue
        place = Place("comment", "OFD注释")
        found.say(text, place)
        found.hits.append(hit("comment", place, text[:60], says="文件中有注释。"))


def _properties(root: Element, found: Found) -> None:
    place = Place("metadata", "文件属性")
    for element in root.iter():
        name = local(element)
        if name in ("Author", "Title", "Subject", "Keyword", "Creator") and element.text:
            said = property_hit({"Keyword": "Keywords"}.get(name, name), element.text, place)
            if said is not None:
                found.hits.append(said)
            found.say(element.text, place)
        elif name == "CustomData" and element.text:
            found.say(element.text, place)
