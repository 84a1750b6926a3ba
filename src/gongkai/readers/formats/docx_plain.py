"""The table that most Word files hold, laid out in one pass: rows of cells, each with paragraphs of runs.

Anything else (a table within, content controls, changes, a row that begins further in, more columns than a form has) is
None, and the table goes the long way; both give the same grid.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gongkai.annual.report import At
from gongkai.readers.content import GridCell
from gongkai.readers.formats.html_plain import LONGEST
from gongkai.readers.formats.tables import PLAIN_COLUMNS, cell_text

if TYPE_CHECKING:
    from lxml import etree


class _Tags(NamedTuple):
    """Names in the namespace of a document: the parts of a plain table, then what makes it none."""

    table: str
    row: str
    cell: str
    span: str
    merge: str
    paragraph: str
    text: str
    tab: str
    line: str
    carriage: str
    across: str
    before: str
    deleted: str


_NAMES = _Tags("tbl", "tr", "tc", "gridSpan", "vMerge", "p", "t", "tab", "br", "cr", "hMerge", "gridBefore", "del")


@lru_cache(maxsize=4)
def _tags(space: str) -> _Tags:
    return _Tags(*(space + name for name in _NAMES))


class _Layout:
    """The cells of a table as they come, row by row; the merged ones grow downwards."""

    def __init__(self) -> None:
        self.cells: list[GridCell] = []
        self.texts: list[list[str]] = []
        self.row, self.column, self.width, self.widest, self._begun = -1, 0, 0, 0, 0
        self._merges: dict[int, tuple[int, int]] = {}
        """By column, the cell that may be continued downwards and how many columns it spans."""

    def next_row(self) -> None:
        """A row begins."""
        self.row += 1
        self.column = self._begun = 0

    def put(self, place: str, span: int, merge: str | None, paragraphs: list[str]) -> None:
        """The next cell of the row, or more of the one above it."""
        column, row = self.column, self.row
        self.column += span
        if merge is not None and merge != "restart":
            number, width = self._merges.get(column, (0, 0))
            if width == span and self.cells[number].rowspan == row - self.cells[number].row:
                self.cells[number].rowspan += 1
                self.texts[number].extend(paragraphs)
                return
        if self._merges:
            self._merges.pop(column, None)
        if merge is not None:
            self._merges[column] = (len(self.cells), span)
        self.cells.append(GridCell("", row, column, 1, span, tuple.__new__(At, (None, None, None, place, None))))
        self.texts.append(paragraphs)
        self._begun += 1
        self.widest = max(self.widest, self._begun)
        self.width = max(self.width, self.column)

    def finished(self) -> list[GridCell] | None:
        """The cells with their texts; None where the table may only arrange a page or part its paragraphs."""
        filled = 0
        for cell, paragraphs in zip(self.cells, self.texts, strict=True):
            if paragraphs:
                cell.text = cell_text(paragraphs)
                filled += 1
                if len(cell.text) > LONGEST:
                    return None
        return self.cells if filled > 1 and self.widest > 1 and self.width <= PLAIN_COLUMNS else None


def plain_table(table: etree._Element, space: str, path: str) -> tuple[list[GridCell], int] | None:
    """The cells of a plain table and how many paragraphs it holds; None when the table is not plain."""
    tags = _tags(space)
    text_tag, paragraph_tag, cell_tag, row_tag = tags.text, tags.paragraph, tags.cell, tags.row
    layout = _Layout()
    row = cell = paragraph = merge = None
    place, number, count, span = path, 0, 0, 1
    pieces: list[str] = []
    texts: list[str] = []
    for element in table.iter(*tags):
        tag = element.tag
        if tag == text_tag:
            run = element.getparent()
            if run is None or run.getparent() is not paragraph:
                return None
            pieces.append(element.text or "")
        elif tag == paragraph_tag:
            if cell is None or element.getparent() is not cell:
                return None
            if pieces:
                _end(pieces, texts)
            paragraph = element
            count += 1
        elif tag in (cell_tag, row_tag):
            if element.getparent() is not (row if tag == cell_tag else table):
                return None
            if cell is not None:
                if pieces:
                    _end(pieces, texts)
                layout.put(f"{place}/tc[{number}]", span, merge, texts)
            paragraph, merge, span, texts = None, None, 1, []
            if tag == cell_tag:
                cell = element
                number += 1
            else:
                row, cell, number = element, None, 0
                layout.next_row()
                place = f"{path}/tr[{layout.row + 1}]"
        elif tag in (tags.span, tags.merge):
            value = element.get(space + "val")
            if not _describes(element, cell, space):
                return None
            if tag == tags.merge:
                merge = "continue" if value is None else value
            elif value is None or not value.isdecimal() or len(value) > 2:
                return None
            else:
                span = max(1, int(value))
        elif element is not table:
            return None
    if cell is not None:
        _end(pieces, texts)
        layout.put(f"{place}/tc[{number}]", span, merge, texts)
    cells = layout.finished()
    return None if cells is None else (cells, count)


def _end(pieces: list[str], texts: list[str]) -> None:
    """End a paragraph: it counts where it holds something."""
    text = "".join(pieces).replace("\xa0", " ")
    if text and not text.isspace():
        texts.append(text)
    pieces.clear()


def _describes(mark: etree._Element, cell: etree._Element | None, space: str) -> bool:
    """Whether a mark stands in the properties of this cell, not in those that it had before a change."""
    properties = mark.getparent()
    return (
        properties is not None
        and cell is not None
        and properties.getparent() is cell
        and properties.tag == space + "tcPr"
        and properties.getprevious() is None
    )
