"""HTML as a browser would show it, without styles, scripts and network.

Places (`At.dom`): `table[2]/tr[5]/td[3]` is the second table of the document (inner ones counted, in document order),
its fifth row (rows of inner tables not counted), the third cell of that row, `td` or `th`; other places are the name of
the block and its number among the blocks of that name in document order, as `p[17]`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from gongkai.annual.report import At
from gongkai.readers.content import Content, ContentBuilder
from gongkai.readers.formats import limits, tags, textfile
from gongkai.readers.formats.html_plain import plain_table
from gongkai.readers.formats.html_shown import is_hidden, keeps_its_place, mark
from gongkai.readers.formats.tables import Emitter, Item, RawCell, RawTable, Words

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "applet",
        "canvas",
        "audio",
        "video",
        "select",
        "button",
        "textarea",
        "datalist",
        "map",
        "noframes",
        "dialog",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "blockquote",
        "pre",
        "address",
        "center",
        "form",
        "fieldset",
        "legend",
        "figure",
        "figcaption",
        "hr",
        "body",
        "html",
        "table",
        "caption",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "details",
        "summary",
        "marquee",
    ]
)
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WRAPPED = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\n\r\f]*(?={_WIDE})")
_CELL_TAG = re.compile(rb"<t[dh][\s>/]", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,30})""", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_BLANK = re.compile(r"\s")
_NUMBER = re.compile(r"\s*([0-9]+)")

MAX_ROWSPAN = 65_534
"""The tallest span that HTML knows; spans are cut at the end of their table anyway."""


_CELLS = frozenset(("td", "th"))
_WRAPS = frozenset(("p", "span", "font", "b", "strong"))
"""What a cell's only text is wrapped in on most pages; none of them changes what the text says."""
_WRAPPERS = 4


@dataclass(slots=True)
class _Frame:
    """An open place that collects paragraphs: the document, or a cell."""

    items: list[Item]
    at: At
    table: RawTable | None = None
    row: list[RawCell] | None = None
    pieces: list[str] = field(default_factory=list)


class _Walk:
    """One pass over the elements in document order, without recursion."""

    def __init__(self, first_table: int) -> None:
        self.counts: Counter[str] = Counter({"table": first_table})
        self.frames = [_Frame([], At())]
        self.tables: list[tuple[RawTable, str, bool]] = []
        self.steps = 0

    def run(self, root: etree._Element) -> list[Item]:
        """Walk the tree and return what stands in it."""
        walker = etree.iterwalk(root, events=("start", "end"))
        open_cells: list[etree._Element] = []
        dropped = False
        plain = False
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if tag in _DROPPED or (element.attrib and is_hidden(element)):
                    if tag in _CELLS and self.tables and keeps_its_place(element):
                        self._plain_cell(tag, element, None)
                    walker.skip_subtree()
                    self._count_dropped(element)
                    dropped = True
                    continue
                text = element.text
                if tag == "table" and not self.tables and self._plain_table(element):
                    walker.skip_subtree()
                    plain = True
                    continue
                if tag in _CELLS and self.tables:
                    # Most cells hold nothing but a text, bare or in one wrapper: no place has to be opened for them.
                    alone = self._lone_text(element)
                    if alone is not None:
                        if len(element):
                            walker.skip_subtree()
                        self._plain_cell(tag, element, alone)
                        plain = True
                        continue
                if tag in _BLOCKS or tag == "br":
                    self.open(tag, element, open_cells)
                if shown := mark(element, block=tag in _BLOCKS) + (text or ""):
                    self.say(shown)
            else:
                # A dropped element's end follows its start at once, nothing within is visited.
                if plain or dropped:
                    plain = dropped = False
                elif tag in _BLOCKS:
                    self.close(tag, element, open_cells)
                elif sign := mark(element, block=False):
                    self.say(sign)
                if text := element.tail:
                    self.say(text)
        self.flush()
        return self.frames[0].items

    def say(self, text: str) -> None:
        """Take characters into the open paragraph; white space does not begin one."""
        pieces = self.frames[-1].pieces
        if pieces or not text.isspace():
            pieces.append(text)

    def flush(self) -> None:
        """End the open paragraph."""
        frame = self.frames[-1]
        if frame.pieces:
            frame.items.append(Words(clean("".join(frame.pieces)), frame.at))
            frame.pieces.clear()

    def open(self, tag: str, element: etree._Element, open_cells: list[etree._Element]) -> None:
        """An element begins."""
        if tag == "br":
            self.say("\x1e")
            return
        self.flush()
        self.counts[tag] += 1
        if tag == "table":
            if len(self.tables) > limits.MAX_TABLE_DEPTH:
                raise limits.too_deep()
            path = f"table[{self.counts['table']}]"
            self.tables.append((RawTable(at=At(dom=path)), path, False))
        elif tag == "tr" and self.tables:
            self.tables[-1][0].rows.append([])
        elif tag in ("td", "th") and self.tables:
            self._open_cell(tag, element)
            open_cells.append(element)
        elif len(self.frames) == 1:
            self.frames[0].at = At(dom=f"{tag}[{self.counts[tag]}]")

    def _plain_table(self, element: etree._Element) -> bool:
        """Take a table of plain cells in one pass; False when it must be walked."""
        path = f"table[{self.counts['table'] + 1}]"
        found = plain_table(element, path, clean)
        if found is None:
            return False
        self.flush()
        cells, blocks = found
        self.counts.update(blocks)
        self.frames[-1].items.append(RawTable(at=At(dom=path), ready=cells))
        return True

    def _lone_text(self, element: etree._Element) -> str | None:
        """The text of a cell whose every element is the only one of its parent, inline or a paragraph; else None."""
        if element.attrib and mark(element, block=True):
            return None
        pieces = [element.text or ""]
        wrappers = 0
        inner = element
        while len(inner):
            if len(inner) > 1 or wrappers == _WRAPPERS:
                return None
            inner = inner[0]
            wrappers += 1
            if inner.tag not in _WRAPS or (inner.attrib and (is_hidden(inner) or mark(inner, block=False))):
                return None
            if inner.tail and not inner.tail.isspace():
                return None
            pieces.append(inner.text or "")
        if wrappers:
            if any(piece and not piece.isspace() for piece in pieces[:-1]):
                return None
            for wrapper in element.iter("p"):
                self.counts[str(wrapper.tag)] += 1
        return pieces[-1]

    def _plain_cell(self, tag: str, element: etree._Element, text: str | None) -> None:
        self.flush()
        self.counts[tag] += 1
        cell = self._cell(tag, element)
        if text and (shown := clean(text)):
            cell.items.append(Words(shown, cell.at))

    def _open_cell(self, tag: str, element: etree._Element) -> None:
        cell = self._cell(tag, element)
        self.frames.append(_Frame(cell.items, cell.at))

    def _cell(self, tag: str, element: etree._Element) -> RawCell:
        """The next cell of the row that is open."""
        table, path, _ = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        row = table.rows[-1]
        place = f"{path}/tr[{len(table.rows)}]/{tag}[{len(row) + 1}]"
        cell = RawCell(at=At(dom=place))
        if element.attrib:
            cell.rowspan = _span(element.get("rowspan"), MAX_ROWSPAN)
            cell.colspan = _span(element.get("colspan"), limits.MAX_SPAN)
        row.append(cell)
        return cell

    def close(self, tag: str, element: etree._Element, open_cells: list[etree._Element]) -> None:
        """An element ends."""
        self.flush()
        if tag in ("td", "th") and open_cells and open_cells[-1] is element:
            open_cells.pop()
            self.frames.pop()
        elif tag == "table" and self.tables:
            table, _, _ = self.tables.pop()
            table.rows = [row for row in table.rows if row]
            if table.rows:
                self.frames[-1].items.append(table)

    def _count_dropped(self, element: etree._Element) -> None:
        for inner in element.iter(*_BLOCKS):
            self.counts[str(inner.tag)] += 1


