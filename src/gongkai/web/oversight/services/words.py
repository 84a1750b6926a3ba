"""What a person typed: without blanks around it, not too long, with personal data written over."""

from __future__ import annotations

from gongkai.text.personal import masked
from gongkai.web.facts import Refused


def said(words: str, what: str, most: int, *, needed: bool = True) -> str:
    """The words as they are kept. Refused where they lack, are too long, or hold signs no page can show."""
    plain = words.strip().replace("\r\n", "\n")
    if needed and not plain:
        raise Refused(f"请写明{what}。")
    if "\x00" in plain:
        raise Refused("填写的文字中有不能识别的控制字符，请删去后重新填写。")
    if len(plain) > most:
        raise Refused(f"{what}最多{most}字，现有{len(plain)}字。")
    return masked(plain)
