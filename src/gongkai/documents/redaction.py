"""Real redaction: every page becomes a picture in whose pixels the boxes are black; nothing else of the file is kept.

A box drawn over a PDF hides nothing. Here the released file is written anew from pictures of the pages: no text layer
(also none outside the boxes: text that is invisible on the page would come along with it), no fonts, metadata,
annotations, forms, layers, attachments or earlier versions, on pages with boxes and on pages without. A file to be
redacted comes from anyone: its pages, pixels and seconds are bounded, and each refusal is a sentence in Chinese.

Boxes are in points from the top left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import io
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from gongkai.documents.office import ENDINGS, NotConverted, office_to_pdf
from gongkai.documents.picture_pdf import Page, Rectangle, picture_pdf

MAX_BYTES = 100 * 1024 * 1024
MAX_PAGES = 300
MAX_PIXELS = 20_000_000
"""Pixels of one page: A3 at 200 dots per inch has 8 million."""

MAX_SIDE = 14_400
"""Points of one side: what the format allows."""

MAX_BOXES = 5_000
DPI, LEAST_DPI = 200, 72
SECONDS = 180.0
_A4_LONG = 841.89
_MARGIN = 1
"""Pixels added around a box: a letter's edge may be smeared over one."""

Size = tuple[float, float]


class NotRedacted(ValueError):
    """A file cannot be redacted; the message says why and what to do, in Chinese."""


