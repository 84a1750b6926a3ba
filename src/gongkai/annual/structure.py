"""The frame of a report: chapters and tables that are missing, out of order or of another year's form.

A document that simply ends has lost its end: nothing is said about what would have followed. Only where the words go on
behind a gap (table 三 stops and chapter 五 follows) is something missing from the report itself. The same holds for a
document that opens in the middle.
"""

from __future__ import annotations

import re

from gongkai.annual.findings import Finding
from gongkai.annual.forms import edition_for, form
from gongkai.annual.passages import CHAPTERS, ORDINALS, found_in, placed, spelled, whole
from gongkai.annual.report import NOWHERE, At, Heading, Report
from gongkai.annual.rules import Rule

CHAPTER = Rule(
    "S-CHAPTER",
    "missing_section",
    "conflict",
    "前后章节都在，中间带表格的章节连同表格缺失",
    advice="请对照报告格式补上缺失的部分；如原文有而所交文件缺失，请重新导出文件。",
)
CHAPTER_WORDS = Rule(
    "S-CHAPTER-WORDS",
    "missing_section",
    "doubt",
    "六个部分的标题缺少或者次序不同",
    advice="请对照报告格式的六个部分核对标题与次序。",
)
TABLE = Rule(
    "S-TABLE",
    "missing_section",
    "conflict",
    "章节标题在而其下没有表格，后文照常继续",
    advice="请补上表格；如表格是以图片形式插入的，请改为可以读取的表格。",
)
CUT = Rule(
    "S-CUT",
    "structure",
    "conflict",
    "表格没有到末行就中断，后文照常继续",
    advice="请补全表格其余各行。",
)
EDITION = Rule(
    "S-EDITION",
    "structure",
    "conflict",
    "2021年度及以后的报告使用了2019年版的表格",
    advice="2021年度起使用国办公开办函〔2021〕30号所附格式，请按新格式重新填报。",
)
EDITION_EARLY = Rule(
    "S-EDITION-EARLY",
    "structure",
    "doubt",
    "2019、2020年度的报告使用了2021年版的表格",
    advice="请核对报告年度与所用表格。",
)
DOCUMENT = Rule(
    "S-DOCUMENT",
    "structure",
    "doubt",
    "所引格式文件的文号不是该年度适用的",
    advice="2019、2020年度适用国办公开办函〔2019〕60号，2021年度起适用国办公开办函〔2021〕30号。",
)
NUMBERED_TWICE = Rule(
    "S-NUMBERED-TWICE",
    "structure",
    "doubt",
    "部分之内的小标题沿用“一、二、三”，与六个部分的编号重复",
    advice="小标题建议改用“（一）（二）”。",
)
HEADING = Rule(
    "S-HEADING",
    "wording",
    "note",
    "部分的标题与报告格式的文字不同",
    advice="可对照报告格式统一标题文字。",
)
RULES = (CHAPTER, CHAPTER_WORDS, TABLE, CUT, EDITION, EDITION_EARLY, DOCUMENT, NUMBERED_TWICE, HEADING)

