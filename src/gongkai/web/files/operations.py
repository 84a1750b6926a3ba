"""What the worker can do with a file: read a report, check it, draw a page, list a sheet. No Django in here."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gongkai.annual.identities import Relation
from gongkai.annual.report import Report
from gongkai.web.files.patrol_operations import walkresult
from gongkai.web.files.photo_operations import photo
from gongkai.web.files.site_operations import sitelist, sitepage, siterows
from gongkai.web.files.template_operations import template_choose, template_fill, template_layout, template_moved

Answer = tuple[dict[str, Any], bytes]
SHEET_ROWS, SHEET_COLUMNS = 3000, 12
GRID_ROWS, GRID_COLUMNS = 50_000, 80
PAGE_PIXELS = 1400


def _restored(data: dict[str, Any]) -> Report:
    """A report with what its JSON leaves out: the flow text and how each cell was placed."""
    report = Report.from_json(data["report"])
    says = data.get("says") or {}
    cells = {a: c._replace(says=tuple(says[a])) if a in says else c for a, c in report.cells.items()}
    return replace(report, text=data.get("text", ""), cells=cells)


def read(head: dict[str, Any], data: bytes) -> Answer:
    """Read a report: `{"report", "text", "says", "pages"}`, or `{"error"}` when it is unreadable."""
    from gongkai.readers import read_bytes
    from gongkai.readers.errors import Unreadable

    try:
        report = read_bytes(data, head["name"])
    except Unreadable as error:
        return {"error": error.to_json()}, b""
    says = {address: list(cell.says) for address, cell in report.cells.items() if cell.says}
    pages = _page_sizes(data) if report.source.format == "pdf" else []
    return {"report": report.to_json(), "text": report.text, "says": says, "pages": pages}, b""


def check(head: dict[str, Any], data: bytes) -> Answer:
    """Check a report against itself and the year before."""
    from gongkai.annual.check import check as check_report

    previous = _restored(head["previous"]) if head.get("previous") else None
    current = _restored(head["current"])
    checked = check_report(current, previous)
    values = {a: c.value for a, c in current.cells.items()}
    before = {a: c.value for a, c in previous.cells.items()} if previous else None
    relations = [_relation(judged.relation, judged.verdict, values, before) for judged in checked.relations]
    return {
        "findings": [f.to_json() for f in checked.findings],
        "verdicts": checked.verdicts,
        "relations": relations,
    }, b""


_SIGNS = {
    ("=", "holds"): "=",
    ("=", "broken"): "≠",
    (">=", "holds"): "≥",
    (">=", "broken"): "<",
    ("<=", "holds"): "≤",
    ("<=", "broken"): ">",
}


def _relation(
    relation: Relation, verdict: str, values: dict[str, Any], before: dict[str, Any] | None
) -> dict[str, Any]:
    """A relation as the page shows it: what it says, where, with which numbers."""
    left, right = relation.met(values, before)
    sign = _SIGNS.get((relation.operator, verdict), "")
    return {
        "id": relation.id,
        "says": relation.says,
        "place": relation.place,
        "verdict": verdict,
        "met": f"{left} {sign} {right}" if sign else "",
        "cells": list(relation.cells),
    }


def _page_sizes(data: bytes) -> list[list[float]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [[round(n, 1) for n in document[i].get_size()] for i in range(min(len(document), 300))]
    finally:
        document.close()


def page(head: dict[str, Any], data: bytes) -> Answer:
    """The picture of one page (number from 1) of a PDF as PNG, at most PAGE_PIXELS wide or high."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        number = int(head["number"])
        if not 1 <= number <= len(document):
            return {"found": False}, b""
        sheet = document[number - 1]
        picture = sheet.render(scale=min(2.0, PAGE_PIXELS / max(*sheet.get_size(), 1.0)))
        out = io.BytesIO()
        picture.to_pil().save(out, "PNG", optimize=False)
        return {"found": True}, out.getvalue()
    finally:
        document.close()


