"""What a person typed: without blanks around it, not too long, with personal data written over."""

from __future__ import annotations

from gongkai.text.personal import masked
from gongkai.web.typed import said as checked


def said(words: str, what: str, most: int, *, needed: bool = True) -> str:
    """The words as they are kept. Refused where they lack, are too long, or hold signs no page can show."""
    plain = words.strip().replace("\r\n", "\n")
    return masked(checked(plain, what, most)) if plain or needed else ""
