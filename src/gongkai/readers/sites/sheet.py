"""An old site as a spreadsheet of metadata: a row for each entry, columns named as sites name them."""

from __future__ import annotations

import html
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, cast

from gongkai.readers.border import guarded
from gongkai.readers.errors import Unreadable
from gongkai.readers.ledger.sheets import Sheet, sheets_of
from gongkai.readers.sites.labels import day_of, meaning_of
from gongkai.readers.sites.listing import cell_words

MOST_ROWS = 20_000
_NO_HEAD = Unreadable(
    "no_head",
    "没有找到“标题”或者“名称”一栏。",
    "请在表格的前十行内写明表头，例如：索引号、标题、文号、发布机构、成文日期、正文。",
)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One row: where it stands, and what it says of an entry."""

    place: str
    title: str
    html: str
    metadata: dict[str, str]
    written_on: date | None
    published_on: date | None
    files: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, for another process."""
        days = {
            name: day.isoformat() if (day := getattr(self, name)) else "" for name in ("written_on", "published_on")
        }
        return asdict(self) | days


def read_entries(data: bytes, name: str) -> tuple[list[SheetEntry], tuple[str, ...]]:
    """The entries of a spreadsheet, and the heads of columns that were not understood.

    Raises `Unreadable`, and nothing else, whatever the bytes are.
    """
    return cast(tuple[list[SheetEntry], tuple[str, ...]], guarded(lambda: cast(Any, _read(data, name))))


def _read(data: bytes, name: str) -> tuple[list[SheetEntry], tuple[str, ...]]:
    found: list[SheetEntry] = []
    strange: dict[str, None] = {}
    for sheet in sheets_of(data, name).sheets:
        top = next((n for n, row in enumerate(sheet.rows[:10]) if "title" in _keys(row)), None)
        if top is None:
            continue
        strange |= {said: None for cell in sheet.rows[top] if (said := cell_words(cell)) and not meaning_of(said)}
        found += _entries(sheet, top)
        if len(found) > MOST_ROWS:
            raise Unreadable("too_large", f"表格超过{MOST_ROWS}行。", "请分成几个表格分别迁入。")
    if not found:
        raise _NO_HEAD
    return found, tuple(strange)


def _keys(row: list[Any]) -> list[str]:
    return [meaning_of(cell_words(cell)) for cell in row]


def _entries(sheet: Sheet, top: int) -> list[SheetEntry]:
    keys = _keys(sheet.rows[top])
    found = []
    for line, row in enumerate(sheet.rows[top + 1 :], start=top + 2):
        told: dict[str, str] = {}
        for key, cell in zip(keys, row, strict=False):
            words = str(cell).strip() if key == "body" and isinstance(cell, str) else cell_words(cell)
            if key and words:
                told.setdefault(key, words)
        if not told:
            continue
        body = "".join(
            f"<p>{html.escape(part.strip())}</p>" for part in told.pop("body", "").splitlines() if part.strip()
        )
        files = tuple(part.strip() for part in told.pop("files", "").replace("；", ";").split(";") if part.strip())
        days = (day_of(told.get("written_on", "")), day_of(told.get("published_on", "")))
        found.append(SheetEntry(f"{sheet.name}第{line}行", told.get("title", "")[:200], body, told, *days, files))
    return found
