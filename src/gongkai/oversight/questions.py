"""The questions of a public appraisal: written as plain text, one block each, and what an answer to each may be.

A question is a choice (单选), several choices (多选), a scale (评价, with 不了解 beside it) or free text (文字).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.text.personal import find

KINDS = {"one": "单选", "many": "多选", "scale": "评价", "text": "文字"}
UNKNOWN = "unknown"
"""The answer 不了解 to a scale: counted, and counted apart."""
UNKNOWN_ZH = "不了解"
USUAL_SCALE, USUAL_GOOD = ("满意", "基本满意", "不满意"), (0, 1)
"""The steps of a scale for which none are written, and those of them that count as satisfied."""
MOST_QUESTIONS, MOST_OPTIONS, MOST_WORDS, MOST_OPTION, MOST_TEXT = 30, 12, 200, 60, 1000
_OPTIONAL = re.compile(r"[（(]选答[）)]$")
_HEAD = re.compile(rf"({'|'.join(KINDS.values())})[:：\s]\s*(.*)")
_ASKS = re.compile("姓名|名字|身份证|证件号|手机号|电话号码|联系电话|联系方式|家庭住址|住址|微信号|银行卡|账号")
"""What a question in free text must not ask for."""

Choice = int | str | list[int]
"""An answer that is counted: the place of an option, `UNKNOWN`, or the places of several."""


class Fault(ValueError):
    """Questions that cannot be asked, or answers that fit none: one Chinese sentence for each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `good` are the steps of a scale that count as satisfied; without any there is no such rate."""

    key: str
    kind: str
    words: str
    options: tuple[str, ...] = ()
    good: tuple[int, ...] = ()
    needed: bool = True

    @property
    def kind_zh(self) -> str:
        """What kind it is, in words."""
        return KINDS[self.kind]

    @property
    def said_good(self) -> str:
        """The steps that count as satisfied, in words."""
        return "、".join(self.options[place] for place in self.good)

    def to_data(self) -> dict[str, Any]:
        """As a questionnaire keeps it."""
        return {
            "key": self.key,
            "kind": self.kind,
            "words": self.words,
            "options": list(self.options),
            "good": list(self.good),
            "needed": self.needed,
        }


def from_data(rows: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Questions as they were kept."""
    return tuple(
        Question(
            row["key"], row["kind"], row["words"], tuple(row["options"]), tuple(row["good"]), needed=bool(row["needed"])
        )
        for row in rows
    )


def read(text: str) -> tuple[Question, ...]:
    r"""The questions that a text says, numbered in their order. Fault names every mistake with its question.

    >>> [(q.kind, q.options) for q in read("评价：总的印象\n\n文字：还有什么建议？")]
    [('scale', ('满意', '基本满意', '不满意')), ('text', ())]
    """
    faults: list[str] = []
    blocks = [[line.strip() for line in block.splitlines()] for block in re.split(r"\n\s*\n", text.replace("\r", ""))]
    found = [
        _question(number, [line for line in block if line], faults)
        for number, block in enumerate((block for block in blocks if any(block)), start=1)
    ]
    if not found:
        faults.append("请写题目。")
    elif all(each.kind == "text" for each in found):
        faults.append("至少要有一道可以统计的题（单选、多选或者评价）。")
    if len(found) > MOST_QUESTIONS:
        faults.append(f"最多{MOST_QUESTIONS}道题，现有{len(found)}道。")
    if faults:
        raise Fault(faults)
    return tuple(found)


def _question(number: int, lines: list[str], faults: list[str]) -> Question:
    where = f"第{number}题"
    head = _HEAD.fullmatch(lines[0])
    if head is None:
        faults.append(f"{where}的第一行应以“单选：”“多选：”“评价：”或者“文字：”开头。")
        return Question(f"q{number}", "text", lines[0])
    kind = next(key for key, zh in KINDS.items() if zh == head[1])
    words = _OPTIONAL.sub("", head[2]).strip()
    needed = kind != "text" and words == head[2].strip()
    options, good = _options(kind, lines[1:])
    faults += [where + said for said in _wrong(kind, words, options, good)]
    return Question(f"q{number}", kind, words, options, good, needed)


