"""Two people changed one text: what differs, and a proposal that joins both. Nothing that either wrote is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_PIECE = re.compile(r"[^。；！？\n]*(?:[。；！？]+[”’）]*|\n+|$)")


def pieces(text: str) -> list[str]:
    """A text in sentences and line breaks; put together again they are the text."""
    return [piece for piece in _PIECE.findall(text) if piece]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of two texts beside each other: the same in both, or what the first has where the second has other words."""

    kind: Literal["same", "gone", "new"]
    words: str


def differences(old: str, new: str) -> list[Run]:
    """What was taken out and put in, sentence by sentence."""
    before, after = pieces(old), pieces(new)
    found: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run("same", "".join(before[a:b])))
            continue
        if b > a:
            found.append(Run("gone", "".join(before[a:b])))
        if d > c:
            found.append(Run("new", "".join(after[c:d])))
    return found


@dataclass(frozen=True, slots=True)
class Joined:
    """A proposal. `clashes` are the places where both changed the same sentences: both stand there, one after the other."""

    words: str
    clashes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """`base[start:end]` became `put`."""

    start: int
    end: int
    put: tuple[str, ...]


def _changes(base: Sequence[str], text: Sequence[str]) -> list[_Change]:
    codes = SequenceMatcher(None, base, text, autojunk=False).get_opcodes()
    return [_Change(a, b, tuple(text[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


def _groups(one: list[_Change], other: list[_Change]) -> Iterator[tuple[int, int, list[_Change], list[_Change]]]:
    """Changes that touch, put together: where they begin and end in the base, and whose they are."""
    marked = sorted(
        [(c.start, c.end, 0, c) for c in one] + [(c.start, c.end, 1, c) for c in other], key=lambda m: m[:3]
    )
    sides: tuple[list[_Change], list[_Change]] = ([], [])
    start = end = -1
    for begin, stop, side, change in marked:
        if begin > end and any(sides):
            yield start, end, *sides
            sides = ([], [])
        if not any(sides):
            start, end = begin, stop
        end = max(end, stop)
        sides[side].append(change)
    if any(sides):
        yield start, end, *sides


def _side(base: Sequence[str], start: int, end: int, changes: list[_Change]) -> list[str]:
    """What one text has in place of `base[start:end]`."""
    found: list[str] = []
    at = start
    for change in changes:
        found += base[at : change.start]
        found += change.put
        at = change.end
    return found + list(base[at:end])


def join(base: str, one: str, other: str) -> Joined:
    """Both texts in one. Where only one of them changed a stretch, that counts; where both did, both are kept."""
    old = pieces(base)
    found: list[str] = []
    clashes: list[tuple[str, str]] = []
    at = 0
    for start, end, left, right in _groups(_changes(old, pieces(one)), _changes(old, pieces(other))):
        found += old[at:start]
        mine, theirs = _side(old, start, end, left), _side(old, start, end, right)
        if not right or mine == theirs:
            found += mine
        elif not left:
            found += theirs
        else:
            clashes.append(("".join(mine), "".join(theirs)))
            found += [*mine, *(["\n"] if mine and theirs and not mine[-1].endswith("\n") else []), *theirs]
        at = end
    return Joined("".join([*found, *old[at:]]), tuple(clashes))
