"""The workbook of the city in the demonstration, drawn once: where which figure of the county goes."""

from __future__ import annotations

import io

from openpyxl import Workbook

from gongkai.web.audit.services import Audit
from gongkai.web.collection.services import templates
from gongkai.web.organs.models import County

_ROWS = (
    ("规范性文件制发件数", "proactive.normative_documents.issued"),
    ("行政许可件数", "proactive.licences.decisions"),
    ("行政处罚件数", "proactive.penalties.decisions"),
    ("收到申请", "applications.received.total"),
    ("上年结转", "applications.brought_forward.total"),
    ("予以公开", "applications.disclosed.total"),
    ("部分公开", "applications.disclosed_in_part.total"),
    ("办结", "applications.concluded.total"),
    ("结转下年", "applications.carried_forward.total"),
    ("行政复议", "disputes.reconsideration.total"),
)
SHEET, NAME = "汇总表", "青河市政务公开数据汇总表"


def load_collection(county: County, audit: Audit) -> None:
    """Take the workbook in and say where its figures go."""
    template = templates.add(audit=audit, name=NAME, file_name=f"{NAME}.xlsx", data=_book())
    for line, (_, address) in enumerate(_ROWS, start=3):
        templates.place(
            audit=audit, template=template, seen=line - 2, sheet=SHEET, cell=f"B{line}", addresses=[address], columns=1
        )


def _book() -> bytes:
    book = Workbook()
    page = book.active
    page.title = SHEET
    page.append([NAME])
    page.append(["项目", "本年", "备注"])
    for name, _ in _ROWS:
        page.append([name, None, None])
    page.column_dimensions["A"].width = 28
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
