"""A Word file as an article: headings, numbered lines, tables with merged cells, bold and italics, as plain HTML.

What cannot be carried over (pictures, text boxes, formulas, footnotes, notes of changes) is named, so that a person
looks. What comes out is escaped and has no attribute but spans; whoever stores it makes it safe once more.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.readers import border
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.formats.docx import STRICT, TRANSITIONAL, document_part
from gongkai.readers.formats.docx_numbering import Numbering
from gongkai.readers.formats.package import Package, local, parse_xml

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_LEFT_OUT = {
    "drawing": "图片",
    "pict": "图片",
    "AlternateContent": "图片",
    "object": "嵌入的对象",
    "altChunk": "嵌入的文档",
    "oMath": "公式",
    "oMathPara": "公式",
    "sym": "特殊符号",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "del": "修订中删去的文字",
    "moveFrom": "修订中移走的文字",
    "commentReference": "批注",
}
_BOX = "文本框"
_HIDDEN = "隐藏的文字"
_ENTERED = frozenset(
    ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
)
_DEPTH = 32
_CHAIN = 12
"""How many styles that are each based on the next are followed."""
_WIDEST = 100


@dataclass(frozen=True, slots=True)
class Article:
    """A text as HTML, the first line of it as its title, and in words what was left out."""

    title: str
    html: str
    left_out: tuple[str, ...]


def read_article(name: str, data: bytes) -> Article:
    """The article of a DOCX. Raises `Unreadable`, and nothing else, for what is none or cannot be read."""
    if border.sniff(data, name) != "docx":
        raise Unreadable("wrong_type", f"“{name}”不是Word文档（DOCX）。", "请在Word中另存为DOCX后再导入。")
    return border.guarded(lambda: _Reading(Package(data)).article())


def _words(block: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", block)).strip()


def _deeper(depth: int) -> int:
    if depth > _DEPTH:
        raise limits.too_deep()
    return depth + 1


class _Reading:
    def __init__(self, package: Package) -> None:
        source = package.read(document_part(package))
        self._root = parse_xml(source)
        found = next((space for space in (TRANSITIONAL, STRICT) if self._root.tag == f"{space}document"), None)
        if found is None:
            raise limits.damaged()
        self.w = found
        self.left_out: dict[str, None] = {}
        self._numbering = Numbering.of(package, found, source)
        self._styles: dict[str, etree._Element] = {}
        if "word/styles.xml" in package:
            styles = package.xml("word/styles.xml").iter(f"{found}style")
            self._styles = {style.get(f"{found}styleId", ""): style for style in styles}
        self._title = ""
        self._hides = False

    def article(self) -> Article:
        """The whole."""
        body = self._root.find(f"{self.w}body")
        blocks = self._blocks(body, 0) if body is not None else []
        if not any(_words(block) for block in blocks):
            raise limits.nothing_in_it()
        return Article(self._title, "\n".join(blocks), tuple(self.left_out))

    def _name(self, element: etree._Element) -> str:
        """The name of an element of Word's own; that of any other keeps its namespace."""
        return str(element.tag).removeprefix(self.w)

    def _value(self, element: etree._Element, path: str) -> str:
        """What an element of the properties says, by its path; empty where there is none."""
        found = element.find("/".join(self.w + part for part in path.split("/")))
        return found.get(f"{self.w}val", "") if found is not None else ""

    def _leave(self, element: etree._Element) -> None:
        """Name what is not carried over."""
        says = _LEFT_OUT.get(local(element))
        if says == "图片" and next(element.iter(f"{self.w}txbxContent"), None) is not None:
            says = _BOX
        if says:
            self.left_out[says] = None

    # ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _blocks(self, parent: etree._Element, depth: int) -> list[str]:
        deeper = _deeper(depth)
        found: list[str] = []
        for child in parent:
            name = self._name(child)
            if name == "p":
                found += self._paragraph(child)
            elif name == "tbl":
                found += self._table(child, deeper)
            elif name in _ENTERED:
                found += self._blocks(child, deeper)
            else:
                self._leave(child)
        return found

    def _paragraph(self, paragraph: etree._Element) -> list[str]:
        style = self._value(paragraph, "pPr/pStyle")
        self._hides = self._hidden_by(style) or False
        label = html.escape(self._numbering.label(paragraph), quote=False)
        inner = self._inline(paragraph, 0).strip()
        if not _words(inner):
            return []
        own = self._outline(paragraph)
        level = self._level_by(style) if own is None else own
        inner = label + inner
        if not self._title and level <= 1:
            self._title = _words(inner)[:200]
        tag = f"h{min(level + 1, 4)}" if level else "p"
        return [f"<{tag}>{inner}</{tag}>"]

    def _outline(self, element: etree._Element) -> int | None:
        """1 to 9 as a paragraph or a style says of itself, 0 for plain text; None where it says nothing."""
        said = self._value(element, "pPr/outlineLvl")
        if not said:
            return None
        return int(said) + 1 if said in ("0", "1", "2", "3", "4", "5", "6", "7", "8") else 0

    def _based(self, key: str) -> Iterator[etree._Element]:
        """A style and those that it is based on."""
        for _ in range(_CHAIN):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            key = self._value(style, "basedOn")

    def _level_by(self, key: str) -> int:
        """1 to 9 for a style of headings, 0 for another."""
        for style in self._based(key):
            met = _HEADING.fullmatch(self._value(style, "name"))
            level = int(met[1]) if met else self._outline(style)
            if level is not None:
                return level
        return 0

    def _hidden_by(self, key: str) -> bool | None:
        """Whether a style hides its words; None where it says nothing."""
        said = (self._on(style, "vanish") for style in self._based(key))
        return next((each for each in said if each is not None), None)

    def _inline(self, parent: etree._Element, depth: int) -> str:
        deeper = _deeper(depth)
        parts = []
        for child in parent:
            name = self._name(child)
            if name == "r":
                parts.append(self._run(child, deeper))
            elif name in _ENTERED:
                parts.append(self._inline(child, deeper))
            else:
                self._leave(child)
        return "".join(parts).replace("</strong><strong>", "").replace("</em><em>", "")

    def _run(self, run: etree._Element, depth: int) -> str:
        parts = []
        for child in run:
            name = self._name(child)
            if name == "t":
                parts.append(html.escape(child.text or "", quote=False))
            elif name in ("tab", "ptab"):
                parts.append("\u3000")
            elif name in ("br", "cr"):
                parts.append("" if child.get(f"{self.w}type") in ("page", "column") else "<br>")
            elif name == "noBreakHyphen":
                parts.append("-")
            elif name == "ruby":
                parts += [self._inline(base, depth) for base in child.findall(f"{self.w}rubyBase")]
            else:
                self._leave(child)
        words = "".join(parts)
        if not _words(words):
            return words
        if self._is_hidden(run):
            self.left_out[_HIDDEN] = None
            return ""
        for name, tag in (("i", "em"), ("b", "strong")):
            if self._on(run, name):
                words = f"<{tag}>{words}</{tag}>"
        return words

    def _is_hidden(self, run: etree._Element) -> bool:
        """By what it says itself, else by its own style, else by that of the paragraph."""
        said = self._on(run, "vanish")
        if said is None:
            said = self._hidden_by(self._value(run, "rPr/rStyle"))
        return self._hides if said is None else said

    def _on(self, element: etree._Element, name: str) -> bool | None:
        """Whether a run or a style switches something on or off; None where it says nothing."""
        found = element.find(f"{self.w}rPr/{self.w}{name}")
        return None if found is None else found.get(f"{self.w}val", "1") not in ("0", "false", "off", "none")

    # ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, table: etree._Element, depth: int) -> list[str]:
        rows: list[list[_Cell]] = []
        above: dict[int, _Cell] = {}
        for row in self._nearest(table, "tr", depth):
            if row.find(f"{self.w}trPr/{self.w}del") is not None:
                self.left_out[_LEFT_OUT["del"]] = None
            else:
                rows.append(self._row(row, len(rows), above, depth))
        written = "".join(f"<tr>{''.join(cell.written() for cell in cells)}</tr>" for cells in rows)
        return [f"<table><tbody>{written}</tbody></table>"] if any(rows) else []

    def _row(self, row: etree._Element, number: int, above: dict[int, _Cell], depth: int) -> list[_Cell]:
        """The cells that begin in a row; `above` holds, by column, the one that may grow downwards."""
        column = self._number(row, "trPr/gridBefore", 0)
        cells = [_Cell([], column, number)] if column else []
        for each in self._nearest(row, "tc", depth):
            blocks = self._blocks(each, depth)
            span = self._number(each, "tcPr/gridSpan", 1)
            merges = each.find(f"{self.w}tcPr/{self.w}vMerge") is not None
            held = above.pop(column, None) if not merges else above.get(column)
            continues = merges and self._value(each, "tcPr/vMerge") != "restart"
            if continues and held and held.span == span and held.number + held.rows == number:
                held.rows += 1
                held.blocks += blocks
            else:
                cells.append(_Cell(blocks, span, number))
                if merges:
                    above[column] = cells[-1]
            column += span
        return cells

    def _nearest(self, parent: etree._Element, name: str, depth: int) -> Iterator[etree._Element]:
        """The rows of a table or the cells of a row, also those within content controls and insertions."""
        deeper = _deeper(depth)
        for child in parent:
            if self._name(child) == name:
                yield child
            elif self._name(child) in _ENTERED:
                yield from self._nearest(child, name, deeper)

    def _number(self, element: etree._Element, path: str, least: int) -> int:
        said = self._value(element, path)
        return max(least, min(int(said), _WIDEST)) if said.isdecimal() and len(said) < 10 else least


class _Cell:
    """A cell while its table is read: it may yet grow downwards. `number` is the row in which it begins."""

    def __init__(self, blocks: list[str], span: int, number: int) -> None:
        self.blocks, self.span, self.number, self.rows = blocks, span, number, 1

    def written(self) -> str:
        """The cell as HTML; a single paragraph is not set apart."""
        words = "".join(self.blocks)
        if len(self.blocks) == 1:
            words = re.sub(r"^<p>(.*)</p>$", r"\1", words, flags=re.DOTALL)
        across = f' colspan="{self.span}"' if self.span > 1 else ""
        down = f' rowspan="{self.rows}"' if self.rows > 1 else ""
        return f"<td{across}{down}>{words}</td>"