_TABLE_PREFIX = {2: "proactive.", 3: "applications.", 4: "disputes."}
_ORDINAL = re.compile(r"^[#*\s]*([一二三四五六七八九十]{1,2})[、.．]")
_ROWS = ("本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "本年度办理结果", "结转下年度继续办理")
_MARKS = {
    "2019": re.compile(
        r"本年新(?:制作数量)?.{0,8}?本年新(?:公开数量)?.{0,8}?对外公开总数量?|上一年项目数量|采购项目数量"
    ),
    "2021": re.compile(r"本年制发件数|本年废止件数|现行有效件数"),
}
_CITED = re.compile(r"国办公开办函[〔\[(（【](2019|2021)[〕\])）】](\d+)号")
_FIGURE = re.compile(r"\d+")
_PAGE_NUMBERS = 2
_HAN = re.compile("[\u4e00-\u9fff]")


def check_chapters(report: Report) -> list[Finding]:
    """Missing chapters between those that are there, tables missing below their headings, tables that break off."""
    return [*_gaps(report), *_bare_headings(report), *_cut_tables(report)]


def _start(heading: Heading) -> int:
    return heading.at.chars[0] if heading.at.chars else -1


def _chapters(report: Report) -> list[Heading]:
    """The chapters' headings in order, the last where one is printed twice (a list of contents stands before)."""
    last = {h.number: h for h in report.headings if h.number is not None}
    return sorted(last.values(), key=_start)


def _addresses(report: Report, tables: list[int]) -> tuple[str, ...]:
    prefixes = tuple(_TABLE_PREFIX[n] for n in tables)
    return tuple(a for a in report.addresses if a.startswith(prefixes))


def _said(numbers: list[int]) -> str:
    return "、".join(f"“{ORDINALS[n - 1]}、{CHAPTERS[n]}”" for n in numbers)


def _gaps(report: Report) -> list[Finding]:
    headings = _chapters(report)
    seen = [h.number for h in headings if h.number is not None]
    if not seen:
        return []
    own = _own(report)
    own_first = any(_ordinal(h) == 1 for h in own)
    low = 1 if own_first else min(seen)
    missing = [n for n in range(low, max(seen)) if n not in seen]
    with_table = [n for n in missing if report.tables.get(n) == "missing"]
    findings = []
    if with_table:
        after = next(h for h in headings if h.number is not None and h.number > with_table[-1])
        findings.append(
            _on_heading(
                report,
                CHAPTER,
                [after],
                f"报告中没有{_said(with_table)}及其表格，后面接着第{ORDINALS[(after.number or 1) - 1]}部分，请核实。",
                _addresses(report, with_table),
                expected=_said(with_table),
            )
        )
    # A heading alone may be lost on the way here; own headings in its place, or chapters of words only, ask for a look.
    named_otherwise = {_ordinal(h) for h in own}
    words = [
        n for n in missing if n not in with_table and n not in named_otherwise and (n not in _TABLE_PREFIX or own_first)
    ]
    disordered = seen != sorted(seen)
    if words or disordered:
        first = own[0] if own else headings[0]
        says = f"没有见到{_said(words)}" if words else "六个部分的次序与报告格式不同"
        findings.append(_on_heading(report, CHAPTER_WORDS, [first], f"{says}，请核实。", expected=_said(words)))
    return findings


def _bare_headings(report: Report) -> list[Finding]:
    headings = _chapters(report)
    last = max((h.number for h in headings if h.number is not None), default=0)
    bare = [
        h
        for h in headings
        if h.number in _TABLE_PREFIX
        and h.number < last
        and report.tables.get(h.number) == "missing"
        and not _attached(report, h.number)
    ]
    if not bare:
        return []
    numbers = [h.number for h in bare if h.number is not None]
    return [
        _on_heading(
            report,
            TABLE,
            bare,
            f"{_said(numbers)}之下没有表格，请核实。",
            _addresses(report, numbers),
            met="没有表格",
            expected="表格",
        )
    ]


def _attached(report: Report, number: int) -> bool:
    """Whether the chapter's words send the reader to a table elsewhere."""
    section = report.sections.get(number)
    return bool(section and re.search("附件|附表|另附|附后", section.text))


def _on_heading(
    report: Report,
    rule: Rule,
    headings: list[Heading],
    message: str,
    cells: tuple[str, ...] = (),
    *,
    met: str = "",
    expected: str = "",
) -> Finding:
    """A finding that quotes one heading, or all when nothing else stands between them."""
    first, last = headings[0].at.chars, headings[-1].at.chars
    at, quote = placed(headings[0].at, report.text), headings[0].text
    if first and last and report.text:
        span = report.text[first[0] : last[1]]
        if sum(len(h.text) for h in headings) >= len("".join(span.split())) - 4:
            quote, at = span, placed(At(chars=(first[0], last[1])), report.text)
        else:
            quote = report.text[first[0] : first[1]]
    return rule.finding(
        message,
        quote=quote,
        at=at,
        where=headings[0].where or _line_of(at),
        cells=cells,
        met=met,
        expected=expected,
    )


def _line_of(at: At) -> str:
    return f"第{at.line}行" if at.line else ""


def _cut_tables(report: Report) -> list[Finding]:
    findings = []
    for number, prefix in _TABLE_PREFIX.items():
        if report.tables.get(number) != "cut":
            continue
        ends = [c.at.chars[1] for a, c in report.cells.items() if a.startswith(prefix) and c.at.chars]
        headings = _chapters(report)
        begun = any(h.number is not None and h.number <= number for h in headings)
        after = next((h for h in headings if (h.number or 0) > number and _start(h) > max(ends, default=-1)), None)
        lost = tuple(a for a in report.absent if a.startswith(prefix))
        if not (ends and begun and after and lost) or _has_last_row(report, number):
            continue
        if len(_FIGURE.findall(report.text[max(ends) : _start(after)])) > _PAGE_NUMBERS:
            continue  # figures follow that were not placed: rows without their label, nothing broke off
        start, end = _last_row(report, prefix)
        at = placed(At(chars=(start, end)), report.text)
        findings.append(
            CUT.finding(
                f"第{ORDINALS[number - 1]}部分的表格到此中断，其后接着“{after.text.strip()}”，请核实。",
                quote=report.text[start:end] or None,
                at=at if report.text else NOWHERE,
                where=_line_of(at),
                cells=lost,
                met="表格中断",
                expected="表格完整",
            )
        )
    return findings


def _has_last_row(report: Report, number: int) -> bool:
    """Whether the last row stands there: then rows were lost inside, by a page break, and nothing broke off."""
    cells = [c for c in form(report.edition or "2021").cells if c.table == number]
    last = cells[-1].row.key
    return any(c.address in report.cells or c.address in report.blank for c in cells if c.row.key == last)


def _last_row(report: Report, prefix: str) -> tuple[int, int]:
    """The characters of the last row read, from its label on."""
    placed_cells = [(c.at.chars, a) for a, c in report.cells.items() if a.startswith(prefix) and c.at.chars]
    (_, end), address = max(placed_cells)
    row = address.rsplit(".", 1)[0]
    start = min(chars[0] for chars, a in placed_cells if a.rsplit(".", 1)[0] == row)
    start = report.text.rfind("\n", 0, start) + 1
    while start and not _HAN.search(report.text, start, end):
        start = report.text.rfind("\n", 0, start - 1) + 1
    stop = report.text.find("\n", end)
    return start, stop if stop >= 0 else len(report.text)


def check_edition(report: Report) -> list[Finding]:
    """The form against the year: 2019's for 2019 and 2020, 2021's from then on."""
    if report.year is None or report.edition is None or report.year < 2019:
        return []
    due = edition_for(report.year)
    if due == report.edition:
        return []
    rule = EDITION if report.year >= 2021 else EDITION_EARLY
    message = f"本报告为{report.year}年度报告，表格是{report.edition}年版格式，请核实。"
    passage = whole(report)
    mark = _MARKS[report.edition].search(passage.words.text)
    if mark:
        return [
            found_in(
                passage,
                rule,
                mark.start(),
                mark.end(),
                message,
                met=f"{report.edition}年版",
                expected=f"{due}年版",
            )
        ]
    return [rule.finding(message, met=f"{report.edition}年版", expected=f"{due}年版")]


def check_document_number(report: Report) -> list[Finding]:
    """The number of the format document the report says it follows; the brackets are no matter."""
    if report.year is None or report.year < 2019:
        return []
    passage = whole(report)
    cited = list(_CITED.finditer(passage.words.text))
    due = form(edition_for(report.year) or "2021")
    if not cited or any(m[1] == due.edition for m in cited):
        return []
    match = cited[0]
    return [
        found_in(
            passage,
            DOCUMENT,
            match.start(),
            match.end(),
            f"{report.year}年度报告所引格式文件为{match[0]}，该年度适用的是{due.document_number}，请核实。",
            met=match[0],
            expected=due.document_number,
        )
    ]


def check_numbering(report: Report) -> list[Finding]:
    """The office's own headings numbered like the six chapters."""
    taken = {_ordinal(h) for h in report.headings if h.number is not None}
    own = _own(report)
    twice = [h for h in own if _ordinal(h) in taken]
    if len(twice) < 2:
        return []
    said = "、".join(ORDINALS[(_ordinal(h) or 1) - 1] for h in twice[:4])
    return [
        _on_heading(
            report,
            NUMBERED_TWICE,
            twice[:1],
            f"小标题用了“{said}”作编号，与六个部分的编号重复，容易混淆，请核实。",
            met=said,
        )
    ]


def _own(report: Report) -> list[Heading]:
    """The office's own numbered headings; rows of table 三 numbered likewise, or their beginnings, are none."""
    return [
        h
        for h in report.headings
        if h.number is None
        and _ordinal(h)
        and not any(
            row.startswith(_bare(spelled(h.text, report))) or row[:4] in spelled(h.text, report) for row in _ROWS
        )
    ]


def _ordinal(heading: Heading) -> int | None:
    match = _ORDINAL.match(heading.text)
    if not match or (len(match[1]) == 2 and match[1][0] != "十"):
        return None
    return ORDINALS.index(match[1]) + 1 if len(match[1]) == 1 else 11 + ORDINALS.index(match[1][1])


def check_headings(report: Report) -> list[Finding]:
    """Headings worded otherwise than the form; all of a report in one note."""
    other = [
        h
        for h in _chapters(report)
        if h.number in CHAPTERS and _bare(spelled(h.text, report)) != _bare(CHAPTERS[h.number])
    ]
    if not other:
        return []
    said = "；".join(f"“{h.text.strip(' #*')}”应为{_said([h.number or 1])}" for h in other)
    return [_on_heading(report, HEADING, other[:1], f"标题与报告格式的文字不同：{said}。", met=other[0].text.strip())]


def _bare(heading: str) -> str:
    """A heading's words alone, without number and signs."""
    words = re.sub(r"^[#*]*(?:第?[一二三四五六][、.．部分]*)?", "", heading)
    return re.sub(r"[、，。:：.*#]", "", words)


CHECKS = (check_chapters, check_edition, check_document_number, check_numbering, check_headings)
