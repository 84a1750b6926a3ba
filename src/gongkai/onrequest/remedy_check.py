"""Reads the remedy text of a letter, whoever wrote it, and says what in it the law does not bear.

An error must be put right before the letter is signed; a warning asks a person to look again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.law.citations import (
    LIMIT_TO_RECONSIDER,
    LIMIT_TO_SUE,
    LIMIT_TO_SUE_AFTER_RECONSIDERATION,
    ORDER_711,
    OUR_RULE,
    Citation,
    short_basis,
)
from gongkai.onrequest.decisions import decision
from gongkai.onrequest.remedies import (
    MUST_TELL,
    NEW_LAW_ON,
    NOTHING_SET,
    ONLINE,
    WHO_RECONSIDERS,
    Mode,
    OrganKind,
    RemedySettings,
    figure,
    remedy,
)

Grade = Literal["error", "warning"]

INTERPRETATION_ON = date(2025, 6, 1)
"""From this day 法释〔2025〕8号 stands in the place of 法释〔2011〕17号."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text, in a sentence that ends with its basis."""

    key: str
    grade: Grade
    says: str
    quote: str = ""


_CHINESE = {"十五": 15, "六十": 60, "三十": 30, "六": 6, "三": 3, "二": 2, "两": 2, "一": 1, "十": 10, "九十": 90}
_LIMIT = re.compile(r"(?P<n>\d+|[一二两三四五六七八九十]+)\s*(?P<unit>个?工作日|日|天|个?月|年)(?:之)?内")
_SUIT = re.compile(r"提起(?:行政)?诉讼|起诉")
_REVIEW = re.compile(r"复议")
_REVIEW_DECISION = re.compile(r"复议决定")
_DIRECT = re.compile(r"直接[^，。；]{0,30}?(?:提起(?:行政)?诉讼|起诉)")
_FIRST = re.compile(r"(?:应当|须|必须)先(?:依法)?(?:向[^，。；]{0,40}?)?(?:申请|提出|提起)?(?:行政)?复议")
_UPPER = re.compile(r"上一?级(?:行政)?主管(?:部门|机关)")
_SAME_LEVEL = re.compile(r"(?:本级|同级)人民政府")
_OLD_INTERPRETATION = re.compile(r"法释[〔\[（(【]2011[〕\]）)】]\s*17号|审理政府信息公开行政案件若干问题的规定")
_OLD_REGULATIONS = re.compile(
    r"第492号|(?:生产、生活、科研|自身生产、生活)等特殊需要|条例》?[（(]2007[^）)]{0,4}[）)]"
    r"|公开条例》第(?:二十一条第?[（(]?[一二三四][）)]?项|十三条[^。；]{0,20}特殊需要)"
)
_FOREIGN_ARTICLE = re.compile(r"公开条例》第(?:八|二十一|二十二|二十三|二十四)条(?!第)")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def _basis(cites: Citation | None) -> str:
    return f"（{short_basis(cites)}）。"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit met in a text and what it is a limit for."""

    words: str
    days: str
    act: Literal["reconsideration", "direct", "after_reconsideration", ""]


_DUE: dict[str, tuple[str, str, Citation]] = {
    "reconsideration": ("reconsideration_apply", "申请行政复议", LIMIT_TO_RECONSIDER),
    "direct": ("litigation_direct", "直接提起行政诉讼", LIMIT_TO_SUE),
    "after_reconsideration": (
        "litigation_after_reconsideration",
        "不服复议决定提起行政诉讼",
        LIMIT_TO_SUE_AFTER_RECONSIDERATION,
    ),
}
"""For each act the law's number (a key of the parameters), its name and its provision."""


def _in_figures(words: re.Match[str]) -> str:
    number = words["n"]
    count = int(number) if number.isdigit() else _CHINESE.get(number, 0)
    unit = {"天": "日", "月": "个月", "工作日": "个工作日"}.get(words["unit"], words["unit"])
    return f"{count}{unit}"


def limits(text: str) -> tuple[Limit, ...]:
    """Every limit in a remedy text with the act that it is for, by the words around it."""

    def found() -> Iterator[Limit]:
        for sentence in re.split(r"[。；;\n]", text.translate(_DIGITS)):
            met = list(_LIMIT.finditer(sentence))
            for i, words in enumerate(met):
                before = sentence[met[i - 1].end() if i else 0 : words.start()]
                behind = sentence[words.end() : met[i + 1].start() if i + 1 < len(met) else len(sentence)]
                yield Limit(words[0], _in_figures(words), _act(before, behind))

    return tuple(found())


def _act(before: str, behind: str) -> Literal["reconsideration", "direct", "after_reconsideration", ""]:
    suit, review = _SUIT.search(behind), _REVIEW.search(behind)
    if suit and (review is None or suit.start() < review.start()):
        after = _REVIEW_DECISION.search(before) and not behind[: suit.start()].startswith("直接")
        return "after_reconsideration" if after else "direct"
    if review or _REVIEW.search(before):
        return "reconsideration"
    return "direct" if _SUIT.search(before) else ""


