"""A report as OFD (GB/T 33190-2016), the fixed layout that offices archive and exchange.

The pages are those of the PDF: every character and every rule stands where typst set it, moved over with its unit
changed from points to millimetres. The characters are words, not pictures, so that the text layer reads back. Fonts are
named (宋体, 黑体) and not shipped inside: a reader on an office's machine has both. The writer keeps to the parts of the
standard that a page of text and rules needs: each part is checked against what the standard asks of it and read back by
our own reader. Which readers of other makers it has been opened with: docs/explanation/official-layout.md.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import Any
from xml.sax.saxutils import escape

from gongkai.annual.report import Report

NAMESPACE = "http://www.ofdspec.org/2016"
FONTS = {"serif": ("宋体", "SimSun"), "sans": ("黑体", "SimHei")}
"""The fonts that a page names: ours → the name and the family that a viewer looks for. Where neither is on the machine,
a viewer is told whether one with serifs should stand in.
"""
HEAVY = 700
"""The weight of what the PDF draws with a line around it, as it does the title: 400 is that of other words."""

_MM = 25.4 / 72
_STAMP = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MOVE, _LINE = 2, 0
"""What pdfium calls the segments of a path: to begin at a point, to draw to it."""
_WIDE = 1.5
"""From this many sizes of type apart, two characters of a line are no longer one stretch."""
_ASCENT = 0.88


@dataclass(slots=True)
class _Stretch:
    """Characters of one font, size and weight on one base line, and where each begins (millimetres)."""

    font: str
    size: float
    base: float
    heavy: bool
    characters: str = ""
    starts: list[float] = field(default_factory=list)

    def takes(self, sign: str, font: str, size: float, base: float, heavy: bool, left: float) -> bool:
        """Whether a character that begins at `left` goes on in this stretch.

        One beyond the first plane stands alone: whether it counts once or twice among the steps, viewers do not agree.
        """
        near = 0 <= left - self.starts[-1] <= _WIDE * size and max(sign, self.characters[-1]) <= "\uffff"
        alike = self.font == font and self.size == size and self.heavy == heavy
        return near and alike and abs(self.base - base) < 0.01


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: its size, its stretches of text, its rules as (width, points)."""

    width: float
    height: float
    stretches: tuple[_Stretch, ...]
    rules: tuple[tuple[float, tuple[tuple[float, float], ...]], ...]


def to_ofd(report: Report) -> bytes:
    """The report as .ofd. The same report gives the same bytes."""
    from gongkai.documents.flow import title_of
    from gongkai.documents.pdf import to_pdf

    return pages_to_ofd(to_pdf(report), title_of(report))


def pages_to_ofd(pdf: bytes, title: str) -> bytes:
    """The pages of a PDF that `typesetting` made, as .ofd."""
    pages = tuple(_pages(pdf))
    ids = count(1)
    fonts = {name: next(ids) for name in FONTS}
    parts = {"Doc_0/PublicRes.xml": _resources(fonts)}
    listed = []
    for number, page in enumerate(pages):
        key = next(ids)
        listed.append(f'<ofd:Page ID="{key}" BaseLoc="Pages/Page_{number}/Content.xml"/>')
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _content(page, fonts, ids)
    box = f"0 0 {_n(pages[0].width)} {_n(pages[0].height)}"
    parts["Doc_0/Document.xml"] = (
        f'{_HEAD}<ofd:Document xmlns:ofd="{NAMESPACE}"><ofd:CommonData><ofd:MaxUnitID>{next(ids) - 1}</ofd:MaxUnitID>'
        f"<ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{''.join(listed)}</ofd:Pages>"
        "</ofd:Document>"
    )
    told = hashlib.sha256("".join(parts[name] for name in sorted(parts)).encode()).hexdigest()[:32]
    parts["OFD.xml"] = (
        f'{_HEAD}<ofd:OFD xmlns:ofd="{NAMESPACE}" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{told}</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title><ofd:Creator>gongkai</ofd:Creator>"
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    return _zipped(parts)


def _zipped(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != "OFD.xml", name)):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, parts[name].encode())
    return held.getvalue()


def _pages(pdf: bytes) -> Iterator[_Page]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for sheet in document:
            width, height = sheet.get_size()
            text = sheet.get_textpage()
            yield _Page(
                width * _MM,
                height * _MM,
                tuple(_stretches(text.raw, text.count_chars(), height)),
                tuple(_rules(sheet, height)),
            )
    finally:
        document.close()


