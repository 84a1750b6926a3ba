"""Words between figures become labels: which row of the form stands here, how surely, and with which figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from gongkai.readers.lexicon import Word, compact, row_spellings, spelling_pattern, words
from gongkai.readers.tokens import Token

_GROUP_SIGNS = frozenset("三本年度办理结果")
_ITEM = re.compile(r"\d\s*[.、．]")
_NEAR, _MARGIN, _SHORT = 0.74, 0.08, 4
"""A label counts as altered when it is this like one official label and less like every other."""


class Label(NamedTuple):
    """A row label found in a stretch of words. `exact`: the official words with their number."""

    key: str
    table: int
    official: str
    text: str
    exact: bool
    bare: bool
    start: int = 0
    end: int = 0
    """Characters of the flow text."""


@dataclass(slots=True, eq=False)  # each stands somewhere: no two are the same
class Segment:
    """Words up to the next figure, and the figures and blanks up to the next words."""

    run: list[Token]
    between: dict[int, list[Token]] = field(default_factory=dict)
    values: list[Token] = field(default_factory=list)
    label: Label | None = None
    starved: list[tuple[Label, list[Token]]] = field(default_factory=list)
    dangling: bool = False
    """A sign follows the last figure at once: it may be the beginning of another, as in `168-133`."""
    closed: bool = False
    """A chapter heading or head of a column stands last: the figures belong to no row."""
    words: str = ""
    """The words of the run, compact."""
    of_disputes: bool = False
    """Heads of table 四 stand among the words."""

    @property
    def figures(self) -> list[Token]:
        """The figures, blanks left out."""
        return [t for t in self.values if t.kind != "blank"]


def segments_of(tokens: Sequence[Token]) -> list[Segment]:
    """Cut the tokens where words follow a figure; blanks between words belong to the words before them."""
    current = Segment([])
    segments, filled = [current], False
    for token in tokens:
        if token.kind != "words":
            current.values.append(token)
            filled = filled or token.kind != "blank"
            continue
        if filled:
            current.dangling = current.values[-1].end == token.start and _runs_on(token.text)
            current, filled = Segment([]), False
            segments.append(current)
        elif current.values:
            current.between[len(current.run) - 1] = current.values
            current.values = []
        current.run.append(token)
    for segment in segments:
        _label(segment)
    _name_bare_rows(segments)
    _join_cut_labels(segments)
    return segments


def _join_cut_labels(segments: Sequence[Segment]) -> None:
    """A label that a page cuts in two: its figures stand behind the first half, the rest follows them."""
    for segment, following in pairwise(segments):
        if segment.label is not None or not segment.run:
            continue
        token = segment.run[-1]
        first = compact(token.text)
        for rest in following.run[:2]:
            word = words().get(first + compact(rest.text))
            if word is not None and first and rest.text and word.meaning in ("row2", "row3"):
                printed = first + compact(rest.text)
                table = 2 if word.meaning == "row2" else 3
                segment.label = Label(
                    word.key, table, word.official, printed, not word.bare, word.bare, token.start, token.end
                )
                segment.closed = False
                break


_BARE = {
    "其他": ("otherwise_closed.other", "otherwise_closed.fee_not_paid", ("concluded",)),
    "总计": ("concluded", "otherwise_closed", ("carried_forward",)),
}
"""Heads of columns that are rows without their number too: the word, its row, the row before it, the rows after."""


_NAMES_OF_DISPUTES = re.compile("尚未审结|行政复议|行政诉讼|直接起诉")
"""What a head of table 四 names: its 总计 is a column."""


@cache
def _official(key: str) -> str:
    return {word.key: word.official for _, word in row_spellings()}[key]


def _name_bare_rows(segments: Sequence[Segment]) -> None:
    """其他 and 总计 without their number are rows where the rows before and behind them say so."""
    labelled = [i for i, s in enumerate(segments) if s.label is not None]
    for index, segment in enumerate(segments):
        found = _BARE.get(compact(segment.run[-1].text)) if segment.closed and segment.run and segment.figures else None
        if found is None:
            continue
        key, before, after = found
        previous = next((segments[i].label for i in reversed(labelled) if i < index), None)
        following = next((segments[i].label for i in labelled if i > index), None)
        behind = previous is not None and previous.key.startswith(before)
        ahead = following is None or following.key in after or compact(segments[index + 1].run[-1].text) == "总计"
        of_disputes = any(_NAMES_OF_DISPUTES.search(compact(t.text)) for t in segment.run)
        if behind and ahead and not of_disputes:
            token = segment.run[-1]
            segment.label = Label(key, 3, _official(key), compact(token.text), False, True, token.start, token.end)
            segment.closed = False
            labelled = sorted({*labelled, index})


def _runs_on(text: str) -> bool:
    """Whether words right behind a figure may be its continuation: a sign, or an item number that is no label's."""
    if text[0] in "-+.·~,，—―–/":
        return True
    item = _ITEM.match(text)
    return item is not None and not any(s.startswith(compact(text)[:4]) for s, _ in row_spellings())


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    word: Word


