"""From what is known of each indicator to a score, in decimals, with the reason for every step.

An indicator of which nothing could be seen may be worth anything between nothing and all: the score is then a range.
What does not apply leaves the sum, and the rest is scaled to the full mark once, at the end: 75 × 4/3 and the like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

from gongkai.oversight.scheme import Indicator, Scheme, plain
from gongkai.oversight.values import Answers, Apart, Counts, Happened, Points, Rate, Seen, Unknown, Value, check_value

FINE, SHOWN = Decimal("0.0001"), Decimal("0.01")
ZERO = Decimal(0)
Verdict = Literal["failed", "passed", "open", "none"]
VERDICTS: dict[str, str] = {"failed": "不合格", "passed": "合格", "open": "尚不能确定", "none": "不定等次"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: of which indicator ("" for the whole), what was reckoned, and what came out, between two bounds."""

    key: str
    title: str
    words: str
    low: Decimal
    high: Decimal
    of: Decimal
    kind: str = "scored"


@dataclass(frozen=True, slots=True)
class Score:
    """A score between two bounds, out of `of`, with its steps. `unknown` names the indicators that leave it open."""

    low: Decimal
    high: Decimal
    of: Decimal
    base_low: Decimal
    base_high: Decimal
    steps: tuple[Step, ...]
    unknown: tuple[str, ...]
    vetoed: tuple[str, ...]
    verdict: Verdict

    @property
    def value(self) -> Decimal | None:
        """The score; None while it is a range."""
        return self.low if self.low == self.high else None

    @property
    def words(self) -> str:
        """The score as it is said."""
        if self.value is not None:
            return f"{plain(self.value)}分"
        return f"{plain(self.low)}至{plain(self.high)}分"

    @property
    def verdict_zh(self) -> str:
        """What it comes to."""
        return VERDICTS[self.verdict]

    def step(self, key: str) -> Step | None:
        """The step of an indicator."""
        return next((each for each in self.steps if each.key == key), None)


def score(scheme: Scheme, values: Mapping[str, Value], form: str = "") -> Score:
    """The score of an organ of this kind. What no value is given for is unknown. ValueError for an unready scheme."""
    if scheme.gaps:
        raise ValueError(scheme.gaps[0])
    with localcontext() as context:
        context.prec = 50
        return _score(scheme, values, form)


def _score(scheme: Scheme, values: Mapping[str, Value], form: str) -> Score:
    steps: list[Step] = []
    vetoed: list[str] = []
    open_vetoes, unknown = [], []
    for leaf in scheme.leaves:
        value = _value(leaf, values, form)
        check_value(leaf, value)
        step = _step(leaf, value)
        steps.append(step)
        if step.kind == "unknown":
            unknown.append(leaf.key)
        if leaf.mode == "veto":
            vetoed += [leaf.key] if isinstance(value, Happened) and value.yes else []
            open_vetoes += [leaf.key] if isinstance(value, Unknown) else []
    low, high, whole = _base(scheme, steps)
    steps += whole
    base_low, base_high = low, high
    added = _bonus(scheme, steps, low, high)
    if added:
        steps.append(added)
        low, high = low + added.low, high + added.high
    verdict = _verdict(scheme, base_low, base_high, vetoed=bool(vetoed), unsure=bool(open_vetoes))
    return Score(low, high, scheme.full, base_low, base_high, tuple(steps), tuple(unknown), tuple(vetoed), verdict)


def _value(leaf: Indicator, values: Mapping[str, Value], form: str) -> Value:
    if leaf.applies_to and form and form not in leaf.applies_to:
        return Apart("不适用于这类机关")
    return values.get(leaf.key) or Unknown()


def _step(leaf: Indicator, value: Value) -> Step:
    size = leaf.size or ZERO
    if isinstance(value, Apart):
        return Step(leaf.key, leaf.title, f"不适用：{value.why}", ZERO, ZERO, ZERO, "apart")
    if isinstance(value, Unknown):
        told = "是否发生尚不能确定" if leaf.mode == "veto" else f"可能是0至{plain(size)}分"
        return Step(leaf.key, leaf.title, f"看不到：{value.why}；{told}", ZERO, size, size, "unknown")
    words, low, high = _scored(leaf, value, size)
    partly = any(each is None for each in _parts(leaf, value))
    low, high = min(size, _fine(low)), min(size, _fine(high))
    return Step(leaf.key, leaf.title, words, low, high, size, "unknown" if partly else "scored")


def _parts(leaf: Indicator, value: Value) -> list[object]:
    if isinstance(value, Counts):
        return [value.times.get(rule.key) for rule in leaf.rules]
    if isinstance(value, Answers):
        return [value.met.get(item.key) for item in leaf.items]
    return []


