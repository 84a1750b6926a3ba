"""The report on an old site as a workbook: a line for each page, what was read of it and what was not."""

from __future__ import annotations

from gongkai.documents.plain_table import Cell, table
from gongkai.web.cms.models import Migration
from gongkai.web.cms.selectors.migration import lines

_HEADS = (
    ("网页", 44), ("情况", 14), ("名称", 50), ("索引号", 28), ("发文字号", 22), ("机关", 24), ("成文日期", 12), ("发布日期", 12),
    ("种类", 14), ("正文字数", 10), ("附件和图片", 10), ("疑似个人信息", 12), ("没有读出的和要核对的", 60),
)  # fmt: skip


def workbook(migration: Migration) -> bytes:
    """Every page in its order."""
    rows: list[tuple[Cell, ...]] = []
    for line in lines(migration, limit=50_000):
        row, told = line.row, line.row.understood
        said = told.get("metadata", {})
        rows.append(
            (
                row.name, line.state, row.title, said.get("index_number", ""), said.get("document_number", ""), line.organ,
                told.get("written_on", ""), told.get("published_on", ""), line.kind, row.characters, row.files, row.hints,
                "；".join(line.said),
            )
        )  # fmt: skip
    return table("迁入报告", _HEADS, rows, dated=False)
