"""Statements in the words that differ from the law, and figures an organ of this level does not have.

Only provisions that were read in full are cited. An organ's own shorter limit is no fault: a limit is asked about only
where the sentence calls it the law's, or where it is longer than the law allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.findings import Finding
from gongkai.annual.home import home
from gongkai.annual.passages import found_in, near, passages, readable
from gongkai.annual.report import Report
from gongkai.annual.rules import Rule
from gongkai.law.citations import (
    LIMIT_TO_EXTEND,
    LIMIT_TO_PUBLISH,
    LIMIT_TO_REPLY,
    NO_FEE,
    ORDER_711,
    OWN_GOVERNMENT_RECONSIDERS,
)
from gongkai.text.sentences import sentence_around

REPLY = Rule(
    "S-LAW-REPLY",
    "legal",
    "doubt",
    "所述答复期限与条例不同",
    citation=LIMIT_TO_REPLY.text,
    advice="条例规定的答复期限为20个工作日；如为本机关内部更严的要求，请写明。",
)
EXTENSION = Rule(
    "S-LAW-EXTENSION",
    "legal",
    "doubt",
    "所述延长答复的期限超过条例规定",
    citation=LIMIT_TO_EXTEND.text,
    advice="延长的期限最长不得超过20个工作日，请核对。",
)
PUBLISH = Rule(
    "S-LAW-PUBLISH",
    "legal",
    "doubt",
    "所述主动公开期限长于条例规定",
    citation=LIMIT_TO_PUBLISH.text,
    advice="请核对；法律、法规另有规定的从其规定。",
)
FEES = Rule(
    "S-LAW-FEE",
    "legal",
    "doubt",
    "写了收取检索费、复制费、邮寄费",
    citation=NO_FEE.text,
    advice="现行条例不再收取检索、复制、邮寄费用；收取信息处理费的，请写信息处理费。",
)
ORDER = Rule(
    "S-LAW-ORDER",
    "legal",
    "doubt",
    "引用了条例修订前的公布令",
    citation=ORDER_711.text,
    advice="现行条例由国务院令第711号公布，自2019年5月15日起施行，请核对所引文号。",
)
RECONSIDER = Rule(
    "S-LAW-RECONSIDER",
    "legal",
    "doubt",
    "2024年度及以后的报告仍写可向上一级主管部门申请复议",
    citation=OWN_GOVERNMENT_RECONSIDERS.text,
    advice="自2024年1月1日起，对县级以上地方人民政府工作部门的行政行为不服的，由本级人民政府管辖；"
    "实行垂直领导的机关除外，请核对。",
)
RULE_MAKING = Rule(
    "S-RULES",
    "structure",
    "doubt",
    "县级及以下机关的“规章”不为零",
    advice="系统提示（不是法律条文）：规章通常只由省级和设区的市级人民政府以及国务院部门制定，请核对是否把规范性文件填入了规章。",
)
RULES = (REPLY, EXTENSION, PUBLISH, FEES, ORDER, RECONSIDER, RULE_MAKING)

_DAYS = r"(\d{1,3})个?工作日"
_REPLY = re.compile(rf"{_DAYS}(?:之?内|以内)?[^。；，]{{0,16}}?(?:予以|作出|给予|进行|及时)?(?:答复|回复申请)")
_EXTEND = re.compile(rf"延[长期][^。；\d]{{0,14}}{_DAYS}")
_PUBLISH = re.compile(rf"{_DAYS}(?:之?内|以内)[^。；]{{0,12}}?(?:主动|及时|予以|向社会|上网|在网站)?公开")
_BY_LAW = re.compile("法定|依法规定|条例》?规定|《条例》.{0,6}要求|法律规定|规定的?期限|规定的?时限")
_EXCEPTION = re.compile(
    "延长|延期|第三方|征求|特殊|复杂|会商|公示|听证|不超过20|诉求|热线|工单|信访|提案|建议|留言|信箱|复议|诉讼"
)
_FEE = re.compile(r"(?:收取|收费|缴纳)[^。；，]{0,14}?(?:检索费|复制费|邮寄费|检索、复制|工本费|成本费)")
_NOT_TAKEN = re.compile(r"未|不|无|没有|免|取消|零|停止|(?<!\d)0元")
_OLD_ORDER = re.compile(r"(?:国务院令|国令)[(（]?第?492号")
_NEW_ORDER = re.compile(r"第?711号")
_HIGHER_DEPARTMENT = re.compile(
    r"[向由][^。；，]{0,10}上一级(?:主管|行政)(?:部门|机关)[^。；]{0,14}?(?:申请|提起|提出)?(?:行政)?复议"
)


def check_law(report: Report) -> list[Finding]:
    """Statements against the law in the words; each rule once, at its first place."""
    if report.year is not None and report.year < 2019:
        return []
    chosen: dict[str, Finding] = {}
    for passage in passages(report):
        text = readable(passage.words.text)
        for rule, start, end, message in _statements(report, text):
            if rule.id not in chosen:
                begin, stop = near(passage, start, end)
                chosen[rule.id] = found_in(passage, rule, begin, stop, message, met=passage.words.text[start:end])
    return list(chosen.values())


def _statements(report: Report, text: str) -> Iterator[tuple[Rule, int, int, str]]:
    yield from _limits(text)
    for match in _FEE.finditer(text):
        if not _NOT_TAKEN.search(_sentence(text, match)):
            yield FEES, match.start(), match.end(), f"“{match[0]}”与现行条例不同，请核实。"
    old = _OLD_ORDER.search(text)
    if old and not _NEW_ORDER.search(text):
        yield ORDER, old.start(), old.end(), f"所引“{old[0]}”是修订前的公布令，请核实。"
    if report.year is not None and report.year >= 2024:
        for match in _HIGHER_DEPARTMENT.finditer(text):
            yield RECONSIDER, match.start(), match.end(), f"“{match[0]}”与现行行政复议法的管辖规定不同，请核实。"


def _limits(text: str) -> Iterator[tuple[Rule, int, int, str]]:
    for match in _EXTEND.finditer(text):
        if int(match[1]) > 20:
            yield EXTENSION, match.start(), match.end(), f"此处写延长{match[1]}个工作日，请核实。"
    for match in _REPLY.finditer(text):
        days, around = int(match[1]), _sentence(text, match)
        if days == 20 or _EXCEPTION.search(around) or "申请" not in around:
            continue
        if days > 20 or _BY_LAW.search(around):
            yield REPLY, match.start(), match.end(), f"此处写答复期限为{days}个工作日，请核实。"
    for match in _PUBLISH.finditer(text):
        around = _sentence(text, match)
        if int(match[1]) > 20 and "申请" not in around and not _EXCEPTION.search(around):
            yield PUBLISH, match.start(), match.end(), f"此处写{match[1]}个工作日内公开，请核实。"


def _sentence(text: str, match: re.Match[str]) -> str:
    return text[slice(*sentence_around(text, *match.span()))]


def check_rules(report: Report) -> list[Finding]:
    """规章 above zero in the report of a township, a county or a county's department."""
    if not home(report).below_districted_city:
        return []
    prefix = "proactive.government_rules."
    cells = tuple(a for a, c in report.cells.items() if a.startswith(prefix) and c.value)
    if not cells:
        return []
    first = report.cells[cells[0]]
    return [
        RULE_MAKING.finding(
            f"“规章”填报为{first.value}，县级及以下机关一般没有规章，请核实。",
            cells=cells,
            at=first.at,
            where=first.where,
            met=str(first.value),
            expected="0",
        )
    ]


CHECKS = (check_law, check_rules)