@lru_cache(maxsize=8192)
def _matches(text: str) -> tuple[_Match, ...]:
    known = words()
    return tuple(_Match(m.start(), m.end(), known[m[0]]) for m in spelling_pattern().finditer(text))


_Standing = tuple[Label, int, int]
"""A label, and the first and the last piece of the run it stands in."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words of a run mean, wherever they stand."""

    words: str = ""
    of_disputes: bool = False
    label: _Standing | None = None
    starved: tuple[_Standing, ...] = ()
    closed: bool = False


_HEADS_OF_DISPUTES = re.compile("结果维|结果纠|尚未审结|未经复议直接起诉|复议后起诉|结果结果其他尚未|维持纠正结果审结")


_REMEMBERED = 400
"""Signs of a run whose meaning is kept: the words of the form are the same in every report, prose is not."""


def _label(segment: Segment) -> None:
    texts = tuple([token.text for token in segment.run])
    said = _said(texts) if sum(map(len, texts)) <= _REMEMBERED else _meaning(texts)
    segment.closed, segment.words, segment.of_disputes = said.closed, said.words, said.of_disputes
    segment.label = _placed(said.label, segment.run) if said.label else None
    for starved in said.starved:
        segment.starved.append((_placed(starved, segment.run), segment.between.get(starved[2], [])))


def _placed(standing: _Standing, run: Sequence[Token]) -> Label:
    label, first, last = standing
    return Label(
        label.key, label.table, label.official, label.text, label.exact, label.bare, run[first].start, run[last].end
    )


@lru_cache(maxsize=2048)
def _said(pieces: tuple[str, ...]) -> _Said:
    return _meaning(pieces)


def _meaning(printed: Sequence[str]) -> _Said:
    """The label that ends a run of words, those in it that no figure follows, or that a head stands last."""
    pieces = [compact(piece) for piece in printed]
    kept = [i for i, piece in enumerate(pieces) if piece and not (len(piece) <= 2 and set(piece) <= _GROUP_SIGNS)]
    text, whole = "".join(pieces[i] for i in kept), "".join(pieces)
    of_disputes = _HEADS_OF_DISPUTES.search(whole) is not None
    if not text:
        return _Said(whole, of_disputes)
    starts, ends, owner = set[int](), set[int](), dict[int, int]()
    at = 0
    for i in kept:
        starts.add(at)
        for k in range(at, at + len(pieces[i])):
            owner[k] = i
        at += len(pieces[i])
        ends.add(at)
    believed = _believed(text, starts, ends)
    rows = [m for m in believed if m.word.meaning in ("row2", "row3")]
    last = believed[-1] if believed else None
    reach = last.end if last else 0
    tail = text[reach:]
    label: _Standing | None = None
    closed = False
    if tail:
        label = (
            _standing(_altered(tail), owner[reach], kept[-1])
            or _standing(_altered(_bared(pieces[kept[-1]])), kept[-1], kept[-1])
            or _broken([_bared(piece) for piece in pieces], kept)
        )
    if last is not None and last.word.meaning in ("row2", "row3") and label is None:
        if not tail or (owner.get(reach) == owner[reach - 1] and _explains(printed[owner[reach]], tail)):
            label = (_found(last, text, tail), owner[last.start], kept[-1])
            rows = rows[:-1]
    else:
        closed = not tail
    starved = tuple((_found(match, text, ""), owner[match.start], owner[match.end - 1]) for match in rows)
    return _Said(whole, of_disputes, label, starved, closed)


def _believed(text: str, starts: set[int], ends: set[int]) -> list[_Match]:
    """Matches that stand where a label can: numbered ones anywhere, others at the edge of a cell or after another.

    In glued text 无 stands for a blank cell, so a label may follow it.
    """
    kept: list[_Match] = []
    for match in _matches(text):
        word = match.word
        follows = bool(kept) and (kept[-1].end == match.start or text[kept[-1].end : match.start] == "无")
        edge = match.start in starts or follows
        if word.meaning == "row2" or word.bare or word.meaning in ("head", "group"):
            if not edge:
                continue
            if word.meaning == "head" and match.end - match.start <= 2 and match.end not in ends:
                continue
        kept.append(match)
    return kept