def _options(kind: str, lines: list[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    if kind == "scale" and not lines:
        return USUAL_SCALE, USUAL_GOOD
    good = tuple(place for place, line in enumerate(lines) if line.startswith(("*", "＊")))
    return tuple(line.lstrip("*＊").strip() for line in lines), good


def _wrong(kind: str, words: str, options: tuple[str, ...], good: tuple[int, ...]) -> Iterable[str]:
    if not words:
        yield "没有写题目。"
    if len(words) > MOST_WORDS or any(len(option) > MOST_OPTION for option in options):
        yield f"太长：题目最多{MOST_WORDS}字，选项最多{MOST_OPTION}字。"
    if any(find(said) for said in (words, *options)):
        yield "里有像电话、证件号码的数字，请删去。"
    if any(ord(sign) < 32 for said in (words, *options) for sign in said):
        yield "里有不能识别的控制字符，请删去。"
    if kind == "text":
        if options:
            yield "是文字题，不要写选项。"
        if _ASKS.search(words):
            yield "询问个人信息。评议不收集个人信息，请删去这一题。"
        return
    if not 2 <= len(options) <= MOST_OPTIONS:
        yield f"应有2至{MOST_OPTIONS}个选项，现有{len(options)}个。"
    if len(set(options)) < len(options) or "" in options:
        yield "有空白或者重复的选项。"
    if kind != "scale" and good:
        yield "不是评价题，选项前不要写“*”。"
    if kind == "scale" and UNKNOWN_ZH in options:
        yield f"的“{UNKNOWN_ZH}”由系统另列，不要写在选项里。"
    if kind == "scale" and len(good) == len(options):
        yield "的每一档都计为满意，请只在满意的几档前写“*”。"


def written(questions: Iterable[Question]) -> str:
    """The text that says these questions; `read` gives them back."""
    blocks = []
    for each in questions:
        mark = "" if each.needed or each.kind == "text" else "（选答）"
        lines = [f"{each.kind_zh}：{each.words}{mark}"]
        lines += [("*" if place in each.good else "") + option for place, option in enumerate(each.options)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


@dataclass(frozen=True, slots=True)
class Given:
    """The answers of one sheet: what is counted, by question, and what was written. What is not there was left open."""

    choices: Mapping[str, Choice]
    texts: Mapping[str, str]


def checked(
    questions: Sequence[Question], choices: Mapping[str, Choice], texts: Mapping[str, str], *, paper: bool = False
) -> Given:
    """The answers as they may be kept. Fault for what fits no question, and on line for what was left open.

    Who filled in paper cannot be asked again: there everything may be open.
    """
    known = {each.key: each for each in questions}
    faults = ["有一个答案不对应问卷上的题目，请刷新页面后重填。"] if (set(choices) | set(texts)) - set(known) else []
    held: dict[str, Choice] = {}
    said: dict[str, str] = {}
    for number, each in enumerate(questions, start=1):
        where = f"第{number}题"
        if each.kind == "text":
            plain = texts.get(each.key, "").strip().replace("\r\n", "\n")
            if len(plain) > MOST_TEXT:
                faults.append(f"{where}最多{MOST_TEXT}字，现有{len(plain)}字。")
            elif any(ord(sign) < 32 and sign not in "\n\t" for sign in plain):
                faults.append(f"{where}里有不能识别的控制字符，请删去后重填。")
            elif plain:
                said[each.key] = plain
            continue
        if each.key in texts or not _fits(each, choices.get(each.key)):
            faults.append(f"{where}的答案不在选项之内，请重新选择。")
        elif (answer := choices.get(each.key)) not in (None, []):
            assert answer is not None
            held[each.key] = sorted(set(answer)) if isinstance(answer, list) else answer
        elif each.needed and not paper:
            faults.append(f"请回答{where}。")
    if not faults and not held and not said:
        faults.append("这份问卷一题也没有回答。")
    if faults:
        raise Fault(faults)
    return Given(held, said)


def _fits(question: Question, answer: Choice | None) -> bool:
    """Whether this is an answer to this question, or none at all."""
    if answer is None:
        return True
    if question.kind == "many":
        return isinstance(answer, list) and all(_place(question, each) for each in answer)
    return _place(question, answer) or (question.kind == "scale" and answer == UNKNOWN)


def _place(question: Question, answer: object) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer < len(question.options)
