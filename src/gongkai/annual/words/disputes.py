"""Reconsideration and litigation in the words against table 四: numbers, results, 均获维持."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual.findings import Finding
from gongkai.annual.passages import found_in
from gongkai.annual.words import registry, scope
from gongkai.annual.words.cells import KINDS, RESULTS, Amount, Table
from gongkai.annual.words.claims import Claim
from gongkai.annual.words.compare import Comparison, judge
from gongkai.annual.words.lexicon import Term, term
from gongkai.annual.words.mentions import Mention, Page

_LITIGATION = ("direct_litigation", "litigation_after_reconsideration")
_END = r"(?:案件|案|事项|申请|情况|件数|数量|的|共计|共|有|为|是|了|:|：)*$"
_BOTH = re.compile(rf"(?:行政)?复议(?:和|及|、|与|或|以及)(?:行政)?(?:应诉|诉讼){_END}")
_RECONSIDERATION = re.compile(rf"(?:行政)?复议{_END}")
_AFTER = re.compile(rf"(?:经)?复议后(?:又|再)?(?:提起|起诉|的)?(?:行政)?(?:诉讼|起诉)?{_END}")
_DIRECT = re.compile(rf"(?:未经复议)?直接(?:提起)?(?:行政)?(?:起诉|诉讼){_END}")
_LITIGATED = re.compile(rf"(?:行政诉讼|(?<![应胜败])诉讼|(?:被)?提起诉讼){_END}")
_INFORMATION = re.compile(r"信息公开|依申请公开|公开(?:类|领域|工作)|因公开")
_AGAINST_US = re.compile(
    r"被(?:申请人?|申请提起|提起|提请|提出|诉|告|起诉)?(?:行政)?(?:复议|诉讼|起诉|应诉|提起)|(?:引发|引起|产生|发生|涉及|出现)(?:的)?(?:行政)?(?:复议|诉讼)"
)
"""Cases against the organ, which in a report on open information are most likely those of table 四."""
_OTHER_MATTERS = re.compile(
    r"执法|法治|依法行政|处罚|许可|征收|征地|拆迁|信访|调解|仲裁|规范性文件|备案|司法|法院|出庭|应诉|工伤|土地|审理|审结|受理|办理|承办|化解|民事|检察|规划|建设"
)
_OF_WHICH = re.compile(r"(?:其中|包括|含)[^。]{0,12}信息公开")
_LOOSE = re.compile(r"备案|应诉|办理(?!结果)|审理|受理|收到|新增|法制|共有|涉及|参与|代理|出庭|化解")
_ALL_UPHELD = re.compile(r"(?:均|全部|全都|都|皆)(?:获|被|为|予以|得到|依法)?(?:结果)?维持")


_RESULT_NAMES = {"corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}


@dataclass(frozen=True, slots=True)
class Case:
    """A number of cases: of which kinds of proceedings, and whether for sure those of open information."""

    mention: Mention
    kinds: tuple[str, ...]
    name: str
    firm: bool


def _kinds(phrase: str, tail: str) -> tuple[tuple[str, ...], str] | None:
    if re.match(r"^(?:起|宗)?(?:政府信息公开)?(?:行政)?复议", tail):
        return ("reconsideration",), "行政复议"
    if re.match(r"^(?:政府信息公开)?(?:行政)?诉讼", tail):
        return _LITIGATION, "行政诉讼"
    if _BOTH.search(phrase):
        return KINDS, "行政复议与行政诉讼"
    if _AFTER.search(phrase):
        return _LITIGATION[1:], "复议后起诉"
    if _DIRECT.search(phrase):
        return _LITIGATION[:1], "未经复议直接起诉"
    if _RECONSIDERATION.search(phrase):
        return ("reconsideration",), "行政复议"
    if _LITIGATED.search(phrase):
        return _LITIGATION, "行政诉讼"
    return None


def cases(page: Page) -> list[Case]:
    """The numbers of cases a page speaks of, those about open information only."""
    found: list[Case] = []
    if "复议" not in page.text and "诉" not in page.text:
        return found
    for mention in page.mentions:
        if mention.unit not in ("件", "起", "宗", "次", "例", "项", "个"):
            continue
        read = _kinds(mention.phrase, mention.tail)
        if read is None:
            continue
        said = page.said_before(mention) + mention.tail
        about = bool(_INFORMATION.search(said)) or page.passage.chapter == 4
        if about or _against_us(page, mention):
            found.append(Case(mention, *read, firm=about and not _LOOSE.search(said)))
    return found


def _against_us(page: Page, mention: Mention) -> bool:
    """Whether cases are said to be against the organ, in a paragraph that names no other matter they may be of."""
    sentence = page.sentence_text(mention)
    if not _AGAINST_US.search(sentence) or _OF_WHICH.search(sentence):
        return False
    return not _OTHER_MATTERS.search(page.before_in_paragraph(mention) + sentence)


def _amount(table: Table, kinds: tuple[str, ...], result: str, name: str) -> tuple[Amount, ...]:
    whole = table.dispute(kinds, result, name)
    if kinds == _LITIGATION:
        return (
            whole,
            *(
                table.dispute((k,), result, f"{name}（{n}）")
                for k, n in zip(kinds, ("未经复议直接起诉", "复议后起诉"), strict=True)
            ),
        )
    return (whole,)


def dispute_findings(page: Page, table: Table) -> Iterator[tuple[Claim, Finding | None]]:
    """Numbers of cases and of their results, and the statement that all were upheld."""
    found = cases(page)
    for position, case in enumerate(found):
        mention = case.mention
        if not mention.exact or mention.delta or scope.other_time(page, mention, table.report):
            continue
        amounts = _amount(table, case.kinds, "total", f"表四{case.name}总计")
        scoped = scope.differs(page, mention, table.report)
        claim, result = judge(page, mention, Comparison(registry.DISPUTES, case.name, amounts, case.firm), scoped)
        yield claim, result
        if result is None:
            until = found[position + 1].mention.start if position + 1 < len(found) else len(page.text)
            yield from _results(page, table, case, until, scoped)
    yield from _upheld(page, table, found)


def _results(page: Page, table: Table, case: Case, until: int, scoped: bool) -> Iterator[tuple[Claim, Finding | None]]:
    for mention in page.mentions[case.mention.index + 1 :]:
        if (
            mention.start >= until
            or mention.paragraph != case.mention.paragraph
            or mention.sentence > case.mention.sentence + 1
        ):
            return
        read = term(mention.label)
        if read is None or read.family != "result" or mention.delta or not mention.exact:
            continue
        yield judge(page, mention, _result(table, case, read), scoped)


def _result(table: Table, case: Case, read: Term) -> Comparison:
    amounts = _amount(table, case.kinds, read.key, f"表四{case.name}·{read.name}")
    return Comparison(registry.DISPUTES, f"{case.name}·{read.name}", amounts, case.firm and read.name in read.words)


def _upheld(page: Page, table: Table, found: list[Case]) -> Iterator[tuple[Claim, Finding | None]]:
    match = _ALL_UPHELD.search(page.text)
    if match is None:
        return
    before = [
        c
        for c in found
        if c.mention.end <= match.start()
        and page.sentences[c.mention.sentence].end >= match.start()
        and c.mention.exact
        and c.mention.value
    ]
    wrong: list[str] = []
    said: list[str] = []
    for case in before:
        for kind in case.kinds:
            for result in RESULTS[1:]:
                address = f"disputes.{kind}.{result}"
                value = table.report.value(address)
                if value:
                    wrong += [f"disputes.{kind}.upheld", address]
                    said.append(f"{case.name}{_RESULT_NAMES[result]}{value}件")
    if not wrong or scope.other_time(page, before[0].mention, table.report):
        return
    scoped = scope.differs(page, before[0].mention, table.report)
    start, end = before[0].mention.phrase_start, match.end()
    quote, at, where = page.passage.place(start, end)
    grade = "conflict" if all(c.firm for c in before) and not scoped else "doubt"
    yield (
        Claim("均获维持", 0, "件", quote, at, where, (), tuple(wrong)),
        found_in(
            page.passage,
            registry.DISPUTES,
            start,
            end,
            f"文字称“{page.text[match.start() : match.end()]}”，表四中{'、'.join(said)}，两处不一致，请核实。",
            grade="conflict" if grade == "conflict" else "doubt",
            met=page.text[match.start() : match.end()],
            expected="、".join(said),
            cells=tuple(dict.fromkeys(wrong)),
        ),
    )
