"""Title, year, organ, chapter headings and where the words of each chapter stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from gongkai.readers.lexicon import compact, words
from gongkai.readers.tokens import lines_of

_NUMERALS = "一二三四五六七八九十"
_HEADING = re.compile(r"[\s#>*]*([一二三四五六七八九十])\s*[、.．,，:：]?\s*([^\n|\t]{2,45})$")
_LONGEST = 45
"""A heading is a short line of its own; longer ones are sentences."""

_AFTER_NUMERAL = re.compile(r"[\s#>*]*[一二三四五六七八九十](?:\s*[、.．,，:：]|\s+[\u3400-\u9fff])")

_MEANS = (
    (2, re.compile("主动公开")),
    (3, re.compile("(?:收到|处理|办理|受理|依).{0,14}申请|申请.{0,8}(?:处理|办理)")),
    (4, re.compile("复议|诉讼")),
    (5, re.compile("问题.{0,8}(?:改进|措施|整改|打算)?|改进情况")),
    (6, re.compile("其他(?:需要)?(?:报告|说明)|需要报告的")),
    (1, re.compile("总体情况|概述|基本情况|工作情况|总体")),
)
_INLINE = re.compile(
    r"([一二三四五六])\s*、\s*(总体情况|主动公开政府信息情况|收到和处理政府信息公开申请情况|因?政府信息公开[^。、一-六]{0,16}行政复议[、和]?[^。]{0,6}?行政诉讼情况"
    r"|存在的?主要问题及?改进情况|其他需要报告的(?:事项|情况))"
)
_KIND = re.compile(r"(?:政府信息公开|政务公开|信息公开|政务信息公开)")
_TITLE = re.compile(
    r"(?P<before>[^。;；:：\n|]{0,40}?)(?P<year>20\d\d)\s*年\s*度?\s*(?P<after>[^。;；:：\n|]{0,30}?)"
    r"(?:政府信息公开|政务公开|政务信息公开|信息公开)[^。\n]{0,10}?(?:报告|年报)"
)
_TITLE_YEAR_LAST = re.compile(
    r"(?P<before>[^。;；:：\n|]{2,40}?)(?:政府信息公开|政务公开|信息公开)(?:工作)?\s*(?P<year>20\d\d)\s*年度?\s*(?:工作)?(?:报告|年报)"
)
_PERIOD = re.compile(r"(20\d\d)\s*年\s*1\s*月\s*1\s*日")
_YEAR = re.compile(r"(20\d\d)\s*年")
_MADE_BY = re.compile(r"(?:由|,|，|。|^)\s*([\u3400-\u9fff]{3,30}?)(?:根据|依据|按照|编制|结合)")
_ORGAN_END = re.compile(
    r"(?:政府|办公室|办公厅|局|委员会|委|镇|乡|街道|办事处|管委会|中心|厅|部|院|行|处|站|所|大队|支队|公司|学校|园区|开发区|新区|市|县|区|旗|州|盟)$"
)
_JUNK = re.compile(r"^(?:标题|当前位置|首页|来源|发布机构|关于印发|关于|本报告为|现将)[:：]?")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading in the flow text. `number` is the chapter of the form it stands for, None when it is none of them."""

    number: int | None
    numeral: int
    text: str
    start: int
    end: int


def headings(folded: str, flow: str) -> list[Chapter]:
    """Every heading-like line, and in a text without lines the headings inside it."""
    found: list[Chapter] = []
    for at, line in lines_of(folded):
        if len(line) > 4 * _LONGEST or not line.strip(" #>*\t"):
            continue
        bare = line.rstrip(" \t|。")
        if not _AFTER_NUMERAL.match(bare):
            continue
        match = _HEADING.match(_squeezed(bare))
        if match is None:
            continue
        head = compact(bare)
        if head.startswith(_rows()) or head[1:].startswith(("是", "个", "方面", "年", "月", "般", "些")):
            continue
        start = at + line.index(match[1])
        found.append(
            Chapter(
                _meaning(match[2]), _NUMERALS.index(match[1]) + 1, flow[start : at + len(bare)], start, at + len(bare)
            )
        )
    if len({c.number for c in found if c.number}) < 3:
        inline = [
            Chapter(_meaning(m[2]), _NUMERALS.index(m[1]) + 1, flow[m.start() : m.end()], m.start(), m.end())
            for m in _INLINE.finditer(folded)
        ]
        if len(inline) > len([c for c in found if c.number]):
            return inline
    return found


