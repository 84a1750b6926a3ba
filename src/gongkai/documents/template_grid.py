"""A workbook of someone else's as cells on a grid: words, formulas, merged cells, and the labels around each cell.

The labels to the left of a cell and above it say what belongs into it. Kept beside the choice of a cell they tell later
whether the cell still is where it was, and where it went.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from gongkai.text.zips import BROKEN_ZIP

Element = Any
MOST_BYTES = 60 * 1024 * 1024
"""What all parts of the file may hold together when unpacked."""
MOST_PARTS, MOST_CELLS, MOST_MERGES, MOST_ROWS, MOST_COLUMNS = 2000, 60_000, 5000, 2000, 256
_CHUNK = 256 * 1024
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile(r"[-+]?[\d,.，．％%]*")
_LABELS = 2


class NotTemplate(ValueError):
    """The file is no workbook that can be filled in; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The labels nearest to a cell: to the left in its row, above in its column, nearest first."""

    left: tuple[str, ...] = ()
    above: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing tells what the cell is for."""
        return not self.left and not self.above

    @property
    def zh(self) -> str:
        """As a sentence names the cell."""
        said = [f"左边“{'、'.join(reversed(self.left))}”"] if self.left else []
        return "，".join([*said, f"上面“{'、'.join(reversed(self.above))}”"] if self.above else said)


