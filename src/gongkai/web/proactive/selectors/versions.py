"""Versions of an entry side by side."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from gongkai.web.proactive.models import Version
from gongkai.web.proactive.selectors.entries import metadata_table
from gongkai.web.proactive.selectors.facts import files_of


@dataclass(frozen=True, slots=True)
class Changed:
    """A line of a comparison: `same`, `old` (left out) or `new` (added)."""

    sign: str
    words: str


def compared(old: Version, new: Version) -> list[Changed]:
    """What changed between two versions, line by line: metadata first, then the text, then the files."""

    def lines(version: Version) -> list[str]:
        head = [f"{name}：{value}" for name, value in metadata_table(version)]
        files = [f"附件：{row.name}（{row.file_id.hex[-6:]}）" for row in files_of(version)]
        return [*head, *version.text.splitlines(), *files]

    found = []
    for line in difflib.ndiff(lines(old), lines(new)):
        sign, words = line[0], line[2:]
        if sign in " +-":
            found.append(Changed({" ": "same", "-": "old", "+": "new"}[sign], words))
    return found
