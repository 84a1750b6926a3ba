"""Findings on stretches of the words."""

from __future__ import annotations

from gongkai.annual.findings import Finding, Grade
from gongkai.annual.rules import Rule
from gongkai.annual.words.mentions import Mention, Page


def finding(
    rule: Rule,
    page: Page,
    start: int,
    end: int,
    message: str,
    *,
    grade: Grade | None = None,
    met: str = "",
    expected: str = "",
    cells: tuple[str, ...] = (),
    advice: str = "",
) -> Finding:
    """A finding that quotes `page.text[start:end]` in the document's own words."""
    quote, at, where = page.prose.quote(start, end)
    return Finding(
        id=rule.id,
        kind=rule.kind,
        grade=grade or rule.grade,
        message=message,
        cells=cells,
        quote=quote,
        at=at,
        where=where,
        met=met,
        expected=expected,
        citation=rule.citation,
        advice=advice or rule.advice,
        rule_version=rule.version,
    )


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
