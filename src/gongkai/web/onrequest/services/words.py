"""What a person has to write: there, not too long, and without signs that no page can show."""

from __future__ import annotations

from gongkai.web.facts import Refused


def said(words: str, what: str, most: int) -> str:
    """The words without blanks around them. Refused where they lack, are too long, or hold such signs."""
    plain = words.strip()
    if not plain:
        raise Refused(f"请写明{what}。")
    if "\x00" in plain:
        raise Refused("填写的文字中有不能识别的控制字符，请删去后重新填写。")
    if len(plain) > most:
        raise Refused(f"{what}最多{most}字，现有{len(plain)}字。")
    return plain
