"""Which characters the shipped fonts can draw, so that none is ever printed as an empty box.

The fonts are Noto Serif SC and Noto Sans SC (SIL Open Font License 1.1), which come as a package; system fonts are
never used, so that the same report gives the same pages on every machine. What a font can draw stands in its
`cmap` table, read here directly: formats 4 and 12, the two that fonts with Chinese carry.
"""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

SUBSTITUTE = "〓"
"""The printers' mark for a character that is not in the case."""

_PACKAGE = "pylopdf_fonts_zh_cn"
_FONTS = ("NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf")


@dataclass(frozen=True, slots=True)
class MissingGlyphs:
    """The characters of a text that no shipped font has, each once, in the order met."""

    characters: tuple[str, ...]

    @property
    def named(self) -> str:
        """The characters with their code points: “𠮷”（U+20BB7）、…"""
        return "、".join(f"“{c}”（U+{ord(c):04X}）" for c in self.characters)

    @property
    def codes(self) -> str:
        """The code points alone, for a page that cannot draw the characters: U+20BB7、…"""
        return "、".join(f"U+{ord(c):04X}" for c in self.characters)

    @property
    def message(self) -> str:
        """A sentence for the person who asked for the PDF."""
        return f"PDF所用字体没有以下字符，已以“{SUBSTITUTE}”代替，请在Word文件中核对：{self.named}。"


@dataclass(frozen=True, slots=True)
class Coverage:
    """A set of code points as sorted ranges that do not touch."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __contains__(self, code: int) -> bool:
        place = bisect_right(self.starts, code) - 1
        return place >= 0 and code <= self.ends[place]

    @classmethod
    def of(cls, ranges: Iterable[tuple[int, int]]) -> Coverage:
        """The union of ranges (both ends within)."""
        merged: list[list[int]] = []
        for start, end in sorted(ranges):
            if merged and start <= merged[-1][1] + 1:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        return cls(tuple(s for s, _ in merged), tuple(e for _, e in merged))


def missing_glyphs(text: str) -> MissingGlyphs | None:
    """The characters of the text that cannot be drawn; None when all can. Those that are never drawn do not count."""
    drawn = shipped()
    met = dict.fromkeys(c for c in text if ord(c) not in drawn and not _unseen(c))
    return MissingGlyphs(tuple(met)) if met else None


def drawable(text: str) -> str:
    """The text with every character that cannot be drawn replaced by 〓, and those that are never drawn left out."""
    drawn = shipped()
    return "".join(c if c == "\n" else "" if _unseen(c) else c if ord(c) in drawn else SUBSTITUTE for c in text)


def _unseen(character: str) -> bool:
    """Line ends, format characters (joiners, marks of direction) and variation selectors draw nothing."""
    if character in "\n\t":
        return True
    code = ord(character)
    return unicodedata.category(character) == "Cf" or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def font_folder() -> Path:
    """The folder of the shipped fonts."""
    with as_file(files(_PACKAGE)) as folder:
        return Path(folder)


@cache
def shipped() -> Coverage:
    """What the shipped fonts can draw together."""
    return Coverage.of(r for name in _FONTS for r in character_ranges((font_folder() / name).read_bytes()))


def character_ranges(font: bytes) -> Iterator[tuple[int, int]]:
    """The ranges of code points an OpenType font has a glyph for. ValueError where its `cmap` is of another kind."""
    count = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4s4xLL", font, 12 + 16 * i) for i in range(count))
    start = next((offset for tag, offset, _ in records if tag == b"cmap"), None)
    if start is None:
        raise ValueError("字体文件没有 cmap 表")
    tables = struct.unpack_from(">H", font, start + 2)[0]
    offsets = [start + struct.unpack_from(">HHL", font, start + 4 + 8 * i)[2] for i in range(tables)]
    formats = {struct.unpack_from(">H", font, offset)[0]: offset for offset in offsets}
    if 12 in formats:
        yield from _segmented(font, formats[12])
    elif 4 in formats:
        yield from _sixteen_bit(font, formats[4])
    else:
        raise ValueError(f"不支持的 cmap 格式：{sorted(formats)}")


def _segmented(font: bytes, offset: int) -> Iterator[tuple[int, int]]:
    groups = struct.unpack_from(">L", font, offset + 12)[0]
    for start, end, glyph in struct.iter_unpack(">LLL", font[offset + 16 : offset + 16 + 12 * groups]):
        yield (start, end) if glyph else (start + 1, end)


def _sixteen_bit(font: bytes, offset: int) -> Iterator[tuple[int, int]]:
    segments = struct.unpack_from(">H", font, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", font, offset + 14)
    starts = struct.unpack_from(f">{segments}H", font, offset + 16 + 2 * segments)
    # The last segment, 0xFFFF, is the end mark.
    yield from ((s, e) for s, e in zip(starts, ends, strict=True) if s != 0xFFFF)
