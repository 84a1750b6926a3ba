"""This year's number beside last year's: new, old, the difference and the percentage are one sum.

880条，比上年800条增加80条，增长10%: of the four any three give the fourth, and both words of direction must agree. Only
clauses that follow each other without another noun between are held together; where several numbers of the sentence can be
meant, one that fits is enough, and none that fits is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from gongkai.annual.findings import Finding, Grade
from gongkai.annual.passages import found_in
from gongkai.annual.words import registry
from gongkai.annual.words.lists import compatible
from gongkai.annual.words.making import clause_start
from gongkai.annual.words.mentions import Mention, Page
from gongkai.annual.words.shares import compare

_LAST = r"(?:上一?年(?:度)?|去年)(?:同期)?|同期|(?P<year>20\d\d)年(?:度)?(?:同期)?"
_THAN = rf"(?:与|同|和)?(?:相?比|较|相较(?:于)?|对比)?(?:{_LAST})(?:的)?"
_UP = r"增加|增长|上升|提高|提升|增多|多|增|上涨"
_DOWN = r"减少|下降|降低|回落|下滑|少|降|减"
_NOUN = r"(?:(?!同比|环比)[\u4e00-\u9fff]){0,6}?"
_TURN = rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|幅(?:度)?(?:为|达)?|率(?:为|达)?)?"
_CHANGE = re.compile(
    rf"^[，,、(]?(?P<lead>{_NOUN})(?:(?:{_THAN})(?:相比)?[，,]?|(?P<same>同比))?(?P<noun>{_NOUN})(?:相比)?{_TURN}$"
)
_OLD = re.compile(rf"^[，,、(]?(?:比|较|与|同|相较于?)(?:{_LAST})(?:的|为|是)?$")
_ROSE = re.compile(r"^(?:(?P<up>增加|增长|上升|提高|提升|增)|(?P<down>减少|下降|降低|回落|降|减))(?:至|到|为)$")
_FROM = re.compile(r"(?:由|从)(?:上一?年(?:度)?|去年)(?:同期)?的?$")
_SIZE = re.compile(r"总|数|量")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A change the words name: by how much, up (1) or down (-1), and against which year."""

    mention: Mention
    sign: int
    since: str


@dataclass(slots=True)
class _Change:
    """A number with what the words say of how it came about."""

    new: Mention
    old: Mention | None = None
    turns: list[_Turn] = field(default_factory=list)
    way: int = 0
    """The direction of 由…增至…, which names no difference."""


def change_findings(page: Page, year: int | None) -> Iterator[Finding]:
    """What the words say of a change that its own numbers do not give; one finding a change."""
    for change in _changes(page, year):
        others = [
            m
            for m in page.mentions[max(0, change.new.index - 20) : change.new.index]
            if m.sentence == change.new.sentence and m is not change.old
            if m.exact and not m.delta and compatible(m.unit, change.new.unit)
        ]
        wrong = _wrong(change, change.new.value)
        if wrong is None or any(_wrong(change, value) is None for value in _candidates(change.new, others)):
            continue
        grade, message, met, expected = wrong
        yield found_in(
            page.passage,
            registry.CHANGE,
            clause_start(page, min(change.new, change.old or change.new, key=lambda m: m.start)),
            max(m.end for m in (change.new, *(t.mention for t in change.turns))),
            f"{message}，两处不一致，请核实。",
            grade="doubt" if others else grade,
            met=met,
            expected=expected,
        )


def _candidates(new: Mention, others: list[Mention]) -> list[int]:
    """What else may have changed: another number of the sentence, or several together."""
    values = [m.value for m in others]
    return [*values, *(new.value + sum(values[first:]) for first in range(len(values)))]


def _changes(page: Page, year: int | None) -> Iterator[_Change]:
    mentions = page.mentions
    for position, new in enumerate(mentions):
        if new.quantity.percent or not new.exact or new.delta or new.plan:
            continue
        change, following = _Change(new), position + 1
        before = mentions[position - 1] if position else None
        rose = _ROSE.match(page.text[before.end : new.start]) if before else None
        if before and rose and _FROM.search(before.phrase) and compatible(before.unit, new.unit) and before.exact:
            change.old, change.way = before, 1 if rose["up"] else -1
        elif following < len(mentions) and _OLD.match(page.text[new.end : mentions[following].start]):
            old = mentions[following]
            if old.exact and compatible(old.unit, new.unit) and _since(page, new, old, year) == "last":
                change.old, following = old, following + 1
        since = "last" if change.old else ""
        for mention in mentions[following : following + 4]:
            turn = _turn(page, mentions[mention.index - 1], mention, change, since, year)
            if turn is None:
                break
            change.turns.append(turn)
            since = turn.since
        if change.turns or change.way:
            yield change


