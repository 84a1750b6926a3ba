"""Patterns of personal data in running text: identity numbers, phones, bank cards, addresses of e-mail.

A pattern is a hint, not a proof: a long number may be something else. Whoever publishes or indexes text masks what is
found here; whoever checks a file shows each hit with its place and lets a person decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["identity", "phone", "bank_card", "email"]

_EDGE, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("identity", re.compile(rf"{_EDGE}[1-9]\d{{5}}(?:1[89]|20)\d{{2}}(?:0[1-9]|1[0-2])[0-3]\d\d{{3}}[0-9Xx]{_END}")),
    ("identity", re.compile(rf"{_EDGE}[1-9]\d{{7}}(?:0[1-9]|1[0-2])[0-3]\d\d{{3}}{_END}")),
    ("phone", re.compile(rf"{_EDGE}(?:(?:\+?86)[- ]?)?1[3-9]\d(?:[- ]?\d{{4}}){{2}}{_END}")),
    ("phone", re.compile(rf"{_EDGE}0\d{{2,3}}[- ]\d{{7,8}}{_END}")),
    ("bank_card", re.compile(rf"{_EDGE}[3-6]\d{{15,18}}{_END}")),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that looks like personal data: `start` and `end` are offsets in characters."""

    kind: Kind
    start: int
    end: int


def luhn(digits: str) -> bool:
    """Whether the last of these digits is the check digit of a bank card (ISO/IEC 7812)."""
    doubled = [int(d) * 2 if i % 2 else int(d) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_fits(number: str) -> bool:
    """Whether the last sign of an identity number of eighteen is its check digit (GB 11643).

    >>> identity_fits("110101199003074514"), identity_fits("110101199003074515")
    (True, False)
    """
    if len(number) != 18 or not number[:17].isdecimal():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def find(text: str) -> tuple[Hit, ...]:
    """The places of `text` that look like personal data, in order, none within another.

    >>> [h.kind for h in find("电话13800001234，身份证号110101199003074514")]
    ['phone', 'identity']
    """
    taken: list[Hit] = []
    for kind, pattern in _PATTERNS:
        fresh, at = [], 0
        for met in pattern.finditer(text):
            start, end = met.span()
            # Both go forward: a list of a hundred thousand numbers is gone through once for each pattern.
            while at < len(taken) and taken[at].end <= start:
                at += 1
            free = at == len(taken) or taken[at].start >= end
            if free and (kind != "bank_card" or luhn(met.group())):
                fresh.append(Hit(kind, start, end))
        taken = sorted([*taken, *fresh], key=lambda hit: hit.start)
    return tuple(taken)


def masked(text: str) -> str:
    """`text` with what looks like personal data written over with ＊, first three characters kept.

    >>> masked("请寄 张三 13800001234")
    '请寄 张三 138＊＊＊＊＊＊＊＊'
    """
    parts, last = [], 0
    for hit in find(text):
        shown = min(3, hit.end - hit.start)
        parts += [text[last : hit.start + shown], "＊" * (hit.end - hit.start - shown)]
        last = hit.end
    return "".join([*parts, text[last:]])