class Box(NamedTuple):
    """A box on a page (from 1), in points from the top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Redacted:
    """The file to be released, how many pages it has and how many boxes were blackened."""

    data: bytes
    pages: int
    boxes: int


def as_pages(data: bytes, name: str) -> bytes:
    """The file on whose pages boxes are drawn: a PDF or a picture as it is, an office file converted to PDF.

    Keep what is returned: the boxes are drawn on it, and it is what `redact` takes. Raises `NotRedacted`.
    """
    if _kind(data):
        return data
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise NotRedacted("只能遮盖PDF、PNG、JPEG文件和Word等文档。请把文件另存为PDF后再试。")
    try:
        return office_to_pdf(data, ending)
    except NotConverted as error:
        raise NotRedacted(str(error)) from error


def page_sizes(data: bytes) -> tuple[Size, ...]:
    """Width and height of each page in points, as it is shown. Raises `NotRedacted`."""
    with _opened(data) as source:
        return tuple(source.size(index) for index in range(len(source)))


def page_picture(data: bytes, page: int, dpi: int = 110) -> bytes:
    """A page (from 1) as PNG, for a person to draw on. Raises `NotRedacted`."""
    with _opened(data) as source:
        if not 1 <= page <= len(source):
            raise NotRedacted(f"没有第{page}页。")
        held = io.BytesIO()
        source.picture(page - 1, dpi, time.monotonic() + SECONDS).save(held, "PNG")
        return held.getvalue()


def redact(data: bytes, boxes: Sequence[Box], *, dpi: int = DPI, seconds: float = SECONDS) -> Redacted:
    """The file as pictures of its pages with the boxes blackened. Raises `NotRedacted`; never a file half done."""
    if len(boxes) > MAX_BOXES:
        raise NotRedacted(f"遮盖框超过{MAX_BOXES}个，请分成几个文件处理。")
    until = time.monotonic() + seconds
    with _opened(data) as source:
        _fitting(boxes, [source.size(index) for index in range(len(source))])
        made = picture_pdf(_pages(source, boxes, dpi, until))
        pages = len(source)
    _look_again(made, pages)
    return Redacted(made, pages, len(boxes))


def _fitting(boxes: Sequence[Box], sizes: Sequence[Size]) -> None:
    for box in boxes:
        if not 1 <= box.page <= len(sizes):
            raise NotRedacted(f"遮盖框画在第{box.page}页，文件只有{len(sizes)}页。")
        width, height = sizes[box.page - 1]
        sides = (box.left, box.top, box.right, box.bottom)
        if not all(map(math.isfinite, sides)) or box.left >= box.right or box.top >= box.bottom:
            raise NotRedacted(f"第{box.page}页有一个遮盖框没有大小，请重新画。")
        if box.right <= 0 or box.bottom <= 0 or box.left >= width or box.top >= height:
            raise NotRedacted(f"第{box.page}页有一个遮盖框在页面之外，请重新画。")


def _pages(source: _Source, boxes: Sequence[Box], dpi: int, until: float) -> Iterator[Page]:
    for index in range(len(source)):
        width, height = source.size(index)
        image = source.picture(index, dpi, until)
        across, down = image.width / width, image.height / height
        blackened = tuple(_pixels(box, across, down, image.size) for box in boxes if box.page == index + 1)
        draw = ImageDraw.Draw(image)
        for left, top, right, bottom in blackened:
            draw.rectangle((left, top, right - 1, bottom - 1), fill=0 if image.mode == "L" else (0, 0, 0))
        yield Page(image, width, height, blackened)


def _pixels(box: Box, across: float, down: float, size: tuple[int, int]) -> Rectangle:
    """The pixels of a box, grown to whole ones and by a margin, cut to the page."""
    return (
        max(0, math.floor(box.left * across) - _MARGIN),
        max(0, math.floor(box.top * down) - _MARGIN),
        min(size[0], math.ceil(box.right * across) + _MARGIN),
        min(size[1], math.ceil(box.bottom * down) + _MARGIN),
    )


def _look_again(made: bytes, pages: int) -> None:
    """The released file is opened once more: as many pages, no text, no attachment, nothing told of itself."""
    import pypdfium2

    with pypdfium2.PdfDocument(made) as document:
        clean = len(document) == pages and not document.count_attachments() and not any(_told(document))
        if not clean or any(page.get_textpage().count_chars() for page in document):  # pragma: no cover - see above
            raise NotRedacted("遮盖后的文件没有通过检查，未予生成。请联系管理员。")


def _told(document: Any) -> Iterator[str]:
    yield from document.get_metadata_dict().values()


# ---- what pages are drawn from ------------------------------------------------------------------------------------


def _kind(data: bytes) -> str:
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return "picture"
    return "pdf" if b"%PDF-" in data[:1024] else ""


def _opened(data: bytes) -> _Source:
    if len(data) > MAX_BYTES:
        raise NotRedacted("文件过大，不能遮盖。请拆分或者压缩后再试。")
    match _kind(data):
        case "pdf":
            return _PdfSource(data)
        case "picture":
            return _PictureSource(data)
        case _:
            raise NotRedacted("文件不是PDF、PNG或者JPEG，不能直接遮盖。请另存为PDF后再试。")


class _Source(ABC):
    """Pages that can be drawn."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""
        return

    def __len__(self) -> int:
        return 1

    @abstractmethod
    def size(self, index: int) -> Size:
        """The size of a page in points."""

    @abstractmethod
    def picture(self, index: int, dpi: int, until: float) -> Image.Image:
        """A page drawn; given up at the moment `until`."""


class _PictureSource(_Source):
    """A picture as one page; its long side is that of A4. What a camera wrote into it is left behind."""

    def __init__(self, data: bytes) -> None:
        try:
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
                if opened.width * opened.height > 3 * MAX_PIXELS:
                    raise NotRedacted("图片的像素过多，不能遮盖。请缩小后再试。")
                turned = ImageOps.exif_transpose(opened)
                if turned.has_transparency_data:
                    over = Image.new("RGBA", turned.size, "white")
                    over.alpha_composite(turned.convert("RGBA"))
                    turned = over
                self._image = turned.convert("RGB")
        except NotRedacted:
            raise
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
            raise NotRedacted("图片已损坏或者不完整，不能遮盖。请重新获取后再试。") from error
        scale = _A4_LONG / max(self._image.size)
        self._size = (self._image.width * scale, self._image.height * scale)

    def size(self, index: int) -> Size:
        return self._size

    def picture(self, index: int, dpi: int, until: float) -> Image.Image:
        most = min(1.0, max(dpi, LEAST_DPI) / 72 * self._size[0] / self._image.width)
        shown = (max(1, round(self._image.width * most)), max(1, round(self._image.height * most)))
        return self._image.resize(shown) if shown != self._image.size else self._image.copy()


