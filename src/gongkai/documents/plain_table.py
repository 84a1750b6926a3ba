"""A plain table as an XLSX or CSV file: words stay words, days are days, and nothing in a cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from gongkai.documents.findings import BYTE_ORDER_MARK, harmless

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)

Cell = str | int | Decimal | date | None


def table(title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]], *, dated: bool = True) -> bytes:
    """One sheet, set up to be printed: heads with their widths, then the rows.

    Not `dated`: the same bytes for the same rows, so that an export that changed nothing writes nothing.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**OPTIONS, "default_date_format": "yyyy-mm-dd"})
    if not dated:
        book.set_properties({"created": _MADE})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, (head, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, cell)
            elif isinstance(cell, int | Decimal):
                sheet.write_number(line, column, float(cell))
            elif cell:
                sheet.write_string(line, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def csv_table(heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The same as CSV in UTF-8 with byte order mark, so that Excel and WPS show Chinese."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([head for head, _ in heads])
    for row in rows:
        writer.writerow([harmless("" if cell is None else str(cell)) for cell in row])
    return (BYTE_ORDER_MARK + held.getvalue()).encode("utf-8", errors="replace")
