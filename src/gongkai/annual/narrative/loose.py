"""Numbers that were typed by hand into a text: no source holds them, so they are shown and compared with the facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from gongkai.annual.narrative.facts import Fact, Number, definitions
from gongkai.annual.narrative.slots import Filled
from gongkai.text.normal import fold
from gongkai.text.numbers import Quantity, quantities
from gongkai.text.sentences import clause_around

Says = Literal["differs", "same", "alone"]
_LEVEL = {"条次": "条", "件次": "件", "个次": "个", "篇": "条", "场次": "场", "期": "期"}
"""Units that count the same things as another."""


@dataclass(frozen=True, slots=True)
class Loose:
    """A number typed by hand, at `start:end` of the filled text.

    `differs`: the words beside it speak of a fact that has another value; `same`: a fact has this value and its words
    stand beside; `alone`: nothing of ours to compare it with.
    """

    start: int
    end: int
    quote: str
    value: Number
    says: Says
    fact: Fact | None = None

    @property
    def message(self) -> str:
        """What a person is told of it."""
        if self.fact is None or self.fact.value is None:
            return f"“{self.quote}”是手工写的数，没有来源，情况变化时不会跟着变。"
        if self.says == "same":
            return f"“{self.quote}”与“{self.fact.zh}”相同，是手工写的；改写成{self.fact.slot}，以后随来源变化。"
        now = f"{self.fact.shown}{self.fact.unit}"
        return f"“{self.quote}”是手工写的，来源中“{self.fact.zh}”现为{now}，请核实。"


def loose(filled: Filled, facts: Iterable[Fact]) -> tuple[Loose, ...]:
    """The quantities of a filled text that are not bound, in order. Shares in per cent are people's own reckoning."""
    known = [fact for fact in facts if fact.value is not None]
    text = fold(filled.text)
    return tuple(
        _judged(filled.text, text, each, known)
        for each in quantities(text)
        if not any(start < each.end and each.start < end for start, end in filled.taken)
    )


def _judged(source: str, text: str, met: Quantity, facts: list[Fact]) -> Loose:
    quote = source[met.start : met.end]
    near = [fact for fact in facts if _alike(fact, met) and _spoken_of(fact, text, met)]
    same = next((fact for fact in near if fact.value == met.value), None)
    if same:
        return Loose(met.start, met.end, quote, met.value, "same", same)
    if near and met.exact:
        return Loose(met.start, met.end, quote, met.value, "differs", near[0])
    return Loose(met.start, met.end, quote, met.value, "alone")


def _alike(fact: Fact, met: Quantity) -> bool:
    return _LEVEL.get(fact.unit, fact.unit) == _LEVEL.get(met.unit, met.unit)


def _spoken_of(fact: Fact, text: str, met: Quantity) -> bool:
    pattern = _tells().get(fact.key)
    if pattern is None:
        return False
    clause = clause_around(text, met.start, met.end)
    return bool(pattern.search(text, clause.start, clause.end))


@cache
def _tells() -> dict[str, re.Pattern[str]]:
    return {key: re.compile(of.tells) for key, of in definitions().items() if of.tells}
