"""A report beside the one of the year before: whether they can be compared, how much of the words is the same.

Carry-over and stock between the years are arithmetic and stand in `annual.relations`. Here only words are compared:
form sentences, sentences that the law or the format prescribes, and figures are left aside. The share above which a
doubt is raised is a parameter of this system, not of any provision, and the finding says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.annual.findings import Finding
from gongkai.annual.forms import EDITIONS, form
from gongkai.annual.home import name_of
from gongkai.annual.passages import Passage, found_in, passages
from gongkai.annual.report import Report
from gongkai.annual.rules import Rule
from gongkai.text.flow import squeezed
from gongkai.text.likeness import Likeness, likeness

NOT_COMPARABLE = Rule(
    "X-PREVIOUS",
    "previous_year",
    "note",
    "所给的上年报告不是同一机关上一年度的报告，不作比较",
    advice="请选择本机关上一年度的报告。",
)
LIKENESS = Rule(
    "X-LIKENESS",
    "previous_year",
    "doubt",
    "文字部分与上年报告大部分相同",
    advice="请结合本年实际情况修改。格式语句、引用的法规语句和数字不计在内；判定的比例是本系统的参数，可以调整。",
)
SAME_NUMBER = Rule(
    "X-SAME-NUMBER",
    "previous_year",
    "note",
    "文字中的主要数量与上年相同",
    advice="如确实相同，可不改；否则请核对是否沿用了上年的数字。",
)
RULES = (NOT_COMPARABLE, LIKENESS, SAME_NUMBER)

MOST_ALIKE = 0.8
FEWEST_SHINGLES = 200
_SHORTEST_QUOTE = 20

# Sentences that the law, the format or the notices give to everyone: never a sign of copying.
STATUTORY = (
    "根据《中华人民共和国政府信息公开条例》和国务院办公厅政府信息与政务公开办公室关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知要求编制本报告",
    "本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分",
    "本报告所列数据的统计期限自1月1日起至12月31日止，本报告电子版可从人民政府门户网站下载，如对本报告有疑问，请与办公室联系，地址，邮编，电话，电子邮箱",
    "以习近平新时代中国特色社会主义思想为指导，深入学习贯彻党的二十大精神，全面贯彻落实党中央、国务院和省委、省政府、市委、市政府关于政务公开工作的决策部署",
    "坚持以公开为常态、不公开为例外的原则，遵循公正、公平、合法、便民的原则，应公开尽公开",
    "先审查、后公开，一事一审，谁公开谁审查、谁审查谁负责",
    "依据《政府信息公开信息处理费管理办法》规定，本年度未收取政府信息公开信息处理费",
    "决策、执行、管理、服务、结果公开，政务公开标准化规范化，保障人民群众知情权、参与权、表达权、监督权",
)
_MAIN_FIGURE = re.compile(
    r"(主动公开(?:各类)?(?:政府)?信息|公开政府信息|发布(?:各类)?(?:政府)?信息|发布政策解读|举办培训|召开新闻发布会)"
    r"[^\d。；，]{0,6}(\d{2,})(条|件|篇|次|期|场)"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """How alike two reports' words are; `passages` says it chapter by chapter."""

    share: float
    base: int
    passages: tuple[tuple[Passage, Likeness], ...]


def compare(report: Report, previous: Report) -> Compared:
    """The share of this year's runs of characters that stand in last year's words too, form sentences left aside."""
    older = "\n".join(p.words.text for p in passages(previous))
    form_words = (*STATUTORY, *_form_words())
    own = tuple(dict.fromkeys(filter(None, (name_of(report), squeezed(report.title or "").text))))
    each = tuple((p, likeness(p.words.text, older, (*form_words, *own))) for p in passages(report))
    base = sum(found.base for _, found in each)
    same = sum(found.same for _, found in each)
    return Compared(same / base if base else 0.0, base, each)


def _form_words() -> tuple[str, ...]:
    return tuple(s.heading for edition in EDITIONS for s in form(edition).sections)


def check_previous(report: Report, previous: Report, most_alike: float = MOST_ALIKE) -> list[Finding]:
    """The findings of a report beside last year's; one note where the two cannot be compared."""
    reason = not_comparable(report, previous)
    if reason:
        return [NOT_COMPARABLE.finding(reason)]
    return [*_alike(report, previous, most_alike), *_same_numbers(report, previous)]


def not_comparable(report: Report, previous: Report) -> str:
    """Why two reports are not one organ's of two years running; empty when they can be."""
    if report.year is not None and previous.year is not None and previous.year != report.year - 1:
        return f"本报告为{report.year}年度，所给的是{previous.year}年度报告，未作比较。"
    own, other = name_of(report), name_of(previous)
    if own and other and not _same_organ(own, other):
        return f"本报告的编制机关为“{own}”，所给的是“{other}”的报告，未作比较。"
    return ""


def _same_organ(own: str, other: str) -> bool:
    """Whether two names can mean one organ: a place before it or 办公室 behind it may stand in one of them only."""
    a, b = (re.sub(r"(?:人民)?政府|办公室|办公厅|办$|委员会", "", name) for name in (own, other))
    return not a or not b or a.endswith(b) or b.endswith(a) or a.startswith(b) or b.startswith(a)


def _alike(report: Report, previous: Report, most_alike: float) -> list[Finding]:
    compared = compare(report, previous)
    if compared.base < FEWEST_SHINGLES or compared.share < most_alike:
        return []
    passage, stretch = _longest(compared)
    message = (
        f"与上年报告比较，除格式语句和数字外，{compared.base}个字段中{compared.share:.0%}相同"
        f"（本系统参数：达到{most_alike:.0%}时提示），请核实是否沿用上年文字。"
    )
    met, expected = f"{compared.share:.0%}", f"低于{most_alike:.0%}"
    if stretch is None:
        return [LIKENESS.finding(message, met=met, expected=expected)]
    return [found_in(passage, LIKENESS, *stretch, message, met=met, expected=expected)]


def _longest(compared: Compared) -> tuple[Passage, tuple[int, int] | None]:
    best: tuple[Passage, tuple[int, int] | None] = (compared.passages[0][0], None)
    length = _SHORTEST_QUOTE
    for passage, found in compared.passages:
        for start, end in found.stretches[:1]:
            if end - start > length:
                best, length = (passage, (start, end)), end - start
    return best


def _same_numbers(report: Report, previous: Report) -> list[Finding]:
    older = {(m[1], m[2], m[3]) for p in passages(previous) for m in _MAIN_FIGURE.finditer(p.words.text)}
    findings = []
    for passage in passages(report):
        for match in _MAIN_FIGURE.finditer(passage.words.text):
            if (match[1], match[2], match[3]) in older:
                older.discard((match[1], match[2], match[3]))
                findings.append(
                    found_in(
                        passage,
                        SAME_NUMBER,
                        *match.span(),
                        f"“{match[1]}”的数量与上年报告相同，均为{match[2]}{match[3]}，请核实。",
                        met=f"{match[2]}{match[3]}",
                    )
                )
    return findings
