"""A city's own workbook filled in: figures into the cells that an office chose once, everything else left as it came.

Only the chosen cells are written, in the XML itself: styles, formulas, pictures and print settings stay byte for byte
in their parts. Formulas lose the results stored with them, so that whoever opens the file reckons anew. A workbook whose
cells are not where they were is refused, with what moved and where it probably went.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from gongkai.documents.template_grid import (
    Anchor,
    Book,
    Element,
    NotTemplate,
    Sheet,
    local,
    name_of,
    opened,
    parsed,
    place_of,
)

Value = int | Decimal | str | None
_BEFORE_CALC = frozenset((
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that was chosen for a figure, with the labels that stood around it."""

    sheet: str
    cell: str
    anchor: Anchor

    @property
    def zh(self) -> str:
        """As a sentence names it."""
        return f"“{self.sheet}”{self.cell}"


@dataclass(frozen=True, slots=True)
class Moved:
    """A chosen cell that is not where it was: what stands around it now, and where it probably went."""

    address: str
    place: Place
    now: Anchor | None
    why: str
    proposals: tuple[Place, ...]


class CellsMoved(NotTemplate):
    """The workbook was changed since its cells were chosen."""

    def __init__(self, moved: tuple[Moved, ...]) -> None:
        super().__init__(f"模板有{len(moved)}格移动了位置，没有填写。请逐格核对新的位置后再生成。")
        self.moved = moved


def chosen(book: Book, sheet: str, cell: str) -> Place:
    """A cell as it is chosen. NotTemplate where no figure can go or nothing around it tells what it is for."""
    on, at = book.sheet(sheet), place_of(cell)
    if on is None or at is None:
        raise NotTemplate(f"模板里没有“{sheet}”{cell}这一格。")
    if at in on.formulas:
        raise NotTemplate(f"“{sheet}”{cell}是公式，由模板自己计算，不能填数。")
    if at in on.covered:
        raise NotTemplate(f"“{sheet}”{cell}在合并的格子里，请选{name_of(*on.covered[at])}。")
    if not on.fillable(*at):
        raise NotTemplate(f"“{sheet}”{cell}里是文字“{on.words[at][:20]}”，不能填数。")
    anchor = on.anchor(*at)
    if anchor.empty:
        raise NotTemplate(f"“{sheet}”{cell}的左边和上面都没有文字，以后无法核对它有没有移动，不能选。")
    return Place(sheet, cell, anchor)


def moved(book: Book, places: Mapping[str, Place]) -> tuple[Moved, ...]:
    """The chosen cells that are not where they were."""
    found = []
    where: dict[Anchor, list[Place]] | None = None
    for address, place in places.items():
        on, at = book.sheet(place.sheet), place_of(place.cell)
        now = on.anchor(*at) if on and at else None
        if on is None:
            why = f"没有名为“{place.sheet}”的工作表了"
        elif at is None or not on.fillable(*at):
            why = "这一格现在是文字、公式或者合并格的一部分"
        elif now == place.anchor:
            continue
        else:
            why = f"这一格周围的文字变了，现在是{now.zh if now and not now.empty else '空的'}"
        if where is None:
            where = _anchors(book)
        found.append(Moved(address, place, now, why, tuple(where.get(place.anchor, ()))))
    return tuple(found)


def _anchors(book: Book) -> dict[Anchor, list[Place]]:
    found: dict[Anchor, list[Place]] = {}
    for sheet in book.sheets:
        for row in range(sheet.used[0]):
            for column in range(sheet.used[1]):
                if sheet.fillable(row, column):
                    anchor = sheet.anchor(row, column)
                    if not anchor.empty:
                        found.setdefault(anchor, []).append(Place(sheet.name, name_of(row, column), anchor))
    return found


def onward(sheet: Sheet, cell: str, columns: int, rows: int = 1) -> list[str]:
    """Cells to the right of one and below it, those that cannot be filled in passed over: rows one after the other."""
    at = place_of(cell)
    if at is None:
        return []
    found: list[str] = []
    row = at[0]
    while rows and row < sheet.used[0]:
        line = [name_of(row, c) for c in range(at[1], sheet.used[1]) if sheet.fillable(row, c)][:columns]
        if len(line) == columns:
            found += line
            rows -= 1
        row += 1
    return found if not rows else []


