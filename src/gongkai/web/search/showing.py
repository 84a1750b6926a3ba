"""How a hit is shown: pieces of its own words, those that were asked for marked. Nothing of a document is ever markup."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.text.query import Spelled, searchable

SNIPPET = 120
_BEFORE = 40
_SLICE = 2000
_BEGINNING = 1500
"""So many bytes of a packed text are unpacked first."""
_AS_PRINTED = str.maketrans("()", "〔〕")
"""The brackets in which the number of a document is printed, which spares most texts their spelling."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a document; `found` when they were asked for."""

    text: str
    found: bool = False


Pieces = tuple[Piece, ...]


def marked(pieces: Iterable[Piece]) -> SafeString:
    """The pieces as HTML, escaped, what was found in <mark>."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", p.text) if p.found else p.text,) for p in pieces)
    )


def pieces(text: str, words: tuple[str, ...]) -> Pieces:
    """A text cut at what was found."""
    made: list[Piece] = []
    last = 0
    for start, end in Spelled(text).places(words):
        if start < last:
            continue
        if last < start:
            made.append(Piece(text[last:start]))
        made.append(Piece(text[start:end], found=True))
        last = end
    if last < len(text):
        made.append(Piece(text[last:]))
    return tuple(made)


def _printed(text: str, words: tuple[str, ...]) -> int | None:
    """Where the first word begins that stands in the text as it is asked for; None when none does."""
    spellings = (*words, *(word.translate(_AS_PRINTED) for word in words if "(" in word))
    return min((at for word in spellings if (at := text.find(word)) >= 0), default=None)


def _first(text: str, words: tuple[str, ...]) -> int:
    """Where the first word that stands in the text begins; 0 when none does (it stands in the title)."""
    at = _printed(text, words)
    if at is not None:
        return at
    for start in range(0, len(text), _SLICE):
        found = Spelled(text[start : start + _SLICE + SNIPPET]).places(words)
        if found:
            return start + found[0][0]
    return 0


def unpacked(packed: bytes, words: tuple[str, ...]) -> str:
    """As much of a packed text as `snippet` needs: its beginning, where the first word stands in it, else all of it."""
    unpacking = zlib.decompressobj()
    raw = unpacking.decompress(packed, _BEGINNING)
    beginning = raw.decode(errors="ignore")
    at = _printed(beginning, words)
    if at is not None and at + SNIPPET < len(beginning):
        return beginning
    return (raw + unpacking.decompress(unpacking.unconsumed_tail)).decode()


def snippet(text: str, words: tuple[str, ...]) -> Pieces:
    """About a hundred characters around the first hit, without line breaks."""
    at = _first(text, words)
    start = max(0, at - _BEFORE)
    window = " ".join(text[start : start + SNIPPET].split())
    made = pieces(window, words)
    before = (Piece("…"),) if start else ()
    after = (Piece("…"),) if start + SNIPPET < len(text) else ()
    return before + made + after


def title_holds(title: str, words: tuple[str, ...]) -> bool:
    """Whether all the words stand in a title."""
    spelled = searchable(title)
    return all(word in spelled for word in words)
