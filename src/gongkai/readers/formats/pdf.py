"""PDF in two tiers: the text layer in the order it was written, and, where that does not suffice, the geometry.

Boxes (`At.bbox`) are (left, top, right, bottom) in points from the top left corner of the page.
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

from gongkai.annual.report import At
from gongkai.readers.content import Content, ContentBuilder
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.formats.boxes import rounded

_BREAK = re.compile(r"\r\n|[\r\n]")
_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ufffe\uffff\ue000-\uf8ff]")


def no_text_layer() -> Unreadable:
    """The refusal for pictures of pages."""
    return Unreadable(
        "no_text_layer",
        "PDF 没有文字层，页面只是图片（扫描件或截图），无法读取其中的文字。",
        "请向报送单位索取可编辑的原件（DOCX 等）或由文字处理软件直接导出的 PDF；"
        "只有扫描件的，请先作文字识别并核对后再试。",
    )


def garbled_text() -> Unreadable:
    """The refusal for a text layer without a table of its characters."""
    return Unreadable(
        "garbled_text",
        "PDF 的文字层没有字符对照表，取出的文字是乱码。",
        "请向报送单位索取可编辑的原件（DOCX 等），或用文字处理软件重新导出 PDF。",
    )


def open_document(data: bytes, most_pages: int) -> Any:
    """The document as pypdfium2 opens it. Raises `Unreadable` for passwords, damage and too many pages."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise limits.encrypted() from error
        raise limits.damaged("PDF ") from error
    if len(document) > most_pages:
        document.close()
        raise Unreadable(
            "too_large",
            f"PDF 超过{most_pages}页，不像一份年度报告。",
            "请核对是否选错了文件，或只截取报告部分后再试。",
        )
    return document


def text_layer(data: bytes) -> Content:
    """Tier 1: the text in the order it was written, a `Line` a line with page, line (from 1 on its page) and box."""
    import pypdfium2

    document = open_document(data, limits.MAX_PAGES)
    builder = ContentBuilder("pdf")
    seen = strange = 0
    try:
        for number in range(len(document)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                # A page that is listed but missing: the others are still a report, and what is missing is absent.
                continue
            text = page_lines(page, number + 1, builder)
            page.close()
            seen += len("".join(text.split()))
            strange += len(_NO_CHARACTER.findall(text))
    finally:
        document.close()
    if not seen:
        raise no_text_layer()
    if 3 * strange > seen:
        raise garbled_text()
    return builder.build()


def page_lines(page: Any, number: int, builder: ContentBuilder) -> str:
    """Add the lines of one page's text layer and return the text. `number` is the page's, from 1."""
    layer = page.get_textpage()
    try:
        count = layer.count_chars()
        if count > limits.MAX_PAGE_CHARACTERS:
            raise limits.too_large("PDF 页面")
        text: str = layer.get_text_range() if count else ""
        boxes = _Boxes(layer, page.get_height()) if len(text) == count else None
        start, line = 0, 0
        for stretch in [*_BREAK.finditer(text), None]:
            end = stretch.start() if stretch else len(text)
            words = _shown(text[start:end])
            if words.strip():
                line += 1
                bbox = boxes.of(start, end) if boxes else None
                builder.line(words.strip(), At(page=number, line=line, bbox=bbox))
            start = stretch.end() if stretch else end
    finally:
        layer.close()
    return text


def _shown(text: str) -> str:
    """Characters as they are meant: U+0002 and U+FFFE are pdfium's marks for a hyphen at a line end."""
    return text.replace("\x02", "-").replace("\ufffe", "").replace("\x00", "").replace("\xa0", " ")


class _Boxes:
    """Boxes of stretches of one page's text, from their first and last visible characters."""

    def __init__(self, layer: Any, height: float) -> None:
        from pypdfium2 import raw

        self._call, self._raw, self._height = raw.FPDFText_GetCharBox, layer.raw, height
        self._out = [ctypes.c_double() for _ in range(4)]

    def _box(self, index: int) -> tuple[float, float, float, float] | None:
        left, right, bottom, top = self._out
        if not self._call(self._raw, index, left, right, bottom, top):
            return None
        return left.value, self._height - top.value, right.value, self._height - bottom.value

    def of(self, start: int, end: int) -> tuple[float, float, float, float] | None:
        """The box of characters `start` to `end`."""
        first, last = self._box(start), self._box(end - 1)
        if first is None or last is None:
            return None
        both = (first, last)
        box = (min(b[0] for b in both), min(b[1] for b in both), max(b[2] for b in both), max(b[3] for b in both))
        return rounded(box)


def geometry(data: bytes) -> Content:
    """Tier 2: ruled tables as grids with their spans, other words as lines, by their place on the page."""
    from gongkai.readers.formats import pdf_geometry

    return pdf_geometry.read(data)