def _span(value: str | None, most: int) -> int:
    """A span attribute as browsers read it: the leading digits, 1 where there are none, at most `most`; a rowspan of 0
    reaches to the end of the table.
    """
    if value is None:
        return 1
    digits = _NUMBER.match(value)
    if digits is None:
        return 1
    number = digits.group(1)
    return most if len(number) > 9 else min(int(number), most) or (most if most == MAX_ROWSPAN else 1)


def clean(text: str) -> str:
    """White space as it is shown: a run is one space, none where a line of the source wraps between two Chinese
    characters; `<br>` is a line break.
    """
    if text.isalnum() or not _BLANK.search(text):
        return text
    if "\n" in text:
        text = _WRAPPED.sub("", text)
    if "\x1e" not in text:
        return _SPACE.sub(" ", text).strip()
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\x1e"))
    return "\n".join(line for line in lines if line)


def _parse(source: bytes) -> etree._Element | None:
    """Parse with the depth that pages have, and once more with all the depth there is where that did not suffice."""
    for huge in (False, True):
        # Without comments, so that the text on both sides of one is one text.
        parser = etree.HTMLParser(
            encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=huge
        )
        try:
            root = etree.fromstring(source, parser)
        except (
            etree.LxmlError
        ):  # pragma: no cover - some releases of libxml2 raise for an empty page, this one does not
            return None
        if not any("depth" in entry.message for entry in parser.error_log.filter_from_fatals()):
            return root
    raise limits.too_deep()


def tree_of(text: str) -> etree._Element | None:
    """The elements of a page; None for a page without any. Raises `Unreadable` for pages out of all proportion."""
    source = text.replace("\x00", "").replace("\x1e", "").encode("utf-8", "replace")
    if source.count(b"<") > limits.MAX_MARKUP_SIGNS:
        raise limits.too_large("网页")
    if source.count(b"<t") > limits.MAX_CELLS and len(_CELL_TAG.findall(source)) > limits.MAX_CELLS:
        raise limits.too_many_cells()
    tags.check(source)
    return _parse(source)


def items_of(text: str, first_table: int = 0) -> list[Item]:
    """Paragraphs and tables of a page in reading order. Raises `Unreadable` for pages out of all proportion."""
    root = tree_of(text)
    return [] if root is None else _Walk(first_table).run(root)


def _title(text: str) -> str:
    """The name of the page where it names a report, for pages whose body has no title."""
    found = _TITLE.search(text[:20_000])
    if found is None:
        return ""
    name = clean(found.group(1))
    return name if "年度报告" in name or "年报" in name else ""


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its head."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def read(data: bytes) -> Content:
    """Content of a HTML page. The `<title>` is the first line where the body does not begin with the same words."""
    if len(data) > limits.MAX_TEXT_BYTES:
        raise limits.too_large("网页")
    text = textfile.decode(data, declared_charset(data))
    items = items_of(text)
    title = _title(text)
    builder = ContentBuilder("html")
    opening = "".join(item.text for item in items[:40] if isinstance(item, Words) and len(item.text) < 200)
    if title and "".join(title.split()) not in "".join(opening.split()):
        builder.line(title, At(dom="title"))
    Emitter(builder).items(items)
    content = builder.build()
    if not content.text.strip():
        raise limits.nothing_in_it()
    return content
