"""Sentences and paragraphs of flowing text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PARAGRAPH = re.compile(r"[^\n]+")
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
