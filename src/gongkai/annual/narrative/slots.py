"""Slots: where a stored text names a fact, and what stands there when the figures are filled in.

A text is kept as people left it, with `{新收申请件数}` where a number belongs. Filling in changes nothing else: what
stands outside the slots is the same whatever the figures are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.annual.narrative.facts import Fact, Number, printed

_SLOT = re.compile(r"[{｛]([^{}｛｝\n]{1,80})[}｝]")
_BRACE = re.compile(r"[{}｛｝]")
_DIGIT_BEFORE = re.compile(r"[\d０-９.．,]$")
_DIGIT_AFTER = re.compile(r"[\d０-９万亿千百十%％‰]|[.．,][\d０-９]")


class Slot(NamedTuple):
    """Characters `start:end` of the filled text, the key of the fact behind them, and its number."""

    start: int
    end: int
    fact: str
    value: Number


@dataclass(frozen=True, slots=True)
class Broken:
    """A slot that cannot be filled: where it stands in the filled text, what it says, and why."""

    start: int
    end: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its numbers. What is broken stands there as it was stored."""

    text: str
    slots: tuple[Slot, ...]
    broken: tuple[Broken, ...]

    @property
    def taken(self) -> list[tuple[int, int]]:
        """Where slots stand, broken ones too, in order."""
        filled = [(each.start, each.end) for each in self.slots]
        return sorted([*filled, *((each.start, each.end) for each in self.broken)])

    def outside(self) -> str:
        """What people wrote: the text without its slots, broken ones left out too."""
        return "".join(self.pieces())

    def pieces(self) -> Iterator[str]:
        """The stretches between the slots, in order."""
        last = 0
        for start, end in self.taken:
            yield self.text[last:start]
            last = max(last, end)
        yield self.text[last:]


def fill(words: str, facts: Mapping[str, Fact]) -> Filled:
    """The text with the number of each slot, by the name or key of its fact (`facts.named`)."""
    found: list[str] = []
    slots: list[Slot] = []
    broken: list[Broken] = []
    length = last = 0

    def put(piece: str) -> int:
        nonlocal length
        found.append(piece)
        length += len(piece)
        return length

    def plain(piece: str) -> None:
        start = length
        put(piece)
        broken.extend(
            Broken(start + m.start(), start + m.end(), m[0], "花括号没有成对，或者里面没有写名称。")
            for m in _BRACE.finditer(piece)
        )

    for match in _SLOT.finditer(words):
        plain(words[last : match.start()])
        last, start = match.end(), length
        name = match[1].strip()
        fact = facts.get(name)
        why = _why(name, fact) or _touching(words, match)
        if fact is None or fact.value is None or why:
            broken.append(Broken(start, put(match[0]), name, why))
        else:
            slots.append(Slot(start, put(printed(fact.value)), fact.key, fact.value))
    plain(words[last:])
    return Filled("".join(found), tuple(slots), tuple(sorted(broken, key=lambda each: each.start)))


def _why(name: str, fact: Fact | None) -> str:
    if fact is None:
        return f"没有叫“{name}”的数，请从右侧选择。"
    if fact.value is None:
        return f"“{fact.zh}”现在没有数：{fact.why or '来源中没有。'}"
    return ""


def _touching(words: str, match: re.Match[str]) -> str:
    """A digit beside a slot would make another number of it."""
    before, after = words[max(0, match.start() - 2) : match.start()], words[match.end() : match.end() + 2]
    number = _DIGIT_BEFORE.search(before) and (before[-1] not in ",.．" or before[:1].isdigit())
    if number or _DIGIT_AFTER.match(after) or before.endswith(("}", "｝")) or after.startswith(("{", "｛")):
        return "绑定的数前后紧接着别的数字，会变成另一个数，请隔开。"
    return ""


def used(words: str) -> tuple[str, ...]:
    """What the slots of a text name, in order."""
    return tuple(match[1].strip() for match in _SLOT.finditer(words))


def bare(words: str) -> str:
    """A stored text without its slots."""
    return _SLOT.sub("", words)
