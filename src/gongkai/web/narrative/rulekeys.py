"""What a county or an organ may set for the words of its reports; all of it 本系统规则."""

from __future__ import annotations

LENGTH = "narrative.length"
"""The most characters of a part of the report, by part: `narrative.length:1`. Nothing set: not watched."""


def length_key(section: str) -> str:
    """The key of one part."""
    return f"{LENGTH}:{section}"
