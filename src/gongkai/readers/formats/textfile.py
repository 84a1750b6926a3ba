"""Plain text: bytes to characters without silent damage, and lines."""

from __future__ import annotations

import codecs
import re

from gongkai.annual.report import At
from gongkai.readers.content import Content, ContentBuilder
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.text.normal import simplified

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_STRANGE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd\x80-\x9f]")
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

SAMPLE = 20_000
"""Characters looked at to judge whether a decoding is Chinese."""

COMMON_SHARE = 0.75
"""In Chinese prose more than nine characters in ten that are not ASCII are first-level characters of GB 2312 or Chinese
punctuation; of bytes in another encoding taken for GB 18030 fewer than half are."""


def decode(data: bytes, declared: str | None = None) -> str:
    """Characters of a text in UTF-8, UTF-16, UTF-32, GB 18030 (GBK, GB 2312) or what charset-normalizer finds.

    `declared` is what the document says of itself; it is believed only where it decodes. A text in UTF-8 that is cut
    within a character loses that character. Raises `Unreadable` where no encoding fits.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if data.isascii() and not data.count(0):
        return data.decode("ascii")
    wide = _without_bom(data)
    if wide is not None:
        return wide
    text = _utf8(data)
    if text is not None:
        return text
    text = _gb18030(data, trusted=(declared or "").lower() in ("gbk", "gb2312", "gb18030", "gb_2312-80"))
    if text is not None:
        return text
    for guess in (_declared(data, declared), _guessed(data)):
        if guess is not None:
            return guess
    if data.count(0):  # a program, a data base, a part of something: no editor would make a text of it
        raise limits.unknown_format()
    raise Unreadable(
        "unknown_encoding",
        "无法判断文件的文字编码，强行读取会出现乱码。",
        "请用记事本打开，另存为 UTF-8 编码后再试。",
    )


def is_noise(text: str) -> bool:
    """Whether a text is bytes of something else: control characters and characters of no script among it."""
    strange = len(_CONTROLS.findall(text)) + len(_STRANGE.findall(text))
    return strange * 50 > len(text) + 50


def _without_bom(data: bytes) -> str | None:
    """UTF-16 without its mark: an ASCII sign (a digit, a line end) has a zero byte beside it, always on one side."""
    sample = data[: 2 * SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 2 or max(even, odd) < 20 * min(even, odd) or len(data) < 8:
        return None
    text = data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    return None if is_noise(text) else text


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.start > 0:
            return data[: error.start].decode("utf-8")
    text = data.decode("utf-8", "replace")
    # A few broken bytes in a long UTF-8 text stay visible as U+FFFD; another encoding breaks at every second byte.
    chinese = sum(1 for sign in text[:SAMPLE] if "\u4e00" <= sign <= "\u9fff")
    return text if chinese > 50 * text[:SAMPLE].count("\ufffd") else None


def _gb18030(data: bytes, trusted: bool) -> str | None:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        if error.start < len(data) - 3 or error.start == 0:
            return None
        text = data[: error.start].decode("gb18030")
    # Traditional characters are no first-level characters of GB 2312, but their simplified forms are.
    foreign = [sign for sign in simplified(text[:SAMPLE]) if not sign.isascii()]
    common = sum(1 for sign in foreign if _is_common(sign))
    share = 0.4 if trusted else COMMON_SHARE
    return text if common >= share * len(foreign) and not is_noise(text) else None


def _is_common(sign: str) -> bool:
    """A first-level character of GB 2312 or one of its signs."""
    try:
        lead = sign.encode("gb2312")[0]
    except UnicodeEncodeError:
        return sign in "\xa0—"  # the stroke of an empty cell, which Python's table of GB 2312 knows as another sign
    return lead <= 0xA3 or 0xB0 <= lead <= 0xD7


def _declared(data: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        if codecs.lookup(declared).name in ("utf-7", "utf-8"):
            return None
        text = data.decode(declared)
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if is_noise(text) else text


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 4 * SAMPLE], cp_isolation=["big5", "big5hkscs", "cp950", "utf_16_le", "utf_16_be"]).best()
    if best is None:
        return None
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    chinese = sum(1 for sign in text[:SAMPLE] if "\u4e00" <= sign <= "\u9fff")
    return text if 2 * chinese > len(text[:SAMPLE].encode("ascii", "ignore")) and not is_noise(text) else None


def from_text(text: str, kind: str = "text") -> Content:
    """Content of a text: every line as it is, empty ones too, numbered from 1."""
    lines = _BREAKS.split(text.replace("\x00", ""))
    if len(lines) > limits.MAX_LINES:
        raise limits.too_large("文件内容")
    while lines and not lines[-1].strip():
        lines.pop()
    builder = ContentBuilder(kind)
    for number, line in enumerate(lines, 1):
        builder.line(line, At(line=number))
    return builder.build()


def read(data: bytes) -> Content:
    """Content of a text file. Raises `Unreadable` for noise, for an unknown encoding and for nothing."""
    if len(data) > limits.MAX_TEXT_BYTES:
        raise limits.too_large()
    text = decode(data)
    if not text.strip():
        raise limits.nothing_in_it()
    if is_noise(text):
        raise limits.unknown_format()
    return from_text(text)
