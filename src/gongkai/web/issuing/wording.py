"""What a person typed, as it is kept."""

from __future__ import annotations

from gongkai.web.facts import Refused

LONGEST = 300


def said(words: str, what: str, *, needed: bool = True, longest: int = LONGEST) -> str:
    """Words on one line. Refused when they are needed and missing, too long, or cannot be kept."""
    plain = " ".join(words.split())
    if needed and len(plain) < 2:
        raise Refused(f"请写明{what}。")
    if "\x00" in plain:
        raise Refused("填写的文字中有不能识别的控制字符，请删去后重新填写。")
    if len(plain) > longest:
        raise Refused(f"{what}最多{longest}字，现有{len(plain)}字。")
    return plain