def fill(data: bytes, places: Mapping[str, Place], values: Mapping[str, Value]) -> bytes:
    """The workbook with the values of the chosen cells; a cell whose value is None is emptied.

    CellsMoved when a cell is not where it was, NotTemplate when the file cannot be filled in.
    """
    book = opened(data)
    gone = moved(book, places)
    if gone:
        raise CellsMoved(gone)
    parts = dict(book.parts)
    wanted: dict[str, dict[tuple[int, int], Value]] = {}
    for address, place in places.items():
        at = place_of(place.cell)
        assert at is not None
        wanted.setdefault(place.sheet, {})[at] = values.get(address)
    for sheet in book.sheets:
        root = parsed(parts[sheet.part][1])
        _write(root, wanted.get(sheet.name, {}))
        if sheet.name in wanted or sheet.formulas:
            parts[sheet.part] = (parts[sheet.part][0], _serialised(root))
    if any(sheet.formulas for sheet in book.sheets):
        _reckon_anew(parts)
    return _packed(parts)


def _write(root: Element, values: Mapping[tuple[int, int], Value]) -> None:
    data = next((part for part in root if local(part) == "sheetData"), None)
    if data is None:
        return
    space = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
    for cell in data.iter():
        if local(cell) == "c" and any(local(part) == "f" for part in cell):
            for part in [part for part in cell if local(part) == "v"]:
                cell.remove(part)
            cell.attrib.pop("t", None)
    for (row, column), value in values.items():
        _set(_cell(data, space, row, column), space, value)


def _cell(data: Element, space: str, row: int, column: int) -> Element:
    line = _placed(data, space, "row", row + 1, lambda each: int(each.get("r", "0")))
    if line.get("r") is None:
        line.set("r", str(row + 1))
    found = _placed(line, space, "c", column, lambda each: (place_of(each.get("r", "")) or (0, -1))[1])
    if found.get("r") is None:
        found.set("r", name_of(row, column))
    return found


def _placed(parent: Element, space: str, tag: str, number: int, of: object) -> Element:
    """The child of a number, made in its place where there is none."""
    assert callable(of)
    for index, child in enumerate(parent):
        if local(child) != tag:
            continue
        here = of(child)
        if here == number:
            return child
        if here > number:
            made = etree.Element(f"{space}{tag}")
            parent.insert(index, made)
            return made
    return etree.SubElement(parent, f"{space}{tag}")


def _set(cell: Element, space: str, value: Value) -> None:
    for part in list(cell):
        cell.remove(part)
    cell.attrib.pop("t", None)
    if value is None:
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{space}is"), f"{space}t")
        text.text = value
        return
    etree.SubElement(cell, f"{space}v").text = format(value, "f") if isinstance(value, Decimal) else str(value)


def _reckon_anew(parts: dict[str, tuple[zipfile.ZipInfo, bytes]]) -> None:
    entry, data = parts["xl/workbook.xml"]
    root = parsed(data)
    calc = next((part for part in root if local(part) == "calcPr"), None)
    if calc is None:
        space = root.tag.rpartition("}")[0] + "}"
        after = max((n for n, part in enumerate(root) if local(part) in _BEFORE_CALC), default=-1)
        calc = etree.Element(f"{space}calcPr")
        root.insert(after + 1, calc)
    calc.set("fullCalcOnLoad", "1")
    parts["xl/workbook.xml"] = (entry, _serialised(root))


def _serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(parts: Mapping[str, tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (entry, data) in parts.items():
            info = zipfile.ZipInfo(name, entry.date_time)
            info.external_attr = entry.external_attr
            archive.writestr(info, data, zipfile.ZIP_STORED if entry.is_dir() else zipfile.ZIP_DEFLATED)
    return held.getvalue()


def to_json(places: Mapping[str, Place]) -> dict[str, dict[str, object]]:
    """The choice as it is kept."""
    return {
        a: {"sheet": p.sheet, "cell": p.cell, "left": list(p.anchor.left), "above": list(p.anchor.above)}
        for a, p in places.items()
    }


def from_json(data: Mapping[str, Mapping[str, object]]) -> dict[str, Place]:
    """The inverse of `to_json`."""

    def labels(said: object) -> tuple[str, ...]:
        return tuple(str(each) for each in said) if isinstance(said, Iterable) else ()

    return {
        a: Place(str(p["sheet"]), str(p["cell"]), Anchor(labels(p.get("left")), labels(p.get("above"))))
        for a, p in data.items()
    }
