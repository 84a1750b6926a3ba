"""Percentages of the words, recomputed with their base, and shares of one whole that should make a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from gongkai.annual.findings import Finding
from gongkai.annual.passages import found_in
from gongkai.annual.words import registry
from gongkai.annual.words.lists import Parts, collect, compatible, stop_of
from gongkai.annual.words.making import clause_start, named
from gongkai.annual.words.mentions import Mention, Page
from gongkai.text.numbers import Quantity

Match = Literal["rounded", "cut", "near", "off"]
_BASE_WORDS = re.compile(r"占(?:比|了)?|比例|总数|总量|总|数量|全部|所有|同期|约|各|的|为|达|[，,、(:：]")


def compare(share: Quantity, part: int, whole: int) -> Match:
    """How a printed share fits part / whole: rounded (half up or even), cut off, within one last digit, or off."""
    exact = Fraction(part * 100, whole)
    printed = Fraction(Decimal(str(share.value)))
    unit = Fraction(1, 10**share.decimals)
    difference = abs(printed - exact)
    if difference <= unit / 2:
        return "rounded"
    if difference < unit:
        return "cut" if printed < exact else "near"
    return "off"


def base_is_named(gap: str, whole: Mention) -> bool:
    """Whether 占……的 names no base, or one that shares words with the whole's own noun."""
    base = _BASE_WORDS.sub("", gap)
    return not base or any(base[i : i + 2] in whole.phrase + whole.tail for i in range(max(1, len(base) - 1)))


def share_lists(page: Page, counts: list[Mention], lists: list[Parts]) -> Iterator[Parts]:
    """Runs of parts with shares that no opener begins; their whole is sought in the paragraphs before."""
    taken = {m.index for parts in lists for m in parts.items}
    position = 0
    while position < len(counts):
        first = counts[position]
        if first.share is None or first.index in taken or not first.exact:
            position += 1
            continue
        parts, start = collect(page, counts, position), position
        position += len(parts.items)
        if sum(1 for m in parts.items if m.share) < 2:
            continue
        parts.far = True
        parts.wholes = [
            m
            for m in reversed(counts[max(0, start - 60) : start])
            if m.paragraph >= first.paragraph - 3
            and m.exact
            and not m.delta
            and compatible(m.unit, first.unit)
            and m.value
        ][:8]
        found = base_of(parts)
        parts.wholes = [found] if found else []
        yield parts


def base_of(parts: Parts) -> Mention | None:
    """The whole that reproduces most shares of the list, when it reproduces at least half of those above zero."""
    shared = [m for m in parts.items if m.share and m.value and m.base is None]
    best, score = None, 0
    for whole in parts.wholes:
        if not whole.exact or not whole.value:
            continue
        fits = sum(1 for m in shared if m.share and compare(m.share.quantity, m.value, whole.value) != "off")
        if fits > score:
            best, score = whole, fits
    return best if score >= 2 and score * 2 >= len(shared) else None


def percent_findings(page: Page, lists: Iterable[Parts], counts: list[Mention]) -> Iterator[Finding]:
    """Shares inside lists that their whole does not give."""
    for parts in lists:
        shared = [(m, m.share) for m in parts.items if m.share and m.share.exact and m.value and m.base is None]
        if not shared or not parts.wholes:
            continue
        base = base_of(parts) or parts.wholes[0]
        if not base.exact or not base.value:
            continue
        yield from _of_list(page, parts, shared, base, counts)


def _of_list(
    page: Page, parts: Parts, shared: list[tuple[Mention, Mention]], base: Mention, counts: list[Mention]
) -> Iterator[Finding]:
    fits = [compare(share.quantity, item.value, base.value) for item, share in shared]
    confirmed = sum(1 for fit in fits if fit != "off")
    # A list that rounds up somewhere does not cut off elsewhere.
    rounding = any(
        fit == "rounded" and Fraction(Decimal(str(share.quantity.value))) > Fraction(item.value * 100, base.value)
        for fit, (item, share) in zip(fits, shared, strict=True)
    )
    for fit, (item, share) in zip(fits, shared, strict=True):
        if fit == "rounded" or (fit == "cut" and not rounding):
            continue
        if fit == "off" and _another_base(item, share, counts, parts):
            continue
        if not base_is_named(page.text[item.end : share.start], base):
            continue
        certain = fit == "off" and (confirmed >= 2 or (len(shared) == 1 and not parts.far))
        yield _percent(page, item, share, base, "conflict" if certain else "doubt")


def _another_base(item: Mention, share: Mention, counts: list[Mention], parts: Parts) -> bool:
    values = {
        m.value
        for m in counts
        if abs(m.index - item.index) <= 120
        and abs(m.paragraph - item.paragraph) <= 3
        and m.exact
        and m is not item
        and m.value
    }
    values.add(parts.total)
    return any(compare(share.quantity, item.value, v) != "off" for v in values if v >= item.value)


