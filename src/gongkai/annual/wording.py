"""Slips of the pen in the words: rests of a template, phrases said twice, enumerations with a gap, lost numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.findings import Finding
from gongkai.annual.passages import ORDINALS, Passage, found_in, near, passages, readable
from gongkai.annual.report import Report
from gongkai.annual.rules import Rule
from gongkai.text.sentences import clause_around

RESIDUE = Rule(
    "S-RESIDUE",
    "copy_paste",
    "doubt",
    "文中留有模板的占位符（XX、××、某某、待填的横线、“（文字描述）”等）",
    advice="请填写实际内容或者删去占位符。",
)
REPEAT = Rule(
    "S-REPEAT",
    "copy_paste",
    "doubt",
    "同一短语在一句之内紧接着重复",
    advice="如系误录，请删去重复的部分。",
)
SENTENCE = Rule(
    "S-SENTENCE-TWICE",
    "copy_paste",
    "note",
    "同一长句在报告中出现两次",
    advice="如无必要，可保留一处。",
)
ORDINAL = Rule(
    "S-ORDINAL",
    "structure",
    "doubt",
    "“一是、二是、三是”的序号缺号或者重号",
    advice="请核对是否漏写一项或者序号有误。",
)
NUMBER_LOST = Rule(
    "S-NUMBER-LOST",
    "structure",
    "doubt",
    "并列的数量中有一项只有单位没有数字",
    advice="请补上数字，并复核合计。",
)
RULES = (RESIDUE, REPEAT, SENTENCE, ORDINAL, NUMBER_LOST)

_HAN = "\u4e00-\u9fff"
_RESIDUE = re.compile(
    rf"20[xX×]{{2}}年?|[X×✕╳]{{2,}}|(?<=[{_HAN}])x{{2,}}(?=[{_HAN}])|某某(?:县|市|区|镇|乡|局|街道|单位|部门|办)|"
    rf"\((?:文字描述|此处[^)]{{0,20}}|请填写[^)]{{0,12}}|请在此[^)]{{0,12}}|填写[^)]{{0,12}})\)|(?<=[{_HAN}])_{{2,}}(?=[{_HAN}])"
)
_CLAUSES = re.compile(r"[^。！？；，：,;!?]+")
_DOUBLED = re.compile(rf"([{_HAN}]{{3,14}})\1")
_ORDINAL = re.compile(r"(十?[一二三四五六七八九]|十)是")
_BEFORE_ORDINAL = frozenset("，。；：、:;,!?！？)”]》")
_NO_ORDINAL = frozenset("第之统唯万单专同其不归十二三")
_SPACED = re.compile(r"(?<=\S)[ \t|\u3000]+")
_LONG_SENTENCE = 30

# Words that end in a unit: 头条、文件、案件 are no lost numbers.
_UNIT_WORDS = {
    "条": "头信词线链教面油各每几多若逐整数一二两三四五六七八九十百千",
    "件": "文案信条稿软硬事邮要附零证部配组物抄来密原急各每几多若逐整数一二两三四五六七八九十百千",
    "篇": "长短通全连整首各每几多若逐数一二两三四五六七八九十百千",
}
_LOST = re.compile(rf"(?<=[{_HAN}])([条件篇])、[{_HAN}“”]{{2,20}}?\d+\1")


def check_residue(report: Report) -> list[Finding]:
    """Rests of a template; all of a report are one finding, on the first."""
    hits = [
        (passage, match) for passage in passages(report) for match in _RESIDUE.finditer(readable(passage.words.text))
    ]
    if not hits:
        return []
    passage, match = hits[0]
    start, end = near(passage, match.start(), match.end())
    more = f"（全文共{len(hits)}处）" if len(hits) > 1 else ""
    return [
        found_in(
            passage,
            RESIDUE,
            start,
            end,
            f"此处留有占位符“{match[0]}”{more}，请核实。",
            met=match[0],
        )
    ]


def check_repeats(report: Report) -> list[Finding]:
    """Phrases said twice in a row, and long sentences that stand twice."""
    return [*_phrases(report), *_sentences(report)]


def _phrases(report: Report) -> Iterator[Finding]:
    said: set[str] = set()
    for passage in passages(report):
        if not passage.chapter:
            continue  # before the first chapter the title often stands twice
        text = readable(passage.words.text)
        for start, end, phrase in (*_clauses_repeated(text), *_doubled(passage, text)):
            if phrase not in said:
                said.add(phrase)
                yield found_in(
                    passage,
                    REPEAT,
                    start,
                    end,
                    f"“{phrase}”在此处紧接着出现两次，请核实是否重复。",
                    met=phrase,
                )


def _clauses_repeated(text: str) -> Iterator[tuple[int, int, str]]:
    previous: re.Match[str] | None = None
    for clause in _CLAUSES.finditer(text):
        if previous is not None and clause.start() == previous.end() + 1:
            phrase, now = previous[0], clause[0]
            if not re.search(r"\d", phrase) and text[previous.end()] in "，,；;":
                same = now == phrase and len(phrase) >= 4
                ends = len(phrase) >= 6 and len(now) >= len(phrase) + 4 and now.endswith(phrase)
                if same or ends:
                    yield previous.start(), clause.end(), phrase
        previous = clause


def _doubled(passage: Passage, text: str) -> Iterator[tuple[int, int, str]]:
    for match in _DOUBLED.finditer(text):
        middle = match.start() + len(match[1])
        # A heading and the first words below it are not a slip, nor are the heads of a table.
        quote, seam = passage.words.quote(*match.span()), passage.words.quote(middle - 1, middle + 1)
        if "\n" not in seam and not _SPACED.search(quote):
            yield match.start(), match.end(), match[1]


def _sentences(report: Report) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for passage in passages(report):
        text = passage.words.text
        for match in re.finditer(r"[^。！？；]+", text):
            words = match[0]
            if len(words) < _LONG_SENTENCE or re.search(r"\d|网站|联系", words):
                continue
            if words in seen:
                yield found_in(
                    passage,
                    SENTENCE,
                    match.start(),
                    match.end(),
                    f"此句与{seen[words]}的一句完全相同。",
                    met=words[:20] + "…",
                )
            seen.setdefault(words, passage.where)


def check_ordinals(report: Report) -> list[Finding]:
    """Gaps and doubles in 一是…二是…; one finding a run, at the first break."""
    findings = []
    for passage in passages(report):
        text, due, broken, last = passage.words.text, 0, False, 0
        for match in _ordinals(passage):
            number = _number(match[1])
            if number == 1:
                due, broken = 2, False
            elif due and not broken:
                if number != due and not _said_otherwise(text[last : match.start()], due):
                    broken = True
                    start, end = match.start(), clause_around(passage.words.text, match.end(), match.end())[1]
                    findings.append(
                        found_in(
                            passage,
                            ORDINAL,
                            start,
                            end,
                            f"此处应为“{_ordinal(due)}是”，写的是“{match[1]}是”，请核实序号或者是否漏项。",
                            met=f"{match[1]}是",
                            expected=f"{_ordinal(due)}是",
                        )
                    )
                due = number + 1
            last = match.end()
    return findings


def _ordinals(passage: Passage) -> Iterator[re.Match[str]]:
    """一是, 二是 at the beginning of a clause or of a line; never 统一是, 之一是."""
    for match in _ORDINAL.finditer(passage.words.text):
        before = passage.words.text[match.start() - 1] if match.start() else "。"
        begins_line = before not in _NO_ORDINAL and "\n" in passage.words.quote(match.start() - 1, match.start() + 1)
        if before in _BEFORE_ORDINAL or begins_line:
            yield match


def _said_otherwise(between: str, due: int) -> bool:
    """Whether the missing number stands there in other words: 二要…, 第二，…, （二）…"""
    return bool(re.search(rf"(?:^|[，。；：、(第其]){_ordinal(due)}(?!是)", between)) or f"{due}." in between


def _number(ordinal: str) -> int:
    if len(ordinal) == 2:
        return 10 + ORDINALS.index(ordinal[1]) + 1
    return ORDINALS.index(ordinal) + 1


def _ordinal(number: int) -> str:
    return ORDINALS[number - 1] if number <= 10 else "十" + ORDINALS[number - 11]


def check_lost_numbers(report: Report) -> list[Finding]:
    """An item of a list with its unit but no number, before items that have both (许可条、施工证76条)."""
    findings = []
    for passage in passages(report):
        text = readable(passage.words.text)
        for match in _LOST.finditer(text):
            before = text[match.start() - 1]
            if before in _UNIT_WORDS[match[1]]:
                continue
            start, _ = clause_around(passage.words.text, match.start(), match.start())
            start = max(start, text.rfind("、", start, match.start()) + 1)
            findings.append(
                found_in(
                    passage,
                    NUMBER_LOST,
                    start,
                    match.start() + 2,
                    f"“{text[start : match.start() + 1]}”只有单位没有数字，请核实。",
                    met=text[start : match.start() + 1],
                )
            )
    return findings


CHECKS = (check_residue, check_repeats, check_ordinals, check_lost_numbers)
