"""Text for people at a terminal: widths that count Chinese as two, colours only where they are wanted."""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from typing import Literal, TextIO

Align = Literal["left", "right"]

_STYLES = {"conflict": "31", "doubt": "33", "note": "2", "ok": "32", "bold": "1", "dim": "2", "": ""}
_WORD = re.compile(r"[一二三四]\([一二三四五六七]\)\d*|[A-Za-z0-9_.:/%+\-=,'\"#@〔〕]+|\s+|.", re.DOTALL)
_NEVER_FIRST = frozenset("，。；：、）》】〉”’！？…,.;:!?)]}")
_NEVER_LAST = frozenset("（《【〈“‘([{")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def plain(text: str) -> str:
    """`text` on one line and harmless on a terminal: control and direction characters are shown, not obeyed."""
    return _HIDDEN.sub(lambda found: _shown(found.group()), text)


def _shown(character: str) -> str:
    if character in "\t\n\r":
        return {"\t": " ", "\n": "\\n", "\r": "\\r"}[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def width_of(text: str) -> int:
    """Columns `text` takes on a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)


def pad(text: str, width: int, align: Align = "left") -> str:
    """`text` filled with spaces to `width` columns."""
    space = " " * max(width - width_of(text), 0)
    return space + text if align == "right" else text + space


def cut(text: str, width: int) -> str:
    """`text` shortened to `width` columns; what was cut is shown by an ellipsis."""
    if width_of(text) <= width:
        return text
    kept, used = [], 0
    for character in text:
        used += width_of(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; numbers and Latin words stay whole, no line begins with a closing mark."""
    lines, line, used = [], "", 0
    for whole in _pieces(text):
        piece, wide = whole, width_of(whole)
        if line and used + wide > width:
            lines.append(line.rstrip())
            line, used = "", 0
            if piece.isspace():
                continue
        while wide > width:
            head = cut(piece, width + 1)[:-1] or piece[0]
            lines.append(head)
            piece = piece[len(head) :]
            wide = width_of(piece)
        line, used = line + piece, used + wide
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """Words and characters, with closing marks hung on what stands before and opening marks on what follows."""
    pieces: list[str] = []
    for found in _WORD.finditer(text):
        piece = found.group()
        if pieces and (piece in _NEVER_FIRST or pieces[-1][-1:] in _NEVER_LAST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def columns(stream: TextIO | None = None) -> int:
    """Columns of the terminal; 100 where there is none, so that piped output does not depend on the window."""
    stream = sys.stdout if stream is None else stream
    if os.environ.get("COLUMNS", "").isdigit():
        return max(int(os.environ["COLUMNS"]), 40)
    if not stream.isatty():
        return 100
    return max(shutil.get_terminal_size((100, 24)).columns, 40)


def wants_colour(stream: TextIO) -> bool:
    """Colours only on a terminal; NO_COLOR forbids them, FORCE_COLOR asks for them."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


class Paint:
    """Gives words a style where colours are wanted; a sign or word always says the same without colour."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, style: str) -> str:
        """`text` in a style: conflict, doubt, note, ok, bold, dim."""
        code = _STYLES[style]
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and code else text


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    align: Sequence[Align],
    limit: int | None,
    flexible: Sequence[int],
) -> list[str]:
    """Lines of an aligned table. Where it is wider than `limit`, the `flexible` columns are cut, the widest first."""
    widths = [max(width_of(row[i]) for row in (head, *rows)) for i in range(len(head))]
    if limit is not None:
        _shrink(widths, limit - 2 * (len(head) - 1), flexible)
    return [
        "  ".join(pad(cut(text, widths[i]), widths[i], align[i]) for i, text in enumerate(row)).rstrip()
        for row in (head, *rows)
    ]


def _shrink(widths: list[int], room: int, flexible: Sequence[int]) -> None:
    excess = sum(widths) - room
    while excess > 0:
        widest = max(flexible, key=lambda i: widths[i])
        if widths[widest] <= 8:
            return
        widths[widest] -= 1
        excess -= 1


class Progress:
    """One line on standard error that counts files; silent where that is not a terminal."""

    def __init__(self, doing: str, stream: TextIO | None = None) -> None:
        self.stream = sys.stderr if stream is None else stream
        self.on = self.stream.isatty() and os.environ.get("TERM") != "dumb"
        self.doing = doing
        self._drawn = ""

    def show(self, done: int, total: int) -> None:
        """Draw the state, at most a hundred times in all."""
        if not self.on or total == 0 or (done % max(total // 100, 1) and done != total):
            return
        filled = 24 * done // total
        line = f"{self.doing} {'━' * filled}{'─' * (24 - filled)} {done}/{total}"
        self.stream.write("\r" + line)
        self.stream.flush()
        self._drawn = line

    def clear(self) -> None:
        """Take the line away so that results begin on a clean one."""
        if self._drawn:
            self.stream.write("\r" + " " * width_of(self._drawn) + "\r")
            self.stream.flush()
            self._drawn = ""
