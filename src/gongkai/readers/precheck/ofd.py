"""OFD (GB/T 33190): its lines, and what its pages cover or do not show, its notes, attachments and properties."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from gongkai.readers.content import Line
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits, ofd
from gongkai.readers.formats.package import Package, local
from gongkai.readers.precheck.common import property_hit
from gongkai.readers.precheck.flow import Found
from gongkai.readers.precheck.pictures import package_pictures
from gongkai.readers.precheck.values import Place, hit

Element = etree._Element  # noqa: SLF001 - lxml has no other name for its elements
_PAGE = re.compile(r"(?:^|/)Pages/.*Content\.xml$", re.IGNORECASE)
_COVERS = 0.8
"""Share of a text's box that a filled shape must cover."""
_SCAN = 0.5
"""From this share of a page on a picture is a scan, whose text layer is unseen by its nature."""
_A4 = 210.0 * 297.0


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
    area = _area(package.xml(name) for name in package.names if name.lower().endswith("document.xml"))
    scans = [number for name, number in listed.items() if _unseen(package.xml(name), number, found, area)]
    if scans:
        pages = "、".join(map(str, scans[:10])) + ("等" if len(scans) > 10 else "")
        found.left_out.append(
            f"第{pages}页是扫描图像，带有识别出来的文字层；请注意图像上涂黑的地方，文字层里可能还有原文。"
        )
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


def _area(roots: Iterable[Element]) -> float:
    """The area of a page, by the first that says how large its paper is; else that of A4."""
    for root in roots:
        for element in root.iter():
            if local(element) == "PhysicalBox":
                numbers = re.findall(r"-?\d+(?:\.\d+)?", element.text or "")
                if len(numbers) == 4 and float(numbers[2]) > 0 < float(numbers[3]):
                    return float(numbers[2]) * float(numbers[3])
    return _A4


def _unseen(page: Element, number: int, found: Found, area: float) -> bool:
    """Text that is switched off, white, or under a filled shape or a picture drawn later; whether the page is a scan.

    The text layer of a scan is unseen by its nature: it is read as it would be seen, and what somebody painted over
    the picture covers it.
    """
    drawn = [e for e in page.iter() if local(e) in ("TextObject", "PathObject", "ImageObject")]
    own = _area([page]) if any(local(e) == "PhysicalBox" for e in page.iter()) else area
    pictures = [box for e in drawn if local(e) == "ImageObject" and (box := _Box.of(e)) is not None]
    scan = any(box.width * box.height >= _SCAN * own for box in pictures) and any(map(_text_of, drawn))
    covers: list[_Box] = []
    for element in reversed(drawn):
        box = _Box.of(element)
        if local(element) != "TextObject":
            solid = (local(element) == "ImageObject" and not scan) or (
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
            found.say(text, place)
            if scan and not _under(box, covers):
                continue
            says = _PAINTED if scan else ""
            found.hits.append(hit("covered_text" if scan else "hidden_text", place, text[:60], says=says))
        elif _under(box, covers):
            found.hits.append(hit("covered_text", place, text[:60], says=_PAINTED if scan else ""))
    return scan


_PAINTED = "扫描图像上涂盖了一处，文字层里还有原文，可以复制出来。"


def _under(box: _Box | None, covers: list[_Box]) -> bool:
    return box is not None and any(box.share_under(cover) >= _COVERS for cover in covers)


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