@dataclass(slots=True)
class Sheet:
    """A sheet: words by (row, column) from 0, the cells that compute, merged ranges by their first cell."""

    name: str
    part: str
    words: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    used: tuple[int, int] = (0, 0)

    def _label(self, row: int, column: int) -> str:
        first = self.covered.get((row, column), (row, column))
        words = "".join(self.words.get(first, "").split()) if first not in self.formulas else ""
        return "" if _NUMBER.fullmatch(words) else words

    def anchor(self, row: int, column: int) -> Anchor:
        """The labels around a cell."""
        own = self.covered.get((row, column), (row, column))

        def nearest(places: Iterator[tuple[int, int]]) -> tuple[str, ...]:
            found: list[str] = []
            for place in places:
                label = self._label(*place)
                if label and label not in found and self.covered.get(place, place) != own:
                    found.append(label)
                    if len(found) == _LABELS:
                        break
            return tuple(found)

        return Anchor(
            nearest((row, c) for c in range(column - 1, -1, -1)), nearest((r, column) for r in range(row - 1, -1, -1))
        )

    def fillable(self, row: int, column: int) -> bool:
        """Whether a figure may be written there: no label, no formula, not under a merged cell's first."""
        at = (row, column)
        return at not in self.formulas and at not in self.covered and not self._label(row, column)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook with its parts as they came."""

    parts: dict[str, tuple[zipfile.ZipInfo, bytes]]
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of a name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def place_of(words: str) -> tuple[int, int] | None:
    """`C5` as (row, column) from 0; None for what is no place on a sheet."""
    met = _PLACE.fullmatch(words)
    if met is None:
        return None
    column = 0
    for letter in met[1]:
        column = column * 26 + ord(letter) - 64
    row = int(met[2])
    return (row - 1, column - 1) if 1 <= row <= MOST_ROWS and column <= MOST_COLUMNS else None


def name_of(row: int, column: int) -> str:
    """(4, 2) as `C5`."""
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def opened(data: bytes) -> Book:
    """A workbook (.xlsx). NotTemplate for anything else, and for what is damaged, locked or far too large."""
    parts = _unpacked(data)
    if "xl/workbook.xml" not in parts or "xl/_rels/workbook.xml.rels" not in parts:
        raise NotTemplate("这不是Excel工作簿（.xlsx）。请用Excel或者WPS另存为.xlsx后再上传。")
    strings = _strings(parts)
    sheets = []
    for name, part in _sheets(parts):
        sheet = Sheet(name, part)
        _read(sheet, parsed(parts[part][1]), strings)
        sheets.append(sheet)
    if not any(sheet.words for sheet in sheets):
        raise NotTemplate("这个工作簿是空的，没有可以对照的文字。")
    return Book(parts, tuple(sheets))


def _unpacked(data: bytes) -> dict[str, tuple[zipfile.ZipInfo, bytes]]:
    parts: dict[str, tuple[zipfile.ZipInfo, bytes]] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            for entry in entries[:MOST_PARTS]:
                pieces = []
                with archive.open(entry) as stream:
                    while left >= 0 and (piece := stream.read(_CHUNK)):
                        left -= len(piece)
                        pieces.append(piece)
                parts[entry.filename.lstrip("/")] = (entry, b"".join(pieces))
    except BROKEN_ZIP as error:
        raise NotTemplate("文件已损坏、加了密码或者不是Excel工作簿（.xlsx），请另存为.xlsx后再上传。") from error
    if left < 0 or len(entries) > MOST_PARTS:
        raise NotTemplate("文件解压后过大，不像是一张报表。请删去不用的工作表和图片后再上传。")
    return parts


def parsed(data: bytes) -> Element:
    """The root of an XML part, comments and all. NotTemplate for one with declarations of its own."""
    if _DOCTYPE.search(data):
        raise NotTemplate("文件含有不应有的声明，请用Excel或者WPS打开后另存一份再上传。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotTemplate("文件的内容已损坏，请用Excel或者WPS打开后另存一份再上传。") from error


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(item: Element) -> str:
    return "".join(t.text or "" for t in item.iter() if local(t) == "t" and local(t.getparent()) != "rPh")


def _strings(parts: dict[str, tuple[zipfile.ZipInfo, bytes]]) -> list[str]:
    found = parts.get("xl/sharedStrings.xml")
    return [_text(item) for item in parsed(found[1]) if local(item) == "si"] if found else []


def _sheets(parts: dict[str, tuple[zipfile.ZipInfo, bytes]]) -> Iterator[tuple[str, str]]:
    targets = {}
    for relation in parsed(parts["xl/_rels/workbook.xml.rels"][1]):
        target = relation.get("Target", "")
        targets[relation.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for sheet in parsed(parts["xl/workbook.xml"][1]).iter():
        if local(sheet) != "sheet" or sheet.get("state", "visible") != "visible":
            continue
        key = next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
        if targets.get(key, "") in parts and targets[key].startswith("xl/worksheets/"):
            yield sheet.get("name", ""), targets[key]


def _read(sheet: Sheet, root: Element, strings: list[str]) -> None:
    rows = columns = 0
    for cell in root.iter():
        kind = local(cell)
        if kind == "mergeCell":
            _merge(sheet, cell.get("ref", ""))
        if kind != "c":
            continue
        at = place_of(cell.get("r", ""))
        if at is None:
            continue
        inner = {local(part): part for part in cell}
        if "f" in inner:
            sheet.formulas.add(at)
        words = _words(cell, inner, strings)
        if words:
            sheet.words[at] = words
        rows, columns = max(rows, at[0] + 1), max(columns, at[1] + 1)
        if len(sheet.words) > MOST_CELLS:
            raise NotTemplate("这张表的格子太多，不像是一张报表。请删去不用的内容后再上传。")
    sheet.used = rows, columns


def _merge(sheet: Sheet, ref: str) -> None:
    first, _, last = ref.partition(":")
    start, end = place_of(first), place_of(last)
    if start is None or end is None or end[0] < start[0] or end[1] < start[1]:
        return
    size = (end[0] - start[0] + 1) * (end[1] - start[1] + 1)
    if len(sheet.merges) >= MOST_MERGES or len(sheet.covered) + size > MOST_CELLS:
        raise NotTemplate("这张表合并的格子太多，不像是一张报表。")
    sheet.merges[start] = end
    for row in range(start[0], end[0] + 1):
        sheet.covered.update({(row, c): start for c in range(start[1], end[1] + 1) if (row, c) != start})


def _words(cell: Element, inner: dict[str, Element], strings: list[str]) -> str:
    if "is" in inner:
        return _text(inner["is"])
    stored = (inner["v"].text or "") if "v" in inner else ""
    if cell.get("t") == "s":
        return strings[int(stored)] if stored.isdecimal() and int(stored) < len(strings) else ""
    return stored
