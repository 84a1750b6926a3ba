"""The findings of many reports as one list, for Excel (.xlsx) and as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from gongkai.annual.findings import GRADES, KINDS, Finding
from gongkai.annual.forms import cell
from gongkai.documents.flow import clean
from gongkai.documents.workbook import OPTIONS

FindingRow = tuple[str, str | None, int | None, Finding]
"""The file a finding was met in, the organ and the year of the report (None: not recognised), the finding."""

COLUMNS: tuple[tuple[str, int], ...] = (
    ("文件", 24),
    ("机关", 24),
    ("年度", 8),
    ("级别", 8),
    ("类别", 14),
    ("规则", 14),
    ("问题", 48),
    ("原文", 40),
    ("位置", 24),
    ("文中为", 12),
    ("对照为", 12),
    ("涉及数据", 32),
    ("依据", 24),
    ("建议", 36),
    ("识别码", 22),
)
"""The heads of the list, and how many characters wide each column is."""

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")
_LONGEST = 32_000


def findings_csv(rows: Iterable[FindingRow]) -> bytes:
    """The list as CSV in UTF-8 with byte order mark, so that Excel and WPS show Chinese.

    Words that a spreadsheet would take for a formula get an apostrophe before them.
    """
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([head for head, _ in COLUMNS])
    for row in rows:
        writer.writerow([harmless(value) for value in _values(row)])
    return (BYTE_ORDER_MARK + held.getvalue()).encode("utf-8", errors="replace")


def findings_xlsx(rows: Iterable[FindingRow]) -> bytes:
    """The list as a workbook with filters and a head that stays in sight. Words are never written as formulas."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, OPTIONS)
    sheet = book.add_worksheet("核对结果")
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EDF4", "align": "center", "valign": "vcenter"})
    plain = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    for col, (name, width) in enumerate(COLUMNS):
        sheet.set_column(col, col, width)
        sheet.write_string(0, col, name, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for col, value in enumerate(_values(row)):
            if isinstance(value, int):
                sheet.write_number(last, col, value, plain)
            else:
                sheet.write_string(last, col, value[:_LONGEST], plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return held.getvalue()


def _values(row: FindingRow) -> list[str | int]:
    file, organ, year, finding = row
    words = (
        GRADES[finding.grade],
        KINDS[finding.kind],
        finding.id,
        finding.message,
        finding.quote or "",
        finding.where,
        finding.met,
        finding.expected,
        "；".join(_label(address) for address in finding.cells),
        finding.citation or "",
        finding.advice,
        finding.fingerprint,
    )
    return [clean(file), clean(organ or ""), year if year is not None else "", *(clean(word) for word in words)]


def _label(address: str) -> str:
    """A cell as a person names it; the address itself where no form has it."""
    try:
        return cell(address).label
    except KeyError:
        return address


def harmless(value: str | int) -> str | int:
    """A cell of a CSV file; words that a spreadsheet would take for a formula get an apostrophe before them."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value
