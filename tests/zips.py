"""A zip as tests make one, and as they look into one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts, by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def spoiled() -> dict[str, bytes]:
    """Zips that open somewhat and then do not, each in a way of its own."""
    parts = {"甲.docx": b"abc" * 1000, "xl/workbook.xml": b"<a/>" * 500}
    whole = zipped(parts)
    head = whole.find(b"PK\x01\x02")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("甲.docx", parts["甲.docx"])
    packed = out.getvalue()

    def changed(data: bytes, *places: tuple[int, int]) -> bytes:
        new = bytearray(data)
        for at, value in places:
            new[at] = value
        return bytes(new)

    return {
        "of a version nobody knows": changed(whole, (head + 6, 99)),
        "packed as nobody knows": changed(whole, (8, 97), (head + 10, 97)),
        "LZMA with other bytes": changed(packed, *((at, 255) for at in range(47, 52))),
        "deflated with other bytes": changed(whole, *((at, 255) for at in range(44, 54))),
        "with a password": changed(whole, (6, whole[6] | 1), (head + 8, whole[head + 8] | 1)),
        "cut off": whole[: len(whole) // 2],
        "without a directory": whole[:head] + b"PK\x05\x06" + b"\xff" * 18,
    }
