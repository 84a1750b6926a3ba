"""Rules, normative documents, decisions and charges in the words against table 二: a doubt or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual.findings import Finding
from gongkai.annual.words import registry, scope
from gongkai.annual.words.cells import Amount, Range, Table
from gongkai.annual.words.claims import Claim
from gongkai.annual.words.compare import Comparison, judge
from gongkai.annual.words.mentions import Mention, Page
from gongkai.text.numbers import MONEY_UNITS

_END = r"(?:共计|共|为|有|是|:|：|数量|总数|\d)*$"
_NOUN = rf"(?:(?P<rule>(?:政府)?规章)|(?P<norm>(?:行政)?规范性文件)){_END}"
_IN_FORCE = re.compile(
    rf"(?:现行有效|继续有效)(?:的)?(?:行政)?(?:{_NOUN})|"
    rf"(?:(?P<rule2>(?:政府)?规章)|(?P<norm2>(?:行政)?规范性文件))(?:现行有效|继续有效){_END}"
)
_ISSUED = re.compile(
    rf"(?:制发|制定|出台|印发|制定出台|制定印发|制作|新制[发定])(?:了|并公开|并发布|的|以县政府名义)?(?:{_NOUN})|"
    rf"(?:(?P<rule2>(?:政府)?规章)|(?P<norm2>(?:行政)?规范性文件))(?:本年)?(?:制发|制定|新制[发定]){_END}"
)
_REPEALED = re.compile(rf"(?:废止|宣布失效|废止失效|废止和宣布失效)(?:了|的)?(?:{_NOUN})")
_LOOSE = re.compile(
    r"清理|梳理|报备|备案|审查|审核|解读|评估|汇编|公布.{0,4}目录|上传|集中发布|修改|修订|代拟|起草|印发.{0,12}和|及|等"
)
_DECISION = re.compile(
    r"(?:作出|做出|办理|实施|办结|下达)(?:了|各类|的)?(?:(?P<licences>行政许可)|(?P<penalties>行政处罚)|(?P<compulsory_measures>行政强制(?:措施)?))(?:决定|案件|事项)?(?:共计|共|为)?$"
)
_BARE_DECISION = re.compile(
    r"^[，,、；;(]?(?:(?:20\d\d年(?:度)?|本年(?:度)?|全年|今年|其中|共计?|累计|我[县市区镇乡局委]|本机关|[，,和及])*)"
    r"(?:(?P<licences>行政许可)|(?P<penalties>行政处罚)|(?P<compulsory_measures>行政强制(?:措施)?))"
    r"(?:处理)?(?:决定|案件)?(?:数量|件数|数)?(?:共计|共|为|有|是|:|：)*$"
)
"""The figures of table 二 named without a verb: 全年行政许可120件、行政处罚8件."""
_CASES = frozenset(["件", "宗", "起"])
_PUBLISHED = re.compile(
    r"公开|公示|发布|公布|归集|推送|上传|录入|报送|信用|信息|双公示|目录|事项|办结率|立案|听证|复议|诉讼|监督|清单|评查|抽查|检查"
)
"""Said of publishing or supervising decisions, which are counted otherwise."""
_CHARGE = re.compile(r"行政事业性收费(?:总额|金额|收入)?(?:共计|合计|共|为|[:：])*$")
_KEYS = {
    "in_force": ("in_force", "disclosed_total"),
    "issued": ("issued", "made", "disclosed"),
    "repealed": ("repealed",),
}
_LABELS = {
    "in_force": "现行有效件数",
    "issued": "本年制发件数",
    "repealed": "本年废止件数",
    "disclosed_total": "对外公开总数量",
    "made": "本年新制作数量",
    "disclosed": "本年新公开数量",
}


def _document(phrase: str) -> tuple[str, str, str] | None:
    for what, pattern in (("in_force", _IN_FORCE), ("repealed", _REPEALED), ("issued", _ISSUED)):
        match = pattern.search(phrase)
        if match and not _LOOSE.search(phrase):
            groups = match.groupdict()
            rules = groups.get("rule") or groups.get("rule2")
            return what, "government_rules" if rules else "normative_documents", "规章" if rules else "行政规范性文件"
    return None


def _amounts(table: Table, what: str, kind: str, name: str) -> tuple[Amount, ...]:
    found = []
    for key in _KEYS[what]:
        address = f"proactive.{kind}.{key}"
        if table.report.value(address) is not None:
            found.append(table.cell(address, f"表二{name}{_LABELS[key]}"))
    return tuple(found)


def _comparison(page: Page, mention: Mention, table: Table) -> Comparison | None:
    phrase = mention.phrase
    if mention.unit in MONEY_UNITS:
        return None
    document = _document(phrase) if "规章" in phrase or "规范性文件" in phrase else None
    if document:
        amounts = _amounts(table, *document)
        return Comparison(registry.DOCUMENTS, f"{document[2]}·{document[0]}", amounts, False) if amounts else None
    match = _decision(page, mention) if "行政" in phrase else None
    if match and match.lastgroup:
        address = f"proactive.{match.lastgroup}.decisions"
        if table.report.value(address) is not None:
            return Comparison(
                registry.DECISIONS,
                match.lastgroup,
                (table.cell(address, f"表二{match[match.lastgroup]}处理决定数量"),),
                False,
            )
    return None


def _decision(page: Page, mention: Mention) -> re.Match[str] | None:
    """The decisions a number counts; without a verb only of cases, and where the sentence speaks of nothing else."""
    match = _DECISION.search(mention.phrase)
    if match or mention.unit not in _CASES or _PUBLISHED.search(page.sentence_text(mention)):
        return match
    return _BARE_DECISION.match(mention.phrase)


def document_findings(page: Page, table: Table) -> Iterator[tuple[Claim, Finding | None]]:
    """Numbers about table 二 that no cell of it bears out."""
    for mention in page.mentions:
        if not mention.exact or mention.delta or mention.plan or mention.quantity.percent or mention.depth:
            continue
        found = _comparison(page, mention, table) or _charge(mention, table)
        if found is None or scope.other_time(page, mention, table.report) or scope.differs(page, mention, table.report):
            continue
        yield judge(page, mention, found, True)


def _charge(mention: Mention, table: Table) -> Comparison | None:
    scale = MONEY_UNITS.get(mention.unit)
    if scale is None or not _CHARGE.search(mention.phrase):
        return None
    amount = table.report.value("proactive.charges.amount")
    if amount is None or table.edition == "2019":
        return None
    # 96171.6万元 in the table, 9.62亿元 in the words: what rounds to the printed number agrees.
    unit = Decimal(10_000) / scale
    printed = Decimal(str(mention.quantity.value))
    exact = Decimal(str(amount)) * unit
    step = Decimal(1).scaleb(-len(str(printed).partition(".")[2]))
    if abs(exact - printed) <= step:
        return None
    said = Range(amount, amount)
    return Comparison(
        registry.CHARGES,
        "charges",
        (Amount("表二行政事业性收费（万元）", (said,), ("proactive.charges.amount",)),),
        False,
    )
