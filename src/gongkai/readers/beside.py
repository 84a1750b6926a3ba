"""What stands beside a figure in its own cell: a label it is glued to, or words that make another number of it.

`约3`, `3余`, `3至5`, `1、234`, `≥3` hold no figure anyone may sign: their tokens are marked and refused later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.readers.lexicon import compact, spelling_pattern, words

if TYPE_CHECKING:
    from gongkai.readers.tokens import Strip, Token

BESIDE = 24
"""Signs of words that can belong to a figure of a line without cells; longer ones are labels, headings, sentences."""
QUALIFIER = 4
"""Characters of the longest word that only qualifies a number; longer ones are words of their own."""

_CLOSING = re.compile(r"[。．.、，,;；*|:：]?")
_QUALIFIES = re.compile(r"约|大约|近|逾|超过?|不[到足]|至少|不少于|不超过|第|注|共计?|合计|计|为")
_OPENING = re.compile(r"(?:共计?|合?计|总计|为)?[:：=]?")


def mark_soiled(tokens: Sequence[Token], strips: Sequence[Strip]) -> None:
    """Mark the figures whose own cell holds, directly beside them, words that are no label of the form."""
    first = 0
    for place, last in enumerate(tokens, 1):
        following = tokens[place] if place < len(tokens) else None
        if following is not None and last.piece == following.piece and last.strip == following.strip:
            continue
        piece, first = tokens[first:place] if place - first > 1 else (), place
        in_row = strips[last.strip].cells > 1
        for left, right in pairwise(piece):
            if {left.kind, right.kind} == {"words", "figure"} and (in_row or _belong(left, right)):
                figure = left if left.kind == "figure" else right
                figure.soiled |= not _may_stand(left, right, piece)


def _may_stand(left: Token, right: Token, piece: Sequence[Token]) -> bool:
    """Whether the words beside the figure leave it what it is."""
    if left.kind == "words":
        return _may_precede(left.text, first=left is piece[0])
    return _may_follow(right.text, last=right is piece[-1])


def _belong(left: Token, right: Token) -> bool:
    """Whether words and figure of a line without cells are one thing: they touch, or the words only qualify."""
    before, behind = left.text.split()[-1], right.text.split()[0]
    if left.kind == "words" and _QUALIFIES.fullmatch(before):
        return True
    return left.end == right.start and max(len(before), len(behind)) <= BESIDE


@lru_cache(maxsize=2048)
def _may_precede(text: str, *, first: bool) -> bool:
    """Whether a figure may stand right behind these words: a label, or words that say no more than `共`."""
    last = text.rsplit(maxsplit=1)[-1]
    if not compact(last) or _QUALIFIES.fullmatch(last):
        return first and _OPENING.fullmatch(last) is not None
    bare = compact(text)
    return len(compact(last)) > QUALIFIER or any(m.end() == len(bare) for m in spelling_pattern().finditer(bare))


@lru_cache(maxsize=2048)
def _may_follow(text: str, *, last: bool) -> bool:
    """Whether these words may stand right behind a figure: the next label, its beginning, a closing sign."""
    bare = compact(text)
    if not bare:
        return last and _CLOSING.fullmatch(text) is not None
    if spelling_pattern().match(bare):
        return not bare.startswith("万元")
    return bare != "万" and any(word.startswith(bare) for word in words())