class _PdfSource(_Source):
    """The pages of a PDF as a reader shows them, with annotations and forms, without what is hidden."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error) or "ecurity" in str(error):
                raise NotRedacted("PDF设有打开密码，不能遮盖。请用密码打开后取消加密，另存一份再试。") from error
            raise NotRedacted("PDF已损坏或者不完整，不能遮盖。请重新获取后再试。") from error
        try:
            if not len(self._document):
                raise NotRedacted("PDF没有页面。")
            if len(self._document) > MAX_PAGES:
                raise NotRedacted(f"PDF超过{MAX_PAGES}页，请拆分后再遮盖。")
            if self._document.get_formtype():
                self._document.init_forms()
            self._sizes = [self._measured(index) for index in range(len(self._document))]
        except BaseException:
            self._document.close()
            raise

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._sizes)

    def size(self, index: int) -> Size:
        return self._sizes[index]

    def _measured(self, index: int) -> Size:
        page = self._page(index)
        try:
            width, height = page.get_size()
        finally:
            page.close()
        if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
            raise NotRedacted(f"第{index + 1}页的页面大小异常，不能遮盖。请另存为普通大小的PDF后再试。")
        return width, height

    def _page(self, index: int) -> Any:
        import pypdfium2

        try:
            return self._document[index]
        except pypdfium2.PdfiumError as error:
            raise NotRedacted(f"第{index + 1}页已损坏，不能遮盖。请重新获取文件后再试。") from error

    def picture(self, index: int, dpi: int, until: float) -> Image.Image:
        import pypdfium2
        from pypdfium2 import raw

        width, height = self._sizes[index]
        dots = min(float(max(dpi, LEAST_DPI)), 72 * math.sqrt(MAX_PIXELS / (width * height)))
        pixels = (max(1, math.ceil(width * dots / 72)), max(1, math.ceil(height * dots / 72)))
        page = self._page(index)
        try:
            bitmap = pypdfium2.PdfBitmap.new_native(*pixels, raw.FPDFBitmap_BGRx)
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, *pixels)
            self._draw(page, bitmap, pixels, until, index)
            drawn: Image.Image = bitmap.to_pil()
            return drawn.convert("RGB")
        finally:
            page.close()

    def _draw(self, page: Any, bitmap: Any, pixels: tuple[int, int], until: float, index: int) -> None:
        """Drawn piece by piece, so that a page made to be slow is left when the time is over."""
        from pypdfium2 import raw

        over = time.monotonic() > until
        pause = raw.IFSDK_PAUSE(version=1)
        kind = dict(raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
        pause.NeedToPauseNow = kind(lambda _: int(time.monotonic() > until))
        place = (0, 0, *pixels, 0, raw.FPDF_ANNOT)
        state = (
            raw.FPDF_RENDER_FAILED
            if over
            else raw.FPDF_RenderPageBitmap_Start(bitmap, page, *place, ctypes.byref(pause))
        )
        raw.FPDF_RenderPage_Close(page)
        if over or state == raw.FPDF_RENDER_TOBECONTINUED:
            raise NotRedacted(f"遮盖用时过长，处理到第{index + 1}页时已停止。请拆分文件或者另存后再试。")
        if state != raw.FPDF_RENDER_DONE:  # pragma: no cover - the library fails no page that it has loaded
            raise NotRedacted(f"第{index + 1}页不能显示，没有遮盖。请另存为PDF后再试。")
        if self._document.formenv:
            raw.FPDF_FFLDraw(self._document.formenv, bitmap, page, *place)
