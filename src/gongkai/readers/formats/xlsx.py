"""XLSX from its XML: values as they are printed, merged cells as spans, hidden sheets, rows and columns left out.

Places (`At.dom`) are `Sheet1!C5`: the sheet's name and the first cell of a merged range.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from lxml import etree

from gongkai.annual.report import At
from gongkai.readers.content import Content, ContentBuilder
from gongkai.readers.formats import limits
from gongkai.readers.formats.package import Package, local
from gongkai.readers.formats.tables import Emitter, RawCell, RawTable, Words, stands_alone

_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_MOST_COLUMNS = 16_384
_PERCENT_FORMATS = frozenset({9, 10})
_DATE_FORMATS = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58})
_DATE_SIGNS = re.compile(r"yy|年|m月|d日", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

Merges = dict[tuple[int, int], tuple[int, int]]


def reference(text: str) -> tuple[int, int] | None:
    """`C5` as (row, column) from 0; None for anything else."""
    found = _REFERENCE.match(text)
    if found is None:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return (int(found.group(2)) - 1, column - 1) if column <= _MOST_COLUMNS and int(found.group(2)) else None


def column_name(column: int) -> str:
    """0 is `A`, 26 is `AA`."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def plain_number(text: str) -> str:
    """A stored number as it is printed: 3.0 is 3, 16.309999999999999 is 16.31, 24252.311082 stays."""
    try:
        value = Decimal(text)
        if not value.is_finite() or value.adjusted() > 15:
            return text
    except InvalidOperation:
        return text
    return f"{Decimal(f'{value:.15g}').normalize():f}" if value else "0"


class _Styles:
    """Which cell styles print a percentage or a day."""

    def __init__(self, package: Package) -> None:
        self._kinds: list[str] = []
        if "xl/styles.xml" not in package:
            return
        root = package.xml("xl/styles.xml")
        own = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iter() if local(e) == "numFmt"}
        for group in root:
            if local(group) == "cellXfs":
                self._kinds = [self._kind(e.get("numFmtId", "0"), own) for e in group]

    @staticmethod
    def _kind(number: str, own: dict[str, str]) -> str:
        if number in own:
            code = _QUOTED.sub("", own[number]).split(";")[0]
            dated = _DATE_SIGNS.search(own[number].split(";")[0]) is not None
            return "percent" if "%" in code else "date" if dated else ""
        key = int(number) if number.isdecimal() else 0
        return "percent" if key in _PERCENT_FORMATS else "date" if key in _DATE_FORMATS else ""

    def shown(self, text: str, style: str) -> str:
        """A stored number as its style prints it."""
        index = int(style) if style.isdecimal() else 0
        kind = self._kinds[index] if index < len(self._kinds) else ""
        try:
            if kind == "percent":
                return plain_number(str(Decimal(text) * 100)) + "%"
            if kind == "date" and 0 < float(text) < 100_000:
                day = date(1899, 12, 30) + timedelta(days=int(float(text)))
                return f"{day.year}年{day.month}月{day.day}日"
        except (InvalidOperation, ValueError):
            return text
        return plain_number(text)


def _text_of(item: etree._Element) -> str:
    """The characters of a string, without the reading aids (`rPh`) of East Asian text."""
    return "".join(
        t.text or ""
        for t in item.iter()
        if local(t) == "t" and local(t.getparent()) != "rPh"  # type: ignore[arg-type]
    )