def _found(match: _Match, text: str, tail: str) -> Label:
    word = match.word
    printed = text[match.start : match.end] + tail
    exact = not tail and not word.bare and printed == compact(word.official)
    return Label(word.key, 2 if word.meaning == "row2" else 3, word.official, printed, exact, word.bare)


def is_subsequence(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in this order."""
    characters = iter(long)
    return all(c in characters for c in short)


@lru_cache(maxsize=4096)
def _altered(text: str) -> Label | None:
    """The one official label that `text` can be when characters were lost, doubled or changed; None in doubt."""
    if len(text) < _SHORT:
        return None
    whole = [(s, w) for s, w in row_spellings()]
    broken = [(s, w) for s, w in whole if len(text) >= 5 and s.startswith(text)]
    if len({w.key for _, w in broken}) == 1:
        return _as_label(broken[0][1], text)
    short = [(s, w) for s, w in whole if len(s) > len(text) and s[0] == text[0] and is_subsequence(text, s)]
    if len({w.key for _, w in short}) == 1 and len(text) * 4 >= len(compact(short[0][1].official)):
        return _as_label(short[0][1], text)
    from rapidfuzz.distance import Indel

    scored = sorted(((Indel.normalized_similarity(text, s), w.key, w) for s, w in whole), key=lambda x: -x[0])
    best = scored[0]
    rival = next((score for score, key, _ in scored if key != best[1]), 0.0)
    if best[0] >= _NEAR and best[0] - rival >= _MARGIN:
        return _as_label(best[2], text)
    return None


@lru_cache(maxsize=1)
def _fragments() -> str:
    return "\n".join(s for s, w in words().items() if w.meaning == "group" or w.key == "otherwise_closed")


def _explains(printed: str, tail: str) -> bool:
    """Whether what follows a label in its cell is an explanation in brackets or a letter too many, no sentence."""
    if len(tail) <= 2:
        return True
    opened = re.search(r"[(\[（【]", printed)
    return opened is not None and compact(printed[opened.start() :]).endswith(tail)


def _standing(label: Label | None, first: int, last: int) -> _Standing | None:
    return (label, first, last) if label else None


@lru_cache(maxsize=2048)
def _bared(piece: str) -> str:
    """A line without the pieces of merged cells that stand before its label."""
    changed = True
    while changed:
        changed = False
        for length in range(min(len(piece) - _SHORT, 9), 1, -1):
            if piece[:length] in _fragments():
                piece, changed = piece[length:], True
                break
    return piece


def _broken(pieces: Sequence[str], kept: Sequence[int]) -> _Standing | None:
    """A label cut into lines with pieces of the merged cells beside it between them."""
    for index in reversed(kept):
        piece = pieces[index]
        if len(piece) <= _SHORT:
            continue
        begun = [(s, w) for s, w in row_spellings() if s.startswith(piece)]
        if len({w.key for _, w in begun}) != 1:
            continue
        official = compact(begun[0][1].official)
        if all(pieces[i] in official or pieces[i] in _fragments() for i in kept if i > index):
            found = _as_label(begun[0][1], "".join(pieces[i] for i in kept if i >= index and pieces[i] in official))
            return found, index, index
        return None
    return None


def _as_label(word: Word, text: str) -> Label:
    return Label(word.key, 2 if word.meaning == "row2" else 3, word.official, text, False, False)


HEAD_SHORTEST, HEAD_LONGEST = 4, 24


@lru_cache(maxsize=4096)
def altered_head(text: str) -> str | None:
    """The official head of a column that `text` prints otherwise; None when it prints it rightly or means none."""
    if len(text) < HEAD_SHORTEST or _matches_whole(text):
        return None
    from rapidfuzz.distance import Indel

    heads = {s: w.official for s, w in words().items() if w.meaning == "head" and len(s) >= HEAD_SHORTEST}
    score, spelling = max((Indel.normalized_similarity(text, s), s) for s in heads)
    return heads[spelling] if score >= _NEAR and spelling[0] == text[0] else None


def _matches_whole(text: str) -> bool:
    at = 0
    for match in _matches(text):
        if match.start != at:
            return False
        at = match.end
    return at == len(text)
