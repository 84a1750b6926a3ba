"""How a finding names a number and where its clause begins."""

from __future__ import annotations

from gongkai.annual.words.mentions import Mention, Page


def clause_start(page: Page, mention: Mention) -> int:
    """Where the clause of a number begins, without 其中 and the like before it."""
    start = mention.phrase_start
    for lead in ("其中", "包括", "，", ",", "、", ":", "："):
        if page.text.startswith(lead, start) and start + len(lead) < mention.start:
            start += len(lead)
    return start


def named(mention: Mention) -> str:
    """The number with the noun before it, as a message repeats it."""
    return f"{bare(mention.label)}{mention.said}"


def bare(label: str) -> str:
    """The noun without what opens a list."""
    for lead in ("其中", "包括", "含"):
        label = label.removeprefix(lead)
    return label