def _stretches(text: Any, characters: int, height: float) -> Iterator[_Stretch]:
    """The words of a page, stretch by stretch; what pdfium puts between lines of its own accord is left out."""
    from pypdfium2 import raw

    x, y, flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
    name = ctypes.create_string_buffer(80)
    stretch: _Stretch | None = None
    first = ""
    for index in range(characters):
        half = chr(raw.FPDFText_GetUnicode(text, index))
        if "\ud800" <= half <= "\udbff":  # pdfium tells of a character beyond the first plane in two halves
            first = half
            continue
        sign, first = (first + half).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), ""
        if raw.FPDFText_IsGenerated(text, index) == 1 or not sign.isprintable():
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
        font = "sans" if b"Sans" in name.value else "serif"
        size = round(raw.FPDFText_GetFontSize(text, index) * _MM, 3)
        left, base = x.value * _MM, round((height - y.value) * _MM, 3)
        mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, index))
        heavy = mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        if stretch is None or not stretch.takes(sign, font, size, base, heavy, left):
            if stretch is not None:
                yield stretch
            stretch = _Stretch(font, size, base, heavy)
        stretch.characters += sign
        stretch.starts.append(left)
    if stretch is not None:
        yield stretch


def _rules(sheet: Any, height: float) -> Iterator[tuple[float, tuple[tuple[float, float], ...]]]:
    """The straight rules of a page, in millimetres from its top left corner."""
    from pypdfium2 import raw

    for found in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=8):
        stroke, matrix = ctypes.c_float(), raw.FS_MATRIX()
        raw.FPDFPageObj_GetStrokeWidth(found.raw, stroke)
        raw.FPDFPageObj_GetMatrix(found.raw, matrix)
        points = []
        for index in range(raw.FPDFPath_CountSegments(found.raw)):
            segment = raw.FPDFPath_GetPathSegment(found.raw, index)
            if raw.FPDFPathSegment_GetType(segment) not in (_MOVE, _LINE):
                break
            px, py = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(segment, px, py)
            across = matrix.a * px.value + matrix.c * py.value + matrix.e
            up = matrix.b * px.value + matrix.d * py.value + matrix.f
            points.append((across * _MM, (height - up) * _MM))
        else:
            if len(points) > 1 and stroke.value > 0:
                yield stroke.value * _MM, tuple(points)


def _resources(fonts: dict[str, int]) -> str:
    named = "".join(
        f'<ofd:Font ID="{key}" FontName="{FONTS[name][0]}" FamilyName="{FONTS[name][1]}" Charset="unicode" '
        f'Serif="{"true" if name == "serif" else "false"}"/>'
        for name, key in fonts.items()
    )
    return f'{_HEAD}<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res"><ofd:Fonts>{named}</ofd:Fonts></ofd:Res>'


def _content(page: _Page, fonts: dict[str, int], ids: count[int]) -> str:
    layer = next(ids)
    drawn = "".join(_path(next(ids), width, points) for width, points in page.rules)
    written = "".join(_text(next(ids), each, fonts[each.font]) for each in page.stretches)
    box = f"0 0 {_n(page.width)} {_n(page.height)}"
    return (
        f'{_HEAD}<ofd:Page xmlns:ofd="{NAMESPACE}"><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>'
        f'<ofd:Content><ofd:Layer ID="{layer}" Type="Body">{drawn}{written}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _path(key: int, width: float, points: tuple[tuple[float, float], ...]) -> str:
    left, top = min(x for x, _ in points) - width / 2, min(y for _, y in points) - width / 2
    right, bottom = max(x for x, _ in points) + width / 2, max(y for _, y in points) + width / 2
    moved = [f"{_n(x - left)} {_n(y - top)}" for x, y in points]
    data = f"M {moved[0]} " + " ".join(f"L {each}" for each in moved[1:])
    return (
        f'<ofd:PathObject ID="{key}" Boundary="{_n(left)} {_n(top)} {_n(right - left)} {_n(bottom - top)}" '
        f'LineWidth="{_n(width)}"><ofd:StrokeColor Value="0 0 0"/>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _text(key: int, stretch: _Stretch, font: int) -> str:
    left, top = stretch.starts[0], stretch.base - _ASCENT * stretch.size
    width = stretch.starts[-1] - left + stretch.size
    steps = " ".join(_n(after - before) for before, after in pairwise(stretch.starts))
    delta = f' DeltaX="{steps}"' if steps else ""
    weight = f' Weight="{HEAVY}"' if stretch.heavy else ""
    return (
        f'<ofd:TextObject ID="{key}" Boundary="{_n(left)} {_n(top)} {_n(width)} {_n(stretch.size * 1.2)}" '
        f'Font="{font}" Size="{_n(stretch.size)}"{weight}><ofd:FillColor Value="0 0 0"/>'
        f'<ofd:TextCode X="0" Y="{_n(_ASCENT * stretch.size)}"{delta}>{escape(stretch.characters)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def _n(number: float) -> str:
    """A number with three decimals, a micrometre, and none that say nothing: 12.5, 3."""
    return f"{number:.3f}".rstrip("0").rstrip(".") or "0"
