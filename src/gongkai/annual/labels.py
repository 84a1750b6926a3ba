"""Labels of the tables that are not the form's words, the single row 其他处理, and units.

What a page, a column or a pair of brackets did to a label (cut, shortened, explained) is no fault; a character changed
or lost inside it is. A character that only sounds alike (行政事业型收费) or a particle that is missing (属行政查询事项)
leaves no doubt about what is meant and is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache

from gongkai.annual.findings import Finding
from gongkai.annual.forms import EDITIONS, cell, form
from gongkai.annual.passages import found_in, placed, whole
from gongkai.annual.report import NOWHERE, At, LabelSeen, Report
from gongkai.annual.rules import Rule
from gongkai.text.flow import squeezed
from gongkai.text.normal import fold

LABEL = Rule(
    "S-LABEL",
    "wording",
    "doubt",
    "表格的项目名称改了字或者漏了字",
    advice="请改回报告格式的原文。",
)
LABEL_ALIKE = Rule(
    "S-LABEL-ALIKE",
    "wording",
    "note",
    "表格的项目名称有音近字、通用字或者少了不改变意思的字",
    advice="可改回报告格式的原文。",
)
OTHER_ROW = Rule(
    "S-OTHER-ROW",
    "structure",
    "doubt",
    "2021年度及以后的报告“（六）其他处理”只有一行",
    advice="2021年版格式此处分为三行（逾期不补正、逾期不缴费、其他），请分别填报。",
)
UNIT = Rule(
    "S-UNIT",
    "unit",
    "doubt",
    "金额在格内另写了单位，与表头不同或者表头没有单位",
    advice="请按表头单位填写数字；表头没有单位的，请说明单位。",
)
MAGNITUDE = Rule(
    "S-MAGNITUDE",
    "unit",
    "note",
    "以万元为单位的金额特别大，似按元填写",
    advice="请核对单位是否为万元。",
)
RULES = (LABEL, LABEL_ALIKE, OTHER_ROW, UNIT, MAGNITUDE)

_SIGNS = re.compile(r"[\s、，。:：.()\[\]“”\"'·|#*/\-A-Za-z]")
_NUMBERED = re.compile(r"^(?:[(]?[一二三四五六七八九十][)、.]|\d{1,2}[、.．]?)+")
_BRACKETED = re.compile(r"\([^()]*\)")
# Characters that are put for one another because they sound or look alike.
_ALIKE = tuple(
    frozenset(pair)
    for pair in (
        "性型",
        "性形",
        "他它",
        "分份",
        "消销",
        "制治",
        "制置",
        "账帐",
        "需须",
        "的得",
        "的地",
        "做作",
        "象像",
        "采釆",
        "研硏",
        "未末",
        "制製",
    )
)
# What may be missing without a change of meaning: 属行政查询事项, 行政事业收费, 上年度结转.
_PARTICLES = frozenset({"于", "性", "的", "度", "本", "要", "相关", "政府", "相关政府"})
_ALONE = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{4}(?![\u4e00-\u9fff])")
_UNITS = re.compile(r"[十百千]?[亿万]?元")
_LARGE = Decimal(1_000_000)  # 万元: a hundred billion yuan a year from one organ's charges


def check_labels(report: Report) -> list[Finding]:
    """Altered labels, each pair of official and printed words once, with how often it stands."""
    pairs: dict[tuple[str, str], list[LabelSeen]] = {}
    told = {label.expected for label in report.labels}
    for label in (*report.labels, *(seen for seen in _altered_results(report) if seen.expected not in told)):
        pairs.setdefault((label.expected, _bare(label.met)), []).append(label)
    return [f for seen in pairs.values() if (f := _label(seen, report))]


def _altered_results(report: Report) -> Iterator[LabelSeen]:
    """The four-character heads of table 四 with one character changed, where they stand alone (结果维护)."""
    chapter = next((h for h in report.headings if h.number == 4), None)
    if chapter is None or not chapter.at.chars:
        return
    after = next((h for h in report.headings if h.number == 5 and h.at.chars), None)
    end = after.at.chars[0] if after and after.at.chars else len(report.text)
    start = chapter.at.chars[1]
    text = fold(report.text[start:end])
    heads = {c.label for edition in EDITIONS for c in form(edition).results}
    for match in _ALONE.finditer(text):
        near = [h for h in heads if len(h) == 4 and sum(a != b for a, b in zip(h, match[0], strict=True)) == 1]
        if match[0] not in heads and near:
            chars = (start + match.start(), start + match.end())
            yield LabelSeen(near[0], match[0], placed(At(chars=chars), report.text))


def _label(seen: list[LabelSeen], report: Report) -> Finding | None:
    first = seen[0]
    rule = _judged(first.expected, first.met)
    if rule is None:
        return None
    at, quote = _printed(first, report)
    times = f"（共{len(seen)}处）" if len(seen) > 1 else ""
    cells = tuple(dict.fromkeys(a for label in seen for a in label.addresses))
    return rule.finding(
        f"项目名称写作“{first.met.strip()}”{times}，报告格式为“{first.expected}”，请核实。",
        quote=quote,
        at=at,
        where=first.where or (f"第{at.line}行" if at.line else ""),
        met=first.met.strip(),
        expected=first.expected,
        cells=cells if len(cells) <= 7 else (),
    )


def _printed(label: LabelSeen, report: Report) -> tuple[At, str | None]:
    """Where the label stands, and its words as printed: signs and blanks between its characters do not matter."""
    since = label.at.chars[0] if label.at.chars else 0
    pattern = re.compile(r"[\W_]{0,12}".join(re.escape(c) for c in _bare(label.met)))
    text = fold(report.text)
    match = pattern.search(text, since) or pattern.search(text, max(0, since - 200))
    if match is None:
        return label.at, None
    return placed(At(page=label.at.page, chars=match.span()), report.text), report.text[slice(*match.span())]


def _judged(expected: str, met: str) -> Rule | None:
    """The rule for a label: none for a cut, a short form or an explanation; a note for characters that sound alike."""
    official, printed = _bare(expected), _bare(met)
    if not printed or official == printed or printed in official or official in printed:
        return None
    if _bare(_BRACKETED.sub("", squeezed(met).text)) in official:
        return None  # an explanation in brackets
    if any(printed in other for other in _official()):
        return None  # another edition's or another row's words
    changed = _changes(official, printed)
    if not changed:
        return None
    return LABEL_ALIKE if all(_alike(a, b) for a, b in changed) else LABEL


def _bare(label: str) -> str:
    return _SIGNS.sub("", _NUMBERED.sub("", squeezed(label).text))


@cache
def _official() -> tuple[str, ...]:
    """The words of every label of every edition."""
    found: list[str] = []
    for edition in EDITIONS:
        of = form(edition)
        columns = (*(c for block in of.blocks for c in block.columns), *of.columns, *of.results)
        rows = (*(r for block in of.blocks for r in block.rows), *of.rows, *of.kinds)
        found += [*(c.label for c in columns), *(r.label for r in rows)]
    return tuple(dict.fromkeys(map(_bare, found)))


def _changes(official: str, printed: str) -> tuple[tuple[str, str], ...] | None:
    """The characters changed or lost inside a label, when few are: (official, printed).

    None where more than a third differs: then it is a paraphrase, not a slip. Characters that came in are a neighbour's
    (a label printed downwards beside this one), characters lost at an end went with the page: neither counts.
    """
    pairs: list[tuple[str, str]] = []
    distance = 0
    for tag, a, b, c, d in SequenceMatcher(None, official, printed, autojunk=False).get_opcodes():
        distance += b - a if tag != "equal" else 0
        if tag == "replace" and b - a == d - c:
            pairs.extend(zip(official[a:b], printed[c:d], strict=True))
        elif tag == "delete" and (a == 0 or b == len(official)):
            continue
        elif tag in ("replace", "delete"):
            pairs.append((official[a:b], printed[c:d]))
    few = distance * 3 <= len(official) or all(_alike(a, b) for a, b in pairs)
    return tuple(pairs) if few else None


def _alike(a: str, b: str) -> bool:
    """Whether `a` printed as `b` (empty: left out) leaves no doubt about what is meant."""
    return a in _PARTICLES if not b else frozenset((a, b)) in _ALIKE


def check_other_row(report: Report) -> list[Finding]:
    """The single row 其他处理 of the 2019 form in a report on 2021 or later."""
    if report.year is None or report.year < 2021 or report.edition != "2021":
        return []
    if not any(
        a.startswith("applications.otherwise_closed.") and a.count(".") == 2
        for a in (*report.cells, *report.blank, *(u.address for u in report.unsure))
    ):
        return []
    rows = ("supplement_not_made", "fee_not_paid", "other")
    cells = tuple(f"applications.otherwise_closed.{row}.total" for row in rows)
    message = f"{report.year}年度报告的“（六）其他处理”只有一行，现行格式分为三行，请核实。"
    passage = whole(report)
    label = re.compile(r"\(六\)其他处理|其他处理").search(passage.words.text, passage.words.text.find("不予处理") + 1)
    if label:
        return [found_in(passage, OTHER_ROW, *label.span(), message, cells=cells, met="一行", expected="三行")]
    return [OTHER_ROW.finding(message, cells=cells, met="一行", expected="三行")]


def check_units(report: Report) -> list[Finding]:
    """Amounts with a unit of their own, and amounts too large for 万元."""
    return [*_own_units(report), *_magnitudes(report)]


def _amounts(report: Report) -> Iterator[str]:
    return (a for a in report.cells if cell(a).kind == "amount")


def _own_units(report: Report) -> Iterator[Finding]:
    for address in _amounts(report):
        met = report.cells[address]
        printed = _UNITS.search(squeezed(met.text).text)
        if not printed or not met.value:
            continue  # nothing is nothing in any unit
        head = _head_unit(report, address)
        # Without a unit in the head an amount in yuan says what anyone assumes; one in 万元 changes its size.
        if printed[0] == (head or "元"):
            continue
        at, quote = _cell_place(report, met.at, met.text)
        said = f"表头单位为{head}" if head else "表头没有单位"
        yield UNIT.finding(
            f"“{cell(address).label}”格内写作“{met.text.strip()}”，{said}，请核实。",
            cells=(address,),
            quote=quote,
            at=at,
            where=met.where,
            met=printed[0],
            expected=head or "",
        )


def _head_unit(report: Report, address: str) -> str | None:
    """The unit in the column's head: as printed where that differs from the form, else the form's."""
    column = cell(address).column
    for label in report.labels:
        if label.expected == column.label or address in label.addresses:
            unit = _UNITS.search(squeezed(label.met).text)
            if unit:
                return unit[0]
    head = re.search(re.escape(column.label[:5]) + r"[/(:：单位]{1,6}([十百千]?[亿万]?元)", whole(report).words.text)
    return head[1] if head else column.unit


def _cell_place(report: Report, at: At, text: str) -> tuple[At, str | None]:
    if at.chars and text and text in report.text[slice(*at.chars)]:
        return at, report.text[slice(*at.chars)].strip()
    start = report.text.find(text, at.chars[0] if at.chars else 0) if text else -1
    return (placed(At(chars=(start, start + len(text))), report.text), text) if start >= 0 else (NOWHERE, None)


def _magnitudes(report: Report) -> Iterator[Finding]:
    for address in _amounts(report):
        met = report.cells[address]
        if met.unit == "万元" and met.value >= _LARGE:
            yield MAGNITUDE.finding(
                f"“{cell(address).label}”为{met.value}万元，数额特别大，请核实单位。",
                cells=(address,),
                at=met.at,
                where=met.where,
                met=f"{met.value}万元",
            )


CHECKS = (check_labels, check_other_row, check_units)
