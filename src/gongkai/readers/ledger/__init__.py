"""An office's own ledger of applications, in whatever columns and words: what it says for certain, and each doubt.

A doubtful row is named and left out, never guessed; nothing else is lost: what no column of ours means is kept as a
note. `Ledger.preview` is what a person looks at before importing, `to_events` what the clock is computed from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from operator import eq
from pathlib import Path
from typing import Any

from gongkai.readers import border
from gongkai.readers.errors import Unreadable
from gongkai.readers.ledger.columns import DAYS, LABELS
from gongkai.readers.ledger.heads import Head, find_head, years_in
from gongkai.readers.ledger.rows import RowReader, shown
from gongkai.readers.ledger.sheets import Opened, Sheet, sheets_of, sheets_of_text
from gongkai.readers.ledger.values import ColumnUse, Doubt, Ledger, LedgerRow, Skipped, to_events

__all__ = [
    "LABELS",
    "ColumnUse",
    "Doubt",
    "Ledger",
    "LedgerRow",
    "Skipped",
    "read_ledger",
    "read_ledger_file",
    "read_pasted",
    "to_events",
]

_SUM = re.compile(r"(?:合|总|小|累|共)\s*计")
_SERIAL = re.compile(r"序\s*号|行号")


def read_ledger(
    data: bytes,
    name: str,
    *,
    year: int | None = None,
    today: date | None = None,
    columns: Mapping[str, str] | None = None,
) -> Ledger:
    """The ledger in the bytes of a workbook, CSV or document. Raises `Unreadable`.

    `year` is for days written without one (else the year that title or sheet name tell); `today` bounds days;
    `columns` is what a person decided on: name of a column → one of `LABELS`, empty to keep it as a note.
    """
    return _read(sheets_of(data, name), _one(years_in(name)) if year is None else year, today, columns or {})


def read_ledger_file(path: Path | str, **choices: Any) -> Ledger:
    """The ledger in a file; choices as of `read_ledger`."""
    path = Path(path)
    return read_ledger(border.read_limited(path), path.name, **choices)


def read_pasted(
    text: str, *, year: int | None = None, today: date | None = None, columns: Mapping[str, str] | None = None
) -> Ledger:
    """The ledger in text copied from a spreadsheet or a table. Raises `Unreadable`."""
    return _read(sheets_of_text(text), year, today, columns or {})


def _read(opened: Opened, year: int | None, today: date | None, chosen: Mapping[str, str]) -> Ledger:
    wrong = sorted(set(chosen.values()) - set(LABELS) - {""})
    if wrong:
        raise ValueError(f"没有这种列：{'、'.join(wrong)}")
    rows: list[LedgerRow] = []
    doubts: list[Doubt] = []
    uses: list[ColumnUse] = []
    skipped: list[Skipped] = []
    remarks = list(opened.remarks)
    years: set[int] = set()
    for sheet in opened.sheets:
        head = find_head(sheet, chosen)
        if head is None:
            if any(shown(value) for row in sheet.rows for value in row):
                remarks.append(f"{_place(sheet)}没有找到表头，没有读取。")
            continue
        uses += head.uses(sheet.name)
        remarks += [_place(sheet) + said if sheet.name else said for said in head.assumed]
        told = _one(head.years) or year
        reader = RowReader(sheet.name, head, today, told)
        _rows(sheet, head, reader, rows, doubts, skipped)
        years |= head.years | ({reader.year} if reader.year else set())
        if reader.third_party_assumed:
            remarks.append("征求意见没有写明对象的，按征求第三方意见登记，请核实。")
    if not uses:
        raise Unreadable(
            "no_ledger",
            "没有找到台账的表头：至少要有“收到日期”一列。",
            "请保留列名一行（如登记编号、申请人、收到日期、申请内容、答复日期），列的顺序和多少不限。",
        )
    if not any(use.meaning == "received_on" for use in uses):
        remarks.append("没有找到“收到日期”一列，各行都不能计算期限。")
    rows, doubts = _once(rows, doubts, skipped)
    return Ledger(
        tuple(rows), tuple(doubts), tuple(uses), tuple(skipped), tuple(dict.fromkeys(remarks)), tuple(sorted(years))
    )


def _one(years: frozenset[int]) -> int | None:
    return next(iter(years)) if len(years) == 1 else None


def _place(sheet: Sheet) -> str:
    return f"工作表“{sheet.name}”" if sheet.name else "表格"


def _rows(
    sheet: Sheet,
    head: Head,
    reader: RowReader,
    rows: list[LedgerRow],
    doubts: list[Doubt],
    skipped: list[Skipped],
) -> None:
    names = [column.name for column in head.columns]
    for row in range(head.top + head.depth, len(sheet.rows)):
        stored = sheet.rows[row]
        filled = [column for column, value in enumerate(stored) if value != "" and shown(value)]
        if all(_SERIAL.fullmatch(names[column]) for column in filled):
            continue  # an empty line, or one that was only numbered in advance
        why = _no_application(sheet, row, filled, head)
        if why:
            skipped.append(Skipped(sheet.name, row + 1, why))
            told = _one(years_in(shown(stored[filled[0]]))) if len(filled) == 1 else None
            reader.year = told or reader.year
            continue
        found = reader.read(row + 1, lambda column, row=row: _value(sheet, row, column))  # type: ignore[misc]
        if isinstance(found, LedgerRow):
            rows.append(found)
        else:
            doubts += found


def _value(sheet: Sheet, row: int, column: int) -> Any:
    """What stands in a place; a cell merged over several rows stands in each of them."""
    anchor = sheet.merged.get((row, column))
    return sheet.at(*anchor) if anchor and anchor[1] == column else sheet.at(row, column)


def _no_application(sheet: Sheet, row: int, filled: list[int], head: Head) -> str:
    texts = [shown(sheet.at(row, column)) for column in filled]
    if _SUM.match(texts[0]):
        return "合计行"
    names = [head.columns[column].name for column in filled]
    if sum(map(eq, texts, names)) * 2 > len(filled):
        return "重复的表头"
    alone = len(filled) == 1 and head.columns[filled[0]].meaning not in DAYS
    if alone and not any(sheet.merged.get((row, column), (row, 0))[0] < row for column in range(sheet.width)):
        return f"只有“{texts[0][:30]}”，不是申请"
    return ""


def _once(rows: list[LedgerRow], doubts: list[Doubt], skipped: list[Skipped]) -> tuple[list[LedgerRow], list[Doubt]]:
    """The same row twice is read once; one number on two different rows makes both doubtful."""
    by_key: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    out: set[int] = set()
    for same in by_key.values():
        first, *others = same
        alike = [row for row in others if _bare(row) == _bare(first)]
        differing = [row for row in others if _bare(row) != _bare(first)]
        for row in alike:
            out.add(id(row))
            skipped.append(Skipped(row.sheet, row.line, f"与第{first.line}行完全相同"))
        for row in (first, *differing) if differing else ():
            out.add(id(row))
            place = differing[0] if row is first else first
            met = row.number or row.content
            doubts.append(Doubt(row.sheet, row.line, LABELS["number"], met[:80], f"与第{place.line}行重复，内容不同"))
    if out:
        rows = [row for row in rows if id(row) not in out]
    return rows, doubts


def _bare(row: LedgerRow) -> LedgerRow:
    return replace(row, sheet="", line=0, notes=())