@cache
def _rows() -> tuple[str, ...]:
    """Spellings of rows and groups of table 三 that are long enough to be told from the beginning of a heading."""
    return tuple(s for s, w in words().items() if w.meaning in ("row3", "group") and len(s) > 4)


def _squeezed(line: str) -> str:
    return re.sub(r"\s(?<=[\u3400-\u9fff]\s)\s*(?=[\u3400-\u9fff])", "", line)


def _meaning(text: str) -> int | None:
    return next((number for number, pattern in _MEANS if pattern.search(text)), None)


def spine(found: Sequence[Chapter], *, any_order: bool = False) -> dict[int, Chapter]:
    """One heading for each chapter of the form, in rising order of the document; its own numeral is preferred.

    `any_order`: the sheets of a workbook may put the words before the tables.
    """
    chosen: dict[int, Chapter] = {}
    at = -1
    for number in range(1, 7):
        here = [c for c in found if c.number == number and (any_order or c.start > at)]
        best = next((c for c in here if c.numeral == number), here[0] if here else None)
        if best is None:
            continue
        if any_order:
            chosen[number] = best
            continue
        later = [c for c in found if c.number and c.number > number and c.start < best.start and c.start > at]
        if later and best.numeral != number:
            continue
        chosen[number] = best
        at = best.start
    return chosen


_TITLE_WITHIN = 40
"""The lines at whose beginning the title stands."""
_APART = re.compile(r"[ \t](?<=[\u3400-\u9fff\d][ \t])[ \t]*(?=[\u3400-\u9fff\d])")
"""White space between two characters of a title; the sign that is looked for stands first, which is faster."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the title says."""

    title: str | None
    organ: str | None
    year: int | None


def opening(folded: str) -> Opening:
    """Title, organ and year. Null where the document does not say."""
    head = folded[:3000]
    stripped = (line.strip(" #*\t") for line in head.split("\n"))
    lines = [_APART.sub("", line) for line in islice(filter(None, stripped), _TITLE_WITHIN + 1)]
    title, organ, year = _from_title(lines)
    if year is None:
        period = _PERIOD.search(folded)
        year = int(period[1]) if period else None
    if year is None:
        years = [int(y) for y in _YEAR.findall(head)]
        year = max(years, key=years.count) if years else None
    if organ is None:
        made = _MADE_BY.search(head.replace("\n", ""))
        organ = made[1].split("报告由")[-1] if made and _ORGAN_END.search(made[1]) else None
    return Opening(title, organ, year)


def _from_title(lines: Sequence[str]) -> tuple[str | None, str | None, int | None]:
    for index, line in enumerate(lines[:_TITLE_WITHIN]):
        joined = line if index + 1 >= len(lines) else line + lines[index + 1]
        for text in (line, joined):
            match = _TITLE.search(text) or _TITLE_YEAR_LAST.search(text)
            if match is None or match.start() > 12:
                continue
            groups = match.groupdict()
            organ = _organ(groups["before"]) or _organ(groups.get("after") or "")
            return match[0].strip(), organ, int(match["year"])
    return None, None, None


def _organ(text: str) -> str | None:
    text = _JUNK.sub("", text.strip(" (（《#:：")).strip()
    if not 2 <= len(text) <= 40 or text.startswith(("我", "本机关", "本单位", "现")) or any(c.isdigit() for c in text):
        return None
    if _KIND.fullmatch(text):  # the name of the column it was published in
        return None
    return text
