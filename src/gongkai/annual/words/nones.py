"""Statements that there was nothing: no application, nothing carried over, no reconsideration or litigation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from gongkai.annual.findings import Finding
from gongkai.annual.passages import found_in
from gongkai.annual.words import registry, scope
from gongkai.annual.words.cells import KINDS, Table
from gongkai.annual.words.claims import Claim
from gongkai.annual.words.mentions import REACH, Mention, Page
from gongkai.annual.words.readings import Reading
from gongkai.text.numbers import Quantity

_NO = r"(?:未曾|尚未|从未|均未|未|没有|无)"
_ASKED = (
    r"(?:公开(?:相关)?政府信息的申请|政府信息(?:公开)?(?:的)?申请|信息公开(?:的)?申请|"
    r"依申请(?:公开)?(?:的)?(?:政府)?(?:信息)?(?:公开)?(?:申请|事项|件|信息)?|公开(?:的)?申请|申请公开(?:政府)?(?:信息|事项)?)"
)
_RECEIVED = re.compile(
    rf"{_NO}(?:收到|接到|受理|办理|接收|收悉|发生|出现|有)(?:过|到|和处理|及处理|或处理|和办理|并处理)?"
    rf"(?:任何|公民、?法人(?:和|或|及|、)其[他它]组织|公民|群众|社会公众|公众、?法人(?:和|或|及|、)其[他它]组织|公众|要求|申请人|企业和群众|单位和个人|个人和单位|关于|有关|相关|对|的|以任何形式|提出|提交|向我[^，。；]{{1,4}})*{_ASKED}"
    rf"(?P<tail>[^，,。；;]{{0,16}})|(?<![有予可])无(?:政府信息)?依申请公开(?:的)?(?:事项|申请|件|信息|情况)?(?P<tail2>[^，,。；;]{{0,10}})|(?:依申请公开|信息公开申请)(?:为|是)?零(?:申请|件|报告)"
)
_NOT_NONE = re.compile(
    r"收费|费用|投诉|复议|诉讼|举报|超期|逾期|引发|引起|不满|补正|延期|问题|错误|败诉|纠纷|"
    r"公开的情况|不公开|征求|遗漏|积压|平台|渠道|栏目|专栏|能力|办法|制度|人员|经验"
)
_NARROW = re.compile(r"网上|网络|信函|邮寄|来信|当面|书面|传真|现场|法人|企业|自然人|涉及|属于|年底|月份|季度|有效")
_DISPUTES = re.compile(
    rf"(?P<no>{_NO})(?P<verb>[^，,。；;、无未]{{0,18}}?)(?P<what>(?:(?:政府信息公开|信息公开|依申请公开)(?:类|领域|工作|的|相关|引起的|引发的|申请)*)?(?:行政)?(?:复议|诉讼)"
    r"(?:(?:案件|事项|申请)?(?:和|及|、|与|或|以及|、?(?:被)?(?:提起|引发))(?:的)?(?:信息公开)?(?:行政)?(?:诉讼|复议|应诉))?)(?P<after>[^，,。；;]{0,10})"
)
_NOT_DISPUTES = re.compile(
    r"败|纠|撤|错|违|变更|确认|答复|未经|维持|胜|超|逾|不服|申请人|尚未|审结|延期|办结|收费|负面|履行|直接"
)
_CARRIED = re.compile(
    r"(?:无|没有|未有|不存在)(?P<what>(?:下|次|本)年度?(?:的)?结转|结转(?:至|到)?下(?:一)?年(?:度)?|结转下年|跨年结转)(?:的)?(?:办理)?(?:申请|件|事项|情况)?(?=[，,。；;]|$)|"
    r"(?:无|没有)(?P<brought>上一?年(?:度)?结转)(?:的)?(?:申请|件|事项|情况)?(?=[，,。；;]|$)"
)
_ALL_DONE = re.compile(
    r"(?:已?全部|均|都|皆)(?:已经?|在[^，,。；;]{2,14}[内前]|按[时期规]|依法|依规|及时|如期|规范|予以|得到|做到|顺利|妥善|、)*"
    r"(?:(?P<closed>办结|办理完毕|办毕|办理完成)|(?<=已)答复|已[^，,。；;]{0,6}答复|答复完毕)"
)
_BUT = re.compile(
    r"结转|顺延|延至|尚未|待答复|待办|正在|在办|其余|除.{1,24}外|[建提]议案?|提案|信箱|留言|热线|信访件|工单|诉求|咨询|按[时期规][^，,。；;]{0,4}率"
)
_ONE_CASE = re.compile(r"[该此]|上述|其中|均$|都$")
_MANY_ORGANS = re.compile(r"(?:其余|其他|部分|个别|有\d+个|\d+个)(?:单位|部门|乡镇|镇|街道|机关)")


_MOST = 100
"""Statements of each sort that are looked at: noise must not cost more than time allows."""


@dataclass(frozen=True, slots=True)
class _Said:
    start: int
    end: int
    cells: tuple[str, ...]
    name: str
    conflict: bool
    met: str = "0"


def _of_applications(page: Page) -> Iterator[_Said]:
    for match in _RECEIVED.finditer(page.text):
        behind = (match["tail"] or "") + (match["tail2"] or "")
        around = page.text[max(0, match.start() - 12) : match.end()]
        if _NOT_NONE.search(behind) or _MANY_ORGANS.search(page.text[max(0, match.start() - 24) : match.start()]):
            continue
        if match[0].endswith("的") or re.match(r"的(?!申请|事项|情况)", behind):
            continue
        if _NARROW.search(around.replace("公民、法人", "").replace("公众、法人", "")):
            continue
        yield _Said(match.start(), match.end(), ("applications.received.total",), "本年新收政府信息公开申请", True)


def _of_disputes(page: Page) -> Iterator[_Said]:
    for match in _DISPUTES.finditer(page.text):
        lead = page.text[max(0, match.start() - 20) : match.start()]
        if _NOT_DISPUTES.search(match["verb"] + match["after"]) or _ONE_CASE.search(re.split("[。；;]", lead)[-1]):
            continue
        what, before = match["what"], page.text[max(0, match.start() - 40) : match.end()]
        kinds = [k for k in KINDS if (k == "reconsideration") == ("复议" in what) or ("复议" in what and "诉" in what)]
        about = bool(re.search(r"信息公开|依申请|公开申请", before)) or page.passage.chapter == 4
        yield _Said(match.start(), match.end(), tuple(f"disputes.{k}.total" for k in kinds), _named(kinds), about)


def _named(kinds: list[str]) -> str:
    if len(kinds) == 3:
        return "行政复议、行政诉讼"
    return "行政复议" if "reconsideration" in kinds else "行政诉讼"


def _of_carried(page: Page) -> Iterator[_Said]:
    for match in _CARRIED.finditer(page.text):
        row, name = ("brought_forward", "上年结转") if match["brought"] else ("carried_forward", "结转下年度继续办理")
        yield _Said(match.start(), match.end(), (f"applications.{row}.total",), name, True)


def _of_open(page: Page, table: Table, readings: dict[int, Reading]) -> Iterator[_Said]:
    """收到申请10件，均已办结: nothing is left for next year. Certain where nothing came over from last year either."""
    for match in islice(_ALL_DONE.finditer(page.text), _MOST):
        at = bisect_right(page.mentions, match.start(), key=lambda m: m.start) - 1
        last = page.mentions[at] if at >= 0 else None
        end = page.sentences[last.sentence].end if last else 0
        if last is None or end < match.start():
            continue
        if _BUT.search(page.before_in_paragraph(last) + page.text[last.start : min(end, match.end() + REACH) + 60]):
            continue
        read = readings.get(last.index)
        if read is None or not read.firm or not read.plain or read.subject not in ("received", "new", "handled"):
            continue
        received, brought = (table.report.value(f"applications.{r}.total") for r in ("received", "brought_forward"))
        sure = bool(match["closed"]) and last.exact and last.value == received and brought == 0
        cells = ("applications.carried_forward.total",)
        yield _Said(match.start(), match.end(), cells, "结转下年度继续办理", sure, match[0])


def none_findings(page: Page, table: Table, readings: dict[int, Reading]) -> Iterator[tuple[Claim, Finding | None]]:
    """Statements of none beside cells that are certainly above zero."""
    text = page.text
    if (
        "未" not in text
        and "无" not in text
        and "没有" not in text
        and "零" not in text
        and "办" not in text
        and "答" not in text
    ):
        return
    for said in chain(
        *(
            islice(some, _MOST)
            for some in (_of_applications(page), _of_disputes(page), _of_carried(page), _of_open(page, table, readings))
        )
    ):
        # The statement is a number too: nought, said in words.
        stand_in = _mention(page, said)
        if scope.other_time(page, stand_in, table.report):
            continue
        above = [(c, v) for c in said.cells if (v := table.report.value(c))]
        start = stand_in.phrase_start
        quote, at, where = page.passage.place(start, said.end)
        claim = Claim("none", 0, "件", quote, at, where, () if above else (said.name,), said.cells)
        if not above:
            yield claim, None
            continue
        sure = said.conflict and not scope.differs(page, stand_in, table.report)
        total = sum(v for _, v in above)
        yield (
            claim,
            found_in(
                page.passage,
                registry.NONE,
                start,
                said.end,
                f"文字称“{text[said.start : said.end]}”，表格中{said.name}为{total}，两处不一致，请核实。",
                grade="conflict" if sure else "doubt",
                met=said.met,
                expected=f"{said.name} {total}",
                cells=tuple(c for c, _ in above),
            ),
        )


def _mention(page: Page, said: _Said) -> Mention:
    sentence = bisect_right([s.start for s in page.sentences], said.start) - 1
    paragraph = bisect_right([p.start for p in page.paragraphs], said.start) - 1
    begin = page.sentences[sentence].start
    lead = max(page.text.rfind(mark, begin, said.start) for mark in "，,；;。(") + 1
    start = max(lead, begin)
    quantity = Quantity(0, "件", said.start, said.end)
    return Mention(quantity, "", page.text[start : said.start], "", start, start, 0, sentence, paragraph)
