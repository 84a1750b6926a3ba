"""Look through one file before it goes out: what may not be meant for the public, each with its place.

`precheck` is the one entrance: bytes of any format that is read become hints as values. It stores nothing, knows no
person and decides nothing; whoever keeps drafts keeps the decisions, by the fingerprints of the hits.
"""

from __future__ import annotations

from gongkai.readers.precheck.lists import Lists
from gongkai.readers.precheck.values import Hit, Place, Precheck

__all__ = ["Hit", "Lists", "Place", "Precheck", "precheck", "precheck_text"]


def precheck(name: str, data: bytes, lists: Lists | None = None) -> Precheck:
    """The hints on a file. Raises `Unreadable`, and nothing else, when it cannot be read.

    `lists` are the office's own leaders, places, words and lines of contact; without them only the list of common
    misspellings that comes with the system is used.
    """
    from gongkai.readers.precheck.checking import check

    return check(name, data, Lists.shipped() if lists is None else lists)


def precheck_text(text: str, lists: Lists | None = None, name: str = "粘贴的文本") -> Precheck:
    """The hints on a pasted text."""
    from gongkai.readers.precheck.checking import check_text

    return check_text(text, Lists.shipped() if lists is None else lists, name)