def _shared(package: Package) -> list[str]:
    if "xl/sharedStrings.xml" not in package:
        return []
    return [_text_of(item) for item in package.xml("xl/sharedStrings.xml") if local(item) == "si"]


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    """Name and part of each visible sheet, in the order of the workbook."""
    targets = {}
    for relation in package.xml("xl/_rels/workbook.xml.rels"):
        target = relation.get("Target", "")
        targets[relation.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    count = 0
    for sheet in package.xml("xl/workbook.xml").iter():
        if local(sheet) != "sheet" or sheet.get("state", "visible") != "visible":
            continue
        key = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
        if str(targets.get(str(key), "")) in package:
            count += 1
            if count > limits.MAX_SHEETS:
                raise limits.too_large("工作簿")
            yield sheet.get("name", ""), targets[str(key)]


class _Sheet:
    """The visible cells of one sheet."""

    def __init__(self, root: etree._Element, strings: list[str], styles: _Styles) -> None:
        self.values: dict[tuple[int, int], str] = {}
        self.merges: Merges = {}
        self.hidden_columns: set[int] = set()
        self.hidden_rows: set[int] = set()
        self._strings, self._styles = strings, styles
        for part in root:
            name = local(part)
            if name == "cols":
                self._columns(part)
            elif name == "sheetData":
                self._rows(part)
            elif name == "mergeCells":
                self._merge(part)

    def _columns(self, part: etree._Element) -> None:
        for column in part:
            first, last = column.get("min", ""), column.get("max", "")
            if column.get("hidden") in ("1", "true") and first.isdecimal() and last.isdecimal():
                self.hidden_columns.update(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))

    def _rows(self, part: etree._Element) -> None:
        row = -1
        for element in part:
            number = element.get("r", "")
            row = int(number) - 1 if number.isdecimal() and len(number) < 8 else row + 1
            if element.get("hidden") in ("1", "true"):
                self.hidden_rows.add(row)
            column = -1
            for cell in element:
                place = reference(cell.get("r", ""))
                column = place[1] if place else column + 1
                text = self._value(cell)
                if text and row not in self.hidden_rows and column not in self.hidden_columns:
                    self.values[row, column] = text
            if len(self.values) > limits.MAX_CELLS:
                raise limits.too_many_cells()

    def _value(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        stored = ""
        for part in cell:
            name = local(part)
            if name == "v":
                stored = part.text or ""
            elif name == "is":
                return _text_of(part)
        if kind == "s":
            return self._strings[int(stored)] if stored.isdecimal() and int(stored) < len(self._strings) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(stored, stored)
        if kind in ("str", "e", "d", "inlineStr"):
            return stored
        return self._styles.shown(stored, cell.get("s", "0")) if stored else ""

    def _merge(self, part: etree._Element) -> None:
        for merge in part:
            first, _, last = merge.get("ref", "").partition(":")
            start, end = reference(first), reference(last)
            if len(self.merges) >= limits.MAX_MERGES:
                raise limits.too_many_cells()
            if start and end:
                self.merges[start] = (max(end[0], start[0]), max(end[1], start[1]))


def _laid_out(sheet: _Sheet, name: str) -> Iterator[list[RawCell]]:
    """Rows of the sheet that hold something, an empty one where blank rows part them; merges clipped to what is
    used, hidden rows and columns taken out of the counting.
    """
    columns = sorted({c for _, c in sheet.values})
    spanned: set[int] = set()
    for start, (_, end) in sheet.merges.items():
        if start in sheet.values:
            spanned.update(range(start[1], min(end, start[1] + limits.MAX_SPAN) + 1))
    width = [c for c in sorted(spanned | set(columns)) if c not in sheet.hidden_columns]
    place = {column: index for index, column in enumerate(width)}
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.values.items():
        by_row.setdefault(row, {})[column] = text
    rows = sorted(set(by_row) | _covered_rows(sheet))
    if len(rows) * len(width) > limits.MAX_GRID_STEPS:
        raise limits.too_many_cells()
    hidden = sorted(sheet.hidden_rows)
    previous = None
    hanging: dict[int, int] = {}
    for row in rows:
        if row in sheet.hidden_rows:
            continue
        if previous is not None and any(r not in sheet.hidden_rows for r in range(previous + 1, row)):
            yield []
        previous = row
        cells = []
        skip = -1
        for column in width:
            if column <= skip or hanging.get(column, -1) >= row:
                continue
            end_row, end_column = sheet.merges.get((row, column), (row, column))
            skip = end_column
            raw = RawCell(at=At(dom=f"{name}!{column_name(column)}{row + 1}"), col=place[column])
            inner = width[place[column] : bisect_right(width, end_column)]
            raw.colspan = max(1, len(inner))
            if end_row > row:
                end_row = min(end_row, row + limits.MAX_SPAN)
                raw.rowspan = end_row - row + 1 - (bisect_right(hidden, end_row) - bisect_right(hidden, row))
                hanging.update(dict.fromkeys(inner, end_row))
            text = by_row.get(row, {}).get(column, "")
            if text:
                raw.items.append(Words(text, raw.at))
            cells.append(raw)
        yield cells


def _covered_rows(sheet: _Sheet) -> set[int]:
    """Rows that hold no value of their own but lie under a filled merged cell."""
    rows: set[int] = set()
    for start, (end, _) in sheet.merges.items():
        if start in sheet.values:
            rows.update(range(start[0], min(end, start[0] + limits.MAX_SPAN) + 1))
    return rows


def emit_rows(emitter: Emitter, rows: Iterator[list[RawCell]]) -> None:
    """Emit a sheet's rows: blank rows part tables; what stands alone in its row above a table, as a title or heading
    or a paragraph, is a line.
    """
    piece: list[list[RawCell]] = []
    for row in rows:
        filled = [cell for cell in row if cell.items]
        lone = filled[0].text if len(filled) == 1 else ""
        if not row or (lone and stands_alone(lone) and filled[0].rowspan == 1):
            _emit_piece(emitter, piece)
            piece = []
            if row:
                emitter.items(filled[0].items)
            continue
        piece.append(row)
    _emit_piece(emitter, piece)


def _emit_piece(emitter: Emitter, rows: list[list[RawCell]]) -> None:
    """Emit one run of rows, cut to the columns it uses."""
    used = [cell for row in rows for cell in row if cell.items]
    if not used:
        return
    first = min(cell.col or 0 for cell in used)
    last = max((cell.col or 0) + cell.colspan for cell in used)
    for row in rows:
        row[:] = [c for c in row if c.items or first <= (c.col or 0) < last]
        for cell in row:
            cell.col = (cell.col or 0) - first
    emitter.table(RawTable(rows, rows[0][0].at if rows[0] else At()))


def read(data: bytes) -> Content:
    """Content of a workbook, sheet after sheet. Formulas give the value stored with them. Raises `Unreadable`."""
    package = Package(data)
    if "xl/workbook.xml" not in package or "xl/_rels/workbook.xml.rels" not in package:
        raise limits.damaged()
    strings, styles = _shared(package), _Styles(package)
    builder = ContentBuilder("xlsx")
    emitter = Emitter(builder)
    for name, part in _sheets(package):
        emit_rows(emitter, _laid_out(_Sheet(package.xml(part), strings, styles), name))
    content = builder.build()
    if not content.text.strip():
        raise limits.nothing_in_it()
    return content
