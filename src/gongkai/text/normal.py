"""One spelling for many: pinyin after characters dropped, traditional to simplified, full width to half width.

`Normal(text).text` is what is matched and computed on; `.origin(start, end)` leads back to the source, so that every
quote stays verbatim. Only letters, digits, brackets and signs of numbers change width; the Chinese comma, stop and
colon stay, since sentences are cut at them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_PINYIN = "a-zāáǎàōóǒòēéěèīíǐìūúǔùüǖǘǚǜńňǹḿ"
_ZERO_WIDTH = r"\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Signs that pages carry and nobody sees."""
# One set of signs that it begins with: that is looked for far faster than two alternatives.
_DROPPED = re.compile(
    rf"[(\uff08{_ZERO_WIDTH}](?:(?<=[{_ZERO_WIDTH}])"
    rf"|(?<=[\u3400-\u9fff][(\uff08])(?:[{_PINYIN}\u0261\u0251]\n?){{1,6}}[)\uff09])"
)
# A handful of characters stand in nearly every traditional text of this field and in no simplified one.
_TRADITIONAL = re.compile("[務開關總報數處費許罰規範對辦結製發廢現復訟維終審決條為國與業會項強內體東縣鎮鄉區質續財網]")

_WIDTH: dict[int, int] = {0xFF01 + i: 0x21 + i for i in range(94)}
for _kept in "，；：！？":
    del _WIDTH[ord(_kept)]
_WIDTH.update({0x3000: 0x20, 0x00A0: 0x20, 0x2007: 0x20, 0x202F: 0x20, ord("﹪"): ord("%")})
_WIDTH.update({ord(c): ord("-") for c in "\u2010\u2011\u2012\u2013\u2212\uff0d"})
for _code in (*range(0x2F00, 0x2FD6), *range(0x2E80, 0x2EF4), *range(0xF900, 0xFB00), *range(0xFE30, 0xFE50)):
    _folded = unicodedata.normalize("NFKC", chr(_code))
    if len(_folded) == 1 and _folded != chr(_code):
        _WIDTH[_code] = ord(_folded)
_NARROW = {chr(code): chr(narrow) for code, narrow in _WIDTH.items()}
_WIDE = re.compile("[" + "".join(map(re.escape, sorted(_NARROW))) + "]")


@cache
def _converter() -> Any:
    # Imported here: most texts are simplified, and loading the dictionaries costs more than reading them.
    import opencc  # noqa: PLC0415

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, character by character in number and place."""
    if not _TRADITIONAL.search(text):
        return text
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    # The dictionaries of today keep every length; a later one need not.
    return "".join(  # pragma: no cover - see above
        c if len(c) == 1 else o for o in text for c in [_converter().convert(o)]
    )


@cache
def characters() -> dict[int, str]:
    """Every traditional character that has a simplified one, for `translate`; it looks at no neighbours."""
    wide = [chr(code) for code in range(0x3400, 0xA000)]
    narrow = _converter().convert("\n".join(wide)).split("\n")
    return {ord(a): b for a, b in zip(wide, narrow, strict=True) if a != b}


def fold(text: str) -> str:
    """Half width and simplified, the same number of characters in the same places; nothing dropped."""
    # `translate` looks at every character of a text, and few are wide.
    return simplified(_WIDE.sub(_narrowed, text))


def _narrowed(wide: re.Match[str]) -> str:
    return _NARROW[wide[0]]


class Normal:
    """A text in one spelling, with the way back to the source."""

    __slots__ = ("_map", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self._map: list[int] | None = None
        kept = source
        if _DROPPED.search(source):
            origins: list[int] = []
            pieces: list[str] = []
            last = 0
            for match in _DROPPED.finditer(source):
                pieces.append(source[last : match.start()])
                origins.extend(range(last, match.start()))
                last = match.end()
            pieces.append(source[last:])
            origins.extend(range(last, len(source)))
            kept = "".join(pieces)
            self._map = origins
        self.text = fold(kept)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source behind `text[start:end]`."""
        if self._map is None:
            return start, end
        if start >= len(self._map):
            return len(self.source), len(self.source)
        return self._map[start], (self._map[end - 1] + 1 if end > start else self._map[start])

    def quote(self, start: int, end: int) -> str:
        """The source's own words behind `text[start:end]`."""
        begin, stop = self.origin(start, end)
        return self.source[begin:stop]
