"""Sentences, clauses and paragraphs of flowing text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[。！？；]")
_CLAUSE_END = re.compile(r"[。！？；，：,;]")
_REACH = 400  # characters a sentence may run to either side; more is no sentence
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*[”’)]*")


class Span(NamedTuple):
    """Characters `start:end` of a text."""

    start: int
    end: int


def paragraphs(text: str) -> Iterator[Span]:
    """Paragraphs, divided at line breaks; empty ones left out."""
    for match in _PARAGRAPH.finditer(text):
        yield Span(*match.span())


def sentences(text: str, within: Span | None = None) -> Iterator[Span]:
    """Sentences of a stretch of text, each with its full stop. Semicolons divide nothing."""
    start, end = within or Span(0, len(text))
    for match in _SENTENCE.finditer(text, start, end):
        yield Span(*match.span())


def sentence_around(text: str, start: int, end: int) -> Span:
    """The sentence around `text[start:end]`: from after a stop to before the next; `；` ends one too."""
    return _around(text, start, end, _SENTENCE_END)


def clause_around(text: str, start: int, end: int) -> Span:
    """The clause around `text[start:end]`: cut at commas and colons as well."""
    return _around(text, start, end, _CLAUSE_END)


def _around(text: str, start: int, end: int, stops: re.Pattern[str]) -> Span:
    begin = max(0, start - _REACH)
    for match in stops.finditer(text, begin, start):
        begin = match.end()
    after = stops.search(text, end, min(len(text), end + _REACH))
    return Span(begin, after.start() if after else min(len(text), end + _REACH))
