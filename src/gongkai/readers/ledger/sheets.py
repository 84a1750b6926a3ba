"""The rows of a ledger file, whatever its format: workbook, CSV, tables of a document, or what was pasted.

Everything is bounded before a library sees it; what a library raises becomes `Unreadable`, as at the file border.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from gongkai.readers import border
from gongkai.readers.content import Grid
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits, textfile, xlsx
from gongkai.text.zips import BROKEN_ZIP

MAX_SHEET_BYTES = 128 * limits.MEGABYTE
"""One sheet once inflated: 20,000 rows of twenty columns take 25 MB."""

MAX_PLACES = 6_000_000
"""Rows times columns of one sheet, which the library holds as a full rectangle."""

MAX_ROWS = 200_000
"""Rows of one sheet: a county has some thousand applications a year."""

_CHUNK = 1 << 18
_SEPARATORS = "\t,;，；|"
_WIDE_GAP = re.compile(r" {2,}|\u3000+")

Row = list[Any]
Place = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """Rows as stored (text, numbers, days); the first is line 1. `merged` leads from a covered place to its anchor."""

    name: str
    rows: list[Row]
    merged: dict[Place, Place] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """The longest row."""
        return max(map(len, self.rows), default=0)

    def at(self, row: int, column: int) -> Any:
        """What is stored at a place; "" outside."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def merge(self, spans: Iterable[tuple[Place, Place]]) -> None:
        """Take note of merged ranges, cut to what the sheet holds."""
        height, width = len(self.rows), self.width
        steps = 0
        for (top, left), (bottom, right) in spans:
            for row in range(top, min(bottom + 1, height)):
                steps += max(0, min(right + 1, width) - left)
                if steps > limits.MAX_GRID_STEPS:
                    raise limits.too_many_cells()
                self.merged.update(
                    ((row, column), (top, left))
                    for column in range(left, min(right + 1, width))
                    if (row, column) != (top, left)
                )


@dataclass(frozen=True, slots=True)
class Opened:
    """The sheets of a file, and sentences on what was not read."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()


def sheets_of(data: bytes, name: str) -> Opened:
    """The sheets of a file. Raises `Unreadable`, and nothing else, whatever the bytes are."""
    return cast(Opened, border.guarded(cast(Any, lambda: _opened(data, name))))


def sheets_of_text(text: str) -> Opened:
    """The rows of pasted text: tabs as Excel and WPS copy them, else commas, else gaps of several spaces."""
    return cast(Opened, border.guarded(cast(Any, lambda: Opened((_separated(text),)))))


def _opened(data: bytes, name: str) -> Opened:
    if len(data) > limits.MAX_FILE_BYTES:
        raise limits.too_large()
    kind = border.sniff(data, name)
    if kind in ("xlsx", "xls"):
        if kind == "xlsx":
            measure(data)
        return _workbook(data)
    if kind == "text":
        if len(data) > limits.MAX_TEXT_BYTES:
            raise limits.too_large()
        return Opened((_separated(textfile.decode(data)),))
    content = border.open_content(data, name)
    if kind == "pdf" and not any(isinstance(block, Grid) for block in content.blocks):
        content = border.open_geometry(data)
    grids = [block for block in content.blocks if isinstance(block, Grid)]
    return Opened(tuple(_of_grid(grid, f"第{place}个表格") for place, grid in enumerate(grids, start=1)))


def measure(data: bytes) -> None:
    """Refuse a workbook whose sheets are larger than a ledger before they are laid out as rectangles."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if len(package.infolist()) > limits.MAX_PACKAGE_PARTS:
                raise limits.too_large()
            for entry in package.infolist():
                if entry.flag_bits & 1:
                    raise limits.encrypted()
                name = entry.filename.replace("\\", "/").lstrip("/").lower()
                sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
                with package.open(entry) as stream:
                    _measure_part(_Bounded(stream), sheet)
    except BROKEN_ZIP as error:
        raise limits.damaged() from error
    except etree.LxmlError as error:
        raise limits.damaged() from error


class _Bounded(io.RawIOBase):
    """A stream that is refused when more comes out of it than one sheet holds."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._left = stream, MAX_SHEET_BYTES

    def read(self, size: int = -1) -> bytes:
        piece: bytes = self._stream.read(_CHUNK if size < 0 else min(size, _CHUNK))
        self._left -= len(piece)
        if self._left < 0:
            raise limits.too_large("文件解压后")
        return piece


def _measure_part(stream: _Bounded, sheet: bool) -> None:
    if not sheet:
        while stream.read():
            pass
        return
    from lxml import etree

    rows = columns = row = column = 0
    walk = etree.iterparse(
        stream, ("start", "end"), tag=("{*}row", "{*}c"), resolve_entities=False, no_network=True, load_dtd=False
    )
    for event, element in walk:
        tag = element.tag
        if event == "end":
            if tag.endswith("}row"):
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            continue
        if tag.endswith("}row"):
            number = element.get("r", "")
            row, column = int(number) if number.isdecimal() and len(number) < 9 else row + 1, 0
            rows = max(rows, row)
        else:
            place = xlsx.reference(element.get("r", ""))
            column = place[1] + 1 if place else column + 1
            rows, columns = max(rows, place[0] + 1 if place else 0), max(columns, column)
        if rows > MAX_ROWS or rows * columns > MAX_PLACES:
            raise limits.too_many_cells()


def _workbook(data: bytes) -> Opened:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    sheets: list[Sheet] = []
    hidden: list[str] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        if len(metadata) > limits.MAX_SHEETS:
            raise limits.too_large("工作簿")
        for found in metadata:
            if found.visible != SheetVisibleEnum.Visible:
                hidden.append(found.name)
                continue
            stored = workbook.get_sheet_by_name(found.name)
            # Both are the last places, counted from 0.
            rows, columns = stored.total_height + 1, stored.total_width + 1
            if rows * columns > MAX_PLACES or rows > MAX_ROWS:
                raise limits.too_many_cells()
            sheet = Sheet(found.name, stored.to_python(skip_empty_area=False))
            sheet.merge(stored.merged_cell_ranges or [])
            sheets.append(sheet)
    except PasswordError as error:
        raise limits.encrypted() from error
    except CalamineError as error:
        raise limits.damaged() from error
    said = (f"隐藏的工作表没有读取：{'、'.join(hidden)}。",) if hidden else ()
    return Opened(tuple(sheets), said)


def _of_grid(grid: Grid, name: str) -> Sheet:
    rows: list[Row] = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    sheet = Sheet(name, rows)
    sheet.merge(
        ((c.row, c.col), (c.row + c.rowspan - 1, c.col + c.colspan - 1))
        for c in grid.cells
        if c.rowspan > 1 or c.colspan > 1
    )
    return sheet


def _separated(text: str) -> Sheet:
    if not text.strip():
        raise limits.nothing_in_it()
    text = text.replace("\x00", "").removeprefix("\ufeff")
    if textfile.is_noise(text):
        raise limits.unknown_format()
    head = "\n".join(text.splitlines()[:40])
    separator = max(_SEPARATORS, key=head.count)
    if not head.count(separator):
        rows: list[Row] = [_WIDE_GAP.split(line.strip()) for line in text.splitlines()]
    else:
        try:
            rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
        except csv.Error as error:
            raise Unreadable(
                "damaged", "表格文本的引号或者分隔符不完整，无法读取。", "请用Excel或WPS打开，另存为XLSX后再试。"
            ) from error
    if len(rows) > MAX_ROWS:
        raise limits.too_many_cells()
    return Sheet("", rows)
