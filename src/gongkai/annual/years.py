"""Years and dates in the words: another year's text left standing, the period of the figures, dates that lost signs.

Years in document numbers and titles, in plans and in comparisons are no fault.
"""

from __future__ import annotations

import re

from gongkai.annual.findings import Finding
from gongkai.annual.passages import Passage, found_in, near, passages, readable, whole
from gongkai.annual.report import Report
from gongkai.annual.rules import Rule
from gongkai.text.flow import squeezed
from gongkai.text.sentences import sentence_around

YEAR = Rule(
    "S-YEAR",
    "copy_paste",
    "doubt",
    "叙述本年工作的句子写了别的年份",
    advice="如系比较、计划或者文件名称中的年份，可不改；否则请核对是否沿用了其他年度的文本。",
)
PERIOD = Rule(
    "S-PERIOD",
    "structure",
    "doubt",
    "数据统计期限不是报告年度的1月1日至12月31日",
    advice="请核对统计期限；表中数据也应按同一期限统计。",
)
PERIOD_YEAR = Rule(
    "S-PERIOD-YEAR",
    "copy_paste",
    "conflict",
    "标题的年度与数据统计期限的年度不同",
    advice="请核对标题与统计期限哪一处有误，并复核表中数据属于哪一年。",
)
DATE = Rule(
    "S-DATE",
    "structure",
    "doubt",
    "日期缺少“年”“月”等字",
    advice="请补全日期。",
)
RULES = (YEAR, PERIOD, PERIOD_YEAR, DATE)

_YEAR = r"(?<![\d〔\[(])(20[0-3]\d)年"
# Words that make the year the time of the organ's own work: 2021年，我镇主动公开…
_OWN_WORK = re.compile(
    rf"(?:^|[。；，：、)\s])(?:截至|截止|截止到)?{_YEAR}(?:度|全年|底|12月底|12月31日)?[，,]?(?:末|止)?"
    r"(?:[我本](?:镇|乡|街道|县|市|区|旗|州|省|局|办|委|厅|单位|部门|机关)|全(?:县|市|区|镇|乡|局|街道|系统)|"
    r"共?(?:主动公开|公开政府信息|收到|受理|新收|接收|办理(?:依申请|政府信息)|发布(?:各类)?(?:政府)?信息|制发)|"
    r"无依申请|未(?:收到|发生)|累计|没有收到)"
)
_WORK_PLAN = re.compile(rf"{_YEAR}(?:度)?(?:全[省市县区])?(?:政务|政府信息)公开工作(?:要点|情况|总结)")
_OTHER_REASON = re.compile(
    "较|同比|相比|比上|上年|上一年|去年|增长|下降|增加|减少|以来|历年|历史|结转|顺延|印发|修订|施行|实施|出台|成立|启动|起至|年起|年至|"
    "年到|年—|年-|开始|计划|规划|将|拟|力争|预计|届时|下一步|今后|明年|连续|曾|首次|以前|此前|之前"
)
_PERIOD = re.compile(
    r"统计(?:的)?(?:起止)?(?:期限|时限|时间|期间|区间|周期)[^。；]{0,14}?(20\d\d)年(\d{1,2})月(\d{1,2})日[^。；\d]{0,4}(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日"
)
_OTHER_PERIOD = re.compile("上年|上一年|去年|往年|考核|评估|评议|测评|问卷|调查|月报|季报|抽查|监测|绩效")
_LOST = re.compile(r"(?<!\d)20[0-3]\d(?:\d{1,4}日|\d{1,2}月\d{1,2}日)")
_QUOTED = re.compile(r"《[^》]{0,80}$|“[^”]{0,40}$")


def check_years(report: Report) -> list[Finding]:
    """Other years where the report speaks of its own; one finding a year."""
    if report.year is None or not _sure_of_year(report):
        return []
    chosen: dict[int, Finding] = {}
    for passage in passages(report):
        text = readable(passage.words.text)
        for pattern in (_OWN_WORK, _WORK_PLAN):
            for match in pattern.finditer(text):
                year = int(match[1])
                if year not in chosen and _foreign(report.year, year, pattern is _WORK_PLAN, text, match, passage):
                    chosen[year] = _year_finding(report, passage, match, year)
    return list(chosen.values())


def _sure_of_year(report: Report) -> bool:
    """Whether the words themselves bear the report's year out: its title, or a sentence about the year's own work."""
    year = f"{report.year}年"
    if year in squeezed(report.title or "").text:
        return True
    return any(year in m[0] for p in passages(report) for m in _OWN_WORK.finditer(p.words.text))


def _foreign(own: int, year: int, plan: bool, text: str, match: re.Match[str], passage: Passage) -> bool:
    if year == own or (plan and abs(year - own) < 2):
        return False
    start, end = sentence_around(passage.words.text, match.start(1), match.end())
    if _OTHER_REASON.search(text, start, end) or _QUOTED.search(text[start : match.start(1)]):
        return False
    # A sentence that names the report's own year too compares, whatever its words.
    return f"{own}年" not in text[start:end]


def _year_finding(report: Report, passage: Passage, match: re.Match[str], year: int) -> Finding:
    start, end = near(passage, match.start(1), match.end())
    return found_in(
        passage,
        YEAR,
        start,
        end,
        f"本报告为{report.year}年度报告，此处写的是{year}年，请核实。",
        met=f"{year}年",
        expected=f"{report.year}年",
    )


def check_period(report: Report) -> list[Finding]:
    """Every stated period against the year of the title and the calendar year; one finding a wording."""
    passage = whole(report)
    chosen: dict[str, Finding] = {}
    for match in _PERIOD.finditer(passage.words.text):
        start, end = sentence_around(passage.words.text, *match.span())
        if not _OTHER_PERIOD.search(passage.words.text, start, end):
            found = _period(report, passage, match)
            if found:
                chosen.setdefault(found.met, found)
    return list(chosen.values())


def _period(report: Report, passage: Passage, match: re.Match[str]) -> Finding | None:
    first, last = int(match[1]), int(match[4] or match[1])
    days = tuple(int(match[i]) for i in (2, 3, 5, 6))
    title = "".join((report.title or "").split())
    if report.year is not None and f"{report.year}年" in title and first == last != report.year:
        return found_in(
            passage,
            PERIOD_YEAR,
            match.start(),
            match.end(),
            f"标题为{report.year}年度，统计期限写的是{first}年，两处不一致，请核实。",
            met=f"{first}年",
            expected=f"{report.year}年",
        )
    if days == (1, 1, 12, 31) and first == last:
        return None
    return found_in(
        passage,
        PERIOD,
        match.start(),
        match.end(),
        f"年度报告的统计期限一般为1月1日至12月31日，此处为{first}年{days[0]}月{days[1]}日至{last}年{days[2]}月{days[3]}日，请核实。",
        met=f"{first}-{days[0]:02}-{days[1]:02}至{last}-{days[2]:02}-{days[3]:02}",
        expected="1月1日至12月31日",
    )


def check_dates(report: Report) -> list[Finding]:
    """Dates that lost 年 or 月 (20211日起); one finding a report, on the first."""
    for passage in passages(report):
        match = _LOST.search(readable(passage.words.text))
        if match:
            start, end = near(passage, match.start(), match.end())
            return [
                found_in(
                    passage,
                    DATE,
                    start,
                    end,
                    f"日期“{match[0]}”似缺少“年”“月”等字，请核实。",
                    met=match[0],
                )
            ]
    return []


CHECKS = (check_years, check_period, check_dates)