def check_citations(text: str, decided_on: date) -> tuple[Fault, ...]:
    """Provisions that are no longer in force, anywhere in a letter."""
    found = []
    if decided_on >= INTERPRETATION_ON and (met := _OLD_INTERPRETATION.search(text)):
        says = f"引用了已被法释〔2025〕8号取代的司法解释，{INTERPRETATION_ON}起不再适用（{OUR_RULE}）。"
        found.append(Fault("repealed_interpretation", "error", says, met[0]))
    if met := _OLD_REGULATIONS.search(text):
        says = "引用了2007年公布的《政府信息公开条例》的条文，现行为国务院令第711号修订的条例" + _basis(ORDER_711)
        found.append(Fault("regulations_of_2007", "error", says, met[0]))
    elif met := _FOREIGN_ARTICLE.search(text):
        says = f"所引条文在现行条例中与答复申请无关，可能出自2007年的条文，请核实（{OUR_RULE}）。"
        found.append(Fault("article_of_other_matter", "warning", says, met[0]))
    return tuple(found)


def check_remedy(
    text: str,
    code: str,
    decided_on: date,
    kind: OrganKind,
    settings: RemedySettings = NOTHING_SET,
    *,
    served_online: bool = False,
) -> tuple[Fault, ...]:
    """What the remedy text of a decision says wrongly or leaves out, the errors first."""
    mode = remedy(code, decided_on, kind, settings).mode
    found = [*check_citations(text, decided_on), *_limits_of(text, decided_on)]
    if not text.strip():
        says = "没有写明救济途径" + _basis(LIMIT_TO_RECONSIDER)
        return (Fault("no_remedy", "error", says),)
    if decided_on >= NEW_LAW_ON:
        found += [*_order(text, code, mode), *_who(text, kind)]
        if served_online and not re.search(r"https?://|www\.|网址|互联网|网上", text):
            says = "通过互联网送达的，应当同时提供提交行政复议申请书的互联网渠道" + _basis(ONLINE)
            found.append(Fault("no_online_channel", "error", says))
    found += _left_out(text, mode)
    return tuple(sorted(found, key=lambda fault: fault.grade != "error"))


def _limits_of(text: str, decided_on: date) -> Iterator[Fault]:
    for limit in limits(text):
        if not limit.act or (limit.act == "reconsideration" and decided_on < NEW_LAW_ON):
            continue
        key, what, cites = _DUE[limit.act]
        due = figure(key, decided_on)
        if limit.days != due:
            yield Fault(
                "wrong_limit", "error", f"“{limit.words}”不是{what}的期限，应为{due}" + _basis(cites), limit.words
            )


def _order(text: str, code: str, mode: Mode) -> Iterator[Fault]:
    first, direct = _FIRST.search(text), _DIRECT.search(text)
    if mode in (Mode.REVIEW_FIRST, Mode.PER_PART) and not first:
        says = f"“{decision(code).zh}”应当告知先申请行政复议" + _basis(MUST_TELL)
        yield Fault("review_first_missing", "error", says)
    if mode is Mode.REVIEW_FIRST and (direct or any(limit.act == "direct" for limit in limits(text))):
        says = f"“{decision(code).zh}”应当先申请行政复议，不得告知可以直接起诉" + _basis(MUST_TELL)
        yield Fault("direct_suit_offered", "error", says, direct[0] if direct else "")
    if mode not in (Mode.REVIEW_FIRST, Mode.PER_PART) and first:
        says = f"“{decision(code).zh}”没有确定为复议前置，却写了应当先申请行政复议，请核实（{OUR_RULE}）。"
        yield Fault("review_first_unfounded", "warning", says, first[0])


def _who(text: str, kind: OrganKind) -> Iterator[Fault]:
    named, cites = WHO_RECONSIDERS.get(kind, ("", None))
    upper, same = _UPPER.search(text), _SAME_LEVEL.search(text)
    if upper and kind is not OrganKind.VERTICAL:
        says = f"行政复议机关是{named}，不是上一级主管部门" if named else "请核实行政复议机关是不是上一级主管部门"
        yield Fault("wrong_organ", "error" if named else "warning", says + _basis(cites), upper[0])
    if same and kind is OrganKind.VERTICAL:
        yield Fault("wrong_organ", "error", f"行政复议机关是{named}，不是人民政府" + _basis(cites), same[0])


def _left_out(text: str, mode: Mode) -> Iterator[Fault]:
    if mode is Mode.NEUTRAL:
        return
    acts = {limit.act for limit in limits(text)}
    if "reconsideration" not in acts:
        yield Fault(
            "no_limit_of_reconsideration", "error", "没有写明申请行政复议的期限（60日）" + _basis(LIMIT_TO_RECONSIDER)
        )
    if mode in (Mode.EITHER, Mode.PER_PART) and "direct" not in acts:
        yield Fault("no_limit_of_litigation", "warning", "没有写明提起行政诉讼的期限（6个月）" + _basis(LIMIT_TO_SUE))
    if mode is Mode.REVIEW_FIRST and "after_reconsideration" not in acts:
        says = "没有写明不服复议决定的起诉期限（15日）" + _basis(LIMIT_TO_SUE_AFTER_RECONSIDERATION)
        yield Fault("no_limit_after_reconsideration", "warning", says)
