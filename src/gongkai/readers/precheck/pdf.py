"""PDF: its lines, and what can be taken out of it though nobody sees it.

Seen or unseen is decided by drawing: a page is drawn as it is and once more with its text switched off. A character where
both pictures agree is not seen, whatever the reason: a black box over it, a picture over it, white on white, an
invisible rendering mode, a layer that is off, a place beyond the edge.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from gongkai.readers.content import ContentBuilder, Line
from gongkai.readers.formats import limits
from gongkai.readers.formats import pdf as formats
from gongkai.readers.precheck.common import link_hit, links, property_hit
from gongkai.readers.precheck.flow import Found
from gongkai.readers.precheck.pictures import picture_hits
from gongkai.readers.precheck.values import Hit, Place, hit

MOST_DRAWN = 80
"""Pages that are drawn to see what is seen, at 50 ms a page."""

MOST_PIXELS = 2_500_000
SCALE = 100 / 72
SAME = 18
"""How far apart of 255 two greys may be and still be one."""

DARK = 90
FEWEST = 2
"""Fewer unseen characters side by side are a trick of drawing."""

TINY = 2.2
"""Points: letters so low nobody reads."""

SCAN = 0.5
"""From this share of a page on a picture is a scan, whose text layer is unseen by its nature."""

_SIGN = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
_SUBTYPES = {
    1: "注释",
    3: "文字注释",
    4: "线条批注",
    5: "方框批注",
    6: "圆圈批注",
    7: "多边形批注",
    8: "折线批注",
    9: "高亮批注",
    10: "下划线批注",
    11: "波浪线批注",
    12: "删除线批注",
    13: "图章",
    14: "插入批注",
    15: "手写批注",
}
_MOST_IMAGES = 120
Box = tuple[float, float, float, float]


def read_pdf(data: bytes) -> Found:
    """What a PDF gives. Raises `Unreadable` for passwords, damage and too many pages."""
    document = formats.open_document(data, limits.MAX_PAGES)
    found = Found("pdf")
    try:
        _pages(document, found)
        _document(document, data, found)
    finally:
        document.close()
    return found


def _pages(document: Any, found: Found) -> None:
    import pypdfium2

    images = 0
    scans: list[int] = []
    targets: list[tuple[str, Place]] = []
    if document.get_formtype():
        document.init_forms()
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            found.left_out.append(f"第{number}页已损坏，没有检查。")
            continue
        try:
            _lines(page, number, found)
            _annotations(page, number, found, targets)
            objects = list(_objects(page))
            images += _pictures(objects, number, found, images)
            if number <= MOST_DRAWN:
                if _unseen(page, number, objects, found):
                    scans.append(number)
            elif number == MOST_DRAWN + 1:
                found.left_out.append(f"第{MOST_DRAWN + 1}页起没有查看被盖住和看不见的文字，请拆成几个文件再检查。")
        finally:
            page.close()
    links(targets, found)
    if scans:
        found.left_out.append(
            f"第{_few(scans)}页是扫描图像，带有识别出来的文字层；请注意图像上涂黑的地方，文字层里可能还有原文。"
        )
    if images:
        found.left_out.append("图片里的文字没有识别，请人工看一遍。")
    if not (found.pieces or images):
        raise limits.nothing_in_it()
    if not images and all(piece.place.part != "body" for piece in found.pieces):
        found.left_out.append("页面上没有可以取出的文字，画在页面上的内容没有检查，请人工看一遍。")


def _few(numbers: list[int]) -> str:
    return "、".join(map(str, numbers[:8])) + ("等" if len(numbers) > 8 else "")


def _lines(page: Any, number: int, found: Found) -> None:
    builder = ContentBuilder("pdf")
    formats.page_lines(page, number, builder)
    for line in (block for block in builder.build().blocks if isinstance(block, Line)):
        found.say(line.text, Place("body", f"第{number}页第{line.at.line}行", number, line.at.line), wraps=True)


# ---- what is drawn ------------------------------------------------------------------------------------------------


def _objects(page: Any, depth: int = 0, form: Any = None) -> Iterator[tuple[int, Any, bool]]:
    """(kind, object, whether within a form) of everything drawn, forms opened."""
    from pypdfium2 import raw

    count = raw.FPDFFormObj_CountObjects(form) if form else raw.FPDFPage_CountObjects(page.raw)
    if count > limits.MAX_PAGE_OBJECTS:
        raise limits.too_large("PDF 页面")
    for index in range(count):
        thing = raw.FPDFFormObj_GetObject(form, index) if form else raw.FPDFPage_GetObject(page.raw, index)
        kind = raw.FPDFPageObj_GetType(thing)
        yield kind, thing, form is not None
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < 4:
            yield from _objects(page, depth + 1, thing)


def _bounds(thing: Any) -> Box:
    from pypdfium2 import raw

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _drawn(page: Any, scale: float) -> Any:
    return page.render(scale=scale, grayscale=True, may_draw_forms=True).to_pil().convert("L")


def _unseen(page: Any, number: int, objects: list[tuple[int, Any, bool]], found: Found) -> bool:
    """Hits for the characters of a page that are not seen; whether the page is a scan with a text layer."""
    from pypdfium2 import raw

    layer = page.get_textpage()
    try:
        boxes = _characters(layer)
        if not boxes:
            return False
        width, height = page.get_size()
        scale = min(SCALE, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
        with_text = _drawn(page, scale)
        texts = [thing for kind, thing, _ in objects if kind == raw.FPDF_PAGEOBJ_TEXT]
        for thing in texts:
            raw.FPDFPageObj_SetIsActive(thing, False)
        try:
            without = _drawn(page, scale)
        finally:
            for thing in texts:
                raw.FPDFPageObj_SetIsActive(thing, True)
        look = _Look(page, with_text, without)
        flags = [look.of(box) for _, _, box in boxes]
        scan = _is_scan(objects, width * height) and flags.count("seen") * 5 < len(flags)
        if scan:
            # The text of a scan is unseen by its nature: what has no ink in the picture either is covered.
            flags = ["seen" if look.ink(box) else "covered" for _, _, box in boxes]
            if flags.count("covered") * 10 > 7 * len(flags):
                return True  # a page printed in negative
        found.hits.extend(_stretches(boxes, flags, number, look, scan=scan))
        return scan
    finally:
        layer.close()


def _characters(layer: Any) -> list[tuple[int, str, Box]]:
    """Index, sign and box of each letter, digit and Chinese character, in points from the bottom left."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = []
    for index in range(layer.count_chars()):  # so many as the reading of its lines has let pass
        sign = chr(raw.FPDFText_GetUnicode(layer.raw, index) or 32)
        if _SIGN.match(sign) and raw.FPDFText_GetCharBox(layer.raw, index, left, right, bottom, top):
            found.append((index, sign, (left.value, bottom.value, right.value, top.value)))
    return found