def _percent(page: Page, item: Mention, share: Mention, base: Mention, grade: Literal["conflict", "doubt"]) -> Finding:
    exact = Decimal(item.value * 100) / Decimal(base.value)
    expected = f"{exact:.{max(share.quantity.decimals, 1) + 1}f}%"
    printed = f"{share.quantity.value}%"
    return found_in(
        page.passage,
        registry.PERCENT,
        clause_start(page, item),
        stop_of(item),
        f"文字称“{named(item)}”占{printed}，按“{named(base)}”计算为{expected}，两处不一致，请核实。",
        grade=grade,
        met=printed,
        expected=f"{item.value}÷{base.value}＝{expected}",
    )


def lone_findings(page: Page, counts: list[Mention], lists: Iterable[Parts]) -> Iterator[Finding]:
    """24件，占制发总数的37.5%: a share outside lists, when one number of the sentence alone can be its base."""
    listed = {m.index for parts in lists for m in parts.items}
    for position, item in enumerate(counts):
        if item.share is None or item.index in listed or not item.exact or not item.share.exact:
            continue
        if not item.value or item.base is not None:
            continue
        gap = page.text[item.end : item.share.start]
        if "占" not in gap:
            continue
        near = [
            m for m in counts[max(0, position - 60) : position] if m.paragraph == item.paragraph and m.exact and m.value
        ]
        # Any number of the chapter that gives the share may be its base.
        if any(
            compare(item.share.quantity, item.value, m.value) != "off"
            for m in counts[max(0, position - 120) : position + 120]
            if m.exact and m.value >= item.value and m is not item
        ):
            continue
        bases = [
            m
            for m in near
            if m.sentence == item.sentence and m.value >= item.value and not m.delta and compatible(m.unit, item.unit)
        ]
        if (
            len(bases) == 1
            and base_is_named(gap, bases[0])
            and not any(m.sentence == item.sentence and not m.exact for m in counts[max(0, position - 60) : position])
        ):
            yield _percent(page, item, item.share, bases[0], "conflict" if "总" in gap else "doubt")


def plain_findings(page: Page, counts: list[Mention]) -> Iterator[Finding]:
    """Shares that need no list to be judged: of nothing, and of a whole that stands in the same clause."""
    for position, item in enumerate(counts):
        if item.share is None or not item.share.exact or not item.exact:
            continue
        if not item.value:
            if item.share.quantity.value:
                yield _of_nothing(page, item, item.share)
        elif item.base is not None and item.base.exact and item.base.value:
            yield from _of_base(page, item, item.share, item.base, counts[max(0, position - 8) : position])


def _of_nothing(page: Page, item: Mention, share: Mention) -> Finding:
    printed = f"{share.quantity.value}%"
    return found_in(
        page.passage,
        registry.PERCENT,
        clause_start(page, item),
        stop_of(item),
        f"文字称“{named(item)}”占{printed}，0{item.unit}的占比应为0%，两处不一致，请核实。",
        met=printed,
        expected="0%",
    )


def _of_base(page: Page, item: Mention, share: Mention, base: Mention, before: list[Mention]) -> Iterator[Finding]:
    """One of the numbers before, or several of them together, may be the part."""
    near = [m.value for m in before if m.sentence == item.sentence and m.exact]
    together = [item.value + sum(near[first:]) for first in range(len(near))]
    if any(compare(share.quantity, part, base.value) != "off" for part in (item.value, *near, *together)):
        return
    yield _percent(page, item, share, base, "conflict" if item.value <= base.value else "doubt")


def hundred_findings(page: Page, lists: Iterable[Parts]) -> Iterator[Finding]:
    """Shares of one whole that make more than a hundred, or less although the list says it is complete."""
    for parts in lists:
        shares = [m.share for m in parts.items if m.share and m.base is None]
        if len(shares) < 3 or len(shares) < len(parts.items) or not all(s.exact for s in shares) or parts.media:
            continue
        total = sum((Decimal(str(s.quantity.value)) for s in shares), Decimal(0))
        slack = sum((Decimal(1).scaleb(-s.quantity.decimals) for s in shares), Decimal(0)) / 2 + Decimal("0.5")
        if total > 100 + slack or (total < 100 - slack and parts.others and not parts.open and not parts.ragged):
            items = [m for m in parts.items if m.share and m.share.quantity.value]
            if not items:
                continue
            yield found_in(
                page.passage,
                registry.SHARES,
                items[0].label_start,
                stop_of(items[-1]),
                f"所列各部分占比合计为{total}%，应为100%，请核实。",
                met=f"{total}%",
                expected="100%",
                grade="conflict" if total > 100 + slack else "doubt",
            )
