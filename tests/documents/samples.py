"""Reports made up for the tests of the writers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gongkai.annual.forms import form
from gongkai.annual.report import Cell, Note, Report, SectionText, Source, Unsure

PROSE = "本年度，本机关扎实推进政府信息公开各项工作，目录按季度更新，专人负责核对。"


def report(edition: str = "2021", one_row_other: bool = False) -> Report:
    """A whole report: a blank cell, a refused one (2021), a note, a unit, a decrease (2019)."""
    found = form(edition)
    cells = {c.address: Cell(number % 13, str(number % 13)) for number, c in enumerate(found.cells)}
    unsure: tuple[Unsure, ...] = ()
    notes: tuple[Note, ...] = ()
    if edition == "2021":
        cells["proactive.normative_documents.in_force"] = Cell(22, "22（其中修订16件）")
        cells["proactive.charges.amount"] = Cell(Decimal("16.31"), "16.31万元", unit="万元")
        cells["proactive.licences.decisions"] = Cell(11398889, "11,398,889")
        notes = (Note("proactive.normative_documents.in_force", "其中修订16件"),)
        del cells["applications.disclosed.total"]
        unsure = (Unsure("applications.disclosed.total", "1 5", "有两种读法"),)
    else:
        cells["proactive.penalties.change"] = Cell(-4, "减4")
        cells["proactive.procurement.amount"] = Cell(251000, "251000", unit="元")
    if one_row_other:
        cells = {a: c for a, c in cells.items() if not a.startswith("applications.otherwise_closed.")}
        cells |= {f"applications.otherwise_closed.{c.key}": Cell(2, "2") for c in found.columns}
    del cells["applications.disclosed.enterprise"]
    year = 2023 if edition == "2021" else 2019
    return Report(
        Source("年报.html", "html"),
        edition=edition,
        organ="清溪县青石镇人民政府",
        year=year,
        cells=cells,
        blank=("applications.disclosed.enterprise",),
        unsure=unsure,
        notes=notes,
        preface=SectionText(f"本报告中所列数据的统计期限自{year}年1月1日至{year}年12月31日。"),
        sections={
            1: SectionText(
                f"{PROSE}\n（一）主动公开情况。全年公开政府信息150条，其中政策文件40条、财政信息60条、其他信息50条。\n"
                f"（二）依申请公开情况\n收到申请7件，均已答复。\n{PROSE * 3}"
            ),
            2: SectionText("本机关无规章制定权。"),
            3: SectionText(""),
            4: SectionText("注：复议后起诉的按最后结果统计。"),
            5: SectionText("一是更新不够及时。\n下一步，逐栏明确更新时限。"),
            6: SectionText("本年度未收取信息处理费。"),
        },
    )


def with_words(words: str, section: int = 1) -> Report:
    """The report of 2021 with other words in a chapter."""
    whole = report()
    return replace(whole, sections={**whole.sections, section: SectionText(words)})