class _Look:
    """Two pictures of a page, with its text and without."""

    def __init__(self, page: Any, with_text: Any, without: Any) -> None:
        from PIL import ImageChops
        from pypdfium2 import raw

        self._page = page
        self._shown, self._ground = with_text, without
        self._changed = ImageChops.difference(with_text, without)
        self._raw = raw
        self._x, self._y = ctypes.c_int(), ctypes.c_int()

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        """The pixels of a box, turned as the page is turned."""
        size, points = self._shown.size, []
        for x, y in ((box[0], box[1]), (box[2], box[3])):
            self._raw.FPDF_PageToDevice(self._page.raw, 0, 0, *size, 0, x, y, self._x, self._y)
            points.append((self._x.value, self._y.value))
        (a, b), (c, d) = points
        left, right, top, bottom = min(a, c), max(a, c), min(b, d), max(b, d)
        return left, top, max(right, left + 2), max(bottom, top + 2)

    @staticmethod
    def _extremes(picture: Any, place: tuple[int, int, int, int]) -> tuple[int, int]:
        low, high = picture.crop(place).getextrema()
        return low, high

    def of(self, box: Box) -> str:
        """How a character is seen: seen, covered by something dark or drawn, or hidden."""
        left, top, right, bottom = place = self._pixels(box)
        width, height = self._shown.size
        if right <= 0 or bottom <= 0 or left >= width or top >= height:
            return "hidden"
        if self._extremes(self._changed, place)[1] > SAME:
            return "seen"
        low, high = self._extremes(self._ground, place)
        return "covered" if low < DARK or high - low > SAME else "hidden"

    def third(self, box: Box) -> str:
        """In which third of the page as it is seen a character stands."""
        share = 3 * self._pixels(box)[1] / max(self._shown.size[1], 1)
        return "上部" if share < 1 else "中部" if share < 2 else "下部"

    def ink(self, box: Box) -> bool:
        """Whether anything can be told apart where a character of a scan's text layer stands."""
        low, high = self._extremes(self._shown, self._pixels(box))
        return bool(high - low > 2 * SAME or low > 255 - SAME)


