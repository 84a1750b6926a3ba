"""Findings on stretches of the words."""

from __future__ import annotations

from typing import Unpack

from gongkai.annual.findings import Finding
from gongkai.annual.rules import Rule, Told
from gongkai.annual.words.mentions import Mention, Page


def finding(rule: Rule, page: Page, start: int, end: int, message: str, **told: Unpack[Told]) -> Finding:
    """A finding that quotes `page.text[start:end]` in the document's own words."""
    quote, at, where = page.prose.quote(start, end)
    return rule.finding(message, quote=quote, at=at, where=where, **told)


def clause_start(page: Page, mention: Mention) -> int:
    """Where the clause of a number begins, without 其中 and the like before it."""
    start = mention.phrase_start
    for lead in ("其中", "包括", "，", ",", "、", ":", "："):
        if page.text.startswith(lead, start) and start + len(lead) < mention.start:
            start += len(lead)
    return start


def named(mention: Mention) -> str:
    """The number with the noun before it, as a message repeats it."""
    label = mention.label
    for lead in ("其中", "包括", "含"):
        label = label.removeprefix(lead)
    return f"{label}{mention.said}"