def _since(page: Page, new: Mention, old: Mention, year: int | None) -> str:
    match = _OLD.match(page.text[new.end : old.start])
    named_year = match["year"] if match else None
    return _label(named_year, year)


def _label(named_year: str | None, year: int | None) -> str:
    """The year before, whichever way it is said."""
    return "last" if named_year is None or (year is not None and int(named_year) == year - 1) else named_year


def _turn(page: Page, before: Mention, mention: Mention, change: _Change, since: str, year: int | None) -> _Turn | None:
    gap = page.text[before.end : mention.start]
    match = _CHANGE.match(gap)
    if match is None or not mention.exact:
        return None
    if not mention.quantity.percent and not compatible(mention.unit, change.new.unit):
        return None
    # 增加5个栏目 beside 专栏3个 is another matter, and so is 点击量增长10%.
    if not _same_matter(match["lead"] + match["noun"], change.new) or not _same_matter(mention.tail, change.new):
        return None
    said = bool(match["same"] or re.search("年|同期", gap))
    label = _label(match["year"], year) if said else since
    return _Turn(mention, 1 if match["up"] else -1, label) if label else None


def _same_matter(noun: str, new: Mention) -> bool:
    """申请量同比增长: the same matter said again, and not another."""
    bare = _SIZE.sub("", noun)
    return not bare or bare in new.phrase


Wrong = tuple[Grade, str, str, str]


def _wrong(change: _Change, new: int) -> Wrong | None:
    """What does not follow when `new` is the number that changed; None when all does."""
    turns = [t for t in change.turns if t.since == "last" and t.mention.quantity.value]
    for first, second in pairwise(turns):
        if first.sign != second.sign:
            one, other = _said(first), _said(second)
            return "conflict", f"文字既称“{one}”，又称“{other}”，增减方向相反", one, other
    old = change.old.value if change.old else None
    if old is not None and change.way and (new > old) - (new < old) != change.way:
        word = "增加" if change.way > 0 else "减少"
        return "conflict", f"文字称由{old}{word}到{new}，增减方向与数字不符", f"{old}→{new}", word
    for turn in turns:
        found = _by_share(change, turn, new, old) if turn.mention.quantity.percent else _by_number(turn, new, old)
        if found:
            return found
        if not turn.mention.quantity.percent:
            old = new - turn.sign * turn.mention.value if old is None else old
    return None


def _said(turn: _Turn) -> str:
    return f"{'增加' if turn.sign > 0 else '减少'}{turn.mention.said}"


def _by_number(turn: _Turn, new: int, old: int | None) -> Wrong | None:
    by = turn.sign * turn.mention.value
    if old is None:
        if new - by >= 0:
            return None
        return "conflict", f"文字称本年{new}，比上年{_said(turn)}，增加的多于本年的全部", _said(turn), f"不超过{new}"
    if new - old == by:
        return None
    expected = f"{new}－{old}＝{new - old}"
    return "conflict", f"文字称{_said(turn)}，按本年{new}、上年{old}计算为{new - old}", _said(turn), expected


def _by_share(change: _Change, turn: _Turn, new: int, old: int | None) -> Wrong | None:
    if not old:
        return None
    share, difference = turn.mention.quantity, (new - old) * turn.sign
    if difference >= 0 and compare(share, difference, old) != "off":
        return None
    exact = Fraction((new - old) * 100, old)
    expected = f"({new}－{old})÷{old}＝{float(exact):.{max(share.decimals, 1) + 1}f}%"
    # Some divide by the new number: asked about, since the old one may not be meant.
    of_new = change.old is None and new and compare(share, abs(difference), new) != "off"
    message = f"文字称{_said(turn)}，按本年{new}、上年{old}计算为{float(exact):.{max(share.decimals, 1) + 1}f}%"
    return "doubt" if of_new else "conflict", message, _said(turn), expected
