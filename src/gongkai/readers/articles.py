"""A Word file as an article: headings, paragraphs, lists, tables with merged cells, bold and italics, as plain HTML.

What cannot be carried over (pictures, text boxes, footnotes, notes of changes) is named, so that a person looks. What
comes out is escaped and has no attribute but spans; whoever stores it makes it safe once more.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import cast

from lxml import etree

from gongkai.readers import border
from gongkai.readers.content import Content
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.formats.docx import STRICT, TRANSITIONAL
from gongkai.readers.formats.package import Package

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_LEFT_OUT = {
    "drawing": "图片",
    "pict": "图片",
    "object": "嵌入的对象",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "txbxContent": "文本框",
    "del": "修订中删去的文字",
    "moveFrom": "修订中移走的文字",
    "commentReference": "批注",
}
_ENTERED = frozenset(("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"))
_DEPTH = 4


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
    made: list[Article] = []

    def read() -> Content:
        made.append(_Reading(Package(data)).article())
        return cast(Content, None)

    border.guarded(read)
    return made[0]


class _Reading:
    def __init__(self, package: Package) -> None:
        self._root = package.xml("word/document.xml")
        found = next((space for space in (TRANSITIONAL, STRICT) if self._root.tag == f"{space}document"), None)
        if found is None:
            raise limits.damaged()
        self.w = found
        self.left_out: dict[str, None] = {}
        self._levels = self._headings(package)
        self._title = ""

    def _headings(self, package: Package) -> dict[str, int]:
        """The level of each style of headings, by the key of the style."""
        levels: dict[str, int] = {}
        if "word/styles.xml" not in package:
            return levels
        for style in package.xml("word/styles.xml").iter(f"{self.w}style"):
            name = style.find(f"{self.w}name")
            outline = style.find(f"{self.w}pPr/{self.w}outlineLvl")
            met = _HEADING.match(name.get(f"{self.w}val", "")) if name is not None else None
            level = int(met[1]) if met else None
            if level is None and outline is not None and outline.get(f"{self.w}val", "9") < "9":
                level = int(outline.get(f"{self.w}val", "0")) + 1
            if level is not None:
                levels[style.get(f"{self.w}styleId", "")] = level
        return levels

    def article(self) -> Article:
        """The whole."""
        body = self._root.find(f"{self.w}body")
        if body is None:
            raise limits.nothing_in_it()
        blocks = self._blocks(body, 0)
        if not blocks:
            raise limits.nothing_in_it()
        return Article(self._title, "\n".join(blocks), tuple(self.left_out))

    def _blocks(self, parent: etree._Element, depth: int) -> list[str]:
        if depth > 8 * _DEPTH:
            raise limits.too_deep()
        found: list[str] = []
        for child in parent:
            name = str(child.tag).removeprefix(self.w)
            if name == "p":
                found += self._paragraph(child)
            elif name == "tbl":
                found.append(self._table(child, depth))
            elif name in _ENTERED:
                found += self._blocks(child, depth + 1)
            elif name in _LEFT_OUT:
                self.left_out[_LEFT_OUT[name]] = None
        return found

    def _paragraph(self, paragraph: etree._Element) -> list[str]:
        inner = self._inline(paragraph, 0).strip()
        if not inner:
            return []
        level = self._level(paragraph)
        plain = html.unescape(re.sub(r"<[^>]*>", "", inner)).strip()
        if not self._title and level <= 1:
            self._title = plain[:200]
        tag = f"h{min(level + 1, 4)}" if level else "p"
        return [f"<{tag}>{inner}</{tag}>"]

    def _level(self, paragraph: etree._Element) -> int:
        """1 to 9 for a heading, 0 for a paragraph."""
        outline = paragraph.find(f"{self.w}pPr/{self.w}outlineLvl")
        if outline is not None and outline.get(f"{self.w}val", "9") < "9":
            return int(outline.get(f"{self.w}val", "0")) + 1
        style = paragraph.find(f"{self.w}pPr/{self.w}pStyle")
        return self._levels.get(style.get(f"{self.w}val", ""), 0) if style is not None else 0

    def _inline(self, parent: etree._Element, depth: int) -> str:
        if depth > 8 * _DEPTH:
            raise limits.too_deep()
        parts = []
        for child in parent:
            name = str(child.tag).removeprefix(self.w)
            if name == "r":
                parts.append(self._run(child))
            elif name in _ENTERED:
                parts.append(self._inline(child, depth + 1))
            elif name in _LEFT_OUT:
                self.left_out[_LEFT_OUT[name]] = None
        return "".join(parts).replace("</strong><strong>", "").replace("</em><em>", "")

    def _run(self, run: etree._Element) -> str:
        parts = []
        for child in run:
            name = str(child.tag).removeprefix(self.w)
            if name == "t":
                parts.append(html.escape(child.text or "", quote=False))
            elif name == "tab":
                parts.append("\u3000")
            elif name in ("br", "cr"):
                parts.append("<br>")
            elif name in _LEFT_OUT:
                self.left_out[_LEFT_OUT[name]] = None
        words = "".join(parts)
        if not words.strip() or self._on(run, "vanish"):
            if words.strip():
                self.left_out["隐藏的文字"] = None
                return ""
            return words
        for name, tag in (("i", "em"), ("b", "strong")):
            if self._on(run, name):
                words = f"<{tag}>{words}</{tag}>"
        return words

    def _on(self, run: etree._Element, name: str) -> bool:
        found = run.find(f"{self.w}rPr/{self.w}{name}")
        return found is not None and found.get(f"{self.w}val", "1") not in ("0", "false", "none")

    def _table(self, table: etree._Element, depth: int) -> str:
        rows: list[list[_Cell]] = []
        above: dict[int, _Cell] = {}
        for row in table.findall(f"{self.w}tr"):
            cells: list[_Cell] = []
            column = 0
            for each in row.findall(f"{self.w}tc"):
                span = self._number(each, "gridSpan")
                merge = each.find(f"{self.w}tcPr/{self.w}vMerge")
                held = above.get(column)
                if merge is not None and merge.get(f"{self.w}val") != "restart" and held and held.span == span:
                    held.rows += 1
                else:
                    cell = _Cell("".join(self._cell(each, depth)), span)
                    cells.append(cell)
                    above[column] = cell
                column += span
            rows.append(cells)
        written = "".join(f"<tr>{''.join(cell.written() for cell in cells)}</tr>" for cells in rows if cells)
        return f"<table><tbody>{written}</tbody></table>"

    def _cell(self, cell: etree._Element, depth: int) -> list[str]:
        blocks = self._blocks(cell, depth + 1)
        if len(blocks) == 1 and blocks[0].startswith("<p>"):
            return [blocks[0].removeprefix("<p>").removesuffix("</p>")]
        return blocks

    def _number(self, cell: etree._Element, name: str) -> int:
        found = cell.find(f"{self.w}tcPr/{self.w}{name}")
        said = found.get(f"{self.w}val", "1") if found is not None else "1"
        return max(1, min(int(said), 100)) if said.isdecimal() else 1


class _Cell:
    """A cell while its table is read: it may yet grow downwards."""

    def __init__(self, words: str, span: int) -> None:
        self.words, self.span, self.rows = words, span, 1

    def written(self) -> str:
        """The cell as HTML."""
        across = f' colspan="{self.span}"' if self.span > 1 else ""
        down = f' rowspan="{self.rows}"' if self.rows > 1 else ""
        return f"<td{across}{down}>{self.words}</td>"
