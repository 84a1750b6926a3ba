"""What the worker can do with a picture that a phone took. No Django in here."""

from __future__ import annotations

import io
from typing import Any

Answer = tuple[dict[str, Any], bytes]
LONGEST = 2400
"""Pixels of the long side that are kept: a printed page needs no more."""
MOST_PIXELS = 100_000_000
QUALITY = 85
_BAD = "图片已损坏或者不完整，不能接收。请重新拍摄后再上传。"


def photo(head: dict[str, Any], data: bytes) -> Answer:
    """The picture upright, as a new JPEG: what the camera wrote into it (place, device, moment) stays behind.

    `{"told"}` says whether the camera had written anything; `{"error"}` for what is no picture.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return {"error": "图片的像素过多，不能接收。请把手机的拍照尺寸调小后重拍。"}, b""
            told = bool(opened.getexif()) or bool(opened.info.get("xmp")) or bool(opened.info.get("comment"))
            turned = ImageOps.exif_transpose(opened)
            plain = Image.new("RGB", turned.size, "white")
            if turned.has_transparency_data:
                over = turned.convert("RGBA")
                plain.paste(over, mask=over.getchannel("A"))
            else:
                plain.paste(turned.convert("RGB"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return {"error": _BAD}, b""
    plain.thumbnail((LONGEST, LONGEST))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return {"told": told, "width": plain.width, "height": plain.height}, out.getvalue()
