"""Whether two places say the same: titles and texts reduced to their words before they are compared."""

from __future__ import annotations

import hashlib
import re

from gongkai.text.normal import fold

_NOT_WORDS = re.compile(r"[\W_]+")
_BRACKETS = str.maketrans("[［(（【{〈《]］)）】}〉》", "〔〔〔〔〔〔〔〔〕〕〕〕〕〕〕〕")


def bare(text: str) -> str:
    """The words of a text alone: half width, simplified, small letters, without signs and spaces."""
    return _NOT_WORDS.sub("", fold(text).lower())


def digest(text: str) -> str:
    """The SHA-256 of the words of a text; empty for a text without words. Signs, spaces and line ends do not count."""
    words = bare(text)
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def number(text: str) -> str:
    """A document number in one spelling: 云政发[2025] 第3号 and 云政发〔2025〕3号 are the same."""
    return "".join(text.split()).translate(_BRACKETS).replace("〕第", "〕")
