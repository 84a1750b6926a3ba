"""The printed file of a case: cover, table of contents (卷内目录), and the register of the seal (用印登记)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.documents.notice import chinese_date
from gongkai.documents.sheets import Cell, Line, Sheet

_LANDSCAPE = (297.0, 210.0)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of the file. `pages` is how many it has; the page it begins on follows from those before it."""

    title: str
    number: str = ""
    author: str = ""
    written_on: date | None = None
    pages: int = 1
    remark: str = ""


@dataclass(frozen=True, slots=True)
class SealUse:
    """One use of the seal."""

    used_on: date
    title: str
    number: str
    copies: int
    handler: str = ""
    approver: str = ""
    keeper: str = ""
    remark: str = ""


def file_cover(
    organ: str,
    *,
    title: str,
    number: str,
    year: int,
    retention: str,
    began_on: date | None = None,
    ended_on: date | None = None,
    papers: int = 0,
    pages: int = 0,
    compiled_by: str = "",
) -> Sheet:
    """卷宗封面: which case, of which year, how long it is kept, how many papers and pages are in it."""

    def line(label: str, text: str, height: float = 14.0) -> Line:
        return Line((Cell(label, label=True), Cell(text)), height)

    span = "至".join(chinese_date(day) for day in (began_on, ended_on) if day)
    return Sheet(
        "政府信息公开申请案卷",
        (28, 72),
        (
            line("案卷题名", title, 50),
            line("申请编号", number),
            line("年度", str(year)),
            line("起止日期", span),
            line("保管期限", retention),
            line("件数", f"{papers}件" if papers else ""),
            line("页数", f"{pages}页" if pages else ""),
            line("立卷人", compiled_by),
            line("检查人", ""),
            line("归档日期", ""),
        ),
        organ=organ,
        code=number,
        points=14,
    )


def contents_table(organ: str, number: str, papers: Sequence[Paper]) -> Sheet:
    """卷内目录: each paper with its number, author, title, day and the page it begins on."""
    heads = ("顺序号", "文号", "责任者", "题名", "日期", "页号", "备注")
    lines = [Line(tuple(Cell(head, label=True) for head in heads), 10, head=True)]
    page = 1
    for place, paper in enumerate(papers, start=1):
        day = f"{paper.written_on:%Y%m%d}" if paper.written_on else ""
        last = page + paper.pages - 1
        # The last paper says where the file ends, the others where they begin.
        where = f"{page}—{last}" if place == len(papers) and last > page else str(page)
        cells = (str(place), paper.number, paper.author, paper.title, day, where, paper.remark)
        centred = (True, False, False, False, True, True, False)
        lines.append(Line(tuple(Cell(text, centred=c) for text, c in zip(cells, centred, strict=True)), 12))
        page = last + 1
    return Sheet(
        "卷内目录", (8, 20, 15, 27, 15, 9, 8), tuple(lines), organ, (f"申请编号：{number}",), number, points=10.5
    )


def seal_register(organ: str, year: int, uses: Sequence[SealUse], least: int = 12) -> Sheet:
    """用印登记表: each use of the seal of a year; empty lines are added up to `least`."""
    heads = ("序号", "用印日期", "文书名称", "文号", "份数", "经办人", "批准人", "监印人", "备注")
    lines = [Line(tuple(Cell(head, label=True) for head in heads), 10, head=True)]
    for place, use in enumerate(uses, start=1):
        day = f"{use.used_on.month}月{use.used_on.day}日"
        cells = (
            *(str(place), day, use.title, use.number, str(use.copies)),
            *(use.handler, use.approver, use.keeper, use.remark),
        )
        lines.append(Line(tuple(Cell(text, centred=True) for text in cells)))
    lines += [Line(tuple(Cell() for _ in heads))] * max(0, least - len(uses))
    return Sheet(
        f"用印登记表（{year}年）", (6, 10, 24, 18, 7, 9, 9, 9, 8), tuple(lines), organ, size=_LANDSCAPE, points=10.5
    )
