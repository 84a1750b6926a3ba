"""What a person typed, as it may be kept: there where it is needed, not too long, without signs that no page can show."""

from __future__ import annotations

from gongkai.web.facts import Refused

LINE = 300
"""How long a reason or a note on one line may be, where nothing else is said."""


def said(words: str, what: str, most: int, *, needed: bool = True, least: int = 1) -> str:
    """The words without blanks around them. Refused, with the name of `what` they are, when they cannot be kept."""
    plain = words.strip()
    if needed and len(plain) < least:
        raise Refused(f"请写明{what}。")
    if "\x00" in plain:
        raise Refused("填写的文字中有不能识别的控制字符，请删去后重新填写。")
    if len(plain) > most:
        raise Refused(f"{what}最多{most}字，现有{len(plain)}字。")
    return plain


def said_on_a_line(words: str, what: str, most: int = LINE, *, needed: bool = True) -> str:
    """The same with every gap one blank. Where they are needed one character says nothing."""
    return said(" ".join(words.split()), what, most, needed=needed, least=2)
