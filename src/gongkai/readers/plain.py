"""Plain and pasted text as content: one line, one block. Nothing is parsed here; pipes and tabs are the tokens' work."""

from __future__ import annotations

from gongkai.readers.content import Content, ContentBuilder


def content_of(text: str, format: str = "text") -> Content:  # noqa: A002
    """The lines of a text. Line ends of every system count; form feeds part pages."""
    builder = ContentBuilder(format)
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"):
        builder.line(line)
    return builder.build()
