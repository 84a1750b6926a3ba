"""The sentence that opens the county's report and states of what its figures are the sum. Pure.

It stands in every format and is read back with the words: a file that has it is known for what it is.
"""

from __future__ import annotations

from gongkai.annual.report import COUNTY, OWN, SCOPES, Report
from gongkai.annual.rollup import RolledUp

BEGINS = "统计范围：本报告的数据为全县汇总，计入"


def opening(rolled: RolledUp) -> str:
    """Whose figures are added up, and how many are not there."""
    missing = len(rolled.reporters) - len(rolled.counted)
    said = f"{BEGINS}{len(rolled.counted)}个机关"
    return f"{said}；另有{missing}个机关没有数据，没有计入。" if missing else f"{said}。"


def states_county(report: Report) -> bool:
    """Whether a report says of itself that it is the sum of a county."""
    return report.preface is not None and BEGINS in "".join(report.preface.text.split())


def scope_stated(report: Report) -> str:
    """Of what a report itself says that its figures are; empty where it does not say."""
    if states_county(report):
        return COUNTY
    return report.scope if report.scope in SCOPES else ""


def scope_counted(said: str, *, government: bool) -> str:
    """Of what the figures of a report count: as somebody said, else those of its organ.

    A government has two reports of a year, its own and its county's: where nobody said which of them a file is, it is
    empty, and the file counts as neither.
    """
    return said or ("" if government else OWN)
