"""DOCX from its XML, without building a document model.

Places (`At.dom`), the same for whoever writes comments into the file again. Only `word/document.xml` is counted, from
1, everything below `w:body` in document order, whatever it is nested in (cells, content controls, text boxes, both
branches of `mc:AlternateContent`, deletions):

- `p[17]` is the 17th `w:p`: `list(body.iter(W + "p"))[16]`; paragraphs in cells are counted too;
- `tbl[2]` is the second `w:tbl`: `list(body.iter(W + "tbl"))[1]`; inner tables are counted too;
- `tbl[2]/tr[5]/tc[3]`: in it the fifth `w:tr` whose nearest `w:tbl` above is this one, and in that row the third
  `w:tc` whose nearest `w:tr` above is this one. Cells that continue a vertical merge are counted, though they are
  never a place of their own: a merged cell is named by the one that begins it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from lxml import etree

from gongkai.annual.report import At
from gongkai.readers.content import Content, ContentBuilder
from gongkai.readers.formats import limits
from gongkai.readers.formats.docx_numbering import Numbering
from gongkai.readers.formats.docx_plain import plain_table
from gongkai.readers.formats.package import Package, local, parse_xml
from gongkai.readers.formats.tables import APART, STRUCK, Emitter, Item, RawCell, RawTable, Words

TRANSITIONAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

_WRAPPERS = frozenset(
    [
        "sdt",
        "sdtContent",
        "ins",
        "moveTo",
        "customXml",
        "smartTag",
        "hyperlink",
        "fldSimple",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
        "Choice",
        "Fallback",
        "r",
    ]
)
_FORCES_CARE = (
    b"vanish",
    b"AlternateContent",
    b"moveFrom",
    b"txbxContent",
    b"<w:del ",
    b"w:ruby",
    b"w:sym",
    b"Hyphen",
    b"vertAlign",
    b"trike",
)


_LOOKS = re.compile(
    rb"<w:(?:spacing|sz|szCs|tcW|vAlign|keepNext|rFonts|trHeight|cantSplit|jc|ind|kern|lang|color|b|bCs)"
    rb'(?: w:[a-zA-Z]+="[^"<&]*")*+/>'
)
"""Half the elements of a document say how it looks, and nothing here asks for them."""


def _without_looks(source: bytes) -> bytes:
    """A part with the elements of looks left out, which halves the parsing; as it came where signs may be read otherwise.

    In UTF-8 such signs are an element wherever they stand, unless in a comment or a section of characters.
    """
    if b'encoding="UTF-8"' not in source[:80] or b"<!" in source:
        return source
    return _LOOKS.sub(b"", source)


class _Walk:
    """One reading of a body."""

    def __init__(self, body: etree._Element, space: str, numbering: Numbering, plain: bool) -> None:
        self.w = space
        self.numbering = numbering
        self.plain = plain
        self._paragraph, self._tables = 0, 0
        self._boxes = limits.MAX_TEXT_BOXES
        self._seen: dict[etree._Element, int] = {}
        if not plain:
            # Places count what is skipped too, so they are numbered before anything is skipped.
            for number, element in enumerate(body.iter(space + "p"), 1):
                self._seen[element] = number
            for number, element in enumerate(body.iter(space + "tbl"), 1):
                self._seen[element] = number
        self._span, self._merge, self._across = space + "gridSpan", space + "vMerge", space + "hMerge"
        self._p, self._tbl = space + "p", space + "tbl"
        self._wrappers = frozenset(space + name for name in _WRAPPERS)
        self._pieces = (space + "t", space + "tab", space + "br", space + "cr")

    def number(self, element: etree._Element, table: bool) -> int:
        """The number of a paragraph or table in document order."""
        if not self.plain:
            return self._seen[element]
        if table:
            self._tables += 1
            return self._tables
        self._paragraph += 1
        return self._paragraph

    def blocks(self, parent: etree._Element, items: list[Item], at: At | None = None, depth: int = 0) -> None:
        """Collect paragraphs and tables below `parent`; `at` is the cell they stand in."""
        if depth > 8 * limits.MAX_TABLE_DEPTH:
            raise limits.too_deep()
        for child in parent:
            tag = child.tag
            if tag == self._p:
                self.paragraph(child, items, at, depth)
            elif tag == self._tbl:
                items.append(self.table(child, depth, within=at is not None))
            elif tag in self._wrappers:
                self.blocks(child, items, at, depth + 1)
            elif not self.plain and local(child) == "AlternateContent":
                self.alternate(child, items, at, depth)

    def alternate(self, element: etree._Element, items: list[Item], at: At | None, depth: int) -> None:
        """The same drawing twice, for new and old programs: the first branch only."""
        for branch in element:
            if local(branch) in ("Choice", "Fallback"):
                self.blocks(branch, items, at, depth + 1)
                return

    def paragraph(self, element: etree._Element, items: list[Item], at: At | None, depth: int) -> None:
        """A paragraph, and after it what stands in text boxes anchored in it."""
        place = self.number(element, table=False)
        boxes: list[etree._Element] = []
        if self.plain:  # noqa: SIM108
            text = "".join([self.sign(piece) for piece in element.iter(*self._pieces)])
        else:
            text = "".join(self.runs(element, boxes, 0))
        label = self.numbering.label(element) if self.numbering else ""
        if text.strip() or label:
            items.append(Words((label + text).replace("\xa0", " "), at or At(dom=f"p[{place}]")))
        self._boxes -= len(boxes)
        if self._boxes < 0:
            raise limits.too_large("文件内容")
        for box in boxes:
            self.blocks(box, items, at, depth + 1)

    def sign(self, piece: etree._Element) -> str:
        """The characters of a text, tab or break."""
        tag = piece.tag
        if tag == self._pieces[0]:
            return piece.text or ""
        if tag == self._pieces[1]:
            # Tab stops of the paragraph's properties have the same name as a typed tab.
            return "\t" if piece.getparent().tag == self.w + "r" else ""  # type: ignore[union-attr]
        return "" if piece.get(self.w + "type") in ("page", "column") else "\n"

    def runs(self, element: etree._Element, boxes: list[etree._Element], depth: int) -> Iterator[str]:
        """The characters of a paragraph in order; deleted, moved away and hidden ones left out."""
        if depth > limits.MAX_TABLE_DEPTH:
            raise limits.too_deep()
        for child in element:
            name = local(child)
            if child.tag in self._pieces:
                yield self.sign(child)
            elif name == "r":
                if not self.hidden(child):
                    mark = self.mark(child)
                    yield mark
                    yield from self.runs(child, boxes, depth + 1)
                    yield mark
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "AlternateContent":
                branch = next((b for b in child if local(b) in ("Choice", "Fallback")), None)
                if branch is not None:
                    yield from self.runs(branch, boxes, depth + 1)
            elif name in ("drawing", "pict", "object"):
                boxes.extend(self.boxes(child))
            elif name in _WRAPPERS:
                yield from self.runs(child, boxes, depth + 1)

    def boxes(self, drawing: etree._Element) -> Iterator[etree._Element]:
        """The text boxes of a drawing, each once: not those within another, not the fallback of a choice."""
        for box in drawing.iter(self.w + "txbxContent"):
            between = [local(parent) for parent in _up_to(box, drawing)]
            if "txbxContent" not in between and "Fallback" not in between:
                yield box

    def mark(self, run: etree._Element) -> str:
        """The sign on both sides of a raised run and of a struck-out one; "" for others."""
        properties = run.find(f"{self.w}rPr")
        if properties is None or run.find(f"{self.w}t") is None:
            return ""
        for name in ("strike", "dstrike"):
            struck = properties.find(self.w + name)
            if struck is not None and struck.get(self.w + "val") not in ("0", "false", "off"):
                return STRUCK
        raised = properties.find(self.w + "vertAlign")
        return APART if raised is not None and raised.get(self.w + "val") != "baseline" else ""

    def hidden(self, run: etree._Element) -> bool:
        """Whether the run is set to hidden text."""
        mark = run.find(f"{self.w}rPr/{self.w}vanish")
        return mark is not None and mark.get(self.w + "val") not in ("0", "false", "off")

    def table(self, element: etree._Element, depth: int, *, within: bool) -> RawTable:
        """A table with the spans of its cells."""
        path = f"tbl[{self.number(element, table=True)}]"
        if self.plain and not within and not self.numbering:
            found = plain_table(element, self.w, path)
            if found is not None:
                self._paragraph += found[1]
                return RawTable(at=At(dom=path), ready=found[0])
        table = RawTable(at=At(dom=path))
        open_merges: dict[int, tuple[RawCell, int]] = {}
        for number, row in enumerate(self.nearest(element, self.w + "tr", 0), 1):
            gone = row.find(f"{self.w}trPr/{self.w}del") is not None
            cells = self.row(row, f"{path}/tr[{number}]", {} if gone else open_merges, len(table.rows), depth)
            if not gone:
                table.rows.append(cells)
        return table

    def row(
        self, row: etree._Element, path: str, merges: dict[int, tuple[RawCell, int]], index: int, depth: int
    ) -> list[RawCell]:
        """The cells that begin in a row; `merges` holds, by column, the cell that may be continued downwards."""
        w = self.w
        cells: list[RawCell] = []
        column = _count(row.find(f"{w}trPr/{w}gridBefore"), w)
        for number, cell in enumerate(self.nearest(row, w + "tc", 0), 1):
            properties = cell.find(w + "tcPr")
            span, merge, across = 1, None, None
            for mark in properties if properties is not None else ():
                if mark.tag == self._span:
                    span = max(1, _count(mark, w))
                elif mark.tag == self._merge:
                    merge = mark
                elif mark.tag == self._across:
                    across = mark
            raw = RawCell(colspan=span, at=At(dom=f"{path}/tc[{number}]"), col=column)
            self.blocks(cell, raw.items, raw.at, depth + 1)
            above = merges.get(column)
            continues = merge is not None and merge.get(w + "val", "continue") != "restart"
            if continues and above and above[1] == span and above[0].rowspan == index - above[0].row:
                above[0].rowspan += 1
                above[0].items.extend(raw.items)
            elif across is not None and across.get(w + "val", "continue") != "restart" and cells:
                cells[-1].colspan += span
                cells[-1].items.extend(raw.items)
            else:
                raw.row = index
                cells.append(raw)
                merges.pop(column, None)
                if merge is not None:
                    merges[column] = (raw, span)
            column += span
        return cells

    def nearest(self, parent: etree._Element, tag: str, depth: int) -> Iterator[etree._Element]:
        """Rows of a table or cells of a row, also those within content controls and insertions."""
        if depth > limits.MAX_TABLE_DEPTH:
            raise limits.too_deep()
        for child in parent:
            if child.tag == tag:
                yield child
            elif child.tag in self._wrappers:
                yield from self.nearest(child, tag, depth + 1)


def _count(element: etree._Element | None, space: str) -> int:
    """The number in `w:val`, 0 where there is none, at most the widest table."""
    value = element.get(space + "val", "") if element is not None else ""
    return min(int(value), limits.MAX_SPAN) if value.isdecimal() and len(value) < 10 else 0


def _up_to(element: etree._Element, end: etree._Element) -> Iterator[etree._Element]:
    return takewhile(lambda parent: parent is not end, element.iterancestors())


def document_part(package: Package) -> str:
    """The name of the main part; by its relation where it is not where Word puts it."""
    if "word/document.xml" in package:
        return "word/document.xml"
    if "_rels/.rels" in package:
        for relation in package.xml("_rels/.rels"):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return (relation.get("Target") or "").lstrip("/")
    raise limits.damaged()


def read(data: bytes) -> Content:
    """Content of a DOCX: body only, no headers, footers, notes or comments. Raises `Unreadable`."""
    package = Package(data)
    source = package.read(document_part(package))
    if source.count(b":tc>") > 2 * limits.MAX_CELLS:
        raise limits.too_many_cells()
    source = _without_looks(source)
    root = parse_xml(source)
    space = STRICT if root.tag.startswith(STRICT) else TRANSITIONAL
    body = root.find(space + "body")
    if body is None:
        raise limits.damaged()
    plain = root.tag.startswith(space) and not any(mark in source for mark in _FORCES_CARE)
    walk = _Walk(body, space, Numbering.of(package, space, source), plain)
    items: list[Item] = []
    walk.blocks(body, items)
    builder = ContentBuilder("docx")
    Emitter(builder).items(items)
    content = builder.build()
    if not content.text.strip():
        raise limits.nothing_in_it()
    return content
