"""What a report leaves out: cells left blank, the information-processing fee, the last chapter, improvements."""

from __future__ import annotations

import re

from gongkai.annual.findings import Finding
from gongkai.annual.forms import cell
from gongkai.annual.passages import ORDINALS, found_in, near, passages
from gongkai.annual.report import Report
from gongkai.annual.rules import Rule

BLANK = Rule(
    "S-BLANK",
    "missing_cell",
    "doubt",
    "表格中有空白或者只写“/”“—”“无”的数据格",
    advice="没有发生的填“0”；空白不等于零，相关合计无法核对。",
)
BLANK_TABLE = Rule(
    "S-BLANK-TABLE",
    "missing_cell",
    "doubt",
    "表格只有格式没有数据",
    advice="如为空白模板，请填写后再报送。",
)
FEE = Rule(
    "S-FEE",
    "missing_section",
    "doubt",
    "2021年度及以后的报告第六部分未说明信息处理费收取情况",
    advice="按2021年版格式的通行做法，没有收取的也写明“未收取信息处理费”。此项为工作惯例提示，不是法律规定。",
)
LAST = Rule(
    "S-LAST",
    "missing_section",
    "doubt",
    "前五个部分齐全而没有第六部分“其他需要报告的事项”",
    advice="没有其他事项的，保留标题并写明“无”。",
)
IMPROVEMENT = Rule(
    "S-IMPROVEMENT",
    "missing_section",
    "note",
    "第五部分只写了存在的问题，没有写改进情况",
    advice="建议补写改进措施。",
)
RULES = (BLANK, BLANK_TABLE, FEE, LAST, IMPROVEMENT)

_PREFIX = {2: "proactive.", 3: "applications.", 4: "disputes."}
_PROBLEMS = re.compile("问题|不足|短板|差距|薄弱")
_REMEDY = re.compile("改进|下一步|措施|加强|整改|今后|完善|提升|提高|优化|将|强化")
_FEE = re.compile("处理费|收费|收取[^。，]{0,8}费")


def check_blank(report: Report) -> list[Finding]:
    """Blank cells of tables that hold figures, in one finding; tables without any figure, in another."""
    # A table whose heads close the document lost its figures with the end of the file.
    last = max((h.number for h in report.headings if h.number is not None), default=0)
    empty = [n for n, prefix in _PREFIX.items() if _all_blank(report, prefix)]
    lost = tuple(_PREFIX[n] for n in empty if n >= last)
    empty = [n for n in empty if n < last]
    findings = []
    if empty:
        addresses = tuple(a for n in empty for a in report.blank if a.startswith(_PREFIX[n]))
        said = "、".join(ORDINALS[n - 1] for n in empty)
        findings.append(
            BLANK_TABLE.finding(
                f"第{said}部分的表格没有填写数据，请核实。",
                cells=addresses,
                met="空白",
                expected="数据",
            )
        )
    passed_over = (*(_PREFIX[n] for n in empty), *lost)
    rest = tuple(a for a in report.blank if not a.startswith(passed_over))
    if rest:
        named = "、".join(f"“{cell(a).label}”" for a in rest[:3]) + ("等" if len(rest) > 3 else "")
        findings.append(
            BLANK.finding(
                f"表格中有{len(rest)}格没有数字：{named}，请核实。",
                cells=rest,
                met="空白",
                expected="数字（没有的填0）",
            )
        )
    return findings


def _all_blank(report: Report, prefix: str) -> bool:
    own = [a for a in report.blank if a.startswith(prefix)]
    return len(own) > 2 and not any(a.startswith(prefix) for a in report.cells)


def check_fee(report: Report) -> list[Finding]:
    """The information-processing fee in chapter six, asked for only from reports for 2021 on."""
    section = report.sections.get(6)
    if report.year is None or report.year < 2021 or section is None:
        return []
    words = passages(report)
    if any(_FEE.search(p.words.text) for p in words):
        return []
    passage = next((p for p in words if p.chapter == 6), None)
    message = "第六部分没有提到信息处理费的收取情况，请核实是否漏写。"
    if passage:
        start, end = near(passage, 0, min(1, len(passage.words.text)))
        return [found_in(passage, FEE, start, end, message)]
    heading = next((h for h in report.headings if h.number == 6), None)
    if heading is None:
        return []
    quote = report.text[slice(*heading.at.chars)] if heading.at.chars else heading.text
    return [FEE.finding(message, quote=quote, at=heading.at, where=heading.where)]


def check_last_chapter(report: Report) -> list[Finding]:
    """Chapter six where one to five stand whole and the words end with a stop: then nothing was cut off."""
    numbers = {h.number for h in report.headings}
    section = report.sections.get(5)
    if 6 in numbers or not {1, 5} <= numbers or section is None or report.tables.get(4) != "whole":
        return []
    if not section.text.rstrip().endswith(("。", "！", ".")):
        return []
    return [LAST.finding("没有见到“六、其他需要报告的事项”，请核实。", expected="六、其他需要报告的事项")]


def check_improvement(report: Report) -> list[Finding]:
    """Problems and improvements both belong into chapter five."""
    if not any(h.number == 6 for h in report.headings):
        return []  # the chapter may go on where the document ends
    for passage in passages(report):
        text = passage.words.text
        if passage.chapter == 5 and _PROBLEMS.search(text) and not _REMEDY.search(text):
            return [IMPROVEMENT.finding("第五部分似只写了存在的问题，没有写改进情况。", where=passage.where)]
    return []


CHECKS = (check_blank, check_fee, check_last_chapter, check_improvement)