def _is_scan(objects: list[tuple[int, Any, bool]], area: float) -> bool:
    from pypdfium2 import raw

    for kind, thing, inner in objects:
        if kind == raw.FPDF_PAGEOBJ_IMAGE and not inner:
            left, bottom, right, top = _bounds(thing)
            if (right - left) * (top - bottom) > SCAN * area:
                return True
    return False


def _stretches(
    boxes: list[tuple[int, str, Box]], flags: list[str], number: int, look: _Look, *, scan: bool
) -> Iterator[Hit]:
    """Unseen characters side by side on a line as one hit."""
    lines = list(_numbered(boxes))
    tallest: dict[int, float] = {}
    for (_, _, box), line in zip(boxes, lines, strict=True):
        tallest[line] = max(tallest.get(line, 0.0), box[3] - box[1])
    keys = [("hidden" if tallest[n] < TINY else flag, n) for flag, n in zip(flags, lines, strict=True)]
    for (flag, _), members in groupby(zip(boxes, keys, strict=True), key=lambda pair: pair[1]):
        stretch = [box for box, _ in members]
        text = "".join(sign for _, sign, _ in stretch)
        if flag == "seen" or len(text) < FEWEST:
            continue
        place = Place("hidden", f"第{number}页{look.third(stretch[0][2])}", number)
        if flag == "covered":
            says = "扫描图像上涂盖了一处，文字层里还有原文，可以复制出来。" if scan else ""
            yield hit("covered_text", place, text[:60], says=says)
        else:
            says = "页面上看不见、可以复制出来的文字（白色、隐形、过小、被白色块盖住或者在页面之外）。"
            yield hit("hidden_text", place, text[:60], says=says)


def _numbered(boxes: list[tuple[int, str, Box]]) -> Iterator[int]:
    """The number of the line of each character: a new one where the next stands higher or lower."""
    line = 0
    for at, (_, _, box) in enumerate(boxes):
        before = boxes[at - 1][2] if at else box
        line += abs(box[1] - before[1]) > max(box[3] - box[1], before[3] - before[1], 4)
        yield line


# ---- what hangs on the pages and on the document ------------------------------------------------------------------


def _pictures(objects: list[tuple[int, Any, bool]], number: int, found: Found, before: int) -> int:
    from pypdfium2 import raw

    count = 0
    for kind, thing, _ in objects:
        if kind != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        count += 1
        size = raw.FPDFImageObj_GetImageDataRaw(thing, None, 0)
        if before + count > _MOST_IMAGES or not 100 < size < 30 * limits.MEGABYTE:
            continue
        held = ctypes.create_string_buffer(size)
        raw.FPDFImageObj_GetImageDataRaw(thing, held, size)
        if held.raw.startswith(b"\xff\xd8\xff"):
            place = Place("picture", f"第{number}页第{count}张图片", number)
            found.hits.extend(picture_hits(held.raw, place))
    return count


