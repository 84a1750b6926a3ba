"""The index number (索引号): the organ's code, the year and a serial; given at first publication, for good."""

from __future__ import annotations

import re

SERIAL_DIGITS = 5
_CLASSIC = re.compile(r"[0-9A-Z]{8}-?[0-9X]")
_UNIFIED = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


def code_fault(code: str) -> str:
    """Why a code cannot be the first part of an index number; nothing when it can."""
    if _UNIFIED.fullmatch(code) or _CLASSIC.fullmatch(code):
        return ""
    return "索引号的前段码应当是18位统一社会信用代码，或者9位组织机构代码。"


def index_number(code: str, year: int, serial: int) -> str:
    """The number as written: 12620600MB0523338C/2026-00001."""
    return f"{code.replace('-', '')}/{year}-{serial:0{SERIAL_DIGITS}d}"


def short(number: str) -> str:
    """The part behind the organ's code, for a narrow column."""
    return number.partition("/")[2] or number