def rows(head: dict[str, Any], data: bytes) -> Answer:
    """The first sheet of a workbook as rows of text, within bounds."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if not book.sheet_names:
        return {"rows": []}, b""
    sheet = book.get_sheet_by_index(0)
    found = []
    for index, row in enumerate(sheet.iter_rows()):
        if index >= SHEET_ROWS:
            break
        found.append([str(value) for value in list(row)[: head.get("columns", SHEET_COLUMNS)]])
    return {"rows": found}, b""


def grid(head: dict[str, Any], data: bytes) -> Answer:
    """The first sheet with two rows, whatever the format, as rows of text with days as 2026-03-02; or `{"error"}`."""
    from datetime import date, datetime

    from gongkai.readers.errors import Unreadable
    from gongkai.readers.ledger.sheets import sheets_of

    def says(value: Any) -> str:
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value)

    try:
        opened = sheets_of(data, head["name"])
    except Unreadable as error:
        return {"error": error.to_json()}, b""
    sheet = next((each for each in opened.sheets if len(each.rows) > 1), None)
    found = sheet.rows[:GRID_ROWS] if sheet else []
    return {"rows": [[says(value) for value in row[:GRID_COLUMNS]] for row in found]}, b""


def sheets(head: dict[str, Any], data: bytes) -> Answer:
    """Every visible sheet of a table file as stored: words, numbers, days as `{"day"}`; or `{"error"}`."""
    from datetime import date, datetime

    from gongkai.readers.errors import Unreadable
    from gongkai.readers.ledger.sheets import sheets_of, sheets_of_text

    def told(value: Any) -> Any:
        if isinstance(value, datetime | date):
            return {"day": value.isoformat()[:10]}
        return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)

    try:
        found = sheets_of(data, head["name"]) if head.get("name") else sheets_of_text(data.decode())
    except Unreadable as error:
        return {"error": error.to_json()}, b""
    rows, columns = head.get("rows", SHEET_ROWS), head.get("columns", 60)
    return {
        "sheets": [
            {
                "name": sheet.name,
                "rows": [[told(value) for value in row[:columns]] for row in sheet.rows[:rows]],
                "more": max(len(sheet.rows) - rows, 0),
            }
            for sheet in found.sheets
        ],
        "remarks": list(found.remarks),
    }, b""


def comments(head: dict[str, Any], data: bytes) -> Answer:
    """The sender's DOCX with a comment at each finding; `{"refused"}` when the file takes none."""
    from datetime import datetime

    from gongkai.annual.findings import Finding
    from gongkai.annual.report import At
    from gongkai.documents.returned import NotWord, comment_docx

    findings = [
        Finding(
            **{
                **{k: v for k, v in f.items() if k != "fingerprint"},
                "cells": tuple(f["cells"]),
                "at": At.from_json(f["at"]),
            }
        )
        for f in head["findings"]
    ]
    try:
        written_at = datetime.fromisoformat(head["written_at"])
        return {}, comment_docx(data, _restored(head["current"]), findings, written_at=written_at)
    except NotWord as error:
        return {"refused": str(error)}, b""


def write(head: dict[str, Any], data: bytes) -> Answer:
    """The report in one format."""
    from gongkai.documents import write as write_report

    return {}, write_report(_restored(head["current"]), head["format"])


def ledger(head: dict[str, Any], data: bytes) -> Answer:
    """An office's ledger of applications: what was read for certain, each doubt, or `{"error"}`."""
    from datetime import date

    from gongkai.readers.errors import Unreadable
    from gongkai.readers.ledger import read_ledger, read_pasted

    choices: dict[str, Any] = {
        "year": head.get("year"),
        "today": date.fromisoformat(head["today"]),
        "columns": head.get("columns"),
    }
    try:
        name = head.get("name", "")
        found = read_ledger(data, name, **choices) if name else read_pasted(data.decode(), **choices)
    except Unreadable as error:
        return {"error": error.to_json()}, b""
    return {**found.preview(limit=0), "rows": [{**row.to_json(), "key": row.key} for row in found.rows]}, b""


def catalogues(head: dict[str, Any], data: bytes) -> Answer:
    """The standard catalogues in a file: their lines, those refused with their cells; or `{"error"}`."""
    from dataclasses import asdict

    from gongkai.readers.catalogues import read_catalogues
    from gongkai.readers.errors import Unreadable

    try:
        tables = read_catalogues(head["name"], data)
    except Unreadable as error:
        return {"error": error.to_json()}, b""
    return {"tables": [asdict(table) for table in tables]}, b""


