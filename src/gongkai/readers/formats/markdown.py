"""Markdown: lines as they are. Tables written as HTML within, as converters make them, become grids."""

from __future__ import annotations

import re

from gongkai.annual.report import At
from gongkai.readers.content import Content, ContentBuilder
from gongkai.readers.formats import html, limits, tables, textfile

_OPENS = re.compile(r"<table\b", re.IGNORECASE)
_CLOSES = re.compile(r"</table\s*>", re.IGNORECASE)


def _pieces(text: str) -> list[str]:
    """Words and tables by turns, words first. One pass: where no end follows, nothing more is a table."""
    pieces, at = [], 0
    while (start := _OPENS.search(text, at)) and (end := _CLOSES.search(text, start.end())):
        pieces += [text[at : start.start()], text[start.start() : end.end()]]
        at = end.end()
    return [*pieces, text[at:]]


def read(data: bytes) -> Content:
    """Content of a Markdown file: pipe tables stay lines, for whoever understands pipes."""
    if len(data) > limits.MAX_TEXT_BYTES:
        raise limits.too_large()
    text = textfile.decode(data)
    if not text.strip():
        raise limits.nothing_in_it()
    if textfile.is_noise(text):
        raise limits.unknown_format()
    pieces = _pieces(text)
    if len(pieces) == 1:
        return textfile.from_text(text, "markdown")
    builder = ContentBuilder("markdown")
    emitter = tables.Emitter(builder)
    number, seen = 1, 0
    for index, piece in enumerate(pieces):
        if index % 2:
            found = html.items_of(piece, first_table=seen)
            seen += sum(1 for item in found if isinstance(item, tables.RawTable))
            emitter.items(found)
        else:
            for offset, line in enumerate(piece.split("\n")):
                if line.strip():
                    builder.line(line.rstrip("\r"), At(line=number + offset))
        number += piece.count("\n")
    return builder.build()
