"""Words of the office's lists in a text: misspelt and sensitive words, marks that restrict disclosure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongkai.readers.precheck.flow import Flow
from gongkai.readers.precheck.kinds import Grade
from gongkai.readers.precheck.lists import Lists, Word
from gongkai.text.normal import fold
from gongkai.text.secrecy import classification_marks

_G = r"[ \u2028]{0,4}"
_INTERNAL = re.compile(
    r"内部(?:资料|文件|材料|使用|参考|传阅|掌握|情况)(?:[，,、 ]{0,2}(?:注意|妥善)保[存管])?|仅供内部|仅限内部"
    r"|(?:请勿|不得|严禁|禁止)(?:外传|外泄|对外公开|向社会公开)|[（(\[【]工作秘密[）)\]】]|(?:属于?|定为|列为)工作秘密|^[ \u2028]{0,4}工作秘密[ \u2028]{0,4}$"
    rf"|[（(\[【]{_G}(?:此件)?{_G}(?:不予公开|不公开|依申请公开){_G}[）)\]】]|此件(?:不予公开|不公开|依申请公开|不宜公开)"
    r"|公开(?:属性|方式|类别)[:： ]{0,3}(?:不予公开|不公开|依申请公开)",
    re.MULTILINE,
)
_DRAFT = re.compile(r"[（(](?:送审稿|讨论稿|修改稿|内部征求意见稿|代拟稿|初稿|未定稿|草稿)[）)]")


@dataclass(frozen=True, slots=True)
class Met:
    """A stretch `start:end` of the flow text that a word or a mark was met at."""

    kind: str
    start: int
    end: int
    says: str
    grade: Grade | None = None
    what_to_do: str = ""


def secrecy(flow: Flow) -> Iterator[Met]:
    """Classification marks, and words that restrict disclosure."""
    for mark in classification_marks(flow.text):
        yield Met("secrecy_mark", mark.start, mark.end, f"文件带有国家秘密标志“{mark.shown}”。")
    for found in _INTERNAL.finditer(flow.text):
        word = "".join(found.group().split())
        yield Met("internal_mark", *found.span(), f"文件标注了“{word}”。")
    for found in _DRAFT.finditer(flow.text):
        says = f"文件标注了“{found.group().strip('（()）')}”，请核对是不是定稿。"
        yield Met("internal_mark", *found.span(), says, "note", "是定稿的，删去该字样；不是定稿的，换成定稿。")


class _Index:
    """Words by their first two characters: a text is looked through once, however many words there are."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self._words: dict[str, list[tuple[str, Word]]] = {}
        firsts = set()
        for listed_word in words:
            spelt = fold(listed_word.word)
            word = replace(listed_word, but=tuple(map(fold, listed_word.but))) if listed_word.but else listed_word
            self._words.setdefault(spelt[:2], []).append((spelt, word))
            firsts.add(spelt[0])
        for found in self._words.values():
            found.sort(key=lambda pair: -len(pair[0]))
        # A set of first characters is looked for far faster than thousands of alternatives.
        self._first = re.compile("[" + "".join(map(re.escape, sorted(firsts))) + "]") if firsts else None

    def find(self, text: str) -> Iterator[tuple[int, int, Word]]:
        """Every word of the list in the text, the longest where several begin together."""
        if self._first is None:
            return
        end = 0
        for found in self._first.finditer(text):
            at = found.start()
            if at < end:
                continue
            for spelt, word in (*self._words.get(text[at : at + 2], ()), *self._words.get(text[at], ())):
                if text.startswith(spelt, at) and not _rightly(text, at, spelt, word):
                    end = at + len(spelt)
                    yield at, end, word
                    break


def _rightly(text: str, at: int, spelt: str, word: Word) -> bool:
    """Whether the word is only part of a longer one in which it stands rightly."""
    for longer in word.but:
        inside = longer.find(spelt)
        while inside >= 0:
            if text.startswith(longer, at - inside) and at >= inside:
                return True
            inside = longer.find(spelt, inside + 1)
    return False


def listed(flow: Flow, lists: Lists) -> Iterator[Met]:
    """Words of the lists."""
    for start, end, word in _Index(lists.words).find(flow.text):
        if word.instead:
            says = f"“{word.word}”疑为“{word.instead}”之误。"
            yield Met("misspelt", start, end, says)
        else:
            yield Met("sensitive", start, end, f"“{word.word}”在敏感词表中{f'：{word.note}' if word.note else ''}。")