def _string(get: Any, *arguments: Any) -> str:
    size = get(*arguments, None, 0)
    if not 2 < size < 2_000_000:
        return ""
    held = ctypes.create_string_buffer(size)
    get(*arguments, ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)), size)
    return held.raw[:size].decode("utf-16-le", "ignore").rstrip("\x00")


def _annotations(page: Any, number: int, found: Found, targets: list[tuple[str, Place]]) -> None:
    from pypdfium2 import raw

    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 2000)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        try:
            subtype = raw.FPDFAnnot_GetSubtype(annotation)
            place = Place("annotation", f"第{number}页的注释", number)
            text = _string(raw.FPDFAnnot_GetStringValue, annotation, b"Contents")
            if subtype == raw.FPDF_ANNOT_LINK:
                link = raw.FPDFAnnot_GetLink(annotation)
                action = raw.FPDFLink_GetAction(link) if link else None
                if action:
                    targets.append((_address(page, action), Place("link", f"第{number}页的链接", number)))
            elif subtype == raw.FPDF_ANNOT_FILEATTACHMENT:
                found.hits.append(hit("attachment", place, says="页面上带有附件。"))
            elif subtype in _SUBTYPES and text:
                author = _string(raw.FPDFAnnot_GetStringValue, annotation, b"T")
                found.say(text, Place("comment", place.says, number))
                says = f"文件中有{_SUBTYPES[subtype]}{'（有署名）' if author else ''}。"
                found.hits.append(hit("comment", place, text[:60], says=says))
            elif subtype == raw.FPDF_ANNOT_WIDGET:
                value = _string(raw.FPDFAnnot_GetStringValue, annotation, b"V")
                found.say(value, Place("annotation", f"第{number}页的表单项", number))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _address(page: Any, action: Any) -> str:
    from pypdfium2 import raw

    size = raw.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0)
    if not 1 < size < 10_000:
        return ""
    held = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(page.pdf.raw, action, held, size)
    return held.value.decode("utf-8", "replace")


def _document(document: Any, data: bytes, found: Found) -> None:
    from pypdfium2 import raw

    place = Place("metadata", "文件属性")
    for name, value in document.get_metadata_dict().items():
        said = property_hit(name, value, place)
        if said is not None:
            found.hits.append(said)
        found.say(value, place)
    for index in range(min(document.count_attachments(), 50)):
        name = document.get_attachment(index).get_name()
        found.hits.append(hit("attachment", Place("file", f"第{index + 1}个附件"), name[:60]))
        found.left_out.append(f"没有打开检查：附件“{name[:40]}”。")
    scripts = raw.FPDFDoc_GetJavaScriptActionCount(document.raw)
    if scripts > 0 or re.search(rb"/S\s*/JavaScript\b|/JS\s*[(<]", data):
        found.hits.append(hit("script", Place("code", "文档脚本")))
    if re.search(rb"/S\s*/(?:Launch|ImportData|SubmitForm)\b", data):
        found.hits.append(hit("script", Place("code", "文档动作"), says="文件带有打开程序或者提交表单的动作。"))
    saved = data.count(b"startxref") - (b"/Linearized" in data[:2048])
    if saved > 1:
        says = f"PDF在原文件上追加保存过{saved - 1}次，改动前的内容可能还在文件里。"
        found.hits.append(hit("earlier_version", Place("file", "整个文件"), says=says))
    for met in dict.fromkeys(re.findall(rb"/F\s*\((file:[^)]{3,200})\)", data)[:5]):
        path = met.decode("utf-8", "replace")
        found.hits.append(link_hit(path, Place("link", "引用的文件"), "引用的内容"))