def _scored(leaf: Indicator, value: Seen, size: Decimal) -> tuple[str, Decimal, Decimal]:
    match value:
        case Rate(done, of):
            got = size * done / of
            per = plain((Decimal(100) * done / of).quantize(SHOWN, ROUND_HALF_UP))
            return f"{plain(size)}分×{done}/{of}（{per}%）＝{plain(_fine(got))}分", got, got
        case Points(amount):
            return f"评定{plain(amount)}分（满分{plain(size)}分）", amount, amount
        case Happened(yes):
            return ("发生" if yes else "没有发生"), ZERO, ZERO
        case Counts(times):
            return _deducted(leaf, times, size)
        case _:
            return _answered(leaf, value.met, size)


def _deducted(leaf: Indicator, times: Mapping[str, int | None], size: Decimal) -> tuple[str, Decimal, Decimal]:
    sure, unsure, told = ZERO, ZERO, []
    for rule in leaf.rules:
        count = times.get(rule.key)
        if count is None:
            unsure += min(size, rule.most if rule.most is not None else size)
            told.append(f"{rule.title}：看不到")
            continue
        off = rule.each * count
        if rule.most is not None and off > rule.most:
            off = rule.most
            told.append(f"{rule.title}{count}次，扣到上限{plain(off)}分")
        elif count:
            told.append(f"{rule.title}{count}次×{plain(rule.each)}分，扣{plain(off)}分")
        sure += off
    low, high = max(ZERO, size - sure - unsure), max(ZERO, size - sure)
    return f"{plain(size)}分，{'；'.join(told) or '没有扣分'}", low, high


def _answered(leaf: Indicator, met: Mapping[str, bool | None], size: Decimal) -> tuple[str, Decimal, Decimal]:
    said = [met.get(item.key) for item in leaf.items]
    yes, unseen, count = said.count(True), said.count(None), len(said)
    lacking = "、".join(item.title for item, one in zip(leaf.items, said, strict=True) if one is False)
    words = f"{count}项中{yes}项符合"
    words += f"，不符合的是{lacking}" if lacking else ""
    words += f"，{unseen}项看不到" if unseen else ""
    return f"{words}；{plain(size)}分按项平分", size * yes / count, size * (yes + unseen) / count


def _base(scheme: Scheme, steps: list[Step]) -> tuple[Decimal, Decimal, list[Step]]:
    mine = [step for step in steps if scheme.indicators[step.key].sized]
    low, high = sum((s.low for s in mine), ZERO), sum((s.high for s in mine), ZERO)
    applicable = sum((s.of for s in mine), ZERO)
    if not applicable:
        return (
            ZERO,
            scheme.full,
            [Step("", "基础分", "没有一项适用，不能评分", ZERO, scheme.full, scheme.full, "unknown")],
        )
    words = "各项得分相加"
    if applicable != scheme.full:
        words = f"适用的各项满分{plain(applicable)}分，得分×{plain(scheme.full)}/{plain(applicable)}"
    low, high = (_shown(each * scheme.full / applicable) for each in (low, high))
    return low, high, [Step("", "基础分", words, low, high, scheme.full)]


def _bonus(scheme: Scheme, steps: list[Step], low: Decimal, high: Decimal) -> Step | None:
    mine = [step for step in steps if step.key and scheme.indicators[step.key].mode == "bonus"]
    if not mine:
        return None
    most, over = scheme.bonus_most, scheme.bonus_over
    least = min(most, sum((s.low for s in mine), ZERO))
    best = min(most, sum((s.high for s in mine), ZERO))
    words = f"加分合计，最多{plain(most)}分"
    if over is not None:
        words += f"；基础分超过{plain(over)}分的才加分"
        least, best = (least if low > over else ZERO), (best if high > over else ZERO)
    return Step("", "加分", words, _shown(least), _shown(best), most)


def _verdict(scheme: Scheme, low: Decimal, high: Decimal, *, vetoed: bool, unsure: bool) -> Verdict:
    if vetoed:
        return "failed"
    if scheme.pass_mark is None:
        has_veto = any(each.mode == "veto" for each in scheme.leaves)
        return "none" if not has_veto else "open" if unsure else "passed"
    if high < scheme.pass_mark:
        return "failed"
    return "passed" if low >= scheme.pass_mark and not unsure else "open"


def _fine(number: Decimal) -> Decimal:
    return number.quantize(FINE, ROUND_HALF_UP)


def _shown(number: Decimal) -> Decimal:
    return number.quantize(SHOWN, ROUND_HALF_UP)
