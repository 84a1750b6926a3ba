"""DOCX: every part that holds words, and what its markup keeps back: changes, comments, hidden and covered text, objects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import takewhile

from lxml import etree

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.formats.docx import document_part
from gongkai.readers.formats.package import Package, local
from gongkai.readers.precheck.common import (
    link_hit,
    links,
    name_shown,
    office_properties,
    paths,
)
from gongkai.readers.precheck.flow import Found
from gongkai.readers.precheck.pictures import package_pictures
from gongkai.readers.precheck.values import Part, Place, hit

_PART = re.compile(r"^word/(?:glossary/)?(header|footer|footnotes|endnotes|comments|document)\d*\.xml$")
_DRAWN = re.compile(r"^word/(?:diagrams/data|charts/chart)[^/]*\.xml$")
_EMBEDDED = re.compile(r"^word/embeddings/[^/]+$")
_NAMES: dict[str, tuple[Part, str]] = {
    "header": ("header", "页眉"), "footer": ("footer", "页脚"), "footnotes": ("footnote", "脚注"), "endnotes": ("endnote", "尾注"),
    "comments": ("comment", "批注"), "document": ("body", "正文"),
}  # fmt: skip
_CHANGES = {
    "ins": "插入", "del": "删除", "moveFrom": "移动", "moveTo": "移动", "rPrChange": "格式修改", "pPrChange": "格式修改",
    "tblPrChange": "格式修改", "tcPrChange": "格式修改", "trPrChange": "格式修改", "sectPrChange": "格式修改", "cellIns": "插入", "cellDel": "删除",
}  # fmt: skip
_OFF = ("0", "false", "off")
_TINY = 4
"""Half points: two points and less nobody reads."""
_ANCHORS = {
    "commentRangeStart": "comment",
    "commentReference": "comment",
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
}
_TABS = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}

Element = etree._Element  # noqa: SLF001 - lxml has no other name for its elements


_SHOWN = 60
"""Characters of what tracked changes deleted that are shown."""


@dataclass(slots=True)
class _Changes:
    counts: Counter[str] = field(default_factory=Counter)
    authors: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    anchors: dict[tuple[str, str], Place] = field(default_factory=dict)
    """Where a comment or a note hangs in the text, by its kind and its number in the file."""

    def note(self, part: Part, says: str, mark: str) -> Place:
        """The place of a comment or a note: where it hangs, where that is known."""
        anchor = self.anchors.get((part, mark))
        if anchor is None:
            return Place(part, f"{says}（编号{mark}）" if mark else says)
        return replace(anchor, part=part, says=f"{anchor.says}的{says}")


class _PartWalk:
    """One part of the package, paragraph by paragraph."""

    def __init__(
        self, root: Element, part: Part, says: str, hidden_styles: frozenset[str], found: Found, changes: _Changes
    ) -> None:
        self.root, self.part, self.says, self.found, self.changes = root, part, says, found, changes
        self.w = root.tag.rpartition("}")[0] + "}" if "wordprocessingml" in root.tag else ""
        self.hidden_styles = hidden_styles
        self._tables = {table: number for number, table in enumerate(root.iter(self.w + "tbl"), 1)}
        self._heads: dict[tuple[Element, int], str] = {}
        self._rows: dict[Element, int] = {}
        self._shown_paragraph = 0

    def run(self) -> None:
        """Everything in the part."""
        for number, paragraph in enumerate(self.root.iter(self.w + "p"), 1):
            above = [local(e) for e in paragraph.iterancestors()]
            if "Fallback" not in above:
                self.paragraph(paragraph, number, above)

    def place(self, paragraph: Element, number: int, above: list[str]) -> tuple[Place, str, str]:
        """The place of a paragraph, and the head and the name of its column where it stands in a table."""
        part, dom = self.part, f"p[{number}]" if self.part == "body" else None
        if "tc" in above:
            return self.in_table(paragraph, dom, boxed="txbxContent" in above[: above.index("tc")])
        if "txbxContent" in above:
            return Place("text_box" if part == "body" else part, f"{self.says}的文本框", None, None, dom), "", ""
        if part in ("footnote", "endnote", "comment"):
            outer = next((e for e in paragraph.iterancestors() if local(e) == part), None)
            mark = outer.get(self.w + "id", "") if outer is not None else ""
            return self.changes.note(part, self.says, mark), "", ""
        if part != "body":
            return Place(part, self.says), "", ""
        return Place("body", f"第{self._shown_paragraph + 1}段", None, self._shown_paragraph + 1, dom), "", ""

    def in_table(self, paragraph: Element, dom: str | None, *, boxed: bool) -> tuple[Place, str, str]:
        """The place in a table: the row and the cell as a person counts them."""
        cell = _above(paragraph, self.w + "tc")
        row = None if cell is None else _above(cell, self.w + "tr")
        table = None if row is None else _above(row, self.w + "tbl")
        if cell is None or row is None or table is None:
            return Place(self.part, self.says, None, None, dom), "", ""
        if row not in self._rows:
            for count, each in enumerate(
                (e for e in table.iter(self.w + "tr") if _above(e, self.w + "tbl") is table), 1
            ):
                self._rows[each] = count
        line = self._rows.get(row, 1)
        cells = [e for e in row.iter(self.w + "tc") if _above(e, self.w + "tr") is row]
        column = sum(self.span(e) for e in cells[: cells.index(cell)])
        number = self._tables[table]
        if line == 1:
            text = "".join(t.text or "" for t in cell.iter(self.w + "t"))
            self._heads[table, column] = text
        prefix = "" if self.part == "body" else f"{self.says}的"
        says = f"{prefix}第{number}个表格第{line}行第{cells.index(cell) + 1}格{'的文本框' if boxed else ''}"
        place = Place("table" if self.part == "body" else self.part, says, None, None, dom)
        head = "" if line == 1 else self._heads.get((table, column), "")[:40]
        return place, head, f"{self.says}/{number}/{column}"

    def span(self, cell: Element) -> int:
        """How many columns a cell covers."""
        mark = cell.find(f"{self.w}tcPr/{self.w}gridSpan")
        value = mark.get(self.w + "val", "1") if mark is not None else "1"
        return min(int(value), limits.MAX_SPAN) if value.isdecimal() and len(value) < 6 else 1

    def paragraph(self, paragraph: Element, number: int, above: list[str]) -> None:
        """The words of a paragraph by how they are seen."""
        place, head, column = self.place(paragraph, number, above)
        kinds: dict[str, list[str]] = {"seen": [], "hidden": [], "covered": [], "deleted": []}
        for piece in paragraph.iter(etree.Element):
            name = local(piece)
            if name in ("t", "delText") and piece.text:
                if _above(piece, self.w + "p") is paragraph:
                    kinds[self.seen(piece, paragraph, above)].append(piece.text)
            elif name in _TABS:
                run = piece.getparent()
                if run is not None and local(run) == "r" and _above(run, self.w + "p") is paragraph:
                    kinds["seen"].append(_TABS[name])
            elif name == "docPr":
                self.found.hits.extend(
                    replace(h, place=place) for h in paths(piece.get("descr", "") + " " + piece.get("title", ""), place)
                )
            elif name == "instrText" and piece.text:
                self.found.hits.extend(paths(piece.text, place))
            elif name == "srcRect" and any(
                v.lstrip("-") not in ("", "0") for v in piece.attrib.values() if isinstance(v, str)
            ):
                self.found.hits.append(hit("cropped_picture", place))
            elif name in _ANCHORS:
                self.changes.anchors.setdefault((_ANCHORS[name], piece.get(self.w + "id", "")), place)
            if name in _CHANGES and (name != "ins" or len(piece)):
                self.change(piece, name, place)
        text = "".join(kinds["seen"])
        if text.strip() and place.part == "body":
            self._shown_paragraph += 1
        self.found.say(text, place, head=head, column=column)
        self.found.hits.extend(paths(text, place))
        deleted = "".join(kinds["deleted"])
        if deleted.strip():
            self.changes.deleted.append(deleted.strip())
        self.found.say(deleted, replace(place, part="deleted", says=f"{place.says}（修订中删去的文字）"))
        for kind, part in (("hidden", "hidden_text"), ("covered", "covered_text")):
            kept = "".join(kinds[kind]).strip()
            if kept:
                inside = replace(
                    place, part="hidden", says=f"{place.says}（{'隐藏' if kind == 'hidden' else '被盖住'}的文字）"
                )
                self.found.say(kept, inside, head=head, column=column)
                self.found.hits.append(hit(part, place, kept[:60]))

    def change(self, mark: Element, name: str, place: Place) -> None:
        """Count a tracked change."""
        self.changes.counts[_CHANGES[name]] += 1
        author = mark.get(self.w + "author", "")
        if author and author not in self.changes.authors:
            self.changes.authors.append(author)
        if len(self.changes.places) < 200 and place not in self.changes.places:
            self.changes.places.append(place)

    def seen(self, text: Element, paragraph: Element, above: list[str]) -> str:
        """How the words of a text element are seen: seen, hidden, covered or deleted."""
        w = self.w
        run = None
        for element in takewhile(lambda outer: outer is not paragraph, text.iterancestors()):
            name = local(element)
            if name in ("del", "moveFrom"):
                return "deleted"
            if name == "r" and run is None:
                run = element
        properties = run.find(w + "rPr") if run is not None else None
        style = paragraph.find(f"{w}pPr/{w}pStyle")
        if style is not None and style.get(w + "val") in self.hidden_styles:
            return "hidden"
        if properties is None:
            return "seen"
        marks = {local(mark): mark for mark in properties}
        if _on(marks.get("vanish"), w) or ("rStyle" in marks and marks["rStyle"].get(w + "val") in self.hidden_styles):
            return "hidden"
        size = marks["sz"].get(w + "val", "") if "sz" in marks else ""
        if size.isdecimal() and int(size) <= _TINY:
            return "hidden"
        return self.coloured(marks, paragraph, above)

    def coloured(self, marks: dict[str, Element], paragraph: Element, above: list[str]) -> str:
        """Whether the colour of the words is that of the ground under them."""
        w = self.w
        colour = marks["color"].get(w + "val", "").upper() if "color" in marks else ""
        light = marks["highlight"].get(w + "val", "") if "highlight" in marks else ""
        fill = _fill(marks.get("shd"), w) or _fill(paragraph.find(f"{w}pPr/{w}shd"), w)
        ground = {"black": "000000", "white": "FFFFFF"}.get(light, light.upper()) or fill
        if not ground and "tc" in above:
            cell, table = _above(paragraph, w + "tc"), _above(paragraph, w + "tbl")
            ground = _fill(None if cell is None else cell.find(f"{w}tcPr/{w}shd"), w)
            if not ground and table is not None and table.find(f"{w}tblPr/{w}tblStyle") is not None:
                return "seen"  # the style of the table may colour this cell
        if not ground and "txbxContent" in above:
            return "seen"  # the box has a colour of its own
        if ground == "000000" and colour in ("", "AUTO", "000000"):
            # On black a word of no colour of its own is printed white by Word; highlighted it stays black.
            return "covered" if colour == "000000" or light == "black" else "seen"
        if colour == "FFFFFF" and ground in ("", "FFFFFF", "AUTO"):
            return "hidden"
        return "covered" if colour and colour == ground else "seen"


def _above(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)


def _on(mark: Element | None, space: str) -> bool:
    return mark is not None and mark.get(space + "val") not in _OFF


def _fill(mark: Element | None, space: str) -> str:
    fill = mark.get(space + "fill", "").upper() if mark is not None else ""
    return "" if fill == "AUTO" else fill


def _hidden_styles(package: Package) -> frozenset[str]:
    if "word/styles.xml" not in package:
        return frozenset()
    root = package.xml("word/styles.xml")
    w = root.tag.rpartition("}")[0] + "}"
    return frozenset(
        style.get(w + "styleId", "") for style in root.iter(w + "style") if _on(style.find(f"{w}rPr/{w}vanish"), w)
    )


def read_docx(data: bytes, again: Callable[[str, bytes], Found] | None = None) -> Found:
    """What a DOCX gives. `again` reads a file embedded in it; without it embedded files are only named."""
    package = Package(data)
    main = document_part(package)
    found, changes = Found("docx"), _Changes()
    styles = _hidden_styles(package)
    for part in (main, *(name for name in package.names if name != main and _PART.match(name))):
        known = _PART.match(part)
        kind, says = _NAMES[known[1] if known else "document"]
        source = package.read(part)
        if source.count(b":tc>") > 8 * limits.MAX_CELLS:
            raise limits.too_many_cells()
        if "glossary" in part:
            says = "构建基块"
        root = package.xml(part)
        _PartWalk(root, "hidden" if "glossary" in part else kind, says, styles, found, changes).run()
        if kind == "comment":
            _comments(root, found, changes)
    _drawn(package, found)
    _tell_changes(changes, found)
    _relations(package, main, found)
    office_properties(package, found)
    package_pictures(package, "word/media/", found)
    embedded_files(package, _EMBEDDED, found, again)
    return found


def _comments(root: Element, found: Found, changes: _Changes) -> None:
    w = root.tag.rpartition("}")[0] + "}"
    for comment in root.iter(w + "comment"):
        text = "".join(t.text or "" for t in comment.iter(w + "t"))
        author = name_shown(comment.get(w + "author", "")) or "未署名"
        place = changes.note("comment", "批注", comment.get(w + "id", ""))
        found.hits.append(hit("comment", place, text[:60], says=f"文件中有{author}的批注。"))


def _drawn(package: Package, found: Found) -> None:
    """Words of charts and of diagrams."""
    for name in package.names:
        if _DRAWN.match(name):
            chart = "charts" in name
            place = Place("text_box", "图表" if chart else "图示")
            for element in package.xml(name).iter():
                if local(element) in ("t", "v") and element.text:
                    found.say(element.text, place)


def _tell_changes(changes: _Changes, found: Found) -> None:
    if not changes.places:
        return
    counted = "、".join(f"{kind}{number}处" for kind, number in changes.counts.items())
    authors = "、".join(name_shown(author) for author in changes.authors[:5])
    says = f"文件中有修订痕迹（{counted}），可以看到修改前的内容。"
    grade = None if set(changes.counts) - {"格式修改"} else "note"
    gone = "／".join(changes.deleted)
    gone = gone if len(gone) <= _SHOWN else f"{gone[:_SHOWN]}…"
    text = "；".join((*((f"删去的文字：{gone}",) if gone else ()), *((f"修订者：{authors}",) if authors else ())))
    said = hit("tracked_change", changes.places[0], text, says=says, grade=grade)  # type: ignore[arg-type]
    also = tuple(dict.fromkeys(place.says for place in changes.places[1:31]))
    found.hits.append(replace(said, count=sum(changes.counts.values()), also=also))


def _relations(package: Package, main: str, found: Found) -> None:
    """What leads out of the file: templates, pictures and objects from elsewhere, hyperlinks; and macros."""
    targets: list[tuple[str, Place]] = []
    for name in package.names:
        lower = name.lower()
        if re.search(r"(?:^|/)(?:vbaproject[^/]*\.bin|vbadata\.xml)$", lower):
            found.hits.append(hit("macro", Place("code", "宏工程")))
        if not lower.endswith(".rels"):
            continue
        for relation in package.xml(name):
            if relation.get("TargetMode") != "External":
                continue
            target, kind = relation.get("Target", ""), relation.get("Type", "").rpartition("/")[2]
            place = Place("link", "页眉页脚中的链接" if "header" in lower or "footer" in lower else "文档中的链接")
            if kind == "hyperlink":
                targets.append((target, place))
            elif kind != "attachedTemplate" or not re.search(
                r"(?i)normal\.(?:dotm?|wpt)$|WpsOffice|\\Microsoft\\", target
            ):
                what = {"attachedTemplate": "模板", "image": "图片", "oleObject": "嵌入的对象"}.get(kind, "引用的内容")
                said = link_hit(target, replace(place, says=f"文档引用的{what}"), what)
                found.hits.append(replace(said, grade="doubt" if kind != "attachedTemplate" else said.grade))
            else:
                found.hits.extend(paths(target, Place("metadata", "文档模板")))
    links(targets, found)


def embedded_files(
    package: Package, pattern: re.Pattern[str], found: Found, again: Callable[[str, bytes], Found] | None
) -> None:
    """Files embedded in a package: each is named, and read where it can be."""
    for number, name in enumerate((n for n in package.names if pattern.match(n)), 1):
        short = name.rpartition("/")[2]
        place = Place("embedded", f"第{number}个嵌入的文件（{short}）")
        found.hits.append(hit("embedded_object", place))
        if again is None or number > 20 or not re.search(r"(?i)\.(?:docx|xlsx|docm|xlsm)$", short):
            found.left_out.append(f"没有打开检查：{place.says}。")
            continue
        try:
            found.within(place.says, again(short, package.read(name)))
        except Unreadable as error:
            found.left_out.append(f"没有打开检查：{place.says}（{error.message.rstrip('。')}）。")