def inspect(head: dict[str, Any], data: bytes) -> Answer:
    """Whether an attachment may be taken, and whether it bears a classification mark."""
    from gongkai.readers.errors import Unreadable
    from gongkai.readers.uploads import inspect as inspect_upload

    try:
        facts = inspect_upload(head["name"], data)
    except Unreadable as error:
        return {"error": error.to_json()}, b""
    return {"marked": bool(facts.marks), "kind": facts.kind, "searched": facts.searched}, b""


def words(head: dict[str, Any], data: bytes) -> Answer:
    """The words of a file, for search; `unread` says why there are none."""
    from gongkai.readers import border
    from gongkai.readers.errors import Unreadable

    try:
        return {"text": border.open_content(data, head["name"]).text}, b""
    except Unreadable as error:
        return {"text": "", "unread": str(error.to_json().get("message", ""))}, b""


def precheck(head: dict[str, Any], data: bytes) -> Answer:
    """The hints on a file, or a text (`text`), before it goes out, against the office's own lists in the data folder."""
    from pathlib import Path

    from gongkai.readers.errors import Unreadable
    from gongkai.readers.precheck import Lists, precheck_text
    from gongkai.readers.precheck import precheck as look
    from gongkai.readers.precheck.lists import FOLDER

    lists, troubles = Lists.of_folder(Path(os.environ.get("GONGKAI_DATA") or "data").expanduser() / FOLDER)
    try:
        found = precheck_text(data.decode(), lists) if head.get("text") else look(head["name"], data, lists)
        return {**found.to_json(), "troubles": list(troubles)}, b""
    except Unreadable as error:
        return {"error": error.to_json()}, b""


def prechecks(head: dict[str, Any], data: bytes) -> Answer:
    """The hints on several texts, a JSON list of them, each as `precheck` gives them."""
    import json

    return {"found": [precheck({"text": True}, text.encode())[0] for text in json.loads(data)]}, b""


def article(head: dict[str, Any], data: bytes) -> Answer:
    """A Word file as an article: its title, its HTML, what was left out; or `{"error"}`."""
    from gongkai.readers.articles import read_article
    from gongkai.readers.errors import Unreadable

    try:
        found = read_article(head["name"], data)
    except Unreadable as error:
        return {"error": error.to_json()}, b""
    return {"title": found.title, "html": found.html, "left_out": list(found.left_out)}, b""


def leaves(head: dict[str, Any], data: bytes) -> Answer:
    """Width and height of each page in points, of a file to be redacted; `{"refused"}` for one that cannot be."""
    from gongkai.documents.redaction import NotRedacted, page_sizes

    try:
        return {"sizes": [list(size) for size in page_sizes(data)]}, b""
    except NotRedacted as error:
        return {"refused": str(error)}, b""


def leaf(head: dict[str, Any], data: bytes) -> Answer:
    """The picture of one page of a file to be redacted, for a person to draw on."""
    from gongkai.documents.redaction import NotRedacted, page_picture

    try:
        return {}, page_picture(data, int(head["number"]))
    except NotRedacted as error:
        return {"refused": str(error)}, b""


def redact(head: dict[str, Any], data: bytes) -> Answer:
    """The file as pictures with its boxes blackened: each box is page, left, top, right, bottom in points."""
    from gongkai.documents.redaction import Box, NotRedacted
    from gongkai.documents.redaction import redact as redacted

    try:
        made = redacted(data, [Box(*box) for box in head["boxes"]], seconds=head["within"])
    except NotRedacted as error:
        return {"refused": str(error)}, b""
    return {"pages": made.pages, "boxes": made.boxes}, made.data


ALL: dict[str, Callable[[dict[str, Any], bytes], Answer]] = {
    "read": read,
    "check": check,
    "page": page,
    "rows": rows,
    "sheets": sheets,
    "comments": comments,
    "write": write,
    "ledger": ledger,
    "catalogues": catalogues,
    "grid": grid,
    "inspect": inspect,
    "words": words,
    "article": article,
    "precheck": precheck,
    "prechecks": prechecks,
    "sitepage": sitepage,
    "sitelist": sitelist,
    "siterows": siterows,
    "walkresult": walkresult,
    "photo": photo,
    "template_layout": template_layout,
    "template_choose": template_choose,
    "template_moved": template_moved,
    "template_fill": template_fill,
    "leaves": leaves,
    "leaf": leaf,
    "redact": redact,
}
