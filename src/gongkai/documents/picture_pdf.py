"""A PDF that is nothing but pictures of pages: no text, no fonts, no metadata, no annotations, no attachments.

Written object by object, so that what is not written cannot be in it. The same pictures give the same bytes.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops

LARGEST_LOSSLESS = 1_500_000
"""Bytes of a page stored flat; one above that, as a photograph is, becomes a JPEG."""

_QUALITY = 88
_TONES = [round((value >> 3) * 255 / 31) for value in range(256)]
"""Thirty-two tones a colour: what letters need at their edges, in half the bytes; black and white stay what they are."""

_GREY = 8
"""How far the colours of a grey page may differ."""

Rectangle = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """A picture, its size on paper in points, and what was blackened, in pixels from its top left corner."""

    image: Image.Image
    width: float
    height: float
    blackened: tuple[Rectangle, ...] = ()


def picture_pdf(pages: Iterable[Page]) -> bytes:
    """The PDF of the pages. They are taken one at a time; each picture is let go when it is written."""
    out = io.BytesIO()
    offsets: list[int] = []

    def put(number: int, head: bytes, stream: bytes | None = None) -> None:
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s" % (number, head))
        if stream is not None:
            out.write(b"\nstream\n" + stream + b"\nendstream")
        out.write(b"\nendobj\n")

    out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    kids: list[int] = []
    # 1 is the catalogue and 2 the tree of pages; they are written last, when the pages are known.
    number = 3
    for page in pages:
        kids.append(number)
        drawn = _drawing(page)
        head, data = _image(page.image)
        put(
            number,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Contents %d 0 R "
            b"/Resources << /XObject << /P %d 0 R >> >> >>"
            % (_points(page.width), _points(page.height), number + 1, number + 2),
        )
        # A photograph blurs at its edges; what was blackened in its pixels is drawn once more, flat.
        flat = b"".join(_flat(page)) if b"DCTDecode" in head else b""
        put(number + 1, b"<< /Length %d >>" % len(drawn + flat), drawn + flat)
        put(number + 2, head, data)
        number += 3
    first = len(offsets)
    put(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    put(2, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    _finish(out, [*offsets[first:], *offsets[:first]])
    return out.getvalue()


def _finish(out: io.BytesIO, offsets: Sequence[int]) -> None:
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, start))


def _points(value: float) -> bytes:
    return f"{value:.3f}".rstrip("0").rstrip(".").encode()


def _drawing(page: Page) -> bytes:
    return b"q %s 0 0 %s 0 0 cm /P Do Q\n" % (_points(page.width), _points(page.height))


def _flat(page: Page) -> Iterator[bytes]:
    across, down = page.width / page.image.width, page.height / page.image.height
    for left, top, right, bottom in page.blackened:
        box = (left * across, page.height - bottom * down, (right - left) * across, (bottom - top) * down)
        yield b"0 g %s re f\n" % b" ".join(_points(part) for part in box)


def _image(image: Image.Image) -> tuple[bytes, bytes]:
    image = _plain(image)
    colours = b"/DeviceGray" if image.mode == "L" else b"/DeviceRGB"
    common = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent 8 " % (
        *image.size,
        colours,
    )
    data = _lossless(image.point(_TONES * len(image.getbands())))
    if len(data) <= LARGEST_LOSSLESS:
        parts = 1 if image.mode == "L" else 3
        return (
            common
            + b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors %d /BitsPerComponent 8 /Columns %d >> "
            b"/Length %d >>" % (parts, image.width, len(data)),
            data,
        )
    held = io.BytesIO()
    image.save(held, "JPEG", quality=_QUALITY, subsampling=0)
    data = held.getvalue()
    return common + b"/Filter /DCTDecode /Length %d >>" % len(data), data


def _plain(image: Image.Image) -> Image.Image:
    """Grey where the page is grey, else three colours."""
    if image.mode == "L":
        return image
    image = image.convert("RGB")
    red, green, blue = image.split()
    # The histogram of a difference: 256 counts; above _GREY there is none where the page is grey.
    grey = not any(sum(ImageChops.difference(*pair).histogram()[_GREY + 1 :]) for pair in ((red, green), (green, blue)))
    return image.convert("L") if grey else image


def _lossless(image: Image.Image) -> bytes:
    """The compressed rows of a PNG, which a PDF holds as they are."""
    held = io.BytesIO()
    image.save(held, "PNG", compress_level=6)
    data, place, rows = held.getvalue(), 8, []
    while place < len(data):
        length, kind = struct.unpack_from(">L4s", data, place)
        if kind == b"IDAT":
            rows.append(data[place + 8 : place + 8 + length])
        place += length + 12
    return b"".join(rows)
